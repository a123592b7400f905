import type { Tx } from '../../../platform/db/index.ts'

import { Refusal } from '../../../platform/errors.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import { addDays, daysBetween, type LocalDate } from '../../../platform/time.ts'
import { agreementsOfAccounts } from '../../agreements/index.ts'
import { type AccountKey, clientOf } from '../../customers/index.ts'
import type { Contract } from '../contracts/contract.ts'
import type { ScheduleLimits } from '../contracts/instalments.ts'
import { addMonths } from '../contracts/months.ts'
import { balances } from '../queries.ts'
import { selectContracts } from '../store/contract.ts'
import { promisePolicy } from './policy.ts'

/** What an account owes, and what of it can be promised. */
export interface PromiseTerms {
  /** All that is asked for. */
  askedCents: Cents
  pastDueCents: Cents
  /** Of what is asked: deposits. */
  depositCents: Cents
  /** The most that can be promised. */
  eligibleCents: Cents
  limits: ScheduleLimits
  remainderOn: 'first' | 'last'
  /** Why no promise is taken now; undefined: one can be made. */
  refusal?: Refusal
}

/** An account, or one of its agreements, or only some debt classes. */
export interface PromiseScope extends AccountKey {
  coversAgreementId?: number
  debtClasses?: readonly string[]
}

/** This will tell what an account may promise to pay later, under which limits, or why it may not. */
export async function promiseTerms(
  tx: Tx,
  input: PromiseScope & { day: LocalDate; except?: number },
): Promise<PromiseTerms> {
  const { customerId, accountNumber, coversAgreementId, debtClasses, day } = input
  const policy = await promisePolicy(tx, clientOf(customerId))
  const agreements = (await agreementsOfAccounts(tx, [{ customerId, accountNumber }])).filter(
    (one) =>
      one.agreementId === (coversAgreementId ?? one.agreementId) &&
      (debtClasses?.includes(one.debtClass) ?? true),
  )
  const owed = (await balances(tx, [customerId], day)).flatMap((balance) => {
    const agreement = agreements.find(({ agreementId }) => agreementId === balance.agreementId)
    return agreement ? [{ ...balance, kind: agreement.kind }] : []
  })
  const askedCents = sumCents(owed.map((one) => one.currentCents))
  const deposits = owed.filter(({ kind }) => kind === 'deposit').map((one) => one.currentCents)
  const depositCents = Math.max(0, sumCents(deposits))
  const eligibleCents = Math.max(0, askedCents - (policy.deposits ? 0 : depositCents))
  const { maxPayments, maxDays, minAmountCents, frontLoadPercent } = policy
  const before = (await selectContracts(tx, [customerId], { kinds: ['promise'] })).filter(
    (one) => one.accountNumber === accountNumber && one.contractNumber !== input.except,
  )
  const refusal = refusalOf(before, eligibleCents, day, policy)
  return {
    askedCents,
    pastDueCents: sumCents(owed.map((one) => one.pastDueCents)),
    depositCents,
    eligibleCents,
    limits: { maxPayments, maxDays, minAmountCents, frontLoadPercent },
    remainderOn: policy.remainderOn,
    ...(refusal && { refusal }),
  }
}

function refusalOf(
  before: readonly Contract[],
  eligibleCents: Cents,
  day: LocalDate,
  { maxPerYear, afterBrokenDays }: { maxPerYear: number; afterBrokenDays: number },
): Refusal | undefined {
  if (eligibleCents === 0)
    return new Refusal('conflict', 'promise_nothing_owed', 'Nothing that could be promised is asked for now.')
  const live = before.find(({ status }) => status === 'active')
  if (live)
    return new Refusal(
      'conflict',
      'promise_live',
      `Promise ${live.contractNumber} is active; change it or cancel it first.`,
    )
  const ofYear = before.filter((one) => one.status !== 'cancelled' && one.startDate > addMonths(day, -12))
  if (ofYear.length >= maxPerYear)
    return new Refusal(
      'rule',
      'promise_limit',
      `An account may make ${maxPerYear} promises in twelve months.`,
    )
  const broken = before.find(
    ({ status, endDate }) =>
      status === 'broken' && endDate !== null && daysBetween(endDate, day) < afterBrokenDays,
  )
  if (!broken) return undefined
  return new Refusal(
    'rule',
    'promise_broken_before',
    `The last promise was broken; a new one is taken from ${addDays(broken.endDate ?? day, afterBrokenDays)} on.`,
  )
}

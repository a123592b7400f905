import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import { addDays, daysBetween, type LocalDate } from '../../../platform/time.ts'
import { type Agreement, agreementsOfAccounts } from '../../agreements/index.ts'
import { type AccountKey, clientOf } from '../../customers/index.ts'
import type { Contract } from '../contracts/contract.ts'
import { byAge, type OpenItem } from '../open-item.ts'
import { unsettledItems } from '../queries.ts'
import { selectContracts } from '../store/contract.ts'
import { type ArrangementPolicy, arrangementPolicy } from './policy.ts'

/** What an account owes, and what of it can be arranged. */
export interface ArrangementTerms {
  askedCents: Cents
  pastDueCents: Cents
  depositCents: Cents
  eligibleCents: Cents
  limits: ArrangementPolicy
  /** Why no arrangement is made now; undefined: one can be. */
  refusal?: Refusal
}

/** An account, or one of its agreements. */
export interface ArrangementScope extends AccountKey {
  coversAgreementId?: number
}

/** What one agreement gives to an arrangement. */
export interface ArrangedDebt {
  agreement: Agreement
  amountCents: Cents
}

/** Debt of these kinds is arranged; a deposit has instalments of its own. */
const ARRANGEABLE = new Set(['service', 'item'])

/** This will tell what of an account's debt can be paid in instalments, under which limits, or why none can. */
export async function arrangementTerms(
  tx: Tx,
  input: ArrangementScope & { day: LocalDate },
): Promise<ArrangementTerms> {
  const { customerId, accountNumber, day } = input
  const limits = await arrangementPolicy(tx, clientOf(customerId))
  const owed = await owedOn(tx, input)
  const items = owed.flatMap((one) => one.items.map((item) => ({ ...item, kind: one.agreement.kind })))
  const isPastDue = ({ dueDate, unsettledCents }: Pick<OpenItem, 'dueDate' | 'unsettledCents'>) =>
    unsettledCents > 0 && dueDate !== null && dueDate < day
  const arrangeable = items.filter(({ kind }) => ARRANGEABLE.has(kind))
  const eligible = limits.eligible === 'past_due' ? arrangeable.filter(isPastDue) : arrangeable
  const eligibleCents = Math.max(0, total(eligible))
  const before = (await selectContracts(tx, [customerId], { kinds: ['arrangement'] })).filter(
    (one) => one.accountNumber === accountNumber,
  )
  const refusal = refusalOf(before, eligibleCents, day, limits)
  return {
    askedCents: total(items),
    pastDueCents: total(items.filter(isPastDue)),
    depositCents: total(items.filter(({ kind }) => kind === 'deposit')),
    eligibleCents,
    limits,
    ...(refusal && { refusal }),
  }
}

const total = (items: readonly { unsettledCents: Cents }[]) =>
  sumCents(items.map((item) => item.unsettledCents))

/** This will take so much debt off the agreements of an account, the oldest due first. The caller has checked that there is so much. */
export async function debtToArrange(
  tx: Tx,
  input: ArrangementScope & { amountCents: Cents },
): Promise<ArrangedDebt[]> {
  const owed = (await owedOn(tx, input)).filter(({ agreement }) => ARRANGEABLE.has(agreement.kind))
  const debits = owed.flatMap(({ items }) => items).filter((item) => item.unsettledCents > 0)
  const taken = new Map<number, Cents>()
  let left = input.amountCents
  for (const { agreementId, unsettledCents } of debits.sort(byAge)) {
    const amountCents = Math.min(left, unsettledCents)
    taken.set(agreementId, (taken.get(agreementId) ?? 0) + amountCents)
    left -= amountCents
  }
  return owed.flatMap(({ agreement }) => {
    const amountCents = taken.get(agreement.agreementId) ?? 0
    return amountCents > 0 ? [{ agreement, amountCents }] : []
  })
}

async function owedOn(
  tx: Tx,
  input: ArrangementScope,
): Promise<{ agreement: Agreement; items: OpenItem[] }[]> {
  const { customerId, accountNumber, coversAgreementId } = input
  const agreements = await agreementsOfAccounts(tx, [{ customerId, accountNumber }])
  const items = await unsettledItems(tx, [customerId])
  return agreements
    .filter(({ agreementId }) => agreementId === (coversAgreementId ?? agreementId))
    .map((agreement) => ({
      agreement,
      items: items.filter((item) => item.agreementId === agreement.agreementId),
    }))
}

function refusalOf(
  before: readonly Contract[],
  eligibleCents: Cents,
  day: LocalDate,
  { maxLive, afterBrokenDays }: ArrangementPolicy,
): Refusal | undefined {
  if (eligibleCents === 0)
    return new Refusal('conflict', 'arrangement_nothing_owed', 'There is no debt that could be arranged.')
  if (before.filter(({ status }) => status === 'active').length >= maxLive)
    return new Refusal(
      'conflict',
      'arrangement_live',
      `The account has ${maxLive} arrangement already; change that one.`,
    )
  const broken = before.find(
    ({ status, endDate }) =>
      status === 'broken' && endDate !== null && daysBetween(endDate, day) < afterBrokenDays,
  )
  if (!broken) return undefined
  const from = addDays(broken.endDate ?? day, afterBrokenDays)
  return new Refusal(
    'rule',
    'arrangement_broken_before',
    `The last arrangement was broken; a new one can be made from ${from} on.`,
  )
}

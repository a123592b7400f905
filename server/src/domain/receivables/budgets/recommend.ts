import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { type Agreement, agreementsOfAccounts } from '../../agreements/index.ts'
import { type AccountKey, clientOf, getCustomer } from '../../customers/index.ts'
import { averageMonthCents, roundUp, yearOfCharges } from '../contracts/average.ts'
import { balances } from '../queries.ts'
import { selectLiveAmounts } from '../store/budget.ts'
import { type BudgetPolicy, budgetPolicy } from './policy.ts'

/** What one agreement should be asked for each month, and from what that follows. */
export interface BudgetAdvice {
  agreementId: number
  /** Of the days counted. */
  chargedCents: Cents
  days: number
  averageCents: Cents
  /** Owed and not asked for, or asked for too much: spread over the months. */
  carriedCents: Cents
  /** A month, rounded up by the client's policy. */
  amountCents: Cents
}

/** What a budget of an account would be, or why it can have none. */
export interface BudgetTerms {
  advice: BudgetAdvice[]
  totalCents: Cents
  months: number
  trueUp: 'roll' | 'settle'
  refusal?: Refusal
}

/** Which agreements of an account; all that are served when absent. */
export interface BudgetScope extends AccountKey {
  agreementIds?: readonly number[]
}

const LIVE = new Set(['active', 'pending_stop'])

/** This will recommend a monthly amount for each agreement of an account, or tell why it may have no budget. */
export async function budgetTerms(tx: Tx, input: BudgetScope & { day: LocalDate }): Promise<BudgetTerms> {
  const { customerId, day } = input
  const policy = await budgetPolicy(tx, clientOf(customerId))
  const agreements = await agreementsToLevel(tx, input)
  const advice = await recommend(tx, { customerId, agreements, day, months: policy.months, policy })
  const refusal = await refusalOf(tx, { customerId, agreements, advice, day }, policy)
  return {
    advice,
    totalCents: sumCents(advice.map((one) => one.amountCents)),
    months: policy.months,
    trueUp: policy.trueUp,
    ...(refusal && { refusal }),
  }
}

/** This will find the service agreements that a budget of an account is for. Refuses one that is not served on the account. */
export async function agreementsToLevel(
  tx: Tx,
  { agreementIds, ...account }: BudgetScope,
): Promise<Agreement[]> {
  const served = (await agreementsOfAccounts(tx, [account])).filter(
    ({ kind, status }) => kind === 'service' && LIVE.has(status),
  )
  const stranger = agreementIds?.find((id) => !served.some(({ agreementId }) => agreementId === id))
  if (stranger !== undefined)
    throw new Refusal(
      'rule',
      'agreement_not_on_account',
      `Agreement ${stranger} is not served on this billing account.`,
    )
  return served.filter(({ agreementId }) => agreementIds?.includes(agreementId) ?? true)
}

/** This will spread a year of charges, and what is carried, over months. */
export async function recommend(
  tx: Tx,
  input: {
    customerId: number
    agreements: readonly Agreement[]
    day: LocalDate
    months: number
    policy: Pick<BudgetPolicy, 'roundUpCents'>
  },
): Promise<BudgetAdvice[]> {
  const { customerId, agreements, day, months, policy } = input
  const years = await yearOfCharges(tx, customerId, agreements, day)
  const owed = await balances(tx, [customerId], day)
  return agreements.map(({ agreementId }) => {
    const year = years.find((one) => one.agreementId === agreementId)
    const balance = owed.find((one) => one.agreementId === agreementId)
    const carriedCents = (balance?.payoffCents ?? 0) - (balance?.currentCents ?? 0)
    const averageCents = year ? averageMonthCents(year) : 0
    const monthly = averageCents + Math.ceil(carriedCents / months)
    return {
      agreementId,
      chargedCents: year?.chargedCents ?? 0,
      days: year?.days ?? 0,
      averageCents,
      carriedCents,
      amountCents: roundUp(Math.max(0, monthly), policy.roundUpCents),
    }
  })
}

async function refusalOf(
  tx: Tx,
  input: {
    customerId: number
    agreements: readonly Agreement[]
    advice: readonly BudgetAdvice[]
    day: LocalDate
  },
  policy: BudgetPolicy,
): Promise<Refusal | undefined> {
  const { customerId, agreements, advice, day } = input
  const { class: customerClass } = await getCustomer(tx, customerId)
  if (agreements.length === 0)
    return new Refusal(
      'conflict',
      'budget_nothing_served',
      'Nothing is served on this account that could be levelled.',
    )
  if (!policy.classes.includes(customerClass))
    return new Refusal('rule', 'budget_class', `Budget billing is not for ${customerClass} customers.`)
  const ids = new Set(agreements.map((one) => one.agreementId))
  const live = (await selectLiveAmounts(tx, customerId)).find((one) => ids.has(one.agreementId))
  if (live)
    return new Refusal(
      'conflict',
      'budget_live',
      `Agreement ${live.agreementId} is on budget ${live.contractNumber} already.`,
    )
  const pastDue = (await balances(tx, [customerId], day)).some(
    (one) => ids.has(one.agreementId) && one.pastDueCents > 0,
  )
  if (pastDue)
    return new Refusal(
      'rule',
      'budget_past_due',
      'A budget starts when nothing is past due; collect or arrange that first.',
    )
  const young = advice.find(({ days }) => days < policy.minHistoryDays)
  if (!young) return undefined
  return new Refusal(
    'rule',
    'budget_history',
    `Agreement ${young.agreementId} was charged for ${young.days} days; a budget needs ${policy.minHistoryDays}.`,
  )
}

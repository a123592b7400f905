import type { Tx } from '../../../platform/db/index.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { type Agreement, agreementsOfCustomers } from '../../agreements/index.ts'
import { clientOf } from '../../customers/index.ts'
import { roundUp } from '../contracts/average.ts'
import type { Contract, ContractKey } from '../contracts/contract.ts'
import { getContract } from '../contracts/record.ts'
import { type BudgetPlan, selectBudgetAmounts, selectBudgetPlan, selectPutOff } from '../store/budget.ts'
import { type AskRow, selectAsks } from '../store/contract-ask.ts'
import { type BudgetPolicy, budgetPolicy } from './policy.ts'
import { recommend } from './recommend.ts'

/** What one bill asked for under a budget. */
export interface BudgetMonth {
  agreementId: number
  billId: number | null
  askedOn: LocalDate
  /** How many months the bill was for. */
  months: number
  chargedCents: Cents
  /** What was asked for. */
  askedCents: Cents
  /** Owed later (above zero), or asked for ahead. */
  putOffCents: Cents
}

/** How one agreement of a budget goes. */
export interface BudgetCourse {
  agreementId: number
  monthlyCents: Cents
  monthsAsked: number
  monthsLeft: number
  /** Owed and not asked for now. */
  putOffCents: Cents
  averageCents: Cents
  /** What would be owed after the last month. */
  projectedTrueUpCents: Cents
  /** The monthly amount that would leave nothing. */
  proposedCents: Cents
}

export interface BudgetStatus {
  contract: Contract
  plan: BudgetPlan
  months: BudgetMonth[]
  courses: BudgetCourse[]
  projectedTrueUpCents: Cents
}

/** This will tell how a budget goes: what its bills asked for, what is put off, and what is to be expected at its end. */
export async function budgetStatus(tx: Tx, key: ContractKey, day: LocalDate): Promise<BudgetStatus> {
  const contract = await getContract(tx, key, 'budget')
  const plan = await selectBudgetPlan(tx, key)
  if (!plan) throw new Error(`budget ${key.customerId}-${key.contractNumber} has no plan`)
  const asks = await selectAsks(tx, key.customerId, { contractNumber: key.contractNumber })
  const months = asks.filter(({ kind }) => kind === 'month' || kind === 'true_up').map(monthOf)
  const courses = await coursesOf(tx, plan, months, day)
  const projectedTrueUpCents = sumCents(courses.map((one) => one.projectedTrueUpCents))
  return { contract, plan, months, courses, projectedTrueUpCents }
}

function monthOf({ agreementId, billId, askedOn, months, chargedCents, amountCents }: AskRow): BudgetMonth {
  const charged = chargedCents ?? 0
  const money = { chargedCents: charged, askedCents: charged + amountCents, putOffCents: 0 - amountCents }
  return { agreementId, billId, askedOn, months: months ?? 0, ...money }
}

async function coursesOf(
  tx: Tx,
  plan: BudgetPlan,
  months: readonly BudgetMonth[],
  day: LocalDate,
): Promise<BudgetCourse[]> {
  const { customerId } = plan
  const policy = await budgetPolicy(tx, clientOf(customerId))
  const live = (await selectBudgetAmounts(tx, plan)).filter((one) => one.endDate === null)
  const ids = new Set(live.map((one) => one.agreementId))
  const agreements: Agreement[] = (await agreementsOfCustomers(tx, [customerId])).filter((one) =>
    ids.has(one.agreementId),
  )
  const advice = await recommend(tx, { customerId, agreements, day, months: plan.months, policy })
  const putOff = await selectPutOff(tx, customerId)
  return live.map(({ agreementId, amountCents: monthlyCents }) => {
    const asked = months.filter((one) => one.agreementId === agreementId)
    const monthsAsked = asked.reduce((sum, one) => sum + one.months, 0)
    const putOffCents = putOff.find((one) => one.agreementId === agreementId)?.putOffCents ?? 0
    const averageCents = advice.find((one) => one.agreementId === agreementId)?.averageCents ?? 0
    return courseOf({ agreementId, monthlyCents, monthsAsked, putOffCents, averageCents }, plan, policy)
  })
}

/** This will project a budget to its end, and propose the amount that would leave nothing. */
export function courseOf(
  known: Omit<BudgetCourse, 'monthsLeft' | 'projectedTrueUpCents' | 'proposedCents'>,
  { months }: Pick<BudgetPlan, 'months'>,
  { roundUpCents }: Pick<BudgetPolicy, 'roundUpCents'>,
): BudgetCourse {
  const { monthlyCents, monthsAsked, putOffCents, averageCents } = known
  const monthsLeft = Math.max(0, months - monthsAsked)
  const projectedTrueUpCents = putOffCents + monthsLeft * (averageCents - monthlyCents)
  const even = averageCents + Math.ceil(putOffCents / Math.max(1, monthsLeft))
  return {
    ...known,
    monthsLeft,
    projectedTrueUpCents,
    proposedCents: roundUp(Math.max(0, even), roundUpCents),
  }
}

import type { Tx } from '../../../platform/db/index.ts'
import { addDays, type LocalDate } from '../../../platform/time.ts'
import { agreementsOfAccounts } from '../../agreements/index.ts'
import { clientOf } from '../../customers/index.ts'
import { closeWorkItemsAbout, openWorkItems } from '../../work/index.ts'
import { type Contract, contractSubject } from '../contracts/contract.ts'
import { type Act, actOnContract, recordAct } from '../contracts/record.ts'
import { balances } from '../queries.ts'
import { endBudgetAmount, selectLiveAmounts } from '../store/budget.ts'
import { selectContracts } from '../store/contract.ts'
import { selectAskSums } from '../store/contract-ask.ts'
import { writeBudget } from './operations.ts'
import { type BudgetPolicy, budgetPolicy } from './policy.ts'
import { agreementsToLevel, recommend } from './recommend.ts'
import { releaseBudgets, takeOffBudgets } from './release.ts'
import { type BudgetStatus, budgetStatus } from './status.ts'

interface Watch extends Act {
  day: LocalDate
  policy: BudgetPolicy
}

/**
 * This will bring the budgets of customers up to a day: one whose account is past due too long is broken off, one whose
 * last month was billed is over and continues in a new one, and one that strays too far proposes a new amount as a work
 * item. Again: nothing more happens. The caller has locked the customers.
 */
export async function monitorBudgets(
  tx: Tx,
  input: Act & { customerIds: readonly number[]; day: LocalDate },
): Promise<void> {
  const { customerIds, day } = input
  const budgets = await selectContracts(tx, customerIds, { kinds: ['budget'], activeOnly: true })
  const [first] = budgets
  if (!first) return
  const policy = await budgetPolicy(tx, clientOf(first.customerId))
  const watch = { ...input, policy }
  const late = await customersPastDue(tx, customerIds, watch)
  const sums = await selectAskSums(tx, customerIds)
  for (const budget of budgets) {
    if (late.has(accountText(budget))) {
      await breakOff(tx, budget, watch)
      continue
    }
    const own = sums.filter((sum) => isOf(budget, sum))
    const billed = own.some(({ lastAskedOn }) => lastAskedOn !== null && lastAskedOn >= addDays(day, -1))
    if (billed) await follow(tx, await budgetStatus(tx, budget, day), watch)
  }
}

const accountText = ({ customerId, accountNumber }: { customerId: number; accountNumber: number }) =>
  `${customerId}-${accountNumber}`

function isOf(budget: Contract, sum: { customerId: number; contractNumber: number }): boolean {
  return budget.customerId === sum.customerId && budget.contractNumber === sum.contractNumber
}

async function customersPastDue(
  tx: Tx,
  customerIds: readonly number[],
  { day, policy: { removePastDueDays } }: Watch,
): Promise<Set<string>> {
  if (removePastDueDays === null) return new Set()
  const owed = await balances(tx, customerIds, addDays(day, -removePastDueDays))
  return new Set(owed.filter((one) => one.pastDueCents > 0).map(accountText))
}

async function breakOff(tx: Tx, budget: Contract, { day, now, actor }: Watch): Promise<void> {
  const { customerId, contractNumber } = budget
  const live = (await selectLiveAmounts(tx, customerId)).filter(
    (one) => one.contractNumber === contractNumber,
  )
  const agreementIds = live.map((one) => one.agreementId)
  const dates = { effectiveDate: day, accountingDate: day, now }
  const leaving = { customerId, agreementIds, dueDate: day, reason: 'past_due', actor }
  await takeOffBudgets(tx, { ...leaving, action: 'break', ...dates })
}

async function follow(tx: Tx, status: BudgetStatus, watch: Watch): Promise<void> {
  const { courses } = status
  if (courses.length > 0 && courses.every((one) => one.monthsLeft === 0)) return turnOver(tx, status, watch)
  await proposeAmount(tx, status, watch)
}

/** The last month was billed: the budget is over, and the next one carries what is put off. */
async function turnOver(tx: Tx, { contract, plan, courses }: BudgetStatus, watch: Watch): Promise<void> {
  const { customerId, contractNumber } = contract
  const { day, now, actor, policy } = watch
  for (const { agreementId } of courses)
    await endBudgetAmount(tx, { customerId, contractNumber, agreementId }, day)
  const over = await actOnContract(tx, contract, 'end', { day, reason: 'anniversary' })
  const detail = { reason: 'anniversary' }
  await recordAct(tx, over, { operation: 'endBudget', event: 'ended', detail }, { now, actor })
  await closeProposal(tx, contract, watch)
  const served = policy.renew ? await stillServed(tx, contract, courses) : []
  const dates = { effectiveDate: day, accountingDate: day, now }
  if (served.length === 0)
    return releaseBudgets(tx, { customerId, onlyOrphans: true, dueDate: day, ...dates })
  const { accountNumber } = contract
  const agreements = await agreementsToLevel(tx, { customerId, accountNumber, agreementIds: served })
  const advice = await recommend(tx, { customerId, agreements, day, months: policy.months, policy })
  const amounts = advice.map(({ agreementId, amountCents }) => ({
    agreementId,
    amountCents: amountCents || (courses.find((one) => one.agreementId === agreementId)?.monthlyCents ?? 0),
  }))
  const renewed = { months: policy.months, trueUp: plan.trueUp, previousNumber: contractNumber }
  await writeBudget(tx, { customerId, accountNumber, day, amounts, now, actor }, renewed)
  await releaseBudgets(tx, { customerId, onlyOrphans: true, dueDate: day, ...dates })
}

async function stillServed(
  tx: Tx,
  { customerId, accountNumber }: Contract,
  courses: readonly { agreementId: number }[],
): Promise<number[]> {
  const live = (await agreementsOfAccounts(tx, [{ customerId, accountNumber }])).filter(
    ({ status }) => status === 'active' || status === 'pending_stop',
  )
  return courses
    .map((one) => one.agreementId)
    .filter((id) => live.some(({ agreementId }) => agreementId === id))
}

async function proposeAmount(tx: Tx, { contract, courses }: BudgetStatus, watch: Watch): Promise<void> {
  const { day, now, policy } = watch
  const straying = courses.filter(
    ({ monthsAsked, projectedTrueUpCents, monthlyCents }) =>
      monthsAsked >= policy.varianceAfterMonths &&
      Math.abs(projectedTrueUpCents) > policy.varianceMinCents &&
      Math.abs(projectedTrueUpCents) * 100 > monthlyCents * policy.months * policy.variancePercent,
  )
  const [worst] = straying
  if (!worst) return closeProposal(tx, contract, watch)
  const proposed = straying.map(({ agreementId, proposedCents }) => ({
    agreementId,
    amountCents: proposedCents,
  }))
  await openWorkItems(tx, [
    {
      clientId: clientOf(contract.customerId),
      kind: 'budget_variance',
      subject: contractSubject(contract),
      customerId: contract.customerId,
      reasonCode: 'budget_variance',
      reason: `Budget ${contract.contractNumber} would end with ${worst.projectedTrueUpCents} cents to settle; ${worst.proposedCents} cents a month instead of ${worst.monthlyCents} would leave nothing.`,
      remedy: 'Tell the customer and change the monthly amount, or close this item to keep it.',
      detail: { day, amounts: proposed },
      createdAt: now,
    },
  ])
}

async function closeProposal(tx: Tx, contract: Contract, { now, actor }: Watch): Promise<void> {
  await closeWorkItemsAbout(tx, {
    clientId: clientOf(contract.customerId),
    kind: 'budget_variance',
    subjects: [contractSubject(contract)],
    closedBy: actor.actor,
    now,
  })
}

import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { lockCustomers } from '../../customers/index.ts'
import type { Contract, ContractKey } from '../contracts/contract.ts'
import { type Act, getContract, lockContract, openContract, recordAct } from '../contracts/record.ts'
import * as store from '../store/budget.ts'
import { agreementsToLevel, type BudgetScope, budgetTerms } from './recommend.ts'
import { takeOffBudgets } from './release.ts'

/** What a budget asks for one agreement each month. */
export interface MonthlyAmount {
  agreementId: number
  amountCents: Cents
}

export interface NewBudget extends BudgetScope, Act {
  /** The recommended ones when absent; for those left out too. */
  amounts?: readonly MonthlyAmount[]
  trueUp?: 'roll' | 'settle'
  day: LocalDate
  requestedBy?: string
  note?: string
}

/**
 * This will level what an account is asked for: from the next bill on each agreement is asked for its monthly amount,
 * whatever is charged; the difference is owed, or owed back, later. Locks the customer. Refuses: a class without budgets,
 * something past due, too short a history, an agreement on another budget, no amount and no history.
 */
export async function startBudget(tx: Tx, input: NewBudget): Promise<Contract> {
  await lockCustomers(tx, [input.customerId])
  const terms = await budgetTerms(tx, input)
  if (terms.refusal) throw terms.refusal
  const amounts = terms.advice.map(({ agreementId, amountCents }) => ({
    agreementId,
    amountCents: input.amounts?.find((one) => one.agreementId === agreementId)?.amountCents ?? amountCents,
  }))
  requireAmounts(amounts)
  const plan = { months: terms.months, trueUp: input.trueUp ?? terms.trueUp, previousNumber: null }
  return await writeBudget(tx, { ...input, amounts }, plan)
}

function requireAmounts(amounts: readonly MonthlyAmount[]): void {
  for (const { agreementId, amountCents } of amounts) {
    if (amountCents === 0)
      throw new Refusal(
        'rule',
        'budget_no_history',
        `Agreement ${agreementId} was not charged yet; give the amount that it is to pay each month.`,
      )
    requireAmount(amountCents, 'A monthly amount')
  }
}

/** This will write a budget down with its amounts. The customer is locked by the caller, and the amounts are checked. */
export async function writeBudget(
  tx: Tx,
  input: Omit<NewBudget, 'agreementIds'> & { amounts: readonly MonthlyAmount[] },
  plan: Pick<store.BudgetPlan, 'months' | 'trueUp' | 'previousNumber'>,
): Promise<Contract> {
  const { customerId, accountNumber, day, amounts, now, actor } = input
  const { requestedBy = null, note = null } = input
  const draft = { customerId, accountNumber, kind: 'budget' as const, startDate: day, requestedBy, note }
  const contract = await openContract(tx, draft, { now, actor })
  const key = { customerId, contractNumber: contract.contractNumber }
  await store.insertBudgetPlan(tx, { ...key, ...plan })
  for (const amount of amounts) await store.upsertBudgetAmount(tx, { ...key, ...amount, startDate: day })
  const amountCents = sumCents(amounts.map((one) => one.amountCents))
  const detail = { amountCents, amounts, ...plan }
  await recordAct(tx, contract, { operation: 'startBudget', event: 'started', detail }, { now, actor })
  return contract
}

/**
 * This will change what a budget asks for from a day on: other amounts, further agreements of the account (those with an
 * amount that are not on it yet), or fewer. Locks the customer. Refuses: a budget that is over, an amount not above zero,
 * an agreement that is not served on the account, taking off the last one.
 */
export async function modifyBudget(
  tx: Tx,
  input: ContractKey &
    Act & {
      amounts?: readonly MonthlyAmount[]
      without?: readonly number[]
      day: LocalDate
      dueDate?: LocalDate
    },
): Promise<Contract> {
  const { customerId, contractNumber, amounts = [], without = [], day, now, actor } = input
  const contract = await requireActive(tx, input)
  requireAmounts(amounts)
  const live = (await store.selectLiveAmounts(tx, customerId)).filter(
    (one) => one.contractNumber === contractNumber,
  )
  const agreementIds = amounts.map((one) => one.agreementId)
  await agreementsToLevel(tx, { customerId, accountNumber: contract.accountNumber, agreementIds })
  const staying = new Set([...live.map((one) => one.agreementId), ...agreementIds])
  for (const agreementId of without) staying.delete(agreementId)
  if (staying.size === 0)
    throw new Refusal('rule', 'budget_empty', 'A budget keeps at least one agreement; end it instead.')
  await requireFree(tx, contract, agreementIds)
  const key = { customerId, contractNumber }
  for (const amount of amounts) {
    await store.endBudgetAmount(tx, { ...key, agreementId: amount.agreementId }, day)
    await store.upsertBudgetAmount(tx, { ...key, ...amount, startDate: day })
  }
  const dates = { effectiveDate: day, accountingDate: day, now }
  const due = input.dueDate === undefined ? {} : { dueDate: input.dueDate }
  const leaving = { customerId, agreementIds: without, reason: 'requested', actor }
  await takeOffBudgets(tx, { ...leaving, ...due, ...dates })
  const detail = { amounts, without }
  await recordAct(tx, contract, { operation: 'modifyBudget', event: 'modified', detail }, { now, actor })
  return contract
}

async function requireActive(tx: Tx, key: ContractKey): Promise<Contract> {
  const contract = await lockContract(tx, key, 'budget')
  if (contract.status === 'active') return contract
  throw new Refusal('conflict', 'contract_state', `The budget is ${contract.status} and cannot be changed.`)
}

async function requireFree(tx: Tx, contract: Contract, agreementIds: readonly number[]): Promise<void> {
  const other = (await store.selectLiveAmounts(tx, contract.customerId)).find(
    (one) => agreementIds.includes(one.agreementId) && one.contractNumber !== contract.contractNumber,
  )
  if (other)
    throw new Refusal(
      'conflict',
      'budget_live',
      `Agreement ${other.agreementId} is on budget ${other.contractNumber} already.`,
    )
}

/**
 * This will end a budget: all that it has put off is asked for at once, or credited, so that what is asked is what is
 * owed. Locks the customer. Refuses one that is over.
 */
export async function endBudget(
  tx: Tx,
  input: ContractKey &
    Act & { day: LocalDate; accountingDate?: LocalDate; dueDate?: LocalDate; reason: string },
): Promise<Contract> {
  const { customerId, contractNumber, day, accountingDate = day, dueDate, reason, now, actor } = input
  await requireActive(tx, input)
  const amounts = await store.selectBudgetAmounts(tx, input)
  const agreementIds = amounts.filter((one) => one.endDate === null).map((one) => one.agreementId)
  const dates = { effectiveDate: day, accountingDate, now }
  const leaving = { customerId, agreementIds, reason, actor, ...(dueDate !== undefined && { dueDate }) }
  await takeOffBudgets(tx, { ...leaving, ...dates })
  return await getContract(tx, { customerId, contractNumber }, 'budget')
}

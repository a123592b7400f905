import type { Tx } from '../../../platform/db/index.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { budgetStatus } from '../budgets/status.ts'
import type { Contract } from './contract.ts'
import { contractSchedule, depositsOf, type ScheduleRow } from './queries.ts'

/** A contract with where its money stands. */
export interface ContractSummary {
  contract: Contract
  /** Promised, arranged or required; of a budget what it asks each month. */
  amountCents: Cents
  paidCents: Cents
  /** Asked for and not paid. */
  unpaidCents: Cents
  /** Still to be asked for; of a budget what is owed and put off. */
  waitingCents: Cents
  /** Of a deposit. */
  heldCents: Cents
  /** Of a deposit: credited, and earned since. */
  interestCents: Cents
  /** The next part that is not paid; null: none, or asked with a bill that is still to come. */
  nextDueDate: LocalDate | null
  nextDueCents: Cents
}

/** This will tell where the money of contracts of one customer stands on a day, in the same order. */
export async function summariseContracts(
  tx: Tx,
  contracts: readonly Contract[],
  day: LocalDate,
): Promise<ContractSummary[]> {
  const summaries = []
  for (const contract of contracts)
    summaries.push(
      contract.kind === 'budget' ? await ofBudget(tx, contract, day) : await ofSchedule(tx, contract, day),
    )
  return summaries
}

const NOTHING = {
  paidCents: 0,
  unpaidCents: 0,
  waitingCents: 0,
  heldCents: 0,
  interestCents: 0,
  nextDueDate: null,
  nextDueCents: 0,
}

async function ofBudget(tx: Tx, contract: Contract, day: LocalDate): Promise<ContractSummary> {
  const { courses } = await budgetStatus(tx, contract, day)
  const amountCents = sumCents(courses.map((one) => one.monthlyCents))
  const waitingCents = sumCents(courses.map((one) => one.putOffCents))
  return { ...NOTHING, contract, amountCents, waitingCents, nextDueCents: amountCents }
}

async function ofSchedule(tx: Tx, contract: Contract, day: LocalDate): Promise<ContractSummary> {
  const live = (await contractSchedule(tx, contract)).filter(({ status }) => status !== 'cancelled')
  const unpaid = ({ status }: ScheduleRow) => status === 'asked'
  const rest = (rows: readonly ScheduleRow[]) => sumCents(rows.map((row) => row.amountCents - row.paidCents))
  const next = live.find((row) => row.paidCents < row.amountCents)
  const held = contract.kind === 'deposit' ? await heldOf(tx, contract, day) : {}
  const isLive = contract.status === 'active'
  return {
    ...NOTHING,
    contract,
    amountCents: contract.amountCents ?? 0,
    paidCents: sumCents(live.map((row) => row.paidCents)),
    unpaidCents: rest(live.filter(unpaid)),
    waitingCents: isLive ? rest(live.filter(({ status }) => status === 'planned')) : 0,
    ...held,
    ...(isLive && next && { nextDueDate: next.dueDate, nextDueCents: next.amountCents - next.paidCents }),
  }
}

async function heldOf(tx: Tx, { customerId, contractNumber }: Contract, day: LocalDate) {
  const deposits = await depositsOf(tx, [customerId], day)
  const deposit = deposits.find((one) => one.contractNumber === contractNumber)
  if (!deposit) return {}
  const { heldCents, interestCents, accruedCents } = deposit
  return { heldCents: Math.max(0, heldCents), interestCents: interestCents + accruedCents }
}

import type { Tx } from '../../../platform/db/index.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import {
  budgetStatus,
  type Contract,
  contractSchedule,
  contractsOfAccount,
  depositsOf,
  itemsOfAgreement,
  type ScheduleRow,
} from '../../receivables/index.ts'
import type { AccountRecord } from '../record.ts'
import type { BudgetMoney, ContractMoney, ContractPart, DepositMoney } from './record.ts'

const SHOWN = 12

/** This will list the latest contracts of an account with their parts and where their money stands. */
export async function contractsOf(tx: Tx, account: AccountRecord): Promise<ContractMoney[]> {
  const contracts = (await contractsOfAccount(tx, account)).slice(0, SHOWN)
  const deposits = contracts.some(({ kind }) => kind === 'deposit')
    ? await depositsOf(tx, [account.customerId], account.today)
    : []
  const found: ContractMoney[] = []
  for (const contract of contracts) {
    const { kind, contractNumber } = contract
    const schedule = kind === 'budget' ? [] : await contractSchedule(tx, contract)
    const deposit = deposits.find((one) => one.contractNumber === contractNumber)
    found.push({
      contract,
      schedule: schedule.map((row) => partOf(contract, row, account.today)),
      budget: kind === 'budget' ? await budgetOf(tx, contract, account.today) : null,
      deposit: deposit ? depositOf(deposit) : null,
    })
  }
  return found
}

function partOf({ kind, status }: Contract, row: ScheduleRow, today: LocalDate): ContractPart {
  const waits =
    row.status === 'asked' || (kind === 'promise' && status !== 'cancelled' && row.status === 'planned')
  const isMissed = waits && row.dueDate !== null && row.dueDate < today && row.paidCents < row.amountCents
  return isMissed ? { ...row, status: 'missed' } : row
}

async function budgetOf(tx: Tx, contract: Contract, today: LocalDate): Promise<BudgetMoney> {
  const { plan, months, courses, projectedTrueUpCents } = await budgetStatus(tx, contract, today)
  const askedCents = sumCents(months.map((one) => one.askedCents))
  const agreementIds = new Set(months.map((one) => one.agreementId))
  let openCents = 0
  for (const agreementId of agreementIds) openCents += await openSince(tx, contract, agreementId)
  return {
    monthlyCents: sumCents(courses.map((one) => one.monthlyCents)),
    monthsAsked: Math.max(0, ...courses.map((one) => one.monthsAsked)),
    monthsLeft: Math.max(0, ...courses.map((one) => one.monthsLeft)),
    chargedCents: sumCents(months.map((one) => one.chargedCents)),
    askedCents,
    paidCents: Math.max(0, askedCents - openCents),
    putOffCents: sumCents(courses.map((one) => one.putOffCents)),
    projectedTrueUpCents,
    trueUp: plan.trueUp,
    months,
  }
}

/** What the months of a budget have asked for and nobody has paid. */
async function openSince(
  tx: Tx,
  { customerId, startDate, endDate }: Contract,
  agreementId: number,
): Promise<Cents> {
  const items = await itemsOfAgreement(tx, customerId, agreementId)
  const open = items.filter(
    ({ kind, deferred, aroseOn, unsettledCents }) =>
      !deferred &&
      unsettledCents > 0 &&
      (kind === 'charge' || kind === 'deferral') &&
      aroseOn >= startDate &&
      (endDate === null || aroseOn < endDate),
  )
  return sumCents(open.map((one) => one.unsettledCents))
}

type Deposit = Awaited<ReturnType<typeof depositsOf>>[number]

function depositOf(deposit: Deposit): DepositMoney {
  const { form, reason, unpaidCents, heldCents, interestCents, accruedCents, evidence, validUntil } = deposit
  return {
    ...{ form, reason, unpaidCents, evidence, validUntil },
    heldCents: Math.max(0, heldCents),
    interestCents: interestCents + accruedCents,
  }
}

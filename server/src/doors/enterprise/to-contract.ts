import type { z } from 'zod'
import type { AgreementKey } from '../../domain/agreements/index.ts'
import { formatAccountId } from '../../domain/agreements/index.ts'
import type { AuditedAct } from '../../domain/identity/index.ts'
import {
  type Activity,
  type BudgetStatus,
  budgetStatus,
  type Contract,
  type ContractSummary,
  contractActivity,
  contractActs,
  contractSchedule,
  type EndTerms,
  type ScheduleRow,
  summariseContracts,
} from '../../domain/receivables/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { type LocalDate, localDateAt } from '../../platform/time.ts'
import type * as wire from './contracts.wire.ts'
import { toAccountKey, toBillNumber, toDescription, toFlag, toInstant, toMoney, toText } from './to-wire.ts'

/** Contracts as the account package sees them, with where their money stands. */
export async function toContracts(
  tx: Tx,
  contracts: readonly Contract[],
  { agreement, day }: { agreement: AgreementKey; day: LocalDate },
): Promise<z.input<typeof wire.Contract>[]> {
  const summaries = await summariseContracts(tx, contracts, day)
  return summaries.map((summary, index) => toContract(summary, index, agreement))
}

function toContract(
  { contract, ...money }: ContractSummary,
  index: number,
  agreement: AgreementKey,
): z.input<typeof wire.Contract> {
  const { customerId } = contract
  const numberOf = (agreementId: number | null) =>
    agreementId === null ? '' : formatAccountId({ customerId, agreementId })
  return {
    record: String(index + 1),
    contractId: String(contract.contractNumber),
    ...toAccountKey(agreement),
    billingPackageId: String(contract.accountNumber),
    typeCode: contract.kind,
    typeDescription: KIND_WORDS[contract.kind],
    statusCode: contract.status,
    statusDescription: toDescription(contract.status),
    startDate: contract.startDate,
    endDate: toText(contract.endDate),
    endReason: toText(contract.endReason),
    contractAmount: toMoney(money.amountCents),
    paidAmount: toMoney(money.paidCents),
    unpaidAmount: toMoney(money.unpaidCents),
    waitingAmount: toMoney(money.waitingCents),
    heldAmount: toMoney(money.heldCents),
    interestAmount: toMoney(money.interestCents),
    nextDueDate: toText(money.nextDueDate),
    nextDueAmount: toMoney(money.nextDueCents),
    contractAccountNumber: numberOf(contract.agreementId),
    coveredAccountNumber: numberOf(contract.coversAgreementId),
    requestedByName: toText(contract.requestedBy),
    note: toText(contract.note),
    createdTimeStamp: toInstant(contract.createdAt),
    createdByUserId: contract.createdBy,
  }
}

const KIND_WORDS: Readonly<Record<Contract['kind'], string>> = {
  budget: 'Budget contract',
  deposit: 'Deposit contract',
  arrangement: 'Payment contract',
  promise: 'Payment extension',
}

type Schedule = z.input<typeof wire.ContractSchedule>

/** The parts of a contract; of a budget its months, those to come too. */
export async function toSchedules(tx: Tx, contract: Contract, day: LocalDate): Promise<Schedule[]> {
  const rows =
    contract.kind === 'budget'
      ? monthsOf(contract, await budgetStatus(tx, contract, day))
      : (await contractSchedule(tx, contract)).map((row) => partOf(contract, row))
  return rows.map((row, index) => ({
    record: String(index + 1),
    contractId: String(contract.contractNumber),
    sequenceNumber: String(index + 1),
    ...row,
  }))
}

type Part = Omit<Schedule, 'record' | 'contractId'>

function partOf({ customerId }: Contract, row: ScheduleRow): Part {
  return {
    sequenceNumber: String(row.number),
    dueDate: toText(row.dueDate),
    scheduleAmount: toMoney(row.amountCents),
    paidAmount: toMoney(row.paidCents),
    unpaidAmount: toMoney(row.amountCents - row.paidCents),
    chargedAmount: '',
    deferredAmount: '',
    statusCode: row.status,
    statusDescription: toDescription(row.status),
    billId: toText(row.billId),
    billNumber: toBillNumber(customerId, row.billId),
  }
}

/** What is paid of a budget's month is what is paid of its bill. */
function monthsOf(contract: Contract, { months, courses }: BudgetStatus): Omit<Part, 'sequenceNumber'>[] {
  const nothing = { dueDate: '', paidAmount: '', unpaidAmount: '' }
  const asked = months.map((month) => ({
    ...nothing,
    dueDate: month.askedOn,
    scheduleAmount: toMoney(month.askedCents),
    chargedAmount: toMoney(month.chargedCents),
    deferredAmount: toMoney(month.putOffCents),
    statusCode: 'asked',
    statusDescription: 'Asked',
    billId: toText(month.billId),
    billNumber: toBillNumber(contract.customerId, month.billId),
  }))
  if (contract.status !== 'active') return asked
  const planned = courses.flatMap(({ monthsLeft, monthlyCents }) =>
    Array.from({ length: monthsLeft }, () => ({
      ...nothing,
      scheduleAmount: toMoney(monthlyCents),
      chargedAmount: '',
      deferredAmount: '',
      statusCode: 'planned',
      statusDescription: 'Planned',
      billId: '',
      billNumber: '',
    })),
  )
  return [...asked, ...planned]
}

type Activities = z.input<typeof wire.ContractActivity>[]

/** What was done to a contract, and what it asked for and put off, the oldest first. */
export async function toActivity(tx: Tx, contract: Contract, timeZone: string): Promise<Activities> {
  const acts = (await contractActs(tx, contract)).map((act) => ofAct(act, timeZone))
  const asks = (await contractActivity(tx, contract)).map(ofAsk)
  const rows = [...acts, ...asks].sort(
    (a, b) => Number(a.activityDate > b.activityDate) - Number(a.activityDate < b.activityDate),
  )
  const contractId = String(contract.contractNumber)
  return rows.map((row, index) => ({ record: String(index + 1), contractId, ...row }))
}

type ActivityRow = Omit<Activities[number], 'record' | 'contractId'>

function ofAct({ at, actor, operation, reason, detail }: AuditedAct, timeZone: string): ActivityRow {
  const words = operation.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return {
    activityDate: localDateAt(at, timeZone),
    typeCode: operation,
    typeDescription: toDescription(words),
    amount: '',
    dueDate: '',
    sequenceNumber: '',
    accountNumber: '',
    billId: '',
    billNumber: '',
    chargedAmount: '',
    monthsNumber: '',
    undoneIndicator: 'N',
    activityTimeStamp: toInstant(at),
    userId: actor,
    logText: reason ?? (typeof detail.reason === 'string' ? detail.reason : ''),
  }
}

function ofAsk(ask: Activity): ActivityRow {
  return {
    activityDate: ask.askedOn,
    typeCode: ask.kind,
    typeDescription: toDescription(ask.kind),
    amount: toMoney(ask.amountCents),
    dueDate: toText(ask.dueDate),
    sequenceNumber: toText(ask.instalmentNumber),
    accountNumber: formatAccountId(ask),
    billId: toText(ask.billId),
    billNumber: toBillNumber(ask.customerId, ask.billId),
    chargedAmount: toMoney(ask.chargedCents),
    monthsNumber: toText(ask.months),
    undoneIndicator: toFlag(ask.undone),
    activityTimeStamp: '',
    userId: '',
    logText: '',
  }
}

export function toEndTerms(terms: EndTerms, day: LocalDate): z.input<typeof wire.EndTerms> {
  const { contract } = terms
  return {
    contractId: String(contract.contractNumber),
    typeCode: contract.kind,
    typeDescription: KIND_WORDS[contract.kind],
    statusCode: contract.status,
    statusDescription: toDescription(contract.status),
    startDate: contract.startDate,
    endDate: day,
    canEndIndicator: toFlag(terms.canEnd),
    dueNowAmount: toMoney(terms.askedCents),
    cancelledAmount: toMoney(terms.takenBackCents),
    refundAmount: toMoney(terms.refundCents),
  }
}

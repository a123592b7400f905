import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { type AccountKey, clientOf } from '../../customers/index.ts'
import { type AuditedAct, auditTrail } from '../../identity/index.ts'
import { accruedInterest } from '../deposits/earn.ts'
import { promisedPayments } from '../promises/review.ts'
import { selectBudgetAmounts, selectPutOff } from '../store/budget.ts'
import { type InstalmentState, selectContracts, selectInstalments } from '../store/contract.ts'
import { type Activity, selectActivity } from '../store/contract-ask.ts'
import { type Deposit, selectDeposits } from '../store/deposit.ts'
import {
  CONTRACT_LIFE_CYCLE,
  type Contract,
  type ContractKey,
  type ContractKind,
  contractSubject,
} from './contract.ts'
import { getContract } from './record.ts'

/** This will list budgets, deposits, arrangements and promises of a billing account, newest first; with an agreement those about it. */
export async function contractsOfAccount(
  tx: Tx,
  { customerId, accountNumber }: AccountKey,
  filter: { agreementId?: number; kinds?: readonly ContractKind[]; activeOnly?: boolean } = {},
): Promise<Contract[]> {
  const contracts = await selectContracts(tx, [customerId], filter)
  const onAccount = contracts.filter((one) => one.accountNumber === accountNumber)
  const { agreementId } = filter
  if (agreementId === undefined) return onAccount
  const budgets = new Set<number>()
  for (const contract of onAccount.filter(({ kind }) => kind === 'budget'))
    for (const amount of await selectBudgetAmounts(tx, contract))
      if (amount.agreementId === agreementId) budgets.add(contract.contractNumber)
  return onAccount.filter((one) =>
    one.kind === 'budget'
      ? budgets.has(one.contractNumber)
      : [one.agreementId, one.coversAgreementId ?? agreementId].includes(agreementId),
  )
}

/**
 * This will read one contract of the account of an agreement that is about the agreement or about the whole account.
 * Refuses any other as if it did not exist.
 */
export async function contractOfAgreement(
  tx: Tx,
  { agreementId, contractNumber, ...account }: AccountKey & ContractKey & { agreementId: number },
  kinds?: readonly ContractKind[],
): Promise<Contract> {
  const filter = { agreementId, ...(kinds && { kinds }) }
  const contracts = await contractsOfAccount(tx, account, filter)
  const found = contracts.find((one) => one.contractNumber === contractNumber)
  if (found) return found
  throw new Refusal('not_found', 'contract_unknown', `This account has no contract ${contractNumber}.`)
}

/** One part of a contract: what is to be paid, and what of that was. */
export interface ScheduleRow {
  number: number
  /** Null: asked with a bill that is still to come. */
  dueDate: LocalDate | null
  amountCents: Cents
  paidCents: Cents
  status: 'planned' | 'asked' | 'paid' | 'cancelled'
  billId: number | null
}

/** This will list the parts of an arrangement, a deposit or a promise with what was paid of each. A budget has none: see its status. */
export async function contractSchedule(tx: Tx, key: ContractKey): Promise<ScheduleRow[]> {
  const contract = await getContract(tx, key)
  if (contract.kind !== 'promise') return (await selectInstalments(tx, [key])).map(rowOf)
  const { payments } = await promisedPayments(tx, key)
  return payments.map(({ dueDate, amountCents, receivedCents: paidCents }, index) => ({
    number: index + 1,
    dueDate,
    amountCents,
    paidCents,
    status: paidCents === amountCents ? 'paid' : 'planned',
    billId: null,
  }))
}

function rowOf(one: InstalmentState): ScheduleRow {
  const { instalmentNumber: number, amountCents, askedDueDate, billId, openCents } = one
  const paidCents = openCents === null ? 0 : amountCents - openCents
  const shared = { number, dueDate: askedDueDate ?? one.dueDate, amountCents, paidCents, billId }
  if (one.cancelled) return { ...shared, status: 'cancelled' }
  if (openCents === null) return { ...shared, status: 'planned' }
  return { ...shared, status: openCents === 0 ? 'paid' : 'asked' }
}

/** This will tell what a contract has asked for and put off, day by day, what was undone too. */
export async function contractActivity(tx: Tx, key: ContractKey): Promise<Activity[]> {
  await getContract(tx, key)
  return await selectActivity(tx, key)
}

/** This will tell what was done to a contract, by whom and why, the oldest first. */
export async function contractActs(tx: Tx, key: ContractKey): Promise<AuditedAct[]> {
  await getContract(tx, key)
  return await auditTrail(tx, clientOf(key.customerId), contractSubject(key))
}

/** What ending a contract on a day would do. */
export interface EndTerms {
  contract: Contract
  /** Whether its state allows it. */
  canEnd: boolean
  /** Asked for at once: what was put off. */
  askedCents: Cents
  /** No longer asked for: what is not paid of a deposit. */
  takenBackCents: Cents
  /** Given back: a deposit with its interest. */
  refundCents: Cents
}

/** This will tell what ending a contract would ask for, take back and give back. */
export async function endTerms(tx: Tx, key: ContractKey, day: LocalDate): Promise<EndTerms> {
  const contract = await getContract(tx, key)
  const { customerId, contractNumber, kind, status } = contract
  const canEnd = ['end', 'cancel'].some((action) => action in CONTRACT_LIFE_CYCLE[kind][status])
  const nothing = { contract, canEnd, askedCents: 0, takenBackCents: 0, refundCents: 0 }
  if (kind === 'budget') {
    const putOff = (await selectPutOff(tx, customerId)).filter((one) => one.liveNumber === contractNumber)
    return { ...nothing, askedCents: sumCents(putOff.map((one) => one.putOffCents)) }
  }
  if (kind === 'arrangement') {
    const waiting = (await selectInstalments(tx, [key])).filter(
      (one) => !one.cancelled && one.askedOn === null,
    )
    return { ...nothing, askedCents: sumCents(waiting.map((one) => one.amountCents)) }
  }
  if (kind === 'promise') return nothing
  const [deposit] = (await depositsOf(tx, [customerId], day)).filter(
    (one) => one.contractNumber === contractNumber,
  )
  if (!deposit) return nothing
  const { unpaidCents, heldCents, accruedCents } = deposit
  return { ...nothing, takenBackCents: unpaidCents, refundCents: Math.max(0, heldCents) + accruedCents }
}

/** This will list the deposits of customers with what is held and what it has earned since interest was last credited. */
export async function depositsOf(
  tx: Tx,
  customerIds: readonly number[],
  day: LocalDate,
): Promise<(Deposit & { accruedCents: Cents })[]> {
  const deposits = await selectDeposits(tx, customerIds)
  const accrued = []
  for (const deposit of deposits) {
    const isLive = deposit.status === 'active'
    const { amountCents } = isLive ? await accruedInterest(tx, deposit, day) : { amountCents: 0 }
    accrued.push({ ...deposit, accruedCents: amountCents })
  }
  return accrued
}

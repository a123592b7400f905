import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { accountingPeriods } from '../../ledger/index.ts'
import {
  cancelBillAsks,
  settleOldestFirst,
  takeOffBill,
  withdrawOverpayments,
} from '../../receivables/index.ts'
import { takeBack } from '../charges/correct.ts'
import { dropRebill } from '../charges/pending.ts'
import * as store from '../store/bill.ts'
import { selectChargesOfBill, selectRebillOf } from '../store/charge.ts'
import { takeChargesOffBill } from '../store/unbilled-charge.ts'
import { type Bill, type BillKey, billAfter, billSubject, formatBillId } from './bill.ts'

export type BillAct = BillKey & {
  reason: string
  /** When it counts for the customer, and the period of the books. */
  correctedOn: LocalDate
  accountingDate?: LocalDate
  now: Instant
  actor: Actor
}

/**
 * This will open a complete bill again: its due dates, the credits that it moved, what it asked for beside its charges,
 * its messages and its waiting copies are undone. Its charges stay posted and wait for it: each can be cancelled or billed
 * again, then the bill is completed anew under its number. Refuses a bill that is not the account's latest, one that was
 * sent, and a closed period.
 */
export async function reopenBill(tx: Tx, act: BillAct): Promise<void> {
  const bill = await lockedBill(tx, act)
  const status = billAfter(bill, 'reopen')
  await requireLatest(tx, bill)
  await requireUnsent(tx, bill)
  await undoCompletion(tx, bill, act)
  await store.updateBillStatus(tx, bill, status, act.reason)
  await tell(tx, 'reopenBill', 'bill.reopened', bill, act)
}

/**
 * This will cancel the account's latest bill: as if it were reopened, and its charges cancelled. The next bill shows what
 * this one had shown, and the cancellations. Refuses a bill that is not the latest (a credit note takes it back), and a
 * closed period.
 */
export async function cancelBill(tx: Tx, act: BillAct): Promise<void> {
  const bill = await lockedBill(tx, act)
  const status = billAfter(bill, 'cancel')
  await requireLatest(tx, bill)
  if (bill.status === 'complete') await undoCompletion(tx, bill, act)
  await store.updateBillStatus(tx, bill, status, act.reason)
  await cancelChargesOf(tx, bill, act)
  await settleOldestFirst(tx, { customerIds: [bill.customerId], now: act.now })
  await tell(tx, 'cancelBill', 'bill.cancelled', bill, act)
}

/** This will tell why a bill cannot be cancelled on a day of the books; undefined when it can. Refuses an unknown bill. */
export async function cancelObstacle(tx: Tx, key: BillKey & { on: LocalDate }): Promise<Refusal | undefined> {
  const bill = await store.selectBill(tx, key)
  if (!bill) throw unknownBill(key)
  try {
    billAfter(bill, bill.status === 'pending' ? 'delete' : 'cancel')
    await requireLatest(tx, bill)
    await requireOpenBooks(tx, key)
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

async function requireOpenBooks(tx: Tx, { customerId, on }: BillKey & { on: LocalDate }): Promise<void> {
  const periods = await accountingPeriods(tx, clientOf(customerId))
  const closed = periods.findLast((period) => period.status === 'closed' && on < period.end)
  if (!closed) return
  throw new Refusal(
    'rule',
    'period_closed',
    `The books are closed before ${closed.end}; cancel it with a date from that day on, not ${on}.`,
  )
}

/** This will cancel what still stands of a bill's charges; rebills that wait for them are dropped. The caller locks and settles. */
export async function cancelChargesOf(
  tx: Tx,
  { customerId, billId }: BillKey,
  act: Pick<BillAct, 'reason' | 'correctedOn' | 'accountingDate' | 'now'>,
): Promise<number> {
  const charges = await selectChargesOfBill(tx, customerId, billId)
  const standing = charges.filter(({ status }) => status === 'frozen' || status === 'pending_cancel')
  for (const charge of standing) {
    const twin = await selectRebillOf(tx, charge)
    if (twin) await dropRebill(tx, charge, twin, act.now)
    await takeBack(tx, charge, act)
  }
  return standing.length
}

async function undoCompletion(tx: Tx, bill: Bill, act: BillAct): Promise<void> {
  const { correctedOn, accountingDate = correctedOn, now } = act
  const { customerId, billId, dueDate } = bill
  const dates = { effectiveDate: correctedOn, accountingDate, now }
  await cancelBillAsks(tx, { customerId, billId, ...dates })
  await withdrawOverpayments(tx, { customerId, billId, ...dates })
  await takeOffBill(tx, { customerId, billId, dueDate })
  await takeChargesOffBill(tx, bill)
  await store.deleteWaitingCopies(tx, bill)
}

/** This will lock the customer and read a bill. Refuses an unknown one. */
export async function lockedBill(tx: Tx, key: BillKey): Promise<Bill> {
  await lockCustomers(tx, [key.customerId])
  const bill = await store.selectBill(tx, key)
  if (bill) return bill
  throw unknownBill(key)
}

function unknownBill(key: BillKey): Refusal {
  return new Refusal('not_found', 'bill_unknown', `There is no bill ${formatBillId(key)}; check its number.`)
}

async function requireLatest(tx: Tx, bill: Bill): Promise<void> {
  const all = await store.selectBillsOfAccount(tx, bill, 1_000)
  const later = all.find((one) => one.billId > bill.billId && one.status !== 'cancelled')
  if (!later) return
  throw new Refusal(
    'conflict',
    'bill_not_latest',
    `Bill ${formatBillId(later)} was made after ${formatBillId(bill)}; take the earlier one back with a credit note.`,
  )
}

async function requireUnsent(tx: Tx, bill: Bill): Promise<void> {
  const routings = await store.selectRoutings(tx, bill)
  if (routings.every(({ status }) => status !== 'sent')) return
  throw new Refusal(
    'conflict',
    'bill_sent',
    `Bill ${formatBillId(bill)} was sent; cancel it, or take it back with a credit note.`,
  )
}

async function tell(tx: Tx, operation: string, type: string, bill: Bill, act: BillAct): Promise<void> {
  const { customerId, billId, accountNumber } = bill
  const { now, actor, reason } = act
  const clientId = clientOf(customerId)
  const subject = billSubject(bill)
  await audit(tx, { clientId, at: now, actor, operation, subject, detail: { reason } })
  const payload = { customerId, billId, accountNumber, reason }
  await emit(tx, [{ clientId, at: now, type, subject, payload }])
}

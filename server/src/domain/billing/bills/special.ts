import { numbersAfter, type Tx, undone } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { agreementsOfAccounts } from '../../agreements/index.ts'
import { type AccountKey, clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { cancelBillAsks, settleOldestFirst } from '../../receivables/index.ts'
import * as store from '../store/bill.ts'
import { type Bill, type BillKey, billAfter, billSubject, formatBillId } from './bill.ts'
import { completeBills } from './complete.ts'
import { type BillAct, cancelChargesOf, lockedBill } from './undo.ts'

export type CreditBillInput = Omit<BillAct, 'actor'>

/** This will show the credit note that `creditBill` would make, through the same steps, and undo them. */
export function previewCreditNote<Seen>(
  tx: Tx,
  input: CreditBillInput,
  look: (creditNote: Bill) => Promise<Seen>,
): Promise<Seen> {
  return undone(tx, async () => look(await credit(tx, input)))
}

/**
 * This will take a bill back with a bill of its own, the credit note: it shows the cancellations of all charges of the
 * bill that still stand, of what it asked for beside them, and whatever else no bill has shown. The bill itself stays as it was sent. Refuses a bill that is
 * not complete, one that was credited before or has no charge left, and an account with a bill in the making.
 */
export async function creditBill(tx: Tx, input: BillAct): Promise<Bill> {
  const note = await credit(tx, input)
  const { customerId, reason, now, actor } = input
  const detail = { reason, creditNote: note.billId }
  const subject = billSubject(input)
  await audit(tx, {
    clientId: clientOf(customerId),
    at: now,
    actor,
    operation: 'creditBill',
    subject,
    detail,
  })
  return note
}

async function credit(tx: Tx, input: CreditBillInput): Promise<Bill> {
  const { customerId, correctedOn, accountingDate = correctedOn, now } = input
  const bill = await lockedBill(tx, input)
  billAfter(bill, 'credit')
  await requireCreditable(tx, bill)
  if ((await cancelChargesOf(tx, bill, input)) === 0) throw nothingLeft(bill)
  const { billId } = bill
  await cancelBillAsks(tx, { customerId, billId, effectiveDate: correctedOn, accountingDate, now })
  await settleOldestFirst(tx, { customerIds: [customerId], now })
  const account = await getBillingAccount(tx, bill)
  const agreements = await agreementsOfAccounts(tx, [bill])
  const dates = { clientId: clientOf(customerId), billDate: correctedOn, accountingDate, now }
  const context = { ...dates, creditNoteFor: bill.billId }
  const [note] = await completeBills(tx, context, [{ account, agreements, priced: [] }])
  if (!note) throw new Error(`bill ${formatBillId(bill)} gave no credit note`)
  return note
}

async function requireCreditable(tx: Tx, bill: Bill): Promise<void> {
  const before = await store.selectCreditNoteOf(tx, bill)
  if (before) {
    throw new Refusal(
      'conflict',
      'bill_credited',
      `Bill ${formatBillId(bill)} was taken back by credit note ${formatBillId(before)} already.`,
    )
  }
  const open = (await store.selectOpenBills(tx, [bill.customerId])).find(
    (one) => one.accountNumber === bill.accountNumber,
  )
  if (!open) return
  throw unfinished(open)
}

function nothingLeft(bill: Bill): Refusal {
  return new Refusal(
    'conflict',
    'bill_without_charges',
    `No charge of bill ${formatBillId(bill)} stands any more; there is nothing to credit.`,
  )
}

function unfinished(open: Bill): Refusal {
  return new Refusal(
    'conflict',
    'bill_unfinished',
    `Bill ${formatBillId(open)} of this account is ${open.status}; complete it or cancel it first.`,
  )
}

/**
 * This will begin a bill of an account: it has a number and nothing else until it is completed, by hand or by the next
 * run. Refuses an account that has a bill in the making.
 */
export async function beginBill(
  tx: Tx,
  input: AccountKey & { billDate: LocalDate; now: Instant; actor: Actor },
): Promise<BillKey> {
  const { customerId, accountNumber, billDate, now, actor } = input
  await lockCustomers(tx, [customerId])
  const account = await getBillingAccount(tx, input)
  const open = (await store.selectOpenBills(tx, [customerId])).find(
    (one) => one.accountNumber === accountNumber,
  )
  if (open) throw unfinished(open)
  const next = await numbersAfter(tx, 'bill', 'bill_id', [customerId])
  const key = { customerId, billId: next(customerId) }
  const dates = { billDate, dueDate: billDate, startDate: billDate, endDate: billDate }
  const figures = { previousCents: 0, creditsCents: 0, chargesCents: 0, amountDueCents: 0 }
  const none = { runId: null, replacesBillId: null, completedAt: null, cancelReason: null }
  const language = account.documentLanguage
  const kind = { status: 'pending' as const, kind: 'off_cycle' as const }
  await store.insertBill(tx, { ...key, accountNumber, ...kind, ...dates, ...figures, language, ...none })
  const subject = billSubject(key)
  await audit(tx, { clientId: clientOf(customerId), at: now, actor, operation: 'beginBill', subject })
  return key
}

/** This will drop a bill that was begun and never completed; its number is not given again. Refuses any other. */
export async function deleteBill(
  tx: Tx,
  act: BillKey & { reason: string; now: Instant; actor: Actor },
): Promise<void> {
  const bill = await lockedBill(tx, act)
  await store.updateBillStatus(tx, bill, billAfter(bill, 'delete'), act.reason)
  const { reason, now, actor } = act
  const row = { clientId: clientOf(bill.customerId), at: now, actor, operation: 'deleteBill' }
  await audit(tx, { ...row, subject: billSubject(bill), detail: { reason } })
}

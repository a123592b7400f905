import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { customerIdOf, customerNumber } from '../../customers/index.ts'
import type { Localized } from '../../rating/index.ts'

export type BillStatus = 'pending' | 'complete' | 'cancelled' | 'reopened' | 'credit_note'

/** A window's bill, one made apart from the windows, or the last of an agreement that stopped. */
export type BillKind = 'regular' | 'off_cycle' | 'final'
export type BillAction = 'complete' | 'reopen' | 'cancel' | 'credit' | 'delete'

/**
 * State x action -> state. An action that a state does not name is refused. A bill that was begun and never completed is
 * deleted by cancelling it. Crediting leaves the bill as it is: the credit note is a bill of its own.
 */
export const BILL_LIFE_CYCLE: Readonly<Record<BillStatus, Partial<Record<BillAction, BillStatus>>>> = {
  pending: { complete: 'complete', delete: 'cancelled' },
  complete: { reopen: 'reopened', cancel: 'cancelled', credit: 'complete' },
  reopened: { complete: 'complete', cancel: 'cancelled' },
  cancelled: {},
  credit_note: {},
}

/** This will tell the state of a bill after an action. Refuses an action that its state does not allow. */
export function billAfter(
  bill: Pick<Bill, 'customerId' | 'billId' | 'status'>,
  action: BillAction,
): BillStatus {
  const next = BILL_LIFE_CYCLE[bill.status][action]
  if (next) return next
  const allowed = Object.keys(BILL_LIFE_CYCLE[bill.status])
  const can = allowed.length === 0 ? 'nothing more can happen to it' : `it allows ${allowed.join(', ')}`
  throw new Refusal(
    'conflict',
    'bill_state',
    `Bill ${formatBillId(bill)} is ${bill.status.replace('_', ' ')} and does not allow ${action}; ${can}.`,
  )
}

export interface BillKey {
  customerId: number
  billId: number
}

/** The document of one billing account and period. Amount due = previous + credits + charges. */
export interface Bill extends BillKey {
  accountNumber: number
  status: BillStatus
  kind: BillKind
  billDate: LocalDate
  dueDate: LocalDate
  startDate: LocalDate
  endDate: LocalDate
  /** What the previous bill asked for. */
  previousCents: Cents
  /** Everything between the two bills that is no charge, signed: payments, cancellations, fees. */
  creditsCents: Cents
  chargesCents: Cents
  amountDueCents: Cents
  language: 'en' | 'es'
  runId: number | null
  /** Of a credit note: the bill that it takes back. */
  replacesBillId: number | null
  completedAt: Instant | null
  /** Why it was reopened or cancelled. */
  cancelReason: string | null
}

/** What a bill says beside its figures, as it was completed. */
export interface BillMessage {
  messageCode: string
  title: Localized
  body: Localized
}

export interface BillRouting {
  routingNumber: number
  method: 'paper' | 'email'
  name: string
  address: unknown
  copies: number
  status: 'waiting' | 'sent' | 'failed'
}

/** This will write a bill's public number: customer number and bill number, `00000042-0003`. */
export function formatBillId({ customerId, billId }: BillKey): string {
  return `${String(customerNumber(customerId)).padStart(8, '0')}-${String(billId).padStart(4, '0')}`
}

/** This will read a public bill number of a client. Refuses what is none. */
export function parseBillId(clientId: number, text: string): BillKey {
  const match = /^(\d{1,8})-(\d{1,4})$/.exec(text.trim())
  if (!match) {
    throw new Refusal(
      'malformed',
      'bill_number_malformed',
      `"${text}" is no bill number; write customer number and bill number, such as 00000042-0003.`,
    )
  }
  return { customerId: customerIdOf(clientId, Number(match[1])), billId: Number(match[2]) }
}

/** This will name a bill in audit rows, events and work items. */
export function billSubject(key: BillKey): string {
  return `bill:${key.customerId}-${key.billId}`
}

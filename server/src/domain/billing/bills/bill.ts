import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { customerIdOf, customerNumber } from '../../customers/index.ts'

export type BillStatus = 'pending' | 'complete' | 'cancelled' | 'reopened' | 'credit_note'

export interface BillKey {
  customerId: number
  billId: number
}

/** The document of one billing account and period. Amount due = previous + credits + charges. */
export interface Bill extends BillKey {
  accountNumber: number
  status: BillStatus
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
  replacesBillId: number | null
  completedAt: Instant | null
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

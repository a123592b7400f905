import { sql } from 'kysely'
import { type BulkType, insertRows, type Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { Payment, Tender } from '../payment.ts'

interface SentEvent {
  payerCustomerId: number
  source: string
  externalId?: string
}

/** This will name an event by its sender's number. */
export function eventKey({ payerCustomerId, source, externalId }: SentEvent): string {
  return `${payerCustomerId} ${source} ${externalId}`
}

/** Which of these events, by their senders' numbers, were taken before. */
export async function selectKnownEvents(tx: Tx, events: readonly SentEvent[]): Promise<Set<string>> {
  const sent = events.filter(({ externalId }) => externalId !== undefined)
  if (sent.length === 0) return new Set()
  const { rows } = await sql<Required<SentEvent>>`
    select customer_id as "payerCustomerId", source, external_id as "externalId"
      from unnest(${sent.map((e) => e.payerCustomerId)}::int8[], ${sent.map((e) => e.source)}::text[],
                  ${sent.map((e) => e.externalId)}::text[]) as k(customer_id, source, external_id)
      join payment_event using (customer_id, source, external_id)`.execute(tx)
  return new Set(rows.map(eventKey))
}

const EVENT_COLUMNS = {
  customer_id: 'int8',
  event_number: 'int4',
  payment_date: 'date',
  source: 'text',
  external_id: 'text',
  created_at: 'timestamptz',
  created_by: 'text',
} as const satisfies Record<string, BulkType>

export function insertEvents(
  tx: Tx,
  events: readonly (SentEvent & { eventNumber: number; paymentDate: LocalDate })[],
  createdAt: Instant,
  createdBy: string,
): Promise<void> {
  const rows = events.map((event) => ({
    customer_id: event.payerCustomerId,
    event_number: event.eventNumber,
    payment_date: event.paymentDate,
    source: event.source,
    external_id: event.externalId,
    created_at: createdAt,
    created_by: createdBy,
  }))
  return insertRows(tx, 'payment_event', EVENT_COLUMNS, rows)
}

const TENDER_COLUMNS = {
  customer_id: 'int8',
  event_number: 'int4',
  tender_number: 'int2',
  method: 'text',
  reference: 'text',
  amount_cents: 'int8',
  status: 'text',
} as const satisfies Record<string, BulkType>

export function insertTenders(
  tx: Tx,
  events: readonly { payerCustomerId: number; eventNumber: number; tenders: readonly Tender[] }[],
): Promise<void> {
  const rows = events.flatMap(({ payerCustomerId, eventNumber, tenders }) =>
    tenders.map((tender, index) => ({
      customer_id: payerCustomerId,
      event_number: eventNumber,
      tender_number: index + 1,
      method: tender.method,
      reference: tender.reference,
      amount_cents: tender.amountCents,
      status: 'valid',
    })),
  )
  return insertRows(tx, 'tender', TENDER_COLUMNS, rows)
}

const PAYMENT_COLUMNS = {
  customer_id: 'int8',
  payment_number: 'int4',
  account_number: 'int2',
  payer_customer_id: 'int8',
  event_number: 'int4',
  amount_cents: 'int8',
  status: 'text',
  entry_id: 'int4',
} as const satisfies Record<string, BulkType>

export async function insertPayments(tx: Tx, payments: readonly Payment[]): Promise<void> {
  const rows = payments.map((payment) => ({
    customer_id: payment.customerId,
    payment_number: payment.paymentNumber,
    account_number: payment.accountNumber,
    payer_customer_id: payment.payerCustomerId,
    event_number: payment.eventNumber,
    amount_cents: payment.amountCents,
    status: payment.status,
    entry_id: payment.entryId,
  }))
  await insertRows(tx, 'payment', PAYMENT_COLUMNS, rows)
}

const paymentColumns = sql`
  customer_id as "customerId", payment_number as "paymentNumber", account_number as "accountNumber",
  payer_customer_id as "payerCustomerId", event_number as "eventNumber", amount_cents as "amountCents", status,
  entry_id as "entryId"`

/** The accounts that an event may have paid: those of the payer, and those that its clearing names. */
export async function selectPaymentsOfEvent(
  tx: Tx,
  payerCustomerId: number,
  eventNumber: number,
): Promise<Payment[]> {
  const { rows } = await sql<Payment>`
    select ${paymentColumns} from payment
     where payer_customer_id = ${payerCustomerId} and event_number = ${eventNumber}
     order by customer_id, payment_number`.execute(tx)
  return rows
}

export async function selectPaymentsOfAccount(tx: Tx, customerId: number, accountNumber: number) {
  const { rows } = await sql<Payment & { paymentDate: string; source: string; method: string }>`
    select p.*, e.payment_date as "paymentDate", e.source, t.method
      from (select ${paymentColumns} from payment
             where customer_id = ${customerId} and account_number = ${accountNumber}) as p
      join payment_event e on e.customer_id = p."payerCustomerId" and e.event_number = p."eventNumber"
      join tender t on t.customer_id = e.customer_id and t.event_number = e.event_number and t.tender_number = 1
     order by e.payment_date desc, p."paymentNumber" desc`.execute(tx)
  return rows
}

/** The payer's side of an event over several customers. */
export async function selectTenderEntry(tx: Tx, payerCustomerId: number, eventNumber: number) {
  const { rows } = await sql<{ entryId: number }>`
    select entry_id as "entryId" from journal_entry
     where customer_id = ${payerCustomerId} and kind = 'payment' and reference = ${`tender:${eventNumber}`}`.execute(
    tx,
  )
  return rows[0]?.entryId
}

export async function updateEventCancelled(
  tx: Tx,
  payerCustomerId: number,
  eventNumber: number,
  reason: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update tender set status = 'cancelled', cancel_reason = ${reason}
     where customer_id = ${payerCustomerId} and event_number = ${eventNumber} and status = 'valid'`.execute(
    tx,
  )
  await sql`
    update payment set status = 'cancelled'
     where payer_customer_id = ${payerCustomerId} and event_number = ${eventNumber}`.execute(tx)
  return Number(numAffectedRows ?? 0) > 0
}

import { sql } from 'kysely'
import { type BulkType, insertRows, type Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { PaymentEvent, StoredTender, Tender } from '../payment.ts'

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
  control_id: 'int4',
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
      control_id: tender.controlId,
    })),
  )
  return insertRows(tx, 'tender', TENDER_COLUMNS, rows)
}

export async function selectEvent(tx: Tx, payerCustomerId: number, eventNumber: number) {
  const { rows } = await sql<PaymentEvent>`
    select customer_id as "customerId", event_number as "eventNumber", payment_date as "paymentDate", source,
           external_id as "externalId"
      from payment_event where customer_id = ${payerCustomerId} and event_number = ${eventNumber}`.execute(tx)
  return rows[0]
}

const tenderColumns = sql`
  customer_id as "customerId", event_number as "eventNumber", tender_number as "tenderNumber", method, reference,
  amount_cents as "amountCents", status, control_id as "controlId", cancel_reason as "cancelReason",
  cancelled_on as "cancelledOn", return_code as "returnCode"`

export async function selectTenders(
  tx: Tx,
  payerCustomerId: number,
  eventNumber: number,
): Promise<StoredTender[]> {
  const { rows } = await sql<StoredTender>`
    select ${tenderColumns} from tender
     where customer_id = ${payerCustomerId} and event_number = ${eventNumber} order by tender_number`.execute(
    tx,
  )
  return rows
}

/** Tenders of a client by the reference that their sender gave them. */
export async function selectTendersByReference(
  tx: Tx,
  clientId: number,
  references: readonly string[],
): Promise<StoredTender[]> {
  const { rows } = await sql<StoredTender>`
    select ${tenderColumns} from tender
     where reference = any(${references}::text[]) and status <> 'deleted'
       and customer_id >= ${clientId}::int8 * 100000000 and customer_id < (${clientId}::int8 + 1) * 100000000
     order by customer_id, event_number, tender_number`.execute(tx)
  return rows
}

export async function updateTendersCancelled(
  tx: Tx,
  tenders: readonly { customerId: number; eventNumber: number; tenderNumber: number }[],
  cancel: { cancelledOn: LocalDate; reason: string; returnCode?: string },
): Promise<void> {
  await sql`
    update tender t set status = 'cancelled', cancel_reason = ${cancel.reason}, cancelled_on = ${cancel.cancelledOn},
           return_code = ${cancel.returnCode ?? null}
      from unnest(${tenders.map((t) => t.customerId)}::int8[], ${tenders.map((t) => t.eventNumber)}::int4[],
                  ${tenders.map((t) => t.tenderNumber)}::int2[]) as k(customer_id, event_number, tender_number)
     where t.customer_id = k.customer_id and t.event_number = k.event_number and t.tender_number = k.tender_number`.execute(
    tx,
  )
}

export async function updateTendersDeleted(
  tx: Tx,
  payerCustomerId: number,
  eventNumber: number,
): Promise<void> {
  await sql`
    update tender set status = 'deleted'
     where customer_id = ${payerCustomerId} and event_number = ${eventNumber}`.execute(tx)
}

/** The payer's side of an event over several customers, as it stands. */
export async function selectTenderEntry(tx: Tx, payerCustomerId: number, eventNumber: number) {
  const { rows } = await sql<{ entryId: number }>`
    select entry_id as "entryId" from journal_entry e
     where customer_id = ${payerCustomerId} and kind = 'payment'
       and (reference = ${`tender:${eventNumber}`} or reference like ${`tender:${eventNumber}-%`})
       and not exists (select from journal_entry r where r.customer_id = e.customer_id and r.reverses_entry_id = e.entry_id)
     order by entry_id desc limit 1`.execute(tx)
  return rows[0]?.entryId
}

/** How many tenders of an account's payments the bank sent back in a span of days. */
export async function countReturned(
  tx: Tx,
  { customerId, accountNumber }: { customerId: number; accountNumber: number },
  from: LocalDate,
  through: LocalDate,
): Promise<number> {
  const { rows } = await sql<{ returned: number }>`
    select count(distinct (t.customer_id, t.event_number, t.tender_number))::int as returned
      from payment p
      join tender t on t.customer_id = p.payer_customer_id and t.event_number = p.event_number
     where p.customer_id = ${customerId} and p.account_number = ${accountNumber} and t.return_code is not null
       and t.cancelled_on >= ${from} and t.cancelled_on <= ${through}`.execute(tx)
  return rows[0]?.returned ?? 0
}

import { sql } from 'kysely'
import { type BulkType, insertRows, numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { Payment, PaymentEvent, Tender } from '../payment.ts'

/** Undefined: the same event of this source was taken before. */
export async function insertEvent(
  tx: Tx,
  event: Omit<PaymentEvent, 'eventNumber'> & { createdAt: Instant; createdBy: string },
): Promise<number | undefined> {
  const next = await numbersAfter(tx, 'payment_event', 'event_number', [event.customerId])
  const { rows } = await sql<{ eventNumber: number }>`
    insert into payment_event (customer_id, event_number, payment_date, source, external_id, created_at, created_by)
    values (${event.customerId}, ${next(event.customerId)}, ${event.paymentDate}, ${event.source}, ${event.externalId},
            ${event.createdAt}, ${event.createdBy})
    on conflict (customer_id, source, external_id) do nothing
    returning event_number as "eventNumber"`.execute(tx)
  return rows[0]?.eventNumber
}

export async function insertTender(
  tx: Tx,
  key: { customerId: number; eventNumber: number; tenderNumber: number },
  tender: Tender,
): Promise<void> {
  await sql`
    insert into tender (customer_id, event_number, tender_number, method, reference, amount_cents, status)
    values (${key.customerId}, ${key.eventNumber}, ${key.tenderNumber}, ${tender.method}, ${tender.reference ?? null},
            ${tender.amountCents}, 'valid')`.execute(tx)
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

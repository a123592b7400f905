import { sql } from 'kysely'
import { type BulkType, insertRows, type Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { Payment, PaymentStatus } from '../payment.ts'

const PAYMENT_COLUMNS = {
  customer_id: 'int8',
  payment_number: 'int4',
  account_number: 'int2',
  payer_customer_id: 'int8',
  event_number: 'int4',
  amount_cents: 'int8',
  status: 'text',
  entry_id: 'int4',
  target_kind: 'text',
  target_id: 'int4',
  replaces_customer_id: 'int8',
  replaces_payment_number: 'int4',
} as const satisfies Record<string, BulkType>

export type NewPaymentRow = Pick<
  Payment,
  | 'customerId'
  | 'paymentNumber'
  | 'accountNumber'
  | 'payerCustomerId'
  | 'eventNumber'
  | 'amountCents'
  | 'status'
  | 'entryId'
> & {
  target?: { kind: string; id: number }
  replaces?: { customerId: number; paymentNumber: number }
}

export function insertPayments(tx: Tx, payments: readonly NewPaymentRow[]): Promise<void> {
  const rows = payments.map((payment) => ({
    customer_id: payment.customerId,
    payment_number: payment.paymentNumber,
    account_number: payment.accountNumber,
    payer_customer_id: payment.payerCustomerId,
    event_number: payment.eventNumber,
    amount_cents: payment.amountCents,
    status: payment.status,
    entry_id: payment.entryId,
    target_kind: payment.target?.kind,
    target_id: payment.target?.id,
    replaces_customer_id: payment.replaces?.customerId,
    replaces_payment_number: payment.replaces?.paymentNumber,
  }))
  return insertRows(tx, 'payment', PAYMENT_COLUMNS, rows)
}

const paymentColumns = sql`
  customer_id as "customerId", payment_number as "paymentNumber", account_number as "accountNumber",
  payer_customer_id as "payerCustomerId", event_number as "eventNumber", amount_cents as "amountCents", status,
  entry_id as "entryId", target_kind as "targetKind", target_id as "targetId", error_code as "errorCode",
  error_text as "errorText", cancelled_on as "cancelledOn", cancel_reason as "cancelReason",
  replaces_customer_id as "replacesCustomerId", replaces_payment_number as "replacesPaymentNumber"`

export async function selectPayment(tx: Tx, customerId: number, paymentNumber: number) {
  const { rows } = await sql<Payment>`
    select ${paymentColumns} from payment
     where customer_id = ${customerId} and payment_number = ${paymentNumber} and status <> 'deleted'`.execute(
    tx,
  )
  return rows[0]
}

/** Deleted ones are left out. */
export async function selectPaymentsOfEvent(
  tx: Tx,
  payerCustomerId: number,
  eventNumber: number,
): Promise<Payment[]> {
  const { rows } = await sql<Payment>`
    select ${paymentColumns} from payment
     where payer_customer_id = ${payerCustomerId} and event_number = ${eventNumber} and status <> 'deleted'
     order by customer_id, payment_number`.execute(tx)
  return rows
}

export async function selectPaymentsOfAccount(tx: Tx, customerId: number, accountNumber: number) {
  const { rows } = await sql<Payment & { paymentDate: string; source: string; method: string }>`
    select p.*, e.payment_date as "paymentDate", e.source, t.method
      from (select ${paymentColumns} from payment
             where customer_id = ${customerId} and account_number = ${accountNumber} and status <> 'deleted') as p
      join payment_event e on e.customer_id = p."payerCustomerId" and e.event_number = p."eventNumber"
      join tender t on t.customer_id = e.customer_id and t.event_number = e.event_number and t.tender_number = 1
     order by e.payment_date desc, p."paymentNumber" desc`.execute(tx)
  return rows
}

/** Money of nobody yet, on the client's own file: not sent back either. */
export async function selectUnapplied(tx: Tx, customerId: number) {
  const { rows } = await sql<Payment & { paymentDate: string; reference: string | null }>`
    select p.*, e.payment_date as "paymentDate", t.reference
      from (select ${paymentColumns} from payment
             where customer_id = ${customerId} and account_number is null and status = 'frozen') as p
      join payment_event e on e.customer_id = p."payerCustomerId" and e.event_number = p."eventNumber"
      join tender t on t.customer_id = e.customer_id and t.event_number = e.event_number and t.tender_number = 1
     where not exists (select from disbursement d where d.customer_id = p."customerId"
                          and d.payment_number = p."paymentNumber" and d.status <> 'cancelled')
     order by p."paymentNumber"`.execute(tx)
  return rows
}

interface PaymentKey {
  customerId: number
  paymentNumber: number
}

const keysOf = (payments: readonly PaymentKey[]) => sql`
  unnest(${payments.map((p) => p.customerId)}::int8[], ${payments.map((p) => p.paymentNumber)}::int4[])
    as k(customer_id, payment_number)`

export async function updateCancelled(
  tx: Tx,
  payments: readonly PaymentKey[],
  { cancelledOn, reason }: { cancelledOn: LocalDate; reason: string },
): Promise<void> {
  await sql`
    update payment p set status = 'cancelled', cancelled_on = ${cancelledOn}, cancel_reason = ${reason}
      from ${keysOf(payments)}
     where p.customer_id = k.customer_id and p.payment_number = k.payment_number`.execute(tx)
}

export async function updateFrozen(
  tx: Tx,
  payments: readonly (PaymentKey & { entryId: number })[],
): Promise<void> {
  await sql`
    update payment p set status = 'frozen', entry_id = k.entry_id, error_code = null, error_text = null
      from unnest(${payments.map((p) => p.customerId)}::int8[], ${payments.map((p) => p.paymentNumber)}::int4[],
                  ${payments.map((p) => p.entryId)}::int4[]) as k(customer_id, payment_number, entry_id)
     where p.customer_id = k.customer_id and p.payment_number = k.payment_number`.execute(tx)
}

export async function updateStatus(
  tx: Tx,
  { customerId, paymentNumber }: PaymentKey,
  status: PaymentStatus,
  error: { code: string; message: string } | undefined,
): Promise<void> {
  await sql`
    update payment set status = ${status}, error_code = ${error?.code ?? null}, error_text = ${error?.message ?? null}
     where customer_id = ${customerId} and payment_number = ${paymentNumber}`.execute(tx)
}

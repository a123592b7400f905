import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type {
  DirectionListed,
  PaymentListed,
  PaymentLogListed,
  PaymentQuery,
  PaymentRecord,
} from '../payment-record.ts'
import type { PageOf } from '../record.ts'
import { allOf, listOf, oneOf, pageOf, personName } from './fragment.ts'

interface PaymentKey {
  customerId: number
  paymentNumber: number
}

const nameOf = (customerId: ReturnType<typeof sql>) => sql`(
  select ${personName} from customer c join person p on p.person_id = c.main_person_id
   where c.customer_id = ${customerId})`

const applied = sql`coalesce((
  select sum(i.unsettled_cents - i.amount_cents)::bigint from open_item i
   where i.customer_id = y.customer_id and i.entry_id = y.entry_id and y.status = 'frozen'), 0)`

const listed = sql`
  y.customer_id as "customerId", y.payment_number as "paymentNumber", ${nameOf(sql`y.customer_id`)} as "customerName",
  y.account_number as "accountNumber", y.payer_customer_id as "payerCustomerId",
  ${nameOf(sql`y.payer_customer_id`)} as "payerName", y.event_number as "eventNumber", e.payment_date as "paymentDate",
  e.created_at as "receivedAt", e.created_by as "receivedBy", e.source, t.method, t.reference,
  e.external_id as "externalId", y.amount_cents as "amountCents", ${applied} as "appliedCents", y.status,
  y.cancelled_on as "cancelledOn", y.cancel_reason as "cancelReason", t.return_code as "returnCode",
  y.error_text as "errorText"`

const tables = sql`
  payment y
  join payment_event e on e.customer_id = y.payer_customer_id and e.event_number = y.event_number
  join tender t on t.customer_id = e.customer_id and t.event_number = e.event_number and t.tender_number = 1`

export async function selectPayments(
  tx: Tx,
  query: PaymentQuery,
): Promise<{ rows: PaymentListed[]; total: number }> {
  const from = sql`from ${tables} where ${conditions(query)}`
  const count = await sql<{ total: number }>`select count(*) as total ${from}`.execute(tx)
  const { rows } = await sql<PaymentListed>`
    select ${listed} ${from}
     order by e.payment_date desc, y.customer_id, y.payment_number desc ${pageOf(query)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

function conditions(query: PaymentQuery) {
  const { clientId, customerId, paymentNumber, accountNumber, status, source, method, reference } = query
  const { from, to, amountFromCents, amountToCents, unapplied } = query
  return allOf([
    sql`y.customer_id between ${clientId}::bigint * 100000000 and (${clientId}::bigint + 1) * 100000000 - 1`,
    sql`y.status <> 'deleted'`,
    customerId === undefined ? undefined : sql`y.customer_id = ${customerId}`,
    paymentNumber === undefined ? undefined : sql`y.payment_number = ${paymentNumber}`,
    accountNumber === undefined ? undefined : sql`y.account_number = ${accountNumber}`,
    status === undefined ? undefined : sql`y.status = ${status}`,
    source === undefined ? undefined : sql`e.source = ${source}`,
    method === undefined ? undefined : sql`t.method = ${method}`,
    reference === undefined ? undefined : sql`(t.reference = ${reference} or e.external_id = ${reference})`,
    from === undefined ? undefined : sql`e.payment_date >= ${from}`,
    to === undefined ? undefined : sql`e.payment_date <= ${to}`,
    amountFromCents === undefined ? undefined : sql`y.amount_cents >= ${amountFromCents}`,
    amountToCents === undefined ? undefined : sql`y.amount_cents <= ${amountToCents}`,
    unapplied === undefined ? undefined : sql`(y.account_number is null) = ${unapplied}`,
  ])
}

const tenders = listOf(sql`
  select tender_number as "tenderNumber", method, reference, amount_cents as "amountCents", status,
         control_id as "controlId", cancelled_on as "cancelledOn", cancel_reason as "cancelReason",
         return_code as "returnCode"
    from tender where customer_id = e.customer_id and event_number = e.event_number order by tender_number`)

const shares = listOf(sql`
  select agreement_id as "agreementId", debt_class as "debtClass", -amount_cents as "amountCents",
         unsettled_cents - amount_cents as "appliedCents"
    from open_item where customer_id = y.customer_id and entry_id = y.entry_id order by item_id`)

const eventPayments = listOf(sql`
  select o.customer_id as "customerId", o.payment_number as "paymentNumber",
         ${nameOf(sql`o.customer_id`)} as "customerName", o.account_number as "accountNumber",
         o.amount_cents as "amountCents", o.status
    from payment o
   where o.payer_customer_id = y.payer_customer_id and o.event_number = y.event_number and o.status <> 'deleted'
   order by o.customer_id, o.payment_number`)

const replacedBy = listOf(sql`
  select r.customer_id as "customerId", r.payment_number as "paymentNumber"
    from payment r
   where r.payer_customer_id = y.payer_customer_id and r.event_number = y.event_number
     and r.replaces_customer_id = y.customer_id and r.replaces_payment_number = y.payment_number
   order by r.customer_id, r.payment_number`)

export async function selectPayment(tx: Tx, key: PaymentKey): Promise<PaymentRecord | undefined> {
  const { rows } = await sql<PaymentRecord>`
    select ${listed}, y.entry_id as "entryId", y.target_kind as "targetKind", y.target_id as "targetId",
           y.error_code as "errorCode",
           ${oneOf(sql`select y.replaces_customer_id as "customerId", y.replaces_payment_number as "paymentNumber"
                        where y.replaces_customer_id is not null`)} as replaces,
           ${replacedBy} as "replacedBy", ${tenders} as tenders, ${shares} as shares,
           ${eventPayments} as "eventPayments"
      from ${tables}
     where y.customer_id = ${key.customerId} and y.payment_number = ${key.paymentNumber}
       and y.status <> 'deleted'`.execute(tx)
  return rows[0]
}

/** What a payment pays now: settlements that were undone are netted away. */
export async function selectDirections(
  tx: Tx,
  key: PaymentKey,
  page: PageOf,
): Promise<{ rows: DirectionListed[]; total: number }> {
  const paid = sql`
    select s.debit_item_id, sum(s.amount_cents)::bigint as paid_cents, max(s.settled_at) as paid_at
      from payment y
      join open_item i on i.customer_id = y.customer_id and i.entry_id = y.entry_id
      join settlement s on s.customer_id = i.customer_id and s.credit_item_id = i.item_id
     where y.customer_id = ${key.customerId} and y.payment_number = ${key.paymentNumber}
     group by s.debit_item_id having sum(s.amount_cents) <> 0`
  const count = await sql<{ total: number }>`select count(*) as total from (${paid}) as k`.execute(tx)
  const { rows } = await sql<DirectionListed>`
    select d.agreement_id as "agreementId", d.item_id as "itemId", d.debt_class as "debtClass", d.kind, d.reference,
           d.arose_on as "aroseOn", d.due_date as "dueDate", d.bill_id as "billId", d.amount_cents as "amountCents",
           d.unsettled_cents as "unpaidCents", k.paid_cents as "paidCents", k.paid_at as "paidAt"
      from (${paid}) as k
      join open_item d on d.customer_id = ${key.customerId} and d.item_id = k.debit_item_id
     order by d.due_date nulls last, d.item_id ${pageOf(page)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

/** Notes about a payment and the acts on its event, latest first. */
export async function selectPaymentLog(
  tx: Tx,
  key: PaymentKey & { clientId: number; payerCustomerId: number; eventNumber: number },
  page: PageOf,
): Promise<{ rows: PaymentLogListed[]; total: number }> {
  const lines = sql`
    select at, actor, kind, log_number as "logNumber", null::text as operation, text, null::text as door, 0 as place,
           log_number::bigint as row_number
      from contact_log
     where customer_id = ${key.customerId} and subject = ${`payment:${key.customerId}-${key.paymentNumber}`}
    union all
    select at, actor, 'act', null, operation, coalesce(reason, detail ->> 'reason', ''), door, 1,
           audit_id
      from audit_entry
     where client_id = ${key.clientId}
       and subject = ${`payment_event:${key.payerCustomerId}-${key.eventNumber}`}`
  const count = await sql<{ total: number }>`select count(*) as total from (${lines}) as k`.execute(tx)
  const { rows } = await sql<PaymentLogListed>`
    select at, actor, kind, "logNumber", operation, text, door from (${lines}) as k
     order by at desc, place, row_number desc ${pageOf(page)}`.execute(tx)
  return { rows, total: count.rows[0]?.total ?? 0 }
}

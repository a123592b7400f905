import { sql } from 'kysely'
import { insertRows, type Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import type { AutopayKey } from '../autopay/autopay.ts'
import type { MethodKey } from '../methods/method.ts'
import type { PaymentRequest, RequestKey } from '../scheduled/request.ts'

const COLUMNS = {
  customer_id: 'int8',
  request_number: 'int4',
  account_number: 'int2',
  origin: 'text',
  autopay_number: 'int2',
  payer_customer_id: 'int8',
  method_number: 'int2',
  bill_id: 'int4',
  draw_date: 'date',
  amount_cents: 'int8',
  status: 'text',
  reason: 'text',
  created_at: 'timestamptz',
  created_by: 'text',
} as const

export function insertRequests(
  tx: Tx,
  requests: readonly Omit<PaymentRequest, 'eventNumber'>[],
  made: { createdAt: Instant; createdBy: string },
): Promise<void> {
  const rows = requests.map((request) => ({
    customer_id: request.customerId,
    request_number: request.requestNumber,
    account_number: request.accountNumber,
    origin: request.origin,
    autopay_number: request.autopayNumber,
    payer_customer_id: request.payerCustomerId,
    method_number: request.methodNumber,
    bill_id: request.billId,
    draw_date: request.drawDate,
    amount_cents: request.amountCents,
    status: request.status,
    reason: request.reason,
    created_at: made.createdAt,
    created_by: made.createdBy,
  }))
  return insertRows(tx, 'payment_request', COLUMNS, rows)
}

const columns = sql`
  r.customer_id as "customerId", r.request_number as "requestNumber", r.account_number as "accountNumber", r.origin,
  r.autopay_number as "autopayNumber", r.payer_customer_id as "payerCustomerId", r.method_number as "methodNumber",
  r.bill_id as "billId", r.draw_date as "drawDate", r.amount_cents as "amountCents", r.status, r.reason,
  r.event_number as "eventNumber"`

export async function selectRequest(tx: Tx, key: RequestKey): Promise<PaymentRequest | undefined> {
  const { rows } = await sql<PaymentRequest>`
    select ${columns} from payment_request r
     where r.customer_id = ${key.customerId} and r.request_number = ${key.requestNumber}`.execute(tx)
  return rows[0]
}

export async function selectRequestsOfAccount(tx: Tx, account: AccountKey): Promise<PaymentRequest[]> {
  const { rows } = await sql<PaymentRequest>`
    select ${columns} from payment_request r
     where r.customer_id = ${account.customerId} and r.account_number = ${account.accountNumber}
     order by r.draw_date desc, r.request_number desc`.execute(tx)
  return rows
}

/** Customer ids of a client lie between `first` and `last`. */
export async function selectDue(
  tx: Tx,
  owners: { first: number; last: number },
  day: LocalDate,
): Promise<RequestKey[]> {
  const { rows } = await sql<RequestKey>`
    select customer_id as "customerId", request_number as "requestNumber" from payment_request
     where status = 'waiting' and draw_date <= ${day} and customer_id between ${owners.first} and ${owners.last}
     order by draw_date, customer_id, request_number`.execute(tx)
  return rows
}

export async function selectBilled(tx: Tx, bills: readonly { customerId: number; billId: number }[]) {
  const { rows } = await sql<PaymentRequest>`
    select ${columns} from payment_request r
      join unnest(${bills.map((one) => one.customerId)}::int8[], ${bills.map((one) => one.billId)}::int4[])
           as k(customer_id, bill_id) on r.customer_id = k.customer_id and r.bill_id = k.bill_id
     where r.origin = 'autopay' and r.status <> 'cancelled'`.execute(tx)
  return rows
}

export async function selectWaitingOfAutopay(tx: Tx, key: AutopayKey): Promise<PaymentRequest[]> {
  const { rows } = await sql<PaymentRequest>`
    select ${columns} from payment_request r
     where r.customer_id = ${key.customerId} and r.autopay_number = ${key.autopayNumber}
       and r.status in ('waiting', 'held')`.execute(tx)
  return rows
}

export async function selectWaitingOfMethod(tx: Tx, key: MethodKey): Promise<PaymentRequest[]> {
  const { rows } = await sql<PaymentRequest>`
    select ${columns} from payment_request r
     where r.payer_customer_id = ${key.customerId} and r.method_number = ${key.methodNumber}
       and r.status in ('waiting', 'held')`.execute(tx)
  return rows
}

export async function selectRequestOfEvent(
  tx: Tx,
  event: { payerCustomerId: number; eventNumber: number },
): Promise<PaymentRequest | undefined> {
  const { rows } = await sql<PaymentRequest>`
    select ${columns} from payment_request r
     where r.payer_customer_id = ${event.payerCustomerId} and r.event_number = ${event.eventNumber}`.execute(
    tx,
  )
  return rows[0]
}

export async function selectEventOfKey(
  tx: Tx,
  payerCustomerId: number,
  key: string,
): Promise<number | undefined> {
  const { rows } = await sql<{ eventNumber: number }>`
    select event_number as "eventNumber" from payment_event
     where customer_id = ${payerCustomerId} and external_id = ${key}`.execute(tx)
  return rows[0]?.eventNumber
}

/** What an account is to pay by requests of one day, declined and cancelled ones left out. */
export async function selectDayCents(tx: Tx, account: AccountKey, day: LocalDate): Promise<Cents> {
  const { rows } = await sql<{ cents: number }>`
    select coalesce(sum(amount_cents), 0)::int8 as cents from payment_request
     where customer_id = ${account.customerId} and account_number = ${account.accountNumber} and draw_date = ${day}
       and origin <> 'autopay' and status not in ('declined', 'cancelled')`.execute(tx)
  return rows[0]?.cents ?? 0
}

export async function selectLike(
  tx: Tx,
  account: AccountKey,
  like: { amountCents: Cents | null; since: Instant },
): Promise<RequestKey | undefined> {
  const { rows } = await sql<RequestKey>`
    select customer_id as "customerId", request_number as "requestNumber" from payment_request
     where customer_id = ${account.customerId} and account_number = ${account.accountNumber}
       and amount_cents is not distinct from ${like.amountCents} and created_at > ${like.since}
       and origin <> 'autopay' and status not in ('declined', 'cancelled', 'returned', 'refunded') limit 1`.execute(
    tx,
  )
  return rows[0]
}

export async function updateRequest(
  tx: Tx,
  key: RequestKey,
  change: Pick<PaymentRequest, 'status'> & {
    reason?: string | null
    drawDate?: LocalDate
    eventNumber?: number
  },
): Promise<void> {
  await sql`
    update payment_request
       set status = ${change.status}, reason = ${change.reason ?? null},
           draw_date = coalesce(${change.drawDate ?? null}, draw_date),
           event_number = coalesce(${change.eventNumber ?? null}, event_number)
     where customer_id = ${key.customerId} and request_number = ${key.requestNumber}`.execute(tx)
}

export async function updateRequestMethod(tx: Tx, key: RequestKey, method: MethodKey): Promise<void> {
  await sql`
    update payment_request set payer_customer_id = ${method.customerId}, method_number = ${method.methodNumber}
     where customer_id = ${key.customerId} and request_number = ${key.requestNumber}`.execute(tx)
}

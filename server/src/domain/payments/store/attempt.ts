import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant } from '../../../platform/time.ts'
import type { RequestKey } from '../scheduled/request.ts'

export interface PaymentAttempt extends RequestKey {
  attemptNumber: number
  act: 'charge' | 'refund'
  gateway: string
  key: string
  amountCents: Cents
  status: 'sent' | 'accepted' | 'declined' | 'refused'
  reference: string | null
  declineCode: string | null
  message: string | null
  sentAt: Instant
}

const columns = sql`
  customer_id as "customerId", request_number as "requestNumber", attempt_number as "attemptNumber", act, gateway,
  idempotency_key as key, amount_cents as "amountCents", status, gateway_reference as reference,
  decline_code as "declineCode", message, sent_at as "sentAt"`

export async function insertAttempt(
  tx: Tx,
  attempt: Omit<PaymentAttempt, 'status' | 'reference' | 'declineCode' | 'message'>,
): Promise<void> {
  await sql`
    insert into payment_attempt (customer_id, request_number, attempt_number, act, gateway, idempotency_key,
      amount_cents, status, sent_at)
    values (${attempt.customerId}, ${attempt.requestNumber}, ${attempt.attemptNumber}, ${attempt.act},
      ${attempt.gateway}, ${attempt.key}, ${attempt.amountCents}, 'sent', ${attempt.sentAt})`.execute(tx)
}

export async function selectAttempts(tx: Tx, key: RequestKey): Promise<PaymentAttempt[]> {
  const { rows } = await sql<PaymentAttempt>`
    select ${columns} from payment_attempt
     where customer_id = ${key.customerId} and request_number = ${key.requestNumber}
     order by attempt_number`.execute(tx)
  return rows
}

/** Attempts without an answer since before `before`, of the customers between `first` and `last`. */
export async function selectUnanswered(
  tx: Tx,
  owners: { first: number; last: number },
  before: Instant,
): Promise<PaymentAttempt[]> {
  const { rows } = await sql<PaymentAttempt>`
    select ${columns} from payment_attempt
     where status = 'sent' and sent_at <= ${before} and customer_id between ${owners.first} and ${owners.last}
     order by sent_at, customer_id`.execute(tx)
  return rows
}

/** Accepted charges that the books would not take. */
export async function selectUnposted(
  tx: Tx,
  owners: { first: number; last: number },
): Promise<PaymentAttempt[]> {
  const { rows } = await sql<PaymentAttempt>`
    select ${columns} from payment_attempt a
     where act = 'charge' and status = 'accepted' and exists (
             select from payment_request r
              where r.customer_id = a.customer_id and r.request_number = a.request_number and r.status = 'unposted'
                and r.customer_id between ${owners.first} and ${owners.last})`.execute(tx)
  return rows
}

export async function updateAttempt(
  tx: Tx,
  attempt: Pick<PaymentAttempt, 'customerId' | 'requestNumber' | 'attemptNumber' | 'status'> & {
    reference?: string | null
    declineCode?: string | null
    message?: string | null
    answeredAt: Instant
  },
): Promise<void> {
  await sql`
    update payment_attempt
       set status = ${attempt.status}, gateway_reference = ${attempt.reference ?? null},
           decline_code = ${attempt.declineCode ?? null}, message = ${attempt.message ?? null},
           answered_at = ${attempt.answeredAt}
     where customer_id = ${attempt.customerId} and request_number = ${attempt.requestNumber}
       and attempt_number = ${attempt.attemptNumber}`.execute(tx)
}

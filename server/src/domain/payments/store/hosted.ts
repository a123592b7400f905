import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import type { HostedSession, SessionKey } from '../gateways/hosted-session.ts'

const columns = sql`
  customer_id as "customerId", session_number as "sessionNumber", account_number as "accountNumber", gateway,
  idempotency_key as key, gateway_reference as reference, amount_cents as "amountCents", save_method as "saveMethod",
  return_url as "returnUrl", status, reason, event_number as "eventNumber", method_number as "methodNumber",
  expires_at as "expiresAt"`

export async function insertSession(
  tx: Tx,
  session: Omit<HostedSession, 'reference' | 'reason' | 'eventNumber' | 'methodNumber'> & {
    createdAt: Instant
    createdBy: string
  },
): Promise<void> {
  await sql`
    insert into hosted_session (customer_id, session_number, account_number, gateway, idempotency_key, amount_cents,
      save_method, return_url, status, expires_at, created_at, created_by)
    values (${session.customerId}, ${session.sessionNumber}, ${session.accountNumber}, ${session.gateway},
      ${session.key}, ${session.amountCents}, ${session.saveMethod}, ${session.returnUrl}, ${session.status},
      ${session.expiresAt}, ${session.createdAt}, ${session.createdBy})`.execute(tx)
}

export async function selectSession(tx: Tx, key: SessionKey): Promise<HostedSession | undefined> {
  const { rows } = await sql<HostedSession>`
    select ${columns} from hosted_session
     where customer_id = ${key.customerId} and session_number = ${key.sessionNumber}`.execute(tx)
  return rows[0]
}

/** Sessions made before `before` whose payer may still pay or have paid, of the customers between `first` and `last`. */
export async function selectUnfinished(
  tx: Tx,
  owners: { first: number; last: number },
  before: Instant,
): Promise<SessionKey[]> {
  const { rows } = await sql<SessionKey>`
    select customer_id as "customerId", session_number as "sessionNumber" from hosted_session
     where (status in ('open', 'unposted')
            or status in ('declined', 'cancelled', 'expired') and gateway_reference is not null
               and expires_at > ${before}::timestamptz - interval '1 day')
       and created_at <= ${before} and customer_id between ${owners.first} and ${owners.last}
     order by created_at, customer_id`.execute(tx)
  return rows
}

/** What an account paid on payment pages that were opened in `[from, to)`, epoch seconds. */
export async function selectPaidCents(
  tx: Tx,
  account: AccountKey,
  { from, to }: { from: number; to: number },
): Promise<Cents> {
  const { rows } = await sql<{ cents: number }>`
    select coalesce(sum(amount_cents), 0)::int8 as cents from hosted_session
     where customer_id = ${account.customerId} and account_number = ${account.accountNumber}
       and status in ('paid', 'unposted')
       and created_at >= to_timestamp(${from}) and created_at < to_timestamp(${to})`.execute(tx)
  return rows[0]?.cents ?? 0
}

export async function updateSession(
  tx: Tx,
  key: SessionKey,
  change: Pick<HostedSession, 'status'> & Partial<HostedSession>,
): Promise<void> {
  await sql`
    update hosted_session
       set status = ${change.status}, reason = ${change.reason ?? null},
           gateway_reference = coalesce(${change.reference ?? null}, gateway_reference),
           event_number = coalesce(${change.eventNumber ?? null}, event_number),
           method_number = coalesce(${change.methodNumber ?? null}, method_number),
           amount_cents = coalesce(${change.amountCents ?? null}, amount_cents),
           expires_at = coalesce(${change.expiresAt ?? null}, expires_at)
     where customer_id = ${key.customerId} and session_number = ${key.sessionNumber}`.execute(tx)
}

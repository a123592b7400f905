import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Instant, LocalDate } from '../platform/time.ts'

export interface SandboxCharge {
  clientId: number
  key: string
  chargeId: string
  token: string
  amountCents: number
  status: 'accepted' | 'declined' | 'returned' | 'refunded'
  code: string | null
  returnOn: LocalDate | null
}

export interface SandboxSession {
  clientId: number
  sessionId: string
  key: string
  description: string
  payee: string
  amountCents: number
  currency: string
  language: 'en' | 'es'
  saveMethod: boolean
  returnUrl: string
  status: 'open' | 'paid' | 'declined' | 'cancelled'
  token: string | null
  chargeId: string | null
  expiresAt: Instant
}

const charges = sql`
  client_id as "clientId", idempotency_key as key, charge_id as "chargeId", token, amount_cents as "amountCents", status,
  code, return_on as "returnOn"`

const sessions = sql`
  client_id as "clientId", session_id as "sessionId", idempotency_key as key, description, payee,
  amount_cents as "amountCents", currency, language, save_method as "saveMethod", return_url as "returnUrl", status,
  token, charge_id as "chargeId", expires_at as "expiresAt"`

/** The same key again changes nothing. */
export async function insertCharge(tx: Tx, charge: SandboxCharge, createdAt: Instant): Promise<void> {
  await sql`
    insert into sandbox_charge (client_id, idempotency_key, charge_id, token, amount_cents, status, code, return_on, created_at)
    values (${charge.clientId}, ${charge.key}, ${charge.chargeId}, ${charge.token}, ${charge.amountCents},
            ${charge.status}, ${charge.code}, ${charge.returnOn}, ${createdAt})
    on conflict (client_id, idempotency_key) do nothing`.execute(tx)
}

export async function selectCharge(
  tx: Tx,
  clientId: number,
  key: string,
): Promise<SandboxCharge | undefined> {
  const { rows } = await sql<SandboxCharge>`
    select ${charges} from sandbox_charge where client_id = ${clientId} and idempotency_key = ${key}`.execute(
    tx,
  )
  return rows[0]
}

export async function selectChargeById(
  tx: Tx,
  clientId: number,
  chargeId: string,
): Promise<SandboxCharge | undefined> {
  const { rows } = await sql<SandboxCharge>`
    select ${charges} from sandbox_charge where client_id = ${clientId} and charge_id = ${chargeId}
       for update`.execute(tx)
  return rows[0]
}

export async function selectReturns(tx: Tx, clientId: number, through: LocalDate): Promise<SandboxCharge[]> {
  const { rows } = await sql<SandboxCharge>`
    select ${charges} from sandbox_charge
     where client_id = ${clientId} and return_on <= ${through} and told_at is null and status in ('accepted', 'returned')
     order by return_on, charge_id`.execute(tx)
  return rows
}

export async function updateCharge(
  tx: Tx,
  { clientId, key }: Pick<SandboxCharge, 'clientId' | 'key'>,
  change: { status: SandboxCharge['status']; toldAt?: Instant },
): Promise<void> {
  await sql`
    update sandbox_charge set status = ${change.status}, told_at = coalesce(${change.toldAt ?? null}, told_at)
     where client_id = ${clientId} and idempotency_key = ${key}`.execute(tx)
}

export async function insertSession(
  tx: Tx,
  session: Omit<SandboxSession, 'status' | 'token' | 'chargeId'> & { createdAt: Instant },
): Promise<void> {
  await sql`
    insert into sandbox_session (client_id, session_id, idempotency_key, description, payee, amount_cents, currency,
      language, save_method, return_url, status, created_at, expires_at)
    values (${session.clientId}, ${session.sessionId}, ${session.key}, ${session.description}, ${session.payee},
      ${session.amountCents}, ${session.currency}, ${session.language}, ${session.saveMethod}, ${session.returnUrl},
      'open', ${session.createdAt}, ${session.expiresAt})
    on conflict (client_id, idempotency_key) do nothing`.execute(tx)
}

export async function selectSessionByKey(
  tx: Tx,
  clientId: number,
  key: string,
): Promise<SandboxSession | undefined> {
  const { rows } = await sql<SandboxSession>`
    select ${sessions} from sandbox_session where client_id = ${clientId} and idempotency_key = ${key}`.execute(
    tx,
  )
  return rows[0]
}

export async function selectSession(tx: Tx, sessionId: string): Promise<SandboxSession | undefined> {
  const { rows } = await sql<SandboxSession>`
    select ${sessions} from sandbox_session where session_id = ${sessionId}`.execute(tx)
  return rows[0]
}

/** By the address that the payer has; locked, so that two clicks are one. */
export async function lockSession(tx: Tx, sessionId: string): Promise<SandboxSession | undefined> {
  const { rows } = await sql<SandboxSession>`
    select ${sessions} from sandbox_session where session_id = ${sessionId} for update`.execute(tx)
  return rows[0]
}

export async function updateSession(
  tx: Tx,
  { clientId, sessionId }: Pick<SandboxSession, 'clientId' | 'sessionId'>,
  change: Pick<SandboxSession, 'status' | 'token' | 'chargeId'>,
): Promise<void> {
  await sql`
    update sandbox_session set status = ${change.status}, token = ${change.token}, charge_id = ${change.chargeId}
     where client_id = ${clientId} and session_id = ${sessionId}`.execute(tx)
}

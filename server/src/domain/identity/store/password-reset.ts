import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'

export interface ResetKey {
  clientId: number
  userId: number
  resetNumber: number
}

/** A link as administrators see it: never its token. */
export interface PasswordResetRecord {
  resetNumber: number
  requestedBy: string
  requestedAt: Instant
  expiresAt: Instant
  mailedAt: Instant | null
  endedAt: Instant | null
  waiting: boolean
}

interface UserKey {
  clientId: number
  userId: number
}

/** Locks the user, so that links are made one at a time. */
export async function nextResetNumber(tx: Tx, { clientId, userId }: UserKey): Promise<number> {
  await sql`select from staff_user where client_id = ${clientId} and user_id = ${userId} for no key update`.execute(
    tx,
  )
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(reset_number), 0) + 1 as next from password_reset
     where client_id = ${clientId} and user_id = ${userId}`.execute(tx)
  return rows[0]?.next ?? 1
}

export async function insertReset(
  tx: Tx,
  reset: ResetKey & {
    hash: Buffer
    sealed: Buffer
    requestedBy: string
    requestedAt: Instant
    expiresAt: Instant
  },
): Promise<void> {
  await tx
    .insertInto('password_reset')
    .values({
      client_id: reset.clientId,
      user_id: reset.userId,
      reset_number: reset.resetNumber,
      token_hash: reset.hash,
      sealed_token: reset.sealed,
      requested_by: reset.requestedBy,
      requested_at: reset.requestedAt,
      expires_at: reset.expiresAt,
    })
    .execute()
}

/** Ends every link of a user. */
export async function endResets(tx: Tx, { clientId, userId }: UserKey, now: Instant): Promise<void> {
  await tx
    .updateTable('password_reset')
    .set({ ended_at: now, sealed_token: null })
    .where('client_id', '=', clientId)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .execute()
}

/** Whom a link lets choose a password now; one use at a time. */
export async function lockLiveReset(
  tx: Tx,
  hash: Buffer,
  now: Instant,
): Promise<(UserKey & { userName: string }) | undefined> {
  const { rows } = await sql<UserKey & { userName: string }>`
    select client_id as "clientId", user_id as "userId", user_name as "userName"
      from password_reset r join staff_user u using (client_id, user_id)
     where r.token_hash = ${hash} and r.ended_at is null and r.expires_at > ${now} and u.status = 'active'
       for no key update`.execute(tx)
  return rows[0]
}

export async function selectResets(tx: Tx, { clientId, userId }: UserKey): Promise<PasswordResetRecord[]> {
  const { rows } = await sql<PasswordResetRecord>`
    select reset_number as "resetNumber", requested_by as "requestedBy", requested_at as "requestedAt",
           expires_at as "expiresAt", mailed_at as "mailedAt", ended_at as "endedAt",
           sealed_token is not null as waiting
      from password_reset where client_id = ${clientId} and user_id = ${userId}
     order by reset_number desc limit 5`.execute(tx)
  return rows
}

interface WaitingRow extends ResetKey {
  sealed: Buffer
  attempts: number
  userName: string
  displayName: string
  email: string
  language: 'en' | 'es'
  clientName: string
}

export async function takeWaiting(
  tx: Tx,
  { limit, wallNow }: { limit: number; wallNow: Instant },
): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    update password_reset r set attempts = r.attempts + 1
      from staff_user u join client c using (client_id)
     where u.client_id = r.client_id and u.user_id = r.user_id and u.email is not null
       and (r.client_id, r.user_id, r.reset_number) in (
         select client_id, user_id, reset_number from password_reset
          where sealed_token is not null and ended_at is null and expires_at > ${wallNow}
          order by attempts, requested_at limit ${limit} for update skip locked)
    returning r.client_id as "clientId", r.user_id as "userId", reset_number as "resetNumber", attempts,
      sealed_token as sealed, user_name as "userName", display_name as "displayName", email,
      u.locale as language, c.name as "clientName"`.execute(tx)
  return rows
}

export async function finishMail(
  tx: Tx,
  { clientId, userId, resetNumber }: ResetKey,
  outcome: { mailedAt: Instant | null; error: string | null; forget: boolean },
): Promise<void> {
  await tx
    .updateTable('password_reset')
    .set({
      mailed_at: outcome.mailedAt,
      last_error: outcome.error,
      ...(outcome.forget && { sealed_token: null }),
    })
    .where('client_id', '=', clientId)
    .where('user_id', '=', userId)
    .where('reset_number', '=', resetNumber)
    .execute()
}

import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'

export async function insertSession(
  tx: Tx,
  session: { hash: Buffer; clientId: number; userId: number; door: string; now: Instant; expiresAt: Instant },
): Promise<void> {
  await tx
    .insertInto('session')
    .values({
      token_hash: session.hash,
      client_id: session.clientId,
      user_id: session.userId,
      door: session.door,
      created_at: session.now,
      last_used_at: session.now,
      expires_at: session.expiresAt,
    })
    .execute()
}

export interface SessionRow {
  client_id: number
  user_id: number
  user_name: string
  last_used_at: Instant
  permissions: string[]
}

/** The session with its user's permissions, when both are still good. */
export async function selectLiveSession(
  tx: Tx,
  live: { hash: Buffer; door: string; now: Instant; usedAfter: Instant },
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select s.client_id, s.user_id, u.user_name, s.last_used_at,
           staff_permissions(s.client_id, s.user_id) as permissions
      from session s join staff_user u using (client_id, user_id)
     where s.token_hash = ${live.hash} and s.door = ${live.door} and s.ended_at is null
       and s.expires_at > ${live.now} and s.last_used_at > ${live.usedAfter} and u.status = 'active'`.execute(
    tx,
  )
  return rows[0]
}

export async function touchSession(tx: Tx, hash: Buffer, now: Instant): Promise<void> {
  await tx.updateTable('session').set({ last_used_at: now }).where('token_hash', '=', hash).execute()
}

export async function endSession(tx: Tx, hash: Buffer, now: Instant): Promise<void> {
  await tx
    .updateTable('session')
    .set({ ended_at: now })
    .where('token_hash', '=', hash)
    .where('ended_at', 'is', null)
    .execute()
}

export async function deleteSessions(tx: Tx, expiredBefore: Instant): Promise<void> {
  await tx.deleteFrom('session').where('expires_at', '<', expiredBefore).execute()
}

export async function countSessions(
  tx: Tx,
  live: { clientId: number; userId: number; now: Instant; usedAfter: Instant },
): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from session
     where client_id = ${live.clientId} and user_id = ${live.userId} and ended_at is null
       and expires_at > ${live.now} and last_used_at > ${live.usedAfter}`.execute(tx)
  return rows[0]?.open ?? 0
}

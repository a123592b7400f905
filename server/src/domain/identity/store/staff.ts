import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { StaffUser } from '../staff.ts'

export interface LoginRow {
  clientId: number
  userId: number
  passwordHash: string
  status: string
  failedAttempts: number
  lockedUntil: Instant | null
}

/** Locks the user, so that attempts are counted one at a time. */
export async function lockUserForLogin(
  tx: Tx,
  clientCode: string,
  userName: string,
): Promise<LoginRow | undefined> {
  const row = await tx
    .selectFrom('staff_user as u')
    .innerJoin('client as c', 'c.client_id', 'u.client_id')
    .select([
      'u.client_id',
      'u.user_id',
      'u.password_hash',
      'u.status',
      'u.failed_attempts',
      'u.locked_until',
    ])
    .where('c.code', '=', clientCode)
    .where('u.user_name', '=', userName.toLowerCase())
    .forNoKeyUpdate('u')
    .executeTakeFirst()
  return (
    row && {
      clientId: row.client_id,
      userId: row.user_id,
      passwordHash: row.password_hash,
      status: row.status,
      failedAttempts: row.failed_attempts,
      lockedUntil: row.locked_until,
    }
  )
}

export async function updateAttempts(
  tx: Tx,
  user: { clientId: number; userId: number },
  set: { failed_attempts: number; locked_until: Instant | null; last_login_at?: Instant },
): Promise<void> {
  await tx
    .updateTable('staff_user')
    .set(set)
    .where('client_id', '=', user.clientId)
    .where('user_id', '=', user.userId)
    .execute()
}

export async function insertStaffUser(
  tx: Tx,
  user: Omit<StaffUser, 'userId' | 'roles' | 'permissions' | 'status'> & {
    passwordHash: string
    now: Instant
  },
): Promise<number | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext('staff_user'), ${user.clientId})`.execute(tx)
  const row = await tx
    .insertInto('staff_user')
    .values({
      client_id: user.clientId,
      user_id: sql<number>`(select coalesce(max(user_id), 0) + 1 from staff_user where client_id = ${user.clientId})`,
      user_name: user.userName.toLowerCase(),
      display_name: user.displayName,
      email: user.email,
      password_hash: user.passwordHash,
      status: 'active',
      locale: user.locale,
      created_at: user.now,
    })
    .onConflict((conflict) => conflict.columns(['client_id', 'user_name']).doNothing())
    .returning('user_id')
    .executeTakeFirst()
  return row?.user_id
}

export async function insertUserRoles(
  tx: Tx,
  user: { clientId: number; userId: number },
  roles: readonly string[],
): Promise<void> {
  if (roles.length === 0) return
  const rows = roles.map((role) => ({ client_id: user.clientId, user_id: user.userId, role_code: role }))
  await tx.insertInto('staff_user_role').values(rows).execute()
}

export async function selectRoleCodes(tx: Tx, clientId: number): Promise<string[]> {
  const rows = await tx.selectFrom('role').select('role_code').where('client_id', '=', clientId).execute()
  return rows.map((row) => row.role_code)
}

export async function selectStaffUser(
  tx: Tx,
  clientId: number,
  userId: number,
): Promise<StaffUser | undefined> {
  const { rows } = await sql<{
    user_name: string
    display_name: string
    email: string | null
    locale: 'en' | 'es'
    status: StaffUser['status']
    roles: string[]
    permissions: string[]
  }>`
    select user_name, display_name, email, locale, status,
           array(select r.role_code from staff_user_role r
                  where r.client_id = u.client_id and r.user_id = u.user_id order by 1) as roles,
           staff_permissions(client_id, user_id) as permissions
      from staff_user u where client_id = ${clientId} and user_id = ${userId}`.execute(tx)
  const [row] = rows
  return (
    row && {
      clientId,
      userId,
      userName: row.user_name,
      displayName: row.display_name,
      email: row.email,
      locale: row.locale,
      status: row.status,
      roles: row.roles,
      permissions: row.permissions,
    }
  )
}

import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Override, UserPermission, UserQuery, UserRecord } from '../administration/user.ts'

const RECORD = sql`
  u.client_id as "clientId", user_id as "userId", user_name as "userName", display_name as "displayName", email, locale,
  status, failed_attempts as "failedAttempts", locked_until as "lockedUntil", last_login_at as "lastLoginAt",
  created_at as "createdAt",
  coalesce((select json_agg(json_build_object('roleId', role_id, 'roleCode', role_code, 'name', name) order by role_id)
     from staff_user_role h join role using (client_id, role_code)
    where h.client_id = u.client_id and h.user_id = u.user_id), '[]') as roles,
  coalesce((select json_agg(json_build_object('permission', permission, 'granted', granted) order by permission)
     from staff_user_permission o where o.client_id = u.client_id and o.user_id = u.user_id), '[]') as overrides,
  staff_permissions(u.client_id, u.user_id) as permissions`

export async function selectUser(tx: Tx, clientId: number, userId: number): Promise<UserRecord | undefined> {
  const { rows } = await sql<UserRecord>`
    select ${RECORD} from staff_user u where client_id = ${clientId} and user_id = ${userId}`.execute(tx)
  return rows[0]
}

export async function searchUsers(tx: Tx, query: UserQuery): Promise<{ rows: UserRecord[]; total: number }> {
  const wanted = conditions(query)
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from staff_user u where ${wanted}`.execute(tx)
  const { rows } = await sql<UserRecord>`
    select ${RECORD} from staff_user u where ${wanted} order by user_name
     limit ${query.pageSize} offset ${(query.page - 1) * query.pageSize}`.execute(tx)
  return { rows, total: counted[0]?.total ?? 0 }
}

function conditions(query: UserQuery): RawBuilder<unknown> {
  const { clientId, userName, displayName, email, status, roleId, permission, now } = query
  const holds = (column: string, part: string | undefined) =>
    part === undefined ? [] : [sql`position(lower(${part}) in lower(${sql.ref(column)})) > 0`]
  const locked = sql`(locked_until is not null and locked_until > ${now})`
  const all = [
    sql`u.client_id = ${clientId}`,
    ...holds('user_name', userName),
    ...holds('display_name', displayName),
    ...holds('email', email),
    ...(status === 'locked' ? [sql`status <> 'disabled' and ${locked}`] : []),
    ...(status === 'active' ? [sql`status = 'active' and not ${locked}`] : []),
    ...(status === 'disabled' ? [sql`status = 'disabled'`] : []),
    ...(roleId === undefined
      ? []
      : [
          sql`exists (select from staff_user_role h join role r using (client_id, role_code)
                where h.client_id = u.client_id and h.user_id = u.user_id and r.role_id = ${roleId})`,
        ]),
    ...(permission === undefined
      ? []
      : [sql`${permission} = any (staff_permissions(u.client_id, u.user_id))`]),
  ]
  return sql.join(all, sql` and `)
}

export async function updateUser(
  tx: Tx,
  key: { clientId: number; userId: number },
  change: {
    display_name?: string
    email?: string
    locale?: 'en' | 'es'
    status?: 'active' | 'disabled'
    password_hash?: string
    failed_attempts?: number
    locked_until?: null
  },
): Promise<void> {
  if (Object.keys(change).length === 0) return
  await tx
    .updateTable('staff_user')
    .set(change)
    .where('client_id', '=', key.clientId)
    .where('user_id', '=', key.userId)
    .execute()
}

/** Gives roles that the user has not yet. */
export async function addUserRoles(
  tx: Tx,
  { clientId, userId }: { clientId: number; userId: number },
  roles: readonly string[],
): Promise<void> {
  await sql`
    insert into staff_user_role (client_id, user_id, role_code)
    select ${clientId}::int, ${userId}::int, role_code from unnest(${roles}::text[]) as given(role_code)
    on conflict do nothing`.execute(tx)
}

export async function deleteUserRoles(
  tx: Tx,
  { clientId, userId }: { clientId: number; userId: number },
  roles: readonly string[],
): Promise<void> {
  await sql`
    delete from staff_user_role
     where client_id = ${clientId} and user_id = ${userId} and role_code = any (${roles}::text[])`.execute(tx)
}

/** Replaces what the overrides say; `granted` null takes one away. */
export async function saveOverrides(
  tx: Tx,
  { clientId, userId }: { clientId: number; userId: number },
  overrides: readonly { permission: string; granted: boolean | null }[],
): Promise<void> {
  const column = overrides.map((one) => one.permission)
  await sql`
    delete from staff_user_permission
     where client_id = ${clientId} and user_id = ${userId} and permission = any (${column}::text[])`.execute(
    tx,
  )
  const kept = overrides.filter((one): one is Override => one.granted !== null)
  if (kept.length === 0) return
  const rows = kept.map((one) => ({ client_id: clientId, user_id: userId, ...one }))
  await tx.insertInto('staff_user_permission').values(rows).execute()
}

/** Every permission with why the user has it or not. */
export async function selectUserPermissions(
  tx: Tx,
  { clientId, userId }: { clientId: number; userId: number },
): Promise<UserPermission[]> {
  const { rows } = await sql<UserPermission>`
    select permission_id as "permissionId", permission, p.name, p.description, active,
           array(select role_code from staff_user_role r join role_permission h using (client_id, role_code)
                  where r.client_id = ${clientId} and r.user_id = ${userId} and h.permission = p.permission
                  order by 1) as roles,
           (select granted from staff_user_permission o
             where o.client_id = ${clientId} and o.user_id = ${userId} and o.permission = p.permission) as granted,
           p.permission = any (staff_permissions(${clientId}, ${userId})) as held
      from permission p order by permission`.execute(tx)
  return rows
}

export async function endSessionsOf(
  tx: Tx,
  { clientId, userId }: { clientId: number; userId: number },
  now: { toString(): string },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update session set ended_at = ${now.toString()}
     where client_id = ${clientId} and user_id = ${userId} and ended_at is null`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

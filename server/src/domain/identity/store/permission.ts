import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { type Permission, type PermissionUse, permissionName } from '../administration/permission.ts'

/** Adds the permissions that are not there yet and says which. */
export async function insertPermissions(tx: Tx, permissions: readonly string[]): Promise<string[]> {
  if (permissions.length === 0) return []
  await sql`select pg_advisory_xact_lock(hashtext('permission'))`.execute(tx)
  const names = permissions.map(permissionName)
  const { rows } = await sql<{ permission: string }>`
    insert into permission (permission, permission_id, name)
    select permission, (select coalesce(max(permission_id), 0) from permission) + row_number() over (order by n), name
      from unnest(${permissions}::text[], ${names}::text[]) with ordinality as given(permission, name, n)
     where permission not in (select permission from permission)
    returning permission`.execute(tx)
  return rows.map((row) => row.permission)
}

export async function selectPermissions(tx: Tx): Promise<Permission[]> {
  const { rows } = await sql<Permission>`
    select permission_id as "permissionId", permission, name, description, active
      from permission order by permission`.execute(tx)
  return rows
}

/** Counted in one client, or in all. */
export async function selectPermissionUse(tx: Tx, clientId?: number): Promise<PermissionUse[]> {
  const client = clientId ?? null
  const { rows } = await sql<PermissionUse>`
    with used as (
      select u.client_id, held.permission, count(*)::int as users
        from staff_user u cross join unnest(staff_permissions(u.client_id, u.user_id)) as held(permission)
       where u.status = 'active' and (${client}::int is null or u.client_id = ${client})
       group by 1, 2
    ), named as (
      select permission, count(*)::int as roles from role_permission
       where ${client}::int is null or client_id = ${client} group by 1
    )
    select permission_id as "permissionId", permission, name, description, active,
           coalesce((select roles from named n where n.permission = p.permission), 0) as roles,
           coalesce((select sum(users)::int from used u where u.permission = p.permission), 0) as users,
           (select count(*)::int from used u where u.permission = p.permission) as clients
      from permission p order by permission`.execute(tx)
  return rows
}

export async function updatePermission(
  tx: Tx,
  permissionId: number,
  change: { name?: string; description?: string; active?: boolean },
): Promise<void> {
  await tx.updateTable('permission').set(change).where('permission_id', '=', permissionId).execute()
}

import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { RoleRecord } from '../administration/role.ts'
import type { Role } from '../staff.ts'

export async function selectRoles(tx: Tx, clientId: number, roleId?: number): Promise<RoleRecord[]> {
  const { rows } = await sql<RoleRecord>`
    select client_id as "clientId", role_id as "roleId", role_code as "roleCode", name, description,
           array(select permission from role_permission p
                  where p.client_id = r.client_id and p.role_code = r.role_code order by 1) as permissions,
           (select count(*)::int from staff_user_role u
             where u.client_id = r.client_id and u.role_code = r.role_code) as users
      from role r
     where client_id = ${clientId} and (${roleId ?? null}::int is null or role_id = ${roleId ?? null})
     order by role_id`.execute(tx)
  return rows
}

/** Keeps everybody else from changing roles of the client, or who has them, until the transaction ends. */
export async function lockRoles(tx: Tx, clientId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('role'), ${clientId})`.execute(tx)
}

/** Replaces the permissions of the role. */
export async function upsertRole(tx: Tx, role: Role): Promise<void> {
  const { clientId, roleCode, name } = role
  await lockRoles(tx, clientId)
  await tx
    .insertInto('role')
    .values({
      client_id: clientId,
      role_code: roleCode,
      name,
      description: role.description ?? '',
      role_id: sql<number>`(select coalesce(max(role_id), 0) + 1 from role where client_id = ${clientId})`,
    })
    .onConflict((conflict) =>
      conflict.columns(['client_id', 'role_code']).doUpdateSet({ name, description: role.description ?? '' }),
    )
    .execute()
  await deletePermissions(tx, clientId, roleCode)
  if (role.permissions.length === 0) return
  const rows = role.permissions.map((permission) => ({
    client_id: clientId,
    role_code: roleCode,
    permission,
  }))
  await tx.insertInto('role_permission').values(rows).execute()
}

export async function deleteRole(tx: Tx, clientId: number, roleCode: string): Promise<void> {
  await deletePermissions(tx, clientId, roleCode)
  await tx.deleteFrom('role').where('client_id', '=', clientId).where('role_code', '=', roleCode).execute()
}

async function deletePermissions(tx: Tx, clientId: number, roleCode: string): Promise<void> {
  await tx
    .deleteFrom('role_permission')
    .where('client_id', '=', clientId)
    .where('role_code', '=', roleCode)
    .execute()
}

/** Whether somebody can sign in who has all of these permissions, in one client or in any. */
export async function someoneHolds(
  tx: Tx,
  permissions: readonly string[],
  clientId?: number,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from staff_user where status = 'active' and (${clientId ?? null}::int is null or client_id = ${clientId ?? null})
         and staff_permissions(client_id, user_id) @> ${permissions}::text[]) as found`.execute(tx)
  return rows[0]?.found ?? false
}

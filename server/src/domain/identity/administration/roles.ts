import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { audit } from '../audit-operations.ts'
import * as store from '../store/role.ts'
import { type Administrator, keepAdministered, requireHeld } from './limits.ts'
import { requireKnown } from './permissions.ts'
import type { RoleRecord, RoleWords } from './role.ts'

/** This will list the roles of a client by number. */
export function listRoles(tx: Tx, clientId: number): Promise<RoleRecord[]> {
  return store.selectRoles(tx, clientId)
}

/** This will give a role of a client. Refuses `role_not_found`. */
export async function getRole(tx: Tx, clientId: number, roleId: number): Promise<RoleRecord> {
  const [role] = await store.selectRoles(tx, clientId, roleId)
  if (role) return role
  throw new Refusal('not_found', 'role_not_found', `There is no role ${roleId}.`)
}

/** This will add a role. Refuses `role_exists`, `role_code_malformed`, `permission_unknown`, `permission_not_held`. */
export async function addRole(
  tx: Tx,
  { roleCode, ...words }: RoleWords & { roleCode: string },
  admin: Administrator,
): Promise<RoleRecord> {
  if (!/^[a-z0-9][a-z0-9-]{0,49}$/.test(roleCode))
    throw new Refusal(
      'rule',
      'role_code_malformed',
      `The role code "${roleCode}" must be lower case letters, digits and dashes, at most 50.`,
    )
  await store.lockRoles(tx, admin.clientId)
  const roles = await store.selectRoles(tx, admin.clientId)
  if (roles.some((role) => role.roleCode === roleCode))
    throw new Refusal(
      'conflict',
      'role_exists',
      `There is a role "${roleCode}" already; choose another code.`,
    )
  const roleId = await writeRole(tx, { roleCode, ...words }, admin)
  await record(tx, admin, 'addRole', roleCode, { ...words })
  return getRole(tx, admin.clientId, roleId)
}

/**
 * This will rename or describe a role, or say anew what it holds. Refuses `role_not_found`, `permission_unknown`,
 * `permission_not_held` also for what the role held before, `administrator_missing`.
 */
export function updateRole(
  tx: Tx,
  { roleId, ...words }: Partial<RoleWords> & { roleId: number },
  admin: Administrator,
): Promise<RoleRecord> {
  return keepAdministered(tx, admin, async () => {
    const before = await getRole(tx, admin.clientId, roleId)
    requireHeld(admin, before.permissions)
    await writeRole(tx, { ...before, ...words }, admin)
    await record(tx, admin, 'updateRole', before.roleCode, { ...words })
    return getRole(tx, admin.clientId, roleId)
  })
}

/** This will give permissions to a role and take others from it. Refuses as `updateRole` does. */
export async function assignPermissions(
  tx: Tx,
  { roleId, add, remove }: { roleId: number; add: readonly string[]; remove: readonly string[] },
  admin: Administrator,
): Promise<RoleRecord> {
  const { permissions } = await getRole(tx, admin.clientId, roleId)
  await requireKnown(tx, remove)
  const kept = permissions.filter((permission) => !remove.includes(permission))
  return updateRole(tx, { roleId, permissions: [...kept, ...add] }, admin)
}

/** This will delete a role that no user has. Refuses `role_not_found`, `role_in_use`, `permission_not_held`. */
export async function deleteRole(tx: Tx, roleId: number, admin: Administrator): Promise<RoleRecord> {
  await store.lockRoles(tx, admin.clientId)
  const role = await getRole(tx, admin.clientId, roleId)
  requireHeld(admin, role.permissions)
  if (role.users > 0)
    throw new Refusal(
      'conflict',
      'role_in_use',
      `The role ${role.name} has ${role.users} users; remove them from it first.`,
    )
  await store.deleteRole(tx, admin.clientId, role.roleCode)
  await record(tx, admin, 'deleteRole', role.roleCode, { name: role.name, permissions: role.permissions })
  return role
}

async function writeRole(
  tx: Tx,
  { roleCode, name, description, permissions }: RoleWords & { roleCode: string },
  admin: Administrator,
): Promise<number> {
  await requireKnown(tx, permissions)
  requireHeld(admin, permissions)
  const { clientId } = admin
  const words = { name, ...(description !== undefined && { description }) }
  await store.upsertRole(tx, { clientId, roleCode, ...words, permissions: [...new Set(permissions)] })
  const written = (await store.selectRoles(tx, clientId)).find((role) => role.roleCode === roleCode)
  return written?.roleId ?? 0
}

function record(
  tx: Tx,
  { clientId, now: at, actor }: Administrator,
  operation: string,
  roleCode: string,
  detail: Record<string, unknown>,
): Promise<void> {
  return audit(tx, { clientId, at, actor, operation, subject: `role:${roleCode}`, detail })
}

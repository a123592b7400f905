import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { audit } from '../audit-operations.ts'
import {
  insertPermissions,
  selectPermissions,
  selectPermissionUse,
  updatePermission,
} from '../store/permission.ts'
import type { Administrator } from './limits.ts'
import type { Permission, PermissionUse } from './permission.ts'

interface PermissionWords {
  name?: string
  description?: string
  active?: boolean
}

/** This will list the permissions that roles can hold. */
export function listPermissions(tx: Tx): Promise<Permission[]> {
  return selectPermissions(tx)
}

/** This will list the permissions with how many roles name them and how many users have them, in one client or in all. */
export function permissionUse(tx: Tx, clientId?: number): Promise<PermissionUse[]> {
  return selectPermissionUse(tx, clientId)
}

/**
 * This will let roles hold a permission that endpoints ask for. Refuses `permission_unregistered` what no endpoint asks
 * for, `permission_exists`.
 */
export async function createPermission(
  tx: Tx,
  {
    registered,
    permission,
    ...words
  }: PermissionWords & { registered: readonly string[]; permission: string },
  admin: Administrator,
): Promise<Permission> {
  if (!registered.includes(permission))
    throw new Refusal(
      'rule',
      'permission_unregistered',
      `No operation asks for a permission "${permission}"; choose one of the registered permissions.`,
    )
  if ((await insertPermissions(tx, [permission])).length === 0)
    throw new Refusal('conflict', 'permission_exists', `The permission ${permission} was created already.`)
  const { permissionId } = (await selectPermissions(tx)).find(
    (one) => one.permission === permission,
  ) as Permission
  return saveWords(tx, permissionId, words, admin, 'createPermission')
}

/**
 * This will rename or describe a permission, or take it from everybody until it is active again. Refuses
 * `permission_not_found`, `permission_needed` for those without which nobody could undo it.
 */
export async function editPermission(
  tx: Tx,
  { permissionId, ...words }: PermissionWords & { permissionId: number },
  admin: Administrator,
): Promise<Permission> {
  const before = await getPermission(tx, permissionId)
  if (words.active === false && NEEDED.includes(before.permission))
    throw new Refusal(
      'conflict',
      'permission_needed',
      `Without the permission ${before.permission} nobody could administer; it stays active.`,
    )
  return saveWords(tx, permissionId, words, admin, 'editPermission')
}

const NEEDED = ['user.manage', 'role.manage', 'operator.manage']

/** This will give a permission. Refuses `permission_not_found`. */
export async function getPermission(tx: Tx, permissionId: number): Promise<Permission> {
  const found = (await selectPermissions(tx)).find((one) => one.permissionId === permissionId)
  if (found) return found
  throw new Refusal('not_found', 'permission_not_found', `There is no permission ${permissionId}.`)
}

async function saveWords(
  tx: Tx,
  permissionId: number,
  words: PermissionWords,
  { clientId, now: at, actor }: Administrator,
  operation: string,
): Promise<Permission> {
  if (Object.keys(words).length > 0) await updatePermission(tx, permissionId, words)
  const after = await getPermission(tx, permissionId)
  const subject = `permission:${after.permission}`
  await audit(tx, { clientId, at, actor, operation, subject, detail: { ...words } })
  return after
}

/** Refuses `permission_unknown`: roles and users only have what was created from the register. */
export async function requireKnown(tx: Tx, permissions: readonly string[]): Promise<void> {
  const known = new Set((await selectPermissions(tx)).map((one) => one.permission))
  const unknown = permissions.find((permission) => !known.has(permission))
  if (unknown === undefined) return
  throw new Refusal(
    'rule',
    'permission_unknown',
    `There is no permission "${unknown}"; choose one of the list of permissions.`,
  )
}

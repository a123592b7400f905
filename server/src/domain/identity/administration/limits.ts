import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant } from '../../../platform/time.ts'
import type { Actor } from '../actor.ts'
import { lockRoles, selectRoles, someoneHolds } from '../store/role.ts'
import type { RoleRecord } from './role.ts'
import type { UserRecord } from './user.ts'

/** Who administers users and roles, of which client, and how far. */
export interface Administrator {
  /** The client that is administered. */
  clientId: number
  /** Nobody gives, takes or touches what these do not cover; `all` is the installation's operator. */
  holds: ReadonlySet<string> | 'all'
  now: Instant
  /** The machine's time, not the demo's: sessions and links live by it. */
  wallNow: Instant
  actor: Actor
}

/** Refuses `permission_not_held`: who could hand out more than they hold would soon hold everything. */
export function requireHeld({ holds }: Administrator, permissions: readonly string[]): void {
  if (holds === 'all') return
  const beyond = permissions.find((permission) => !holds.has(permission))
  if (beyond === undefined) return
  throw new Refusal(
    'forbidden',
    'permission_not_held',
    `This touches the permission ${beyond}, which you do not hold; ask an administrator who does.`,
  )
}

/** Refuses who may do more than the administrator: a changed address or password would be a way to sign in as them. */
export async function requireReach(tx: Tx, admin: Administrator, user: UserRecord): Promise<void> {
  const held = new Set(user.roles.map((role) => role.roleId))
  const roles = (await selectRoles(tx, admin.clientId)).filter((role) => held.has(role.roleId))
  const granted = user.overrides.filter((one) => one.granted).map((one) => one.permission)
  requireHeld(admin, [...permissionsOf(roles), ...granted])
}

/**
 * Refuses `administrator_missing` when a change leaves nobody who could undo it: of the client, or of the installation
 * where it had an operator.
 */
export async function keepAdministered<T>(
  tx: Tx,
  { clientId }: Administrator,
  change: () => Promise<T>,
): Promise<T> {
  const administered = () => someoneHolds(tx, ['user.manage', 'role.manage'], clientId)
  const operated = () => someoneHolds(tx, ['operator.manage'])
  await lockRoles(tx, clientId)
  const before = { administered: await administered(), operated: await operated() }
  const result = await change()
  if ((before.administered && !(await administered())) || (before.operated && !(await operated())))
    throw new Refusal(
      'conflict',
      'administrator_missing',
      'Nobody active could undo this; make somebody else an administrator first.',
    )
  return result
}

export const permissionsOf = (roles: readonly RoleRecord[]): string[] =>
  roles.flatMap((role) => role.permissions)

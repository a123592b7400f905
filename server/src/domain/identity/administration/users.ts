import { randomBytes } from 'node:crypto'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant } from '../../../platform/time.ts'
import { audit } from '../audit-operations.ts'
import { createStaffUser } from '../operations.ts'
import { IDLE_MINUTES } from '../session.ts'
import { type PasswordResetRecord, selectResets } from '../store/password-reset.ts'
import { lockRoles } from '../store/role.ts'
import { countSessions } from '../store/session.ts'
import * as store from '../store/user.ts'
import { type Administrator, keepAdministered, permissionsOf, requireHeld, requireReach } from './limits.ts'
import { requireKnown } from './permissions.ts'
import type { RoleRecord } from './role.ts'
import { getRole } from './roles.ts'
import type { UserPermission, UserQuery, UserRecord } from './user.ts'

/** This will give a member of staff as administrators see one. Refuses `user_not_found`. */
export async function getUserRecord(tx: Tx, clientId: number, userId: number): Promise<UserRecord> {
  const user = await store.selectUser(tx, clientId, userId)
  if (user) return user
  throw new Refusal('not_found', 'user_not_found', `There is no user ${userId}.`)
}

/** This will find members of a client's staff by any part of their names, or by what they are or may do. */
export function searchUsers(tx: Tx, query: UserQuery): Promise<{ rows: UserRecord[]; total: number }> {
  return store.searchUsers(tx, query)
}

/** This will give the last links to a new password that a user was sent. */
export function passwordResetsOf(
  tx: Tx,
  user: { clientId: number; userId: number },
): Promise<PasswordResetRecord[]> {
  return selectResets(tx, user)
}

/** This will count the sessions of a user that are good at a moment of the machine's clock. */
export function openSessionsOf(
  tx: Tx,
  user: { clientId: number; userId: number },
  wallNow: Instant,
): Promise<number> {
  const usedAfter = wallNow.subtract({ minutes: IDLE_MINUTES })
  return countSessions(tx, { ...user, now: wallNow, usedAfter })
}

/** This will tell of every permission whether a user has it, and why. Refuses `user_not_found`. */
export async function permissionsOfUser(tx: Tx, clientId: number, userId: number): Promise<UserPermission[]> {
  await getUserRecord(tx, clientId, userId)
  return store.selectUserPermissions(tx, { clientId, userId })
}

export interface NewUser {
  userName: string
  displayName: string
  email: string
  locale?: 'en' | 'es'
  /** Without one nobody can sign in as the user until a link to choose one was used. */
  password?: string
  roleIds: readonly number[]
}

/**
 * This will add a member of staff. Refuses `user_exists`, `user_name_malformed`, `role_not_found`, `password_too_short`,
 * `permission_not_held`.
 */
export async function addUser(tx: Tx, user: NewUser, admin: Administrator): Promise<UserRecord> {
  if (!/^[a-z0-9][a-z0-9._@-]{0,99}$/i.test(user.userName))
    throw new Refusal(
      'rule',
      'user_name_malformed',
      'A user name is made of letters, digits, dots, dashes, underscores and @, and begins with a letter or digit.',
    )
  const { roleIds, password = randomBytes(32).toString('base64url'), ...words } = user
  const { clientId, now } = admin
  await lockRoles(tx, clientId)
  const roles = await rolesToGive(tx, roleIds, admin)
  const codes = roles.map((role) => role.roleCode)
  const userId = await createStaffUser(tx, { ...words, password, clientId, roles: codes, now })
  const { userName, displayName, email } = words
  await record(tx, admin, 'addUser', userId, { userName, displayName, email, roles: codes })
  return getUserRecord(tx, clientId, userId)
}

export interface UserChange {
  userId: number
  displayName?: string
  email?: string
  locale?: 'en' | 'es'
  /** `active` ends a lock too; `disabled` ends the user's sessions. */
  status?: 'active' | 'disabled'
  /** All the roles the user then has. */
  roleIds?: readonly number[]
}

/** This will change a member of staff. Refuses `user_not_found`, `role_not_found`, `permission_not_held`, `administrator_missing`. */
export function updateUser(tx: Tx, change: UserChange, admin: Administrator): Promise<UserRecord> {
  const { userId, displayName, email, locale, status, roleIds } = change
  return changeUser(tx, { userId, operation: 'updateUser', detail: { ...change } }, admin, async (user) => {
    await store.updateUser(tx, user, {
      ...(displayName !== undefined && { display_name: displayName }),
      ...(email !== undefined && { email }),
      ...(locale !== undefined && { locale }),
      ...(status !== undefined && { status }),
      ...(status === 'active' && { failed_attempts: 0, locked_until: null }),
    })
    if (status === 'disabled') await store.endSessionsOf(tx, user, admin.wallNow)
    if (roleIds === undefined) return
    const roles = await rolesToGive(tx, roleIds, admin)
    await store.deleteUserRoles(
      tx,
      user,
      user.roles.map((role) => role.roleCode),
    )
    await store.addUserRoles(
      tx,
      user,
      roles.map((role) => role.roleCode),
    )
  })
}

/** This will give a user further roles. Refuses as `updateUser` does. */
export function assignRoles(
  tx: Tx,
  { userId, roleIds }: { userId: number; roleIds: readonly number[] },
  admin: Administrator,
): Promise<UserRecord> {
  return changeUser(tx, { userId, operation: 'assignRoles', detail: { roleIds } }, admin, async (user) => {
    const roles = await rolesToGive(tx, roleIds, admin)
    await store.addUserRoles(
      tx,
      user,
      roles.map((role) => role.roleCode),
    )
  })
}

/** This will take a role from a user. Refuses `role_not_held` too. */
export function removeFromRole(
  tx: Tx,
  { userId, roleId }: { userId: number; roleId: number },
  admin: Administrator,
): Promise<UserRecord> {
  return changeUser(tx, { userId, operation: 'removeFromRole', detail: { roleId } }, admin, async (user) => {
    const { roleCode, name } = await getRole(tx, admin.clientId, roleId)
    if (!user.roles.some((role) => role.roleId === roleId))
      throw new Refusal('conflict', 'role_not_held', `${user.displayName} does not have the role ${name}.`)
    await store.deleteUserRoles(tx, user, [roleCode])
  })
}

/** This will give or deny a user single permissions whatever the roles say; null lets the roles decide again. */
export function overridePermissions(
  tx: Tx,
  {
    userId,
    overrides,
  }: { userId: number; overrides: readonly { permission: string; granted: boolean | null }[] },
  admin: Administrator,
): Promise<UserRecord> {
  const detail = { overrides }
  return changeUser(tx, { userId, operation: 'overridePermissions', detail }, admin, async (user) => {
    const named = overrides.map((one) => one.permission)
    await requireKnown(tx, named)
    requireHeld(admin, named)
    await store.saveOverrides(tx, user, overrides)
  })
}

/** This will end every session of a user and say how many. Refuses `user_not_found`, `permission_not_held`. */
export async function endSessions(tx: Tx, userId: number, admin: Administrator): Promise<number> {
  const user = await getUserRecord(tx, admin.clientId, userId)
  await requireReach(tx, admin, user)
  const ended = await store.endSessionsOf(tx, user, admin.wallNow)
  await record(tx, admin, 'endSessions', userId, { ended })
  return ended
}

/** Whoever changes a user could do all that the user may, before and after. */
async function changeUser(
  tx: Tx,
  { userId, operation, detail }: { userId: number; operation: string; detail: Record<string, unknown> },
  admin: Administrator,
  change: (user: UserRecord) => Promise<void>,
): Promise<UserRecord> {
  return keepAdministered(tx, admin, async () => {
    const user = await getUserRecord(tx, admin.clientId, userId)
    await requireReach(tx, admin, user)
    await change(user)
    await record(tx, admin, operation, userId, detail)
    return getUserRecord(tx, admin.clientId, userId)
  })
}

async function rolesToGive(tx: Tx, roleIds: readonly number[], admin: Administrator): Promise<RoleRecord[]> {
  const roles: RoleRecord[] = []
  for (const roleId of new Set(roleIds)) roles.push(await getRole(tx, admin.clientId, roleId))
  requireHeld(admin, permissionsOf(roles))
  return roles
}

function record(
  tx: Tx,
  { clientId, now: at, actor }: Administrator,
  operation: string,
  userId: number,
  detail: Record<string, unknown>,
): Promise<void> {
  return audit(tx, { clientId, at, actor, operation, subject: `user:${userId}`, detail })
}

import type { z } from 'zod'
import {
  getClient,
  listPermissions,
  openSessionsOf,
  type PasswordResetRecord,
  type PermissionUse,
  passwordResetsOf,
  type RoleRecord,
  searchUsers,
  type UserPermission,
  type UserRecord,
} from '../../domain/identity/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import type { Instant } from '../../platform/time.ts'
import type * as wire from './admin.wire.ts'
import type { EnterpriseSide } from './endpoint.ts'
import { toDescription, toFlag, toInstant, toText } from './to-wire.ts'

type Side = Context<EnterpriseSide>

const statusOf = (active: boolean) => (active ? 'active' : 'inactive')

export function toPermission(
  permission: PermissionUse,
  record: number,
  holds: ReadonlySet<string>,
): z.input<typeof wire.Permission> {
  const statusCode = statusOf(permission.active)
  return {
    record: String(record),
    permissionId: String(permission.permissionId),
    permissionCode: permission.permission,
    permissionName: permission.name,
    permissionDescription: permission.description,
    statusCode,
    statusDescription: toDescription(statusCode),
    heldIndicator: toFlag(holds.has(permission.permission)),
    numberOfRoles: String(permission.roles),
    numberOfUsers: String(permission.users),
  }
}

export function toRole(role: RoleRecord, record: number, clientName: string): z.input<typeof wire.Role> {
  return {
    record: String(record),
    roleId: String(role.roleId),
    roleCode: role.roleCode,
    roleName: role.name,
    roleDescription: role.description,
    clientName,
    numberOfUsers: String(role.users),
    numberOfPermissions: String(role.permissions.length),
  }
}

const ALL = { page: 1, pageSize: 1000 }

export async function toRoleDetails(
  role: RoleRecord,
  { tx, services }: Side,
): Promise<z.input<typeof wire.RoleDetails>> {
  const { clientId, roleId } = role
  const now = services.wallClock()
  const known = (await listPermissions(tx)).filter(({ permission }) => role.permissions.includes(permission))
  const users = await searchUsers(tx, { clientId, roleId, now, ...ALL })
  return {
    ...toRole(role, 1, (await getClient(tx, clientId)).code),
    permissions: known.map(({ permissionId, permission, name, active }) => ({
      permissionId: String(permissionId),
      permissionCode: permission,
      permissionName: name,
      statusCode: statusOf(active),
    })),
    users: users.rows.map((user) => ({
      userId: String(user.userId),
      userName: user.userName,
      displayName: user.displayName,
      statusCode: userStatus(user, now),
    })),
  }
}

function userStatus({ status, lockedUntil }: UserRecord, now: Instant): UserRecord['status'] {
  if (status === 'disabled') return status
  return lockedUntil && lockedUntil.epochMilliseconds > now.epochMilliseconds ? 'locked' : status
}

export function toUser(
  user: UserRecord,
  record: number,
  { clientName, now }: { clientName: string; now: Instant },
): z.input<typeof wire.User> {
  const statusCode = userStatus(user, now)
  return {
    record: String(record),
    userId: String(user.userId),
    userName: user.userName,
    displayName: user.displayName,
    emailAddress: toText(user.email),
    languageCode: user.locale,
    clientName,
    statusCode,
    statusDescription: toDescription(statusCode),
    createdAt: toInstant(user.createdAt),
    lastLoginAt: toInstant(user.lastLoginAt),
    failedLogins: String(user.failedAttempts),
    lockedUntil: toInstant(user.lockedUntil),
    roles: user.roles.map(({ roleId, roleCode, name }) => ({
      roleId: String(roleId),
      roleCode,
      roleName: name,
    })),
  }
}

export async function toUserDetails(
  user: UserRecord,
  { tx, services }: Side,
): Promise<z.input<typeof wire.UserDetails>> {
  const now = services.wallClock()
  const clientName = (await getClient(tx, user.clientId)).code
  return {
    ...toUser(user, 1, { clientName, now }),
    permissions: user.permissions,
    overrides: user.overrides.map(({ permission, granted }) => ({
      permissionCode: permission,
      overrideCode: granted ? 'granted' : 'denied',
    })),
    openSessions: String(await openSessionsOf(tx, user, now)),
    passwordResets: (await passwordResetsOf(tx, user)).map((reset) => toReset(reset, now)),
  }
}

function toReset(
  reset: PasswordResetRecord,
  now: Instant,
): z.input<typeof wire.UserDetails>['passwordResets'][number] {
  const statusCode = resetStatus(reset, now)
  return {
    passwordResetId: String(reset.resetNumber),
    requestedByName: reset.requestedBy,
    requestedAt: toInstant(reset.requestedAt),
    expiresAt: toInstant(reset.expiresAt),
    statusCode,
    statusDescription: toDescription(statusCode),
  }
}

function resetStatus({ endedAt, expiresAt, mailedAt, waiting }: PasswordResetRecord, now: Instant) {
  if (endedAt) return 'ended'
  if (expiresAt.epochMilliseconds <= now.epochMilliseconds) return 'expired'
  if (mailedAt) return 'mailed'
  return waiting ? 'waiting' : 'failed'
}

export function toUserPermission(
  permission: UserPermission,
  index: number,
): z.input<typeof wire.UserPermission> {
  const { granted } = permission
  return {
    record: String(index + 1),
    permissionId: String(permission.permissionId),
    permissionCode: permission.permission,
    permissionName: permission.name,
    permissionDescription: permission.description,
    statusCode: statusOf(permission.active),
    roleCodes: permission.roles,
    overrideCode: granted === null ? '' : granted ? 'granted' : 'denied',
    effectiveIndicator: toFlag(permission.held),
  }
}

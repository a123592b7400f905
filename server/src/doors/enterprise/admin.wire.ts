import { z } from 'zod'
import { PASSWORD_MIN_LENGTH } from '../../domain/identity/index.ts'
import { input, output } from '../../platform/http/wire-values.ts'
import { paging } from './wire.ts'

const reason = input.text(2000).optional().describe('why; kept in the audit trail')
const forClient = { clientName: input.text(50).describe('code of the client') }
const permissionCode = () => input.text(100)

export const RolePath = z.object({ roleId: input.id(6) })
export const UserPath = z.object({ userId: input.id(9) })
export const RoleUserPath = RolePath.extend(UserPath.shape)
export const PermissionPath = z.object({ permissionId: input.id(6) })
export const Reason = z.strictObject({ logText: reason })

export const Permission = z
  .object({
    record: output.integer(),
    permissionId: output.integer(),
    permissionCode: output.text(),
    permissionName: output.text(),
    permissionDescription: output.text(),
    statusCode: z.enum(['active', 'inactive']),
    statusDescription: output.text(),
    heldIndicator: output.flag().describe('Y: the caller holds it, so may hand it out'),
    numberOfRoles: output.integer(),
    numberOfUsers: output.integer().describe('active users who have it now'),
  })
  .meta({ id: 'Permission' })

export const InstallationPermission = Permission.extend({
  numberOfClients: output.integer().describe('clients in which an active user has it'),
}).meta({ id: 'InstallationPermission' })

export const RegisteredPermission = z
  .object({
    record: output.integer(),
    permissionCode: output.text(),
    permissionName: output.text(),
    createdIndicator: output.flag().describe('Y: roles can hold it'),
    permissionId: output.integer(),
    operations: z.array(
      z.object({ operationName: output.text(), route: output.text(), operationDescription: output.text() }),
    ),
  })
  .meta({ id: 'RegisteredPermission' })

const permissionWords = {
  permissionName: input.text(100).optional(),
  permissionDescription: input.text(500).optional(),
  statusCode: input.oneOf(['active', 'inactive']).optional(),
}

export const PermissionBody = z.strictObject({
  permissionCode: permissionCode().describe('one that an operation asks for'),
  ...permissionWords,
  logText: reason,
})

export const PermissionChange = z.strictObject({ ...permissionWords, logText: reason })

export const Role = z
  .object({
    record: output.integer(),
    roleId: output.integer(),
    roleCode: output.text(),
    roleName: output.text(),
    roleDescription: output.text(),
    clientName: output.text().describe('code of the client'),
    numberOfUsers: output.integer(),
    numberOfPermissions: output.integer(),
  })
  .meta({ id: 'Role' })

export const RoleDetails = Role.extend({
  permissions: z.array(
    z.object({
      permissionId: output.integer(),
      permissionCode: output.text(),
      permissionName: output.text(),
      statusCode: z.enum(['active', 'inactive']),
    }),
  ),
  users: z.array(
    z.object({
      userId: output.integer(),
      userName: output.text(),
      displayName: output.text(),
      statusCode: output.text(),
    }),
  ),
}).meta({ id: 'RoleDetails' })

const permissions = z.array(permissionCode()).max(500)

export const RoleBody = z.strictObject({
  roleCode: input.text(50).describe('lower case letters, digits and dashes'),
  roleName: input.text(100),
  roleDescription: input.text(500).optional(),
  permissions: permissions.default([]),
  logText: reason,
})

export const RoleChange = z.strictObject({
  roleName: input.text(100).optional(),
  roleDescription: input.text(500).optional(),
  permissions: permissions.optional().describe('all that the role then holds'),
  logText: reason,
})

export const OperatorRoleBody = RoleBody.extend(forClient)
export const OperatorRoleChange = RoleChange.extend(forClient)

export const RolePermissions = z
  .strictObject({
    assignPermissions: permissions.default([]),
    removePermissions: permissions.default([]),
    logText: reason,
  })
  .refine((body) => body.assignPermissions.length + body.removePermissions.length > 0, {
    error: 'is missing, and nothing is removed',
    path: ['assignPermissions'],
  })

export const UserSearch = z.strictObject({
  userName: input.text(100).optional().describe('any part'),
  displayName: input.text(100).optional().describe('any part'),
  emailAddress: input.text(100).optional().describe('any part'),
  statusCode: input.oneOf(['active', 'locked', 'disabled']).optional(),
  roleId: input.id(6).optional(),
  permissionCode: permissionCode().optional().describe('users who have it now'),
  ...paging,
})

export const User = z
  .object({
    record: output.integer(),
    userId: output.integer(),
    userName: output.text(),
    displayName: output.text(),
    emailAddress: output.text(),
    languageCode: z.enum(['en', 'es']),
    clientName: output.text().describe('code of the client'),
    statusCode: z.enum(['active', 'locked', 'disabled']),
    statusDescription: output.text(),
    createdAt: output.instant(),
    lastLoginAt: output.instant(),
    failedLogins: output.integer().describe('in a row'),
    lockedUntil: output.instant(),
    roles: z.array(z.object({ roleId: output.integer(), roleCode: output.text(), roleName: output.text() })),
  })
  .meta({ id: 'User' })

export const UserDetails = User.extend({
  permissions: z.array(output.text()).describe('what the user may do now'),
  overrides: z.array(
    z.object({ permissionCode: output.text(), overrideCode: z.enum(['granted', 'denied']) }),
  ),
  openSessions: output.integer(),
  passwordResets: z
    .array(
      z.object({
        passwordResetId: output.integer(),
        requestedByName: output.text(),
        requestedAt: output.instant(),
        expiresAt: output.instant(),
        statusCode: z.enum(['waiting', 'mailed', 'failed', 'expired', 'ended']),
        statusDescription: output.text(),
      }),
    )
    .describe('the last five links to a new password, newest first'),
}).meta({ id: 'UserDetails' })

const email = () =>
  input.text(100).pipe(z.string().regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/, 'is no e-mail address'))
const roleIds = z.array(input.id(6)).max(50)

export const UserBody = z.strictObject({
  userName: input.text(100),
  displayName: input.text(100),
  emailAddress: email(),
  languageCode: input.oneOf(['en', 'es']).optional(),
  password: z
    .string()
    .min(PASSWORD_MIN_LENGTH)
    .max(200)
    .optional()
    .describe('without one a link to choose it is mailed'),
  roleIds: roleIds.default([]),
  logText: reason,
})

export const UserChange = z.strictObject({
  displayName: input.text(100).optional(),
  emailAddress: email().optional(),
  languageCode: input.oneOf(['en', 'es']).optional(),
  statusCode: input
    .oneOf(['active', 'disabled'])
    .optional()
    .describe('active also ends a lock, disabled ends the sessions'),
  roleIds: roleIds.optional().describe('all the roles the user then has'),
  logText: reason,
})

export const OperatorUserBody = UserBody.extend(forClient)
export const OperatorUserChange = UserChange.extend(forClient)

export const UserRoles = z.strictObject({ roleIds: roleIds.min(1), logText: reason })

export const UserPermission = z
  .object({
    record: output.integer(),
    permissionId: output.integer(),
    permissionCode: output.text(),
    permissionName: output.text(),
    permissionDescription: output.text(),
    statusCode: z.enum(['active', 'inactive']),
    roleCodes: z.array(output.text()).describe('roles of the user that hold it'),
    overrideCode: z.enum(['', 'granted', 'denied']),
    effectiveIndicator: output.flag().describe('Y: the user has it now'),
  })
  .meta({ id: 'UserPermission' })

export const UserPermissionsBody = z.strictObject({
  permissions: z
    .array(
      z.strictObject({
        permissionCode: permissionCode(),
        overrideCode: input.oneOf(['granted', 'denied', 'none']),
      }),
    )
    .min(1)
    .max(500)
    .refine(
      (list) => new Set(list.map((one) => one.permissionCode)).size === list.length,
      'name a permission twice',
    ),
  logText: reason,
})

export const PasswordReset = z
  .object({
    userId: output.integer(),
    userName: output.text(),
    emailAddress: output.text(),
    passwordResetId: output.integer(),
    expiresAt: output.instant(),
  })
  .meta({ id: 'PasswordReset' })

import { z } from 'zod'
import {
  assignRoles,
  endSessions,
  getClient,
  getUserRecord,
  inviteUser,
  overridePermissions,
  permissionsOfUser,
  removeFromRole,
  requestPasswordReset,
  searchUsers,
  updateUser,
} from '../../domain/identity/index.ts'
import { output } from '../../platform/http/wire-values.ts'
import * as wire from './admin.wire.ts'
import { clientAdmin, operatorFor } from './admin-act.ts'
import { endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { toUser, toUserDetails, toUserPermission } from './to-admin.ts'
import { toInstant, toText } from './to-wire.ts'
import { answer, fromPaging, Paging, pagedAnswer, toPaged, toSlice } from './wire.ts'

const shared = { tag: 'Admin', scope: 'client' } as const
const operator = { tag: 'Admin', scope: 'operator', permission: 'operator.manage' } as const

export const adminUserEndpoints = [
  endpoint({
    ...shared,
    route: 'POST /admin/users/search',
    name: 'searchUsers',
    source: 'ep-085',
    summary: 'Users of the client by name, status, role or permission',
    permission: 'user.read',
    effect: 'read',
    body: wire.UserSearch,
    reply: pagedAnswer(wire.User),
    async handle({ body }, { tx, caller, services }) {
      const { clientId } = caller
      const query = { clientId, now: services.wallClock(), ...fromPaging(body), ...fromUserSearch(body) }
      const { rows, total } = await searchUsers(tx, query)
      const about = { clientName: (await getClient(tx, clientId)).code, now: query.now }
      const first = (query.page - 1) * query.pageSize + 1
      return toPaged(
        rows.map((user, index) => toUser(user, first + index, about)),
        total,
        query,
      )
    },
  }),
  endpoint({
    ...shared,
    route: 'GET /admin/users/{userId}',
    name: 'getUserDetails',
    source: 'ep-090',
    summary: 'A user with roles, permissions, sessions and password links',
    permission: 'user.read',
    params: wire.UserPath,
    reply: answer(wire.UserDetails),
    async handle({ params }, context) {
      const user = await getUserRecord(context.tx, context.caller.clientId, params.userId)
      return { responseData: [await toUserDetails(user, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: 'GET /admin/users/{userId}/permissions',
    name: 'getUserPermissions',
    source: 'ep-091',
    summary: 'Every permission with whether a user has it, and why',
    permission: 'user.read',
    params: wire.UserPath,
    query: Paging,
    reply: pagedAnswer(wire.UserPermission),
    async handle({ params, query }, { tx, caller }) {
      const permissions = await permissionsOfUser(tx, caller.clientId, params.userId)
      return toSlice(permissions.map(toUserPermission), fromPaging(query))
    },
  }),
  endpoint({
    ...shared,
    route: 'POST /admin/users',
    name: 'addUser',
    source: 'ep-077',
    summary: 'Add a user to the own client',
    permission: 'user.manage',
    body: wire.UserBody,
    reply: answer(wire.UserDetails),
    async handle({ body }, context) {
      const { tx, services } = context
      const user = await inviteUser(tx, fromUserBody(body), services, clientAdmin(context, body.logText))
      return { responseData: [await toUserDetails(user, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: 'PUT /admin/users/{userId}',
    name: 'updateUser',
    source: 'ep-078',
    summary: 'Change, lock out or unlock a user of the own client',
    permission: 'user.manage',
    params: wire.UserPath,
    body: wire.UserChange,
    reply: answer(wire.UserDetails),
    async handle({ params, body }, context) {
      const change = { ...params, ...fromUserChange(body) }
      const user = await updateUser(context.tx, change, clientAdmin(context, body.logText))
      return { responseData: [await toUserDetails(user, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: 'PATCH /admin/users/{userId}/roles',
    name: 'assignRoleToUser',
    source: 'ep-081',
    summary: 'Give a user further roles',
    permission: 'user.manage',
    params: wire.UserPath,
    body: wire.UserRoles,
    reply: answer(wire.UserDetails),
    async handle({ params, body: { roleIds, logText } }, context) {
      const user = await assignRoles(context.tx, { ...params, roleIds }, clientAdmin(context, logText))
      return { responseData: [await toUserDetails(user, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: 'POST /admin/roles/{roleId}/users/{userId}/remove',
    name: 'removeUserFromRole',
    source: 'ep-095',
    summary: 'Take a role from a user',
    permission: 'user.manage',
    params: wire.RoleUserPath,
    body: wire.Reason,
    reply: answer(wire.UserDetails),
    async handle({ params, body }, context) {
      const user = await removeFromRole(context.tx, params, clientAdmin(context, body.logText))
      return { responseData: [await toUserDetails(user, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: 'PATCH /admin/users/{userId}/permissions',
    name: 'overrideUserPermissions',
    source: 'ep-097',
    summary: 'Give or deny a user single permissions whatever the roles say',
    permission: 'user.manage',
    params: wire.UserPath,
    body: wire.UserPermissionsBody,
    reply: answer(wire.UserDetails),
    async handle({ params, body }, context) {
      const overrides = body.permissions.map(fromOverride)
      const change = { ...params, overrides }
      const user = await overridePermissions(context.tx, change, clientAdmin(context, body.logText))
      return { responseData: [await toUserDetails(user, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: 'PUT /admin/users/{userId}/resetPassword',
    name: 'resetUserPassword',
    source: 'ep-096',
    summary: 'Mail a user a link to choose a new password, good for one use',
    permission: 'user.manage',
    params: wire.UserPath,
    body: wire.Reason,
    reply: answer(wire.PasswordReset),
    async handle({ params, body }, context) {
      const admin = clientAdmin(context, body.logText)
      const { user, reset } = await requestPasswordReset(context.tx, params.userId, context.services, admin)
      return {
        responseData: [
          {
            userId: String(user.userId),
            userName: user.userName,
            emailAddress: toText(user.email),
            passwordResetId: String(reset.resetNumber),
            expiresAt: toInstant(reset.expiresAt),
          },
        ],
      }
    },
  }),
  endpoint({
    ...shared,
    route: 'POST /admin/users/{userId}/endSessions',
    name: 'endUserSessions',
    source: 'own',
    summary: 'Sign a user out everywhere',
    permission: 'user.manage',
    params: wire.UserPath,
    body: wire.Reason,
    reply: answer(z.object({ userId: output.integer(), sessionsEnded: output.integer() })),
    async handle({ params, body }, context) {
      const ended = await endSessions(context.tx, params.userId, clientAdmin(context, body.logText))
      return { responseData: [{ userId: String(params.userId), sessionsEnded: String(ended) }] }
    },
  }),
  endpoint({
    ...operator,
    route: 'POST /admin/operator/users',
    name: 'operatorAddUser',
    source: 'ep-079',
    summary: 'Add a user to any client',
    body: wire.OperatorUserBody,
    reply: answer(wire.UserDetails),
    async handle({ body }, context) {
      const admin = await operatorFor(body.clientName, context, body.logText)
      const user = await inviteUser(context.tx, fromUserBody(body), context.services, admin)
      return { responseData: [await toUserDetails(user, context)] }
    },
  }),
  endpoint({
    ...operator,
    route: 'PUT /admin/operator/users/{userId}',
    name: 'operatorUpdateUser',
    source: 'ep-080',
    summary: 'Change, lock out or unlock a user of any client',
    params: wire.UserPath,
    body: wire.OperatorUserChange,
    reply: answer(wire.UserDetails),
    async handle({ params, body }, context) {
      const admin = await operatorFor(body.clientName, context, body.logText)
      const user = await updateUser(context.tx, { ...params, ...fromUserChange(body) }, admin)
      return { responseData: [await toUserDetails(user, context)] }
    },
  }),
]

function fromUserSearch(body: z.output<typeof wire.UserSearch>) {
  const { userName, displayName, emailAddress: email, statusCode: status, roleId, permissionCode } = body
  return given({ userName, displayName, email, status, roleId, permission: permissionCode })
}

function fromUserBody(body: z.output<typeof wire.UserBody>) {
  const { userName, displayName, emailAddress: email, languageCode: locale, password, roleIds } = body
  return { userName, displayName, email, roleIds, ...given({ locale, password }) }
}

function fromUserChange(body: z.output<typeof wire.UserChange>) {
  const { displayName, emailAddress: email, languageCode: locale, statusCode: status, roleIds } = body
  return given({ displayName, email, locale, status, roleIds })
}

function fromOverride({
  permissionCode: permission,
  overrideCode,
}: z.output<typeof wire.UserPermissionsBody>['permissions'][number]) {
  return { permission, granted: overrideCode === 'none' ? null : overrideCode === 'granted' }
}

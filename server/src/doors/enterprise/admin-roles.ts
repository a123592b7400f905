import type { z } from 'zod'
import {
  addRole,
  assignPermissions,
  deleteRole,
  getClient,
  getRole,
  listRoles,
  updateRole,
} from '../../domain/identity/index.ts'
import * as wire from './admin.wire.ts'
import { clientAdmin, operatorFor } from './admin-act.ts'
import { endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { toRole, toRoleDetails } from './to-admin.ts'
import { answer, fromPaging, Paging, pagedAnswer, toSlice } from './wire.ts'

const shared = { tag: 'Admin', scope: 'client' } as const
const operator = { tag: 'Admin', scope: 'operator', permission: 'operator.manage' } as const

export const adminRoleEndpoints = [
  endpoint({
    ...shared,
    route: 'GET /admin/roles',
    name: 'getRoles',
    source: 'ep-088',
    summary: 'Roles of the client',
    permission: 'role.read',
    query: Paging,
    reply: pagedAnswer(wire.Role),
    async handle({ query }, { tx, caller }) {
      const { code } = await getClient(tx, caller.clientId)
      const roles = await listRoles(tx, caller.clientId)
      return toSlice(
        roles.map((role, index) => toRole(role, index + 1, code)),
        fromPaging(query),
      )
    },
  }),
  endpoint({
    ...shared,
    route: 'GET /admin/roles/{roleId}',
    name: 'getRole',
    source: 'ep-089',
    summary: 'A role with what it holds and who has it',
    permission: 'role.read',
    params: wire.RolePath,
    reply: answer(wire.RoleDetails),
    async handle({ params }, context) {
      const role = await getRole(context.tx, context.caller.clientId, params.roleId)
      return { responseData: [await toRoleDetails(role, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: 'POST /admin/roles',
    name: 'addRole',
    source: 'ep-076',
    summary: 'Add a role out of permissions that the caller holds',
    permission: 'role.manage',
    body: wire.RoleBody,
    reply: answer(wire.RoleDetails),
    async handle({ body }, context) {
      const role = await addRole(context.tx, fromRoleBody(body), clientAdmin(context, body.logText))
      return { responseData: [await toRoleDetails(role, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: 'PUT /admin/roles/{roleId}',
    name: 'updateRole',
    source: 'ep-086',
    summary: 'Rename a role, or say anew what it holds',
    permission: 'role.manage',
    params: wire.RolePath,
    body: wire.RoleChange,
    reply: answer(wire.RoleDetails),
    async handle({ params, body }, context) {
      const change = { ...params, ...fromRoleChange(body) }
      const role = await updateRole(context.tx, change, clientAdmin(context, body.logText))
      return { responseData: [await toRoleDetails(role, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: 'DELETE /admin/roles/{roleId}',
    name: 'deleteRole',
    source: 'ep-075',
    summary: 'Delete a role that nobody has',
    permission: 'role.manage',
    params: wire.RolePath,
    reply: answer(wire.Role),
    async handle({ params }, context) {
      const role = await deleteRole(context.tx, params.roleId, clientAdmin(context))
      const { code } = await getClient(context.tx, role.clientId)
      return { responseData: [toRole(role, 1, code)] }
    },
  }),
  endpoint({
    ...shared,
    route: 'PATCH /admin/roles/{roleId}/permissions',
    name: 'assignPermissionsToRole',
    source: 'ep-074',
    summary: 'Give permissions to a role and take others from it',
    permission: 'role.manage',
    params: wire.RolePath,
    body: wire.RolePermissions,
    reply: answer(wire.RoleDetails),
    async handle({ params, body }, context) {
      const change = { ...params, add: body.assignPermissions, remove: body.removePermissions }
      const role = await assignPermissions(context.tx, change, clientAdmin(context, body.logText))
      return { responseData: [await toRoleDetails(role, context)] }
    },
  }),
  endpoint({
    ...operator,
    route: 'PUT /admin/operator/roles',
    name: 'operatorAddRole',
    source: 'ep-082',
    summary: 'Add a role to any client',
    body: wire.OperatorRoleBody,
    reply: answer(wire.RoleDetails),
    async handle({ body }, context) {
      const admin = await operatorFor(body.clientName, context, body.logText)
      const role = await addRole(context.tx, fromRoleBody(body), admin)
      return { responseData: [await toRoleDetails(role, context)] }
    },
  }),
  endpoint({
    ...operator,
    route: 'PUT /admin/operator/roles/{roleId}',
    name: 'operatorUpdateRole',
    source: 'ep-087',
    summary: 'Change a role of any client',
    params: wire.RolePath,
    body: wire.OperatorRoleChange,
    reply: answer(wire.RoleDetails),
    async handle({ params, body }, context) {
      const admin = await operatorFor(body.clientName, context, body.logText)
      const role = await updateRole(context.tx, { ...params, ...fromRoleChange(body) }, admin)
      return { responseData: [await toRoleDetails(role, context)] }
    },
  }),
]

function fromRoleBody(body: z.output<typeof wire.RoleBody>) {
  const { roleCode, roleName: name, roleDescription: description, permissions } = body
  return { roleCode, name, permissions, ...given({ description }) }
}

function fromRoleChange(body: z.output<typeof wire.RoleChange>) {
  const { roleName: name, roleDescription: description, permissions } = body
  return given({ name, description, permissions })
}

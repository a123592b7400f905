import type { z } from 'zod'
import {
  createPermission,
  editPermission,
  listPermissions,
  type Permission,
  permissionName,
  permissionUse,
} from '../../domain/identity/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Endpoint } from '../../platform/http/endpoint.ts'
import * as wire from './admin.wire.ts'
import { operatorAtHome } from './admin-act.ts'
import { endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { toPermission } from './to-admin.ts'
import { toFlag } from './to-wire.ts'
import { answer, fromPaging, Paging, pagedAnswer, toSlice } from './wire.ts'

/** The permissions of a door are what its endpoints ask for: nobody types one. */
export function adminPermissionEndpoints(registry: () => readonly Endpoint[]): Endpoint[] {
  return [
    ...readEndpoints(registry),
    endpoint({
      route: 'POST /admin/permissions',
      name: 'createPermission',
      source: 'ep-094',
      tag: 'Admin',
      summary: 'Let roles hold a registered permission',
      permission: 'operator.manage',
      scope: 'operator',
      body: wire.PermissionBody,
      reply: answer(wire.InstallationPermission),
      async handle({ body }, context) {
        const registered = registeredOf(registry()).map(([permission]) => permission)
        const wish = { registered, permission: body.permissionCode, ...fromWords(body) }
        const made = await createPermission(context.tx, wish, operatorAtHome(context, body.logText))
        return { responseData: [await toInstalled(context.tx, made, context.caller.permissions)] }
      },
    }),
    endpoint({
      route: 'PATCH /admin/permissions/{permissionId}',
      name: 'editPermission',
      source: 'ep-093',
      tag: 'Admin',
      summary: 'Rename a permission, or take it from everybody',
      permission: 'operator.manage',
      scope: 'operator',
      params: wire.PermissionPath,
      body: wire.PermissionChange,
      reply: answer(wire.InstallationPermission),
      async handle({ params, body }, context) {
        const change = { ...params, ...fromWords(body) }
        const edited = await editPermission(context.tx, change, operatorAtHome(context, body.logText))
        return { responseData: [await toInstalled(context.tx, edited, context.caller.permissions)] }
      },
    }),
  ]
}

function readEndpoints(registry: () => readonly Endpoint[]): Endpoint[] {
  return [
    endpoint({
      route: 'GET /admin/permissions',
      name: 'getPermissions',
      source: 'ep-092',
      tag: 'Admin',
      summary: 'Permissions that roles can hold, and who has them',
      permission: 'role.read',
      scope: 'client',
      query: Paging,
      reply: pagedAnswer(wire.Permission),
      async handle({ query }, { tx, caller }) {
        const use = await permissionUse(tx, caller.clientId)
        const rows = use.map((one, index) => toPermission(one, index + 1, caller.permissions))
        return toSlice(rows, fromPaging(query))
      },
    }),
    endpoint({
      route: 'GET /admin/permissions/registered',
      name: 'getRegisteredPermissions',
      source: 'ep-084',
      tag: 'Admin',
      summary: 'Every permission that an operation asks for, with its operations',
      permission: 'role.read',
      scope: 'client',
      query: Paging,
      reply: pagedAnswer(wire.RegisteredPermission),
      async handle({ query }, { tx }) {
        const rows = toRegistered(registeredOf(registry()), await listPermissions(tx))
        return toSlice(rows, fromPaging(query))
      },
    }),
    endpoint({
      route: 'GET /admin/operator/permissions',
      name: 'operatorGetPermissions',
      source: 'ep-083',
      tag: 'Admin',
      summary: 'Permissions over all clients of the installation',
      permission: 'operator.read',
      scope: 'operator',
      query: Paging,
      reply: pagedAnswer(wire.InstallationPermission),
      async handle({ query }, { tx, caller }) {
        const use = await permissionUse(tx)
        const rows = use.map((one, index) => ({
          ...toPermission(one, index + 1, caller.permissions),
          numberOfClients: String(one.clients),
        }))
        return toSlice(rows, fromPaging(query))
      },
    }),
  ]
}

/** What operations ask for, by permission. */
function registeredOf(endpoints: readonly Endpoint[]): [string, Endpoint[]][] {
  const asking = endpoints.filter(({ permission }) => !['public', 'signed_in'].includes(permission))
  const byPermission = Object.groupBy(asking, ({ permission }) => permission)
  return Object.entries(byPermission)
    .map(([permission, operations]): [string, Endpoint[]] => [permission, operations ?? []])
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function toRegistered(
  registered: readonly [string, Endpoint[]][],
  created: readonly Permission[],
): z.input<typeof wire.RegisteredPermission>[] {
  return registered.map(([code, operations], index) => {
    const permission = created.find((one) => one.permission === code)
    return {
      record: String(index + 1),
      permissionCode: code,
      permissionName: permission?.name ?? permissionName(code),
      createdIndicator: toFlag(permission !== undefined),
      permissionId: String(permission?.permissionId ?? ''),
      operations: operations.map(({ name, route, summary }) => ({
        operationName: name,
        route,
        operationDescription: summary,
      })),
    }
  })
}

function fromWords(body: z.output<typeof wire.PermissionChange>) {
  const { permissionName: name, permissionDescription: description, statusCode } = body
  return given({ name, description, active: statusCode && statusCode === 'active' })
}

async function toInstalled(tx: Tx, { permissionId }: Permission, holds: ReadonlySet<string>) {
  const found = (await permissionUse(tx)).filter((one) => one.permissionId === permissionId)
  const [use] = found as [(typeof found)[number]]
  return { ...toPermission(use, 1, holds), numberOfClients: String(use.clients) }
}

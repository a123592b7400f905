import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { auditTrail } from '../../domain/identity/index.ts'
import { registeredPermissions } from '../index.ts'

const now = '2026-04-02T12:00:00Z'
const { db, owner } = await testDatabase()
const { app } = await testServer(db, now)
const { clientId } = await staffedTown(db)
const operator = doorClient(app, await signedIn(app))

/** Answers the token of a good login. */
async function signIn(userName: string, password: string, clientName = 'town') {
  const answer = await app.inject({
    method: 'POST',
    url: '/enterprise/v3/login',
    headers: { clientName },
    payload: { userName, password },
  })
  return answer.json().responseData?.[0].token.accessToken as string | undefined
}

const listed = (rows: Record<string, unknown>[], name: string, value: string) =>
  rows.find((row) => row[name] === value)

async function addUser(userName: string, roleIds: string[]) {
  const password = 'another-good-password'
  const emailAddress = `${userName}@town.example`
  const body = { userName, displayName: userName, emailAddress, password, roleIds }
  const [user] = await operator.call('POST', '/admin/users', body)
  const token = await signIn(userName, password)
  return {
    userId: user?.userId ?? '',
    password,
    door: doorClient(app, { authorization: `Bearer ${token}` }),
  }
}

async function addRole(roleCode: string, permissions: string[]) {
  const [role] = await operator.call('POST', '/admin/roles', { roleCode, roleName: roleCode, permissions })
  return role?.roleId ?? ''
}

// An administrator who is no operator, and may read bills but not run billing.
const deputyRole = await addRole('deputy', [
  ...['user.read', 'user.manage', 'role.read', 'role.manage', 'bill.read'],
])
const deputy = await addUser('deputy', [deputyRole])

test('every permission comes from the registry, with its operations and who has it', async () => {
  const registered = await operator.call('GET', '/admin/permissions/registered?pageSize=200')
  expect(registered.map((row) => row.permissionCode)).toEqual(registeredPermissions())
  const operations = listed(registered, 'permissionCode', 'operator.read')?.operations
  expect(operations).toEqual([
    {
      operationName: 'operatorGetPermissions',
      route: 'GET /admin/operator/permissions',
      operationDescription: 'Permissions over all clients of the installation',
    },
  ])
  const own = await deputy.door.call('GET', '/admin/permissions?pageSize=200')
  // administrator, deputy, auditor
  expect(listed(own, 'permissionCode', 'user.read')).toMatchObject({
    permissionName: 'User: read',
    statusCode: 'active',
    heldIndicator: 'Y',
    numberOfUsers: '3',
  })
  expect(listed(own, 'permissionCode', 'operator.manage')).toMatchObject({
    heldIndicator: 'N',
    numberOfUsers: '1',
  })
  const all = await operator.call('GET', '/admin/operator/permissions?pageSize=200')
  // and the administrator of the other client, who is no operator there
  expect(listed(all, 'permissionCode', 'user.read')).toMatchObject({
    numberOfUsers: '4',
    numberOfClients: '2',
  })
  expect(listed(all, 'permissionCode', 'operator.manage')).toMatchObject({ numberOfClients: '1' })
  expect(await deputy.door.refused('GET', '/admin/operator/permissions')).toBe('403 permission_missing')
})

test('a permission is renamed, taken from everybody and given back by the operator', async () => {
  const all = await operator.call('GET', '/admin/permissions?pageSize=200')
  const idOf = (code: string) => listed(all, 'permissionCode', code)?.permissionId as string
  const path = `/admin/permissions/${idOf('bill.read')}`
  const off = { permissionName: 'Bills', permissionDescription: 'See bills', statusCode: 'inactive' }
  expect((await operator.call('PATCH', path, off))[0]).toMatchObject({
    permissionName: 'Bills',
    permissionDescription: 'See bills',
    statusDescription: 'Inactive',
    numberOfUsers: '0',
  })
  expect(await deputy.door.refused('GET', '/customers/1/billingPackages/1/bills')).toBe(
    '403 permission_missing',
  )
  await operator.call('PATCH', path, { statusCode: 'active' })
  expect(await deputy.door.call('POST', '/search/bills', {})).toHaveLength(2)
  const refused = (code: string) =>
    operator.refused('PATCH', `/admin/permissions/${idOf(code)}`, { statusCode: 'inactive' })
  expect(await refused('role.manage')).toBe('409 permission_needed')
  expect(await operator.refused('PATCH', path, { statusCode: 'off' })).toBe(
    '400 request_malformed /statusCode',
  )
  expect(await operator.refused('PATCH', '/admin/permissions/9999', {})).toBe('404 permission_not_found')
  const create = (permissionCode: string) =>
    operator.refused('POST', '/admin/permissions', { permissionCode })
  expect(await create('bill.read')).toBe('409 permission_exists')
  expect(await create('bill.invent')).toBe('422 permission_unregistered')
  expect(await deputy.door.refused('PATCH', path, {})).toBe('403 permission_missing')
})

test('a permission that a new operation brings is held by nobody until the operator creates it and gives it out', async () => {
  const permissionCode = 'usage.read'
  await owner.transaction(async (tx) => {
    await tx.deleteFrom('role_permission').where('permission', '=', permissionCode).execute()
    await tx.deleteFrom('permission').where('permission', '=', permissionCode).execute()
  })
  const registered = async () =>
    listed(
      await operator.call('GET', '/admin/permissions/registered?pageSize=200'),
      'permissionCode',
      permissionCode,
    )
  expect(await registered()).toMatchObject({ createdIndicator: 'N', permissionId: '' })
  const give = { clientName: 'town', permissions: [permissionCode] }
  const path = `/admin/operator/roles/${await addRole('meters', [])}`
  expect(await operator.refused('PUT', path, give)).toBe('422 permission_unknown')
  const body = { permissionCode, permissionDescription: 'See readings' }
  const [made] = await operator.call('POST', '/admin/permissions', body)
  expect(made).toMatchObject({ permissionName: 'Usage: read', statusCode: 'active', numberOfRoles: '0' })
  expect(await registered()).toMatchObject({ createdIndicator: 'Y', permissionId: made?.permissionId })
  await operator.call('PUT', path, give)
  const own = await deputy.door.call('GET', '/admin/permissions?pageSize=200')
  expect(listed(own, 'permissionCode', permissionCode)).toMatchObject({
    permissionDescription: 'See readings',
    heldIndicator: 'N',
    numberOfRoles: '1',
  })
})

test('a role is added, changed, given permissions and deleted', async () => {
  const body = { roleCode: 'reader', roleName: 'Reader', permissions: ['bill.read'], logText: 'New desk' }
  const [made] = await deputy.door.call('POST', '/admin/roles', body)
  expect(made).toMatchObject({ roleName: 'Reader', clientName: 'town', numberOfPermissions: '1', users: [] })
  const path = `/admin/roles/${made?.roleId}`
  const change = { roleName: 'Bill reader', roleDescription: 'Reads bills' }
  await deputy.door.call('PUT', path, change)
  await deputy.door.call('PATCH', `${path}/permissions`, {
    assignPermissions: ['user.read'],
    removePermissions: ['bill.read'],
  })
  const [read] = await operator.call('GET', path)
  expect(read).toMatchObject({
    ...change,
    roleCode: 'reader',
    permissions: [{ permissionCode: 'user.read' }],
  })
  const roles = await deputy.door.call('GET', '/admin/roles')
  expect(listed(roles, 'roleCode', 'reader')).toMatchObject({ numberOfUsers: '0', numberOfPermissions: '1' })
  const trail = await auditTrail(db.read, clientId, 'role:reader')
  expect(trail.map((act) => [act.operation, act.actor, act.reason])).toEqual([
    ['addRole', 'user:deputy', 'New desk'],
    ['updateRole', 'user:deputy', null],
    ['updateRole', 'user:deputy', null],
  ])
  const reader = await addUser('reader', [made?.roleId ?? ''])
  expect(await deputy.door.refused('DELETE', path)).toBe('409 role_in_use')
  await deputy.door.call('POST', `${path}/users/${reader.userId}/remove`)
  expect((await deputy.door.call('DELETE', path))[0]).toMatchObject({ roleCode: 'reader' })
  expect(await deputy.door.refused('GET', path)).toBe('404 role_not_found')
})

test('each limit of a role is refused', async () => {
  const body = { roleCode: 'desk', roleName: 'Desk' }
  for (const [change, told] of [
    [{ roleCode: 'Desk 1' }, '422 role_code_malformed'],
    [{ roleCode: 'x'.repeat(51) }, '400 request_malformed /roleCode'],
    [{ roleName: undefined }, '400 request_malformed /roleName'],
    [{ roleCode: 'auditor' }, '409 role_exists'],
    [{ permissions: ['bill.invent'] }, '422 permission_unknown'],
    [{ permissions: ['billRun.manage'] }, '403 permission_not_held'],
    [{ logText: 'x'.repeat(2001) }, '400 request_malformed /logText'],
  ] as const)
    expect(await deputy.door.refused('POST', '/admin/roles', { ...body, ...change }), told).toBe(told)
  const assign = (role: string, permissions: object) =>
    deputy.door.refused('PATCH', `/admin/roles/${role}/permissions`, permissions)
  expect(await assign(deputyRole, {})).toBe('400 request_malformed /assignPermissions')
  expect(await assign(deputyRole, { assignPermissions: ['debt.writeoff'] })).toBe('403 permission_not_held')
  // role 1 is the administrator's
  expect(await assign('1', { removePermissions: ['bill.read'] })).toBe('403 permission_not_held')
  expect(await deputy.door.refused('PUT', '/admin/roles/1', { roleName: 'x' })).toBe(
    '403 permission_not_held',
  )
  expect(await deputy.door.refused('DELETE', '/admin/roles/1')).toBe('403 permission_not_held')
})

test('a user is added, found, changed, disabled and active again', async () => {
  const { userId, password } = await addUser('clerk', [deputyRole])
  const [found] = await deputy.door.call('POST', '/admin/users/search', {
    userName: 'LER',
    roleId: deputyRole,
  })
  expect(found).toMatchObject({ record: '1', userId, emailAddress: 'clerk@town.example', lastLoginAt: now })
  const path = `/admin/users/${userId}`
  const change = { displayName: 'Clara Clerk', emailAddress: 'clara@town.example', languageCode: 'es' }
  await deputy.door.call('PUT', path, { ...change, statusCode: 'disabled' })
  expect((await deputy.door.call('GET', path))[0]).toMatchObject({
    ...change,
    statusCode: 'disabled',
    openSessions: '0',
    permissions: ['bill.read', 'role.manage', 'role.read', 'user.manage', 'user.read'],
  })
  expect(await signIn('clerk', password)).toBeUndefined()
  const disabled = await deputy.door.call('POST', '/admin/users/search', { statusCode: 'disabled' })
  expect(disabled.map((user) => user.userName)).toEqual(['clerk'])
  await deputy.door.call('PUT', path, { statusCode: 'active', roleIds: [] })
  expect(await signIn('clerk', password)).toBeDefined()
  expect((await deputy.door.call('GET', path))[0]).toMatchObject({ roles: [], openSessions: '1' })
  await deputy.door.call('PATCH', `${path}/roles`, { roleIds: [deputyRole] })
  expect((await deputy.door.call('GET', path))[0]?.roles).toMatchObject([{ roleCode: 'deputy' }])
  const [ended] = await deputy.door.call('POST', `${path}/endSessions`)
  expect(ended).toEqual({ userId, sessionsEnded: '1' })
})

test('a locked user is told as such and unlocked', async () => {
  const { userId, password } = await addUser('locked', [])
  for (let attempt = 1; attempt <= 10; attempt++) await signIn('locked', 'not-the-password')
  const found = await deputy.door.call('POST', '/admin/users/search', { statusCode: 'locked' })
  expect(found).toMatchObject([{ userId, statusDescription: 'Locked', lockedUntil: '2026-04-02T12:15:00Z' }])
  await deputy.door.call('PUT', `/admin/users/${userId}`, { statusCode: 'active' })
  expect(await signIn('locked', password)).toBeDefined()
})

test('single permissions are given and denied whatever the roles say', async () => {
  const { userId, door } = await addUser('single', [deputyRole])
  const path = `/admin/users/${userId}/permissions`
  const override = (permissionCode: string, overrideCode: string) =>
    deputy.door.call('PATCH', path, { permissions: [{ permissionCode, overrideCode }] })
  expect(await door.refused('GET', '/admin/roles/99')).toBe('404 role_not_found')
  await override('role.read', 'denied')
  expect(await door.refused('GET', '/admin/roles/99')).toBe('403 permission_missing')
  const why = async () =>
    listed(await deputy.door.call('GET', `${path}?pageSize=200`), 'permissionCode', 'role.read')
  expect(await why()).toMatchObject({
    roleCodes: ['deputy'],
    overrideCode: 'denied',
    effectiveIndicator: 'N',
  })
  await override('role.read', 'none')
  expect(await why()).toMatchObject({ overrideCode: '', effectiveIndicator: 'Y' })
  await deputy.door.call('POST', `/admin/roles/${deputyRole}/users/${userId}/remove`, { logText: 'Moved on' })
  await override('role.read', 'granted')
  expect(await why()).toMatchObject({ roleCodes: [], overrideCode: 'granted', effectiveIndicator: 'Y' })
  expect(await door.refused('GET', '/admin/roles/99')).toBe('404 role_not_found')
})

test('each limit of a user is refused, and nobody reaches beyond the own permissions', async () => {
  const { door } = deputy
  const body = { userName: 'new', displayName: 'New', emailAddress: 'new@town.example' }
  for (const [change, told] of [
    [{ userName: 'a b' }, '422 user_name_malformed'],
    [{ userName: 'AUDITOR' }, '409 user_exists'],
    [{ emailAddress: undefined }, '400 request_malformed /emailAddress'],
    [{ emailAddress: 'new@town' }, '400 request_malformed /emailAddress'],
    [{ displayName: 'x'.repeat(101) }, '400 request_malformed /displayName'],
    [{ languageCode: 'fr' }, '400 request_malformed /languageCode'],
    [{ password: 'short' }, '400 request_malformed /password'],
    [{ roleIds: ['77'] }, '404 role_not_found'],
    [{ roleIds: ['1'] }, '403 permission_not_held'],
  ] as const)
    expect(await door.refused('POST', '/admin/users', { ...body, ...change }), told).toBe(told)
  const own = `/admin/users/${deputy.userId}`
  const override = (permissionCode: string) => ({
    permissions: [{ permissionCode, overrideCode: 'granted' }],
  })
  expect(await door.refused('PATCH', `${own}/permissions`, override('debt.writeoff'))).toBe(
    '403 permission_not_held',
  )
  expect(await door.refused('PATCH', `${own}/permissions`, override('bill.invent'))).toBe(
    '422 permission_unknown',
  )
  expect(await door.refused('PATCH', `${own}/roles`, { roleIds: ['1'] })).toBe('403 permission_not_held')
  expect(await door.refused('PATCH', `${own}/roles`, { roleIds: [] })).toBe('400 request_malformed /roleIds')
  expect(await door.refused('POST', `/admin/roles/1/users/${deputy.userId}/remove`)).toBe('409 role_not_held')
  // user 1 may do more: whoever could change the address or password could sign in as the operator
  for (const act of ['resetPassword', ''] as const)
    expect(await door.refused('PUT', `/admin/users/1/${act}`, {})).toBe('403 permission_not_held')
  expect(await door.refused('POST', '/admin/users/1/endSessions')).toBe('403 permission_not_held')
  expect(await door.refused('PATCH', '/admin/users/1/permissions', override('bill.read'))).toBe(
    '403 permission_not_held',
  )
})

test('the operator administers any client, others only their own', async () => {
  const clientName = 'elsewhere'
  const role = { clientName, roleCode: 'desk', roleName: 'Desk', permissions: ['bill.read', 'user.read'] }
  const [made] = await operator.call('PUT', '/admin/operator/roles', role)
  const roleIds = [made?.roleId ?? '']
  await operator.call('PUT', `/admin/operator/roles/${roleIds[0]}`, { clientName, roleName: 'Front desk' })
  const password = 'another-good-password'
  const emailAddress = 'fay@elsewhere.example'
  const user = { clientName, userName: 'fay', displayName: 'Fay', emailAddress, password, roleIds }
  const [added] = await operator.call('POST', '/admin/operator/users', user)
  const path = `/admin/operator/users/${added?.userId}`
  await operator.call('PUT', path, { clientName, displayName: 'Fay Field' })
  const there = doorClient(app, { authorization: `Bearer ${await signIn('fay', password, clientName)}` })
  expect((await there.call('GET', `/admin/users/${added?.userId}`))[0]).toMatchObject({
    clientName,
    displayName: 'Fay Field',
    roles: [{ roleName: 'Front desk' }],
  })
  expect(await there.refused('PUT', path, { clientName })).toBe('403 permission_missing')
  expect(await operator.refused('PUT', path, { clientName: 'nowhere' })).toBe(
    '404 client_not_found /clientName',
  )
  expect(await operator.refused('PUT', path, {})).toBe('400 request_malformed /clientName')
  // the only administrator there cannot be lost
  const only = (statusCode: string) =>
    operator.refused('PUT', '/admin/operator/users/1', { clientName, statusCode })
  expect(await only('disabled')).toBe('409 administrator_missing')
  const nothing = { clientName, permissions: [] }
  expect(await operator.refused('PUT', '/admin/operator/roles/1', nothing)).toBe('409 administrator_missing')
  // nor can the only operator of the installation
  const operatorRole = listed(await operator.call('GET', '/admin/roles'), 'roleCode', 'operator')?.roleId
  expect(await operator.refused('POST', `/admin/roles/${operatorRole}/users/1/remove`)).toBe(
    '409 administrator_missing',
  )
})

import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testServer } from '../../../test/support/server.ts'
import {
  createClient,
  createStaffUser,
  createStandardRoles,
  forgetSessions,
  sealAudit,
  verifyAudit,
} from '../../domain/identity/index.ts'
import { Temporal } from '../../platform/time.ts'

const now = '2026-03-10T15:00:00Z'
const { db, owner } = await testDatabase()
const { app, wallClock } = await testServer(db, now)
const at = Temporal.Instant.from(now)

const clientId = await db.transaction(async (tx) => {
  const id = await createClient(tx, {
    code: 'river',
    name: 'River Power',
    timeZone: 'America/Denver',
    now: at,
  })
  await createStandardRoles(tx, { clientId: id, permissions: ['bill.read', 'billRun.manage'] })
  for (const [userName, role] of [
    ['ops', 'operations'],
    ['ann', 'auditor'],
  ] as const)
    await createStaffUser(tx, {
      clientId: id,
      userName,
      displayName: userName,
      password: 'a-good-password',
      roles: [role],
      now: at,
    })
  return id
})

async function signIn(password: string, userName = 'ops', client = 'river') {
  return app.inject({
    method: 'POST',
    url: '/enterprise/v3/login',
    headers: { clientName: client },
    payload: { userName, password },
  })
}

async function token(): Promise<string> {
  return (await signIn('a-good-password')).json().responseData[0].token.accessToken
}

function get(path: string, bearer?: string) {
  return app.inject({
    url: `/enterprise/v3${path}`,
    headers: bearer ? { authorization: `Bearer ${bearer}` } : {},
  })
}

test('a login answers a bearer token that opens the door', async () => {
  const answer = await signIn('a-good-password')
  expect(answer.statusCode).toBe(200)
  const [login] = answer.json().responseData
  expect(login.token).toMatchObject({ tokenType: 'Bearer', expiresIn: '43200' })
  const me = await get('/me', login.token.accessToken)
  expect(me.json().responseData[0]).toMatchObject({
    userName: 'ops',
    clientCode: 'river',
    today: '2026-03-10',
    permissions: ['bill.read', 'billRun.manage'],
  })
})

test('wrong password, unknown user and unknown client look alike', async () => {
  const answers = [
    await signIn('not-the-password'),
    await signIn('a-good-password', 'nobody'),
    await signIn('a-good-password', 'ops', 'nowhere'),
  ]
  for (const answer of answers) {
    expect(answer.statusCode).toBe(401)
    expect(answer.json()).toMatchObject({ code: 'login_failed', status: 401, errors: [] })
    expect(answer.headers['content-type']).toContain('application/problem+json')
  }
})

test('a missing client name is told by the name of its header', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/enterprise/v3/login',
    payload: { userName: 'ops' },
  })
  expect(answer.statusCode).toBe(400)
  expect(answer.json().errors).toEqual([
    { pointer: '/clientName', in: 'header', code: 'invalid_union', message: 'is missing' },
    expect.objectContaining({ pointer: '/password', in: 'body' }),
  ])
})

test('a new token ends the old one, and logout ends the new one', async () => {
  const old = await token()
  const renewed = (await get('/login/token', old)).json().responseData[0].token.accessToken
  expect((await get('/me', old)).statusCode).toBe(401)
  expect((await get('/me', renewed)).statusCode).toBe(200)
  const ended = await app.inject({
    method: 'POST',
    url: '/enterprise/v3/logout',
    headers: { authorization: `Bearer ${renewed}` },
  })
  expect(ended.json()).toEqual({ responseData: [{ ended: 'Y' }] })
  expect((await get('/me', renewed)).json().code).toBe('token_invalid')
})

test('a session ends after two unused hours, and twelve hours after login however busy', async () => {
  wallClock.set(now)
  const idle = await token()
  wallClock.set('2026-03-10T16:59:59Z')
  expect((await get('/me', idle)).statusCode).toBe(200)
  wallClock.set('2026-03-10T19:00:00Z')
  expect((await get('/me', idle)).statusCode).toBe(401)
  const busy = await token()
  for (let hour = 20; hour < 31; hour++) {
    wallClock.set(Temporal.Instant.from('2026-03-10T00:00:00Z').add({ hours: hour }).toString())
    expect((await get('/me', busy)).statusCode).toBe(200)
  }
  wallClock.set('2026-03-11T07:00:00Z')
  expect((await get('/me', busy)).statusCode).toBe(401)
  wallClock.set(now)
})

test('sessions are forgotten once they expired before the moment given', async () => {
  const count = async () => (await db.read.selectFrom('session').select('user_id').execute()).length
  await token()
  const before = await count()
  await db.transaction((tx) => forgetSessions(tx, at))
  expect(await count()).toBe(before)
  await db.transaction((tx) => forgetSessions(tx, at.add({ hours: 48 })))
  expect(await count()).toBe(0)
})

test('ten wrong passwords lock the user for fifteen minutes, also for the right one', async () => {
  for (let attempt = 1; attempt <= 10; attempt++) await signIn('not-the-password', 'ann')
  expect((await signIn('a-good-password', 'ann')).json().code).toBe('user_locked')
  wallClock.set('2026-03-10T15:15:01Z')
  expect((await signIn('a-good-password', 'ann')).statusCode).toBe(200)
  wallClock.set(now)
})

test('a flood of logins from one address is slowed down', async () => {
  const answers = []
  for (let attempt = 1; attempt <= 31; attempt++) answers.push(await signIn('a-good-password', 'nobody', 'x'))
  expect(answers.at(-1)?.json()).toMatchObject({ status: 429, code: 'too_many_requests' })
})

test('the audit chain names a seal whose entry was changed, deleted or added', async () => {
  const sealed = await db.transaction((tx) => sealAudit(tx, { clientId, now: at }))
  expect(sealed).toBeGreaterThan(0)
  expect((await verifyAudit(db.read))[0]?.offenders).toEqual([])
  await expect(db.read.deleteFrom('audit_entry').execute()).rejects.toThrow(/permission denied/)
  await owner.transaction(async (tx) => {
    await tx.updateTable('audit_entry').set({ actor: 'user:eve' }).where('audit_id', '=', 1).execute()
    expect((await verifyAudit(tx))[0]?.offenders).toEqual(['client 1, seal 1: an entry was changed'])
    await tx.deleteFrom('audit_entry').where('audit_id', '=', 1).execute()
    expect((await verifyAudit(tx))[0]?.offenders).toEqual([
      `client 1, seal 1: it sealed ${sealed} entries, there are ${sealed - 1}`,
    ])
  })
})

import { afterAll, beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { doorClient } from '../../test/support/door-client.ts'
import { openMailServer } from '../../test/support/mail-server.ts'
import { testServer } from '../../test/support/server.ts'
import { signedIn, staffedTown } from '../../test/support/staffed-town.ts'
import { createMailer } from '../platform/mail.ts'
import { mailPasswordLinks } from './mail-password-links.ts'

const now = '2026-04-02T12:00:00Z'
const { db } = await testDatabase()
const { app, wallClock } = await testServer(db, now)
await staffedTown(db)
const server = await openMailServer()
const mailer = createMailer({ smtpUrl: server.url, from: 'Town Light <staff@town.example>' })
const publicUrl = 'https://bills.town.example/'
const send = (fieldKey = Buffer.alloc(32, 7)) =>
  mailPasswordLinks({ database: db, mailer, fieldKey, publicUrl, wallClock })
const admin = doorClient(app, await signedIn(app))
afterAll(() => {
  mailer.close()
  server.close()
})
beforeEach(() => {
  server.caught.length = 0
  wallClock.set(now)
})

const user = { displayName: 'Ida Lund', languageCode: 'en' }

async function invite(userName: string, over: object = {}): Promise<string> {
  const emailAddress = `${userName}@town.example`
  const [added] = await admin.call('POST', '/admin/users', { ...user, userName, emailAddress, ...over })
  return added?.userId ?? ''
}

const reset = (userId: string) => admin.call('PUT', `/admin/users/${userId}/resetPassword`, {})
const resets = async (userId: string) => {
  const [details] = await admin.call('GET', `/admin/users/${userId}`)
  const links = (details?.passwordResets ?? []) as unknown as { statusCode: string }[]
  return links.map((one) => one.statusCode)
}

/** The token of the link in the last mail. */
function mailedToken(): string {
  const text = server.caught.at(-1)?.parts['text/plain']?.toString() ?? ''
  return /https:\/\/bills\.town\.example\/new-password#([\w-]{43})/.exec(text)?.[1] ?? ''
}

function choose(resetToken: string, newPassword = 'chosen-by-myself') {
  const url = '/enterprise/v3/login/newPassword'
  return app.inject({ method: 'POST', url, payload: { resetToken, newPassword } })
}

async function signIn(userName: string, password: string) {
  const url = '/enterprise/v3/login'
  const payload = { userName, password }
  return (await app.inject({ method: 'POST', url, headers: { clientName: 'town' }, payload })).statusCode
}

test('who is added without a password chooses one by the mailed link, once', async () => {
  const userId = await invite('ida')
  expect(await resets(userId)).toEqual(['waiting'])
  expect(await send()).toBe(1)
  expect(await send()).toBe(0)
  expect(await resets(userId)).toEqual(['mailed'])
  expect(server.caught).toHaveLength(1)
  expect(server.caught[0]?.to).toEqual(['ida@town.example'])
  expect(server.caught[0]?.parts['text/plain']?.toString()).toContain('the user ida of')
  const token = mailedToken()
  expect((await choose(token, 'short')).json()).toMatchObject({
    status: 400,
    errors: [{ pointer: '/newPassword' }],
  })
  expect((await choose(token)).json()).toEqual({ responseData: [{ clientName: 'town', userName: 'ida' }] })
  expect(await signIn('ida', 'chosen-by-myself')).toBe(200)
  expect((await choose(token, 'somebody-elses')).json()).toMatchObject({ status: 422, code: 'link_invalid' })
  expect(await resets(userId)).toEqual(['ended'])
})

test('a reset ends sessions, locks and the old password when its link is used, not before', async () => {
  const userId = await invite('jon', { password: 'the-old-password', languageCode: 'es' })
  const headers = await (async () => {
    const payload = { userName: 'jon', password: 'the-old-password' }
    const url = '/enterprise/v3/login'
    const answer = await app.inject({ method: 'POST', url, headers: { clientName: 'town' }, payload })
    return { authorization: `Bearer ${answer.json().responseData[0].token.accessToken}` }
  })()
  const me = async () => (await app.inject({ url: '/enterprise/v3/me', headers })).statusCode
  expect(await reset(userId)).toEqual([
    {
      userId,
      userName: 'jon',
      emailAddress: 'jon@town.example',
      passwordResetId: '1',
      expiresAt: '2026-04-03T12:00:00Z',
    },
  ])
  await send()
  expect(server.caught[0]?.headers['content-language']).toBe('es')
  expect(await me()).toBe(200)
  for (let attempt = 1; attempt <= 10; attempt++) await signIn('jon', 'not-the-password')
  await choose(mailedToken())
  expect(await me()).toBe(401)
  expect(await signIn('jon', 'the-old-password')).toBe(401)
  expect(await signIn('jon', 'chosen-by-myself')).toBe(200)
})

test('a link ends after a day, by another link, and with its user', async () => {
  const userId = await invite('kim')
  await send()
  const first = mailedToken()
  await reset(userId)
  await send()
  const second = mailedToken()
  expect(second).not.toBe(first)
  expect((await choose(first)).json().code).toBe('link_invalid')
  wallClock.set('2026-04-03T12:00:00Z')
  expect((await choose(second)).json().code).toBe('link_invalid')
  wallClock.set('2026-04-03T11:59:59Z')
  const status = (statusCode: string) =>
    db.transaction((tx) =>
      tx.updateTable('staff_user').set({ status: statusCode }).where('user_name', '=', 'kim').execute(),
    )
  await status('disabled')
  expect((await choose(second)).json().code).toBe('link_invalid')
  await status('active')
  expect((await choose(second)).statusCode).toBe(200)
})

test('nobody gets a link who is disabled or has no address; one that a mailbox refuses is given up', async () => {
  const userId = await invite('lea', { password: 'the-old-password' })
  await admin.call('PUT', `/admin/users/${userId}`, { statusCode: 'disabled' })
  expect(await admin.refused('PUT', `/admin/users/${userId}/resetPassword`, {})).toBe('409 user_disabled')
  // user 2 is the auditor, without an address
  expect(await admin.refused('PUT', '/admin/users/2/resetPassword', {})).toBe('422 email_missing')
  await admin.call('PUT', `/admin/users/${userId}`, { statusCode: 'active' })
  server.answers.set('lea@town.example', '550 no such user')
  await reset(userId)
  expect(await send()).toBe(0)
  expect(await resets(userId)).toEqual(['failed'])
  expect(await send()).toBe(0)
  expect(server.caught).toEqual([])
})

test('a link that was sealed with another key is given up and holds no other back', async () => {
  const lost = await invite('max')
  expect(await send(Buffer.alloc(32, 8))).toBe(0)
  expect(await resets(lost)).toEqual(['failed'])
  await invite('nan')
  expect(await send()).toBe(1)
})

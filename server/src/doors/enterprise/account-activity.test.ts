import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'

const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
await staffedTown(db)
const { call, refused } = doorClient(app, await signedIn(app))
const HOME = '/customers/1/sets/1/accounts/1'

test('activity tells the latest first, and a note is part of it', async () => {
  const log = { logText: 'Asked about the January bill', typeCode: 'call' }
  const [written] = await call('POST', `${HOME}/logs`, log)
  expect(written).toMatchObject({
    ...log,
    accountNumber: '00000001-01-0001',
    userId: 'user:administrator',
    createdTimeStamp: '2026-04-02T12:00:00Z',
  })
  const [first] = await call('GET', `${HOME}/activity?typeCode=contact`)
  expect(first).toMatchObject({
    record: '1',
    typeCode: 'contact',
    activityCode: 'call',
    activityDescription: 'Call',
    detailDescription: log.logText,
    activityDate: '2026-04-02',
    userId: 'user:administrator',
  })
  const bills = await call('GET', `${HOME}/activity?typeCode=bill`)
  // 9.00 + 44.64 + 2.68
  expect(bills).toMatchObject([
    { activityCode: 'billCompleted', amount: '56.32', id: '1', statusCode: 'complete' },
  ])
  expect(await call('GET', '/customers/2/sets/1/accounts/1/activity?typeCode=contact')).toEqual([])
})

test('activity pages without losing or repeating anything', async () => {
  const whole = await call('GET', `${HOME}/activity?pageSize=200`)
  expect(whole.map((one) => one.activityDate)).toEqual(
    whole
      .map((one) => one.activityDate)
      .toSorted()
      .reverse(),
  )
  let before = ''
  for (const { cursor } of whole) {
    const [next] = await call('GET', `${HOME}/activity?pageSize=1${before}`)
    expect(next?.cursor).toBe(cursor)
    before = `&before=${encodeURIComponent(cursor ?? '')}`
  }
  expect(await call('GET', `${HOME}/activity?pageSize=1${before}`)).toEqual([])
})

test.each([
  ['typeCode=rumour', '400 request_malformed /typeCode'],
  ['pageSize=201', '400 request_malformed /pageSize'],
  ['pageSize=0', '400 request_malformed /pageSize'],
  ['before=yesterday', '400 cursor_malformed /before'],
])('activity by %s is refused', async (query, refusal) => {
  expect(await refused('GET', `${HOME}/activity?${query}`)).toBe(refusal)
})

test.each([
  [{}, '400 request_malformed /logText'],
  [{ logText: 'x'.repeat(2001) }, '400 request_malformed /logText'],
  [{ logText: 'x', typeCode: 'system' }, '400 request_malformed /typeCode'],
])('a note of %j is refused', async (body, refusal) => {
  expect(await refused('POST', `${HOME}/logs`, body)).toBe(refusal)
})

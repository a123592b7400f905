import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'

import { Temporal } from '../time.ts'
import { forgetKeys } from './idempotency.ts'

const { db } = await testDatabase()
const { app } = await testServer(db, '2026-07-02T12:00:00Z')
await staffedTown(db)
const administrator = await signedIn(app)

const USAGES = '/enterprise/v3/customers/1/sets/1/accounts/1/usages'

function postUsage(key: string | undefined, body: object = {}, headers = administrator) {
  return app.inject({
    method: 'POST',
    url: USAGES,
    headers: { ...headers, ...(key === undefined ? {} : { 'idempotency-key': key }) },
    payload: {
      beginReadDate: '2026-04-01',
      endReadDate: '2026-05-01',
      usageNumber: 412.625,
      unitMeasureDescription: 'KH',
      productTransferType: 'SU',
      ...body,
    },
  })
}

const countUsages = async () =>
  (await db.read.selectFrom('usage').select('usage_id').where('source', '=', 'posted').execute()).length
const countAudits = async () =>
  (await db.read.selectFrom('audit_entry').select('audit_id').where('operation', '=', 'postUsage').execute())
    .length

test('the same key and body act once and answer alike', async () => {
  const first = await postUsage('key-1')
  const again = await postUsage('key-1')
  expect(first.statusCode, first.body).toBe(200)
  expect(again.json()).toEqual(first.json())
  expect(first.headers['idempotency-replayed']).toBeUndefined()
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect(await countUsages()).toBe(1)
  expect(await countAudits()).toBe(1)
})

test('the same key with another body is refused', async () => {
  const other = await postUsage('key-1', { usageNumber: 1 })
  expect(other.json()).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
})

test('a key belongs to its caller', async () => {
  const other = await postUsage('key-1', {}, await signedIn(app, 'service'))
  expect(other.json()).toMatchObject({ status: 409, code: 'usage_overlaps' })
})

test('a refused act leaves no key behind, so that the corrected request may use it', async () => {
  const wrong = await postUsage('key-2', {
    beginReadDate: '2026-05-01',
    endReadDate: '2026-06-01',
    unitMeasureDescription: 'litres of hope',
  })
  expect(wrong.statusCode).toBe(422)
  const corrected = await postUsage('key-2', { beginReadDate: '2026-05-01', endReadDate: '2026-06-01' })
  expect(corrected.statusCode, corrected.body).toBe(200)
})

test('two requests with one key at once act once', async () => {
  const body = { beginReadDate: '2026-06-01', endReadDate: '2026-07-01' }
  const before = await countUsages()
  const answers = await Promise.all(Array.from({ length: 6 }, () => postUsage('key-3', body)))
  expect(answers.map((answer) => answer.statusCode).filter((status) => ![200, 409].includes(status))).toEqual(
    [],
  )
  for (const answer of answers.filter(({ statusCode }) => statusCode === 409))
    expect(answer.json().code).toBe('request_running')
  expect(answers.some((answer) => answer.statusCode === 200)).toBe(true)
  expect(await countUsages()).toBe(before + 1)
})

test('a forgotten key is a new one', async () => {
  await db.transaction((tx) => forgetKeys(tx, Temporal.Instant.from('2026-07-02T11:00:00Z')))
  expect((await postUsage('key-1')).headers['idempotency-replayed']).toBe('true')
  await db.transaction((tx) => forgetKeys(tx, Temporal.Instant.from('2026-07-02T13:00:00Z')))
  expect((await postUsage('key-1')).json().code).toBe('usage_overlaps')
})

test('a key that cannot be one is refused', async () => {
  expect((await postUsage('x'.repeat(256))).json()).toMatchObject({
    status: 400,
    errors: [{ pointer: '/Idempotency-Key', in: 'header' }],
  })
})

test('every answer carries its correlation id, the caller’s own when it sends one', async () => {
  const own = await app.inject({ url: '/livez', headers: { 'x-correlation-id': 'call-0001-0002' } })
  expect(own.headers['x-correlation-id']).toBe('call-0001-0002')
  const made = await app.inject({ url: '/livez', headers: { 'x-correlation-id': 'a b\tc' } })
  expect(made.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/)
})

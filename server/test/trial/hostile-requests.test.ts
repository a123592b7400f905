import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { testServer } from '../support/server.ts'
import { signedIn, staffedTown } from '../support/staffed-town.ts'
import { broken } from '../support/verified.ts'

/** The town's January is billed; the clock stands at noon of 2 April 2026, so that no day after 3 April has begun. */
const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
await staffedTown(db)
const headers = await signedIn(app)

const ACCOUNT = '/enterprise/v3/customers/1/sets/1/accounts/1'

async function send(method: 'POST' | 'PUT' | 'GET', url: string, payload?: object | string) {
  const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, mediaType: answer.headers['content-type'], ...answer.json() }
}

const usage = {
  beginReadDate: '2026-03-01',
  endReadDate: '2026-04-01',
  usageNumber: '500',
  unitMeasureDescription: 'kWh',
  productTransferType: 'SU',
}

test('usage that nobody can have measured yet is refused', async () => {
  for (const endReadDate of ['2026-04-04', '2027-01-01', '9999-12-31'])
    expect(await send('POST', `${ACCOUNT}/usages`, { ...usage, endReadDate })).toMatchObject({
      status: 422,
      code: 'usage_in_future',
    })
})

test('a negative quantity is refused, delivered or received', async () => {
  for (const quantity of [{ usageNumber: '-50' }, { netMeteringUsageNumber: '-0.001' }])
    expect(await send('POST', `${ACCOUNT}/usages`, { ...usage, ...quantity })).toMatchObject({
      status: 422,
      code: 'quantity_negative',
    })
})

test('a charge up to a day still to come is refused at once, however far the day is', async () => {
  for (const effectiveDate of ['2026-04-04', '9999-12-31'])
    expect(await send('PUT', `${ACCOUNT}/charge`, { effectiveDate })).toMatchObject({
      status: 422,
      code: 'charge_in_future',
    })
})

test('an address that cannot be decoded gets a problem like any other', async () => {
  expect(await send('GET', '/enterprise/v3/customers/%E0%A4%A')).toMatchObject({
    status: 400,
    mediaType: expect.stringContaining('application/problem+json'),
    code: 'request_malformed',
  })
})

test('nothing of this reached the books', async () => {
  const posted = await db.read.selectFrom('usage').select('usage_id').where('source', '=', 'posted').execute()
  expect(posted).toEqual([])
  expect(await broken(db)).toEqual([])
})

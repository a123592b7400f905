import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'

/** January of homes 1 and 2 is charged with usage 1. */
const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
await staffedTown(db)
const { call, refused } = doorClient(app, await signedIn(app))
const HOME = '/customers/1/sets/1/accounts/1'

test('usage that no charge holds is cancelled, and can be posted again', async () => {
  const march = {
    beginReadDate: '2026-03-01',
    endReadDate: '2026-04-01',
    usageNumber: '812',
    unitMeasureDescription: 'kWh',
    productTransferType: 'SU',
  }
  const [posted] = await call('POST', `${HOME}/usages`, march)
  const path = `${HOME}/usages/${posted?.usageId}/cancel`
  expect(await refused('POST', `/customers/2/sets/1/accounts/1/usages/${posted?.usageId}/cancel`, {})).toBe(
    '404 usage_unknown',
  )
  const [cancelled] = await call('POST', path, { logText: 'Read of the wrong meter' })
  expect(cancelled).toEqual({
    customerId: '1',
    customerAccountId: '1',
    accountPackageId: '1',
    accountNumber: '00000001-01-0001',
    usageId: posted?.usageId,
    beginReadDate: '2026-03-01',
    endReadDate: '2026-04-01',
    sourceCode: 'posted',
    statusCode: 'cancelled',
    statusDescription: 'Cancelled',
  })
  const usages = await call('GET', `${HOME}/usage`)
  const live = usages.filter((one) => one.statusCode !== 'cancelled')
  expect(live.map((one) => one.beginReadDate)).toEqual(['2026-01-01'])
  expect(await refused('POST', path, {})).toBe('409 usage_state')
  const [again] = await call('POST', `${HOME}/usages`, march)
  expect(again).toMatchObject({ statusCode: 'ready' })
  expect(await call('GET', `${HOME}/timeline?kinds=contact`)).toHaveLength(1)
})

test('charged usage is not cancelled before its charge', async () => {
  expect(await refused('POST', `${HOME}/usages/1/cancel`, {})).toBe('409 usage_state')
})

test.each([
  [`${HOME}/usages/123456789/cancel`, {}, '400 request_malformed /usageId'],
  [`${HOME}/usages/1/cancel`, { logText: 'x'.repeat(2001) }, '400 request_malformed /logText'],
  [`${HOME}/usages/99/cancel`, {}, '404 usage_unknown'],
])('%s with %j is refused', async (path, body, refusal) => {
  expect(await refused('POST', path, body)).toBe(refusal)
})

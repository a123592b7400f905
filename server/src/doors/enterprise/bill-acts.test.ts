import { expect, test } from 'vitest'
import { ACTOR, NOW } from '../../../test/support/billed-town.ts'
import { closeBooks } from '../../../test/support/closed-books.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { broken } from '../../../test/support/verified.ts'
import { collectDebt } from '../../domain/collections/index.ts'

/** Home 1's January is billed: bill 1 of 56.32, due in February. Home 2's too. */
const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
const town = await staffedTown(db)
const headers = await signedIn(app)
const BILLS = '/customers/1/billingPackages/1/bills'

async function send(method: 'GET' | 'POST', path: string, payload?: object) {
  const url = `/enterprise/v3${path}`
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) })
  return { status: answer.statusCode, ...answer.json() }
}

async function done(method: 'GET' | 'POST', path: string, payload?: object) {
  const answer = await send(method, path, payload)
  expect(answer.status, JSON.stringify(answer)).toBe(200)
  return answer.responseData
}

const FEBRUARY = { billDate: '2026-03-02', endDate: '2026-03-01' }

test('what is done to collect a bill is listed with it, and in the work list', async () => {
  const context = { database: db, clock: () => NOW, actor: ACTOR }
  await collectDebt(context, { clientId: town.clientId, day: '2026-04-02' })
  const steps = await done('GET', `${BILLS}/1/collectionSteps`)
  expect(steps.length).toBeGreaterThan(1)
  expect(steps[0]).toMatchObject({
    record: '1',
    customerName: 'Home Number 1',
    billingPackageId: '1',
    collectionAssignmentId: '1',
    arrearsAmount: '56.32',
    processStatusCode: 'active',
    processStartDate: '2026-04-02',
  })
  const found = await done('POST', '/search/collectionSteps', { customerId: '1' })
  expect(found).toEqual(steps)
  const pending = { customerId: '1', statusCode: 'pending', waitingFlag: 'N' }
  const waiting = await done('POST', '/search/collectionSteps', pending)
  expect(waiting.every((step: { statusCode: string }) => step.statusCode === 'pending')).toBe(true)
  const both = await send('POST', '/search/collectionSteps', { pageSize: '1', page: '2' })
  expect(both.responseData).toHaveLength(1)
  expect(Number(both.pagination.totalRecords)).toBe(steps.length * 2)
})

test.each([
  [{ typeCode: 'shouting' }, '/typeCode'],
  [{ dueDateFrom: 'soon' }, '/dueDateFrom'],
  [{ customerId: '123456789' }, '/customerId'],
])('a search for collection steps by %j is refused', async (body, pointer) => {
  const answer = await send('POST', '/search/collectionSteps', body)
  expect(answer).toMatchObject({ status: 400, errors: [{ pointer }] })
})

test('a bill is begun, completed under its number, and cancelled with its charges', async () => {
  const [begun] = await done('POST', BILLS, { statusCode: 'pending', billDate: '2026-03-02' })
  expect(begun).toMatchObject({ billId: '2', statusCode: 'pending', charges: [] })
  expect(await send('POST', BILLS, { statusCode: 'pending' })).toMatchObject({
    status: 409,
    code: 'bill_unfinished',
  })
  const [bill] = await done('POST', BILLS, { ...FEBRUARY, logText: 'Customer asked for it' })
  // February: 28 x 24 h x 0.6 kWh = 403.2 kWh x 0.10 = 40.32; + 9.00 = 49.32; 5 % = 2.466 -> 2.47; 51.79
  expect(bill).toMatchObject({
    billId: '2',
    statusCode: 'complete',
    chargesAmount: '51.79',
    previousBalanceAmount: '56.32',
    amountDueAmount: '108.11',
  })
  expect((await done('GET', BILLS))[0]).toMatchObject({ billId: '2', billDate: '2026-03-02' })

  const [valid] = await done('GET', `${BILLS}/2/cancel/validate`)
  expect(valid).toMatchObject({ validFlag: 'Y', reasonCode: '', chargesAmount: '51.79', paidAmount: '0.00' })
  expect(valid.charges).toMatchObject([{ accountNumber: '00000001-01-0001', amount: '51.79' }])
  const [cancelled] = await done('POST', `${BILLS}/2/cancel`, { logText: 'Wrong month' })
  expect(cancelled.statusCode).toBe('cancelled')
  const [summary] = await done('GET', '/customers/1/summaryInfo')
  expect(summary.currentBalanceAmount).toBe('56.32')
  expect(await send('POST', `${BILLS}/2/cancel`, { logText: 'Again' })).toMatchObject({
    status: 409,
    code: 'bill_state',
  })
  const [after] = await done('GET', `${BILLS}/2/cancel/validate`)
  expect(after).toMatchObject({ validFlag: 'N', reasonCode: 'bill_state' })
})

test('a bill that was begun and never completed is dropped', async () => {
  const [begun] = await done('POST', BILLS, { statusCode: 'pending' })
  const path = `${BILLS}/${begun.billId}/cancel`
  expect((await done('GET', `${path}/validate`))[0]).toMatchObject({ validFlag: 'Y', charges: [] })
  expect((await done('POST', path, { logText: 'Not needed' }))[0]).toMatchObject({ statusCode: 'cancelled' })
})

test('only the latest bill is cancelled', async () => {
  const [bill] = await done('POST', BILLS, FEBRUARY)
  const [valid] = await done('GET', `${BILLS}/1/cancel/validate`)
  expect(valid).toMatchObject({ validFlag: 'N', reasonCode: 'bill_not_latest' })
  expect(await send('POST', `${BILLS}/1/cancel`, { logText: 'No' })).toMatchObject({
    code: 'bill_not_latest',
  })
  expect(bill.statusCode).toBe('complete')
})

test.each([
  ['a day to come', { cancelDate: '2026-04-03' }, 'date_in_future'],
  ['no reason', { logText: undefined }, 'request_malformed'],
  ['no day', { cancelDate: '2026-02-30' }, 'request_malformed'],
])('cancelling a bill with %s is refused', async (_, wrong, code) => {
  const body = { logText: 'Wrong', ...wrong }
  expect(await send('POST', `${BILLS}/1/cancel`, body)).toMatchObject({ code })
})

test.each([
  [{ billDate: '2026-04-03' }, 'date_in_future'],
  [{ billDate: '2026-04-02', endDate: '2026-04-03' }, 'date_in_future'],
  [{ statusCode: 'printed' }, 'request_malformed'],
  [{ billDate: 'today' }, 'request_malformed'],
])('a bill with %j is refused', async (body, code) => {
  expect(await send('POST', BILLS, body)).toMatchObject({ code })
})

test('closed books are told before a bill is cancelled', async () => {
  await db.transaction((tx) => closeBooks(tx, { clientId: town.clientId, through: '2026-01' }))
  const path = '/customers/2/billingPackages/1/bills/1/cancel'
  const [early] = await done('GET', `${path}/validate?cancelDate=2026-01-31`)
  expect(early).toMatchObject({ validFlag: 'N', reasonCode: 'period_closed' })
  expect((await done('GET', `${path}/validate`))[0]).toMatchObject({ validFlag: 'Y' })
  const body = { cancelDate: '2026-01-31', logText: 'Too early' }
  expect((await send('POST', path, body)).status).toBe(422)
})

test('nothing of the books is broken', async () => {
  expect(await broken(db)).toEqual([])
})

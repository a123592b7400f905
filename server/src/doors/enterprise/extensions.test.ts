import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { broken } from '../../../test/support/verified.ts'

const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
await staffedTown(db)
const { call, refused } = doorClient(app, await signedIn(app))
const HOME = '/customers/1/sets/1/accounts/1'
const PATH = `${HOME}/payExtensions`

const wish = {
  requestedByName: 'Home Number 1',
  extensionAmount: '50.00',
  note: 'Paid on Friday',
  schedules: [
    { sequence: '2', amount: '30.00', date: '2026-04-24' },
    { sequence: '1', amount: '20.00', date: '2026-04-10' },
  ],
}

test('what can be promised is told with the limits, promised, listed and dropped', async () => {
  // Home 1 owes 56.32 since 2026-02-22.
  const [terms] = await call('GET', PATH)
  expect(terms).toEqual({
    totalCharges: '56.32',
    pastDueCharges: '56.32',
    depoistCharges: '0.00',
    depositCharges: '0.00',
    maximumSchedules: '3',
    frontLoad: 'Y',
    maximumExtensionDays: '60',
    minimumExtensionAmount: '10.00',
    eligibleAmount: '56.32',
    firstSchedulePercent: '25',
    eligibleIndicator: 'Y',
    reasonCode: '',
    reasonDescription: '',
  })
  expect(await call('GET', `${HOME}//payExtensions`)).toEqual([terms])
  const [made] = await call('POST', PATH, wish)
  const { paymentExtensionId: id } = made ?? {}
  expect(made?.logId).toMatch(/^\d+$/)
  const [listed] = await call('GET', `${HOME}/paymentExtensions`)
  expect(listed).toMatchObject({
    record: '1',
    paymentExtensionId: id,
    accountNumber: '00000001010001',
    extensionAmount: '50.00',
    receivedAmount: '0.00',
    statusDate: '2026-04-02',
    statusDescription: 'Active',
    requestedByName: 'Home Number 1',
    logText: 'Paid on Friday',
    schedules: [
      { scheduleAmount: '20.00', dueDate: '2026-04-10', statusCode: 'planned' },
      { scheduleAmount: '30.00', dueDate: '2026-04-24' },
    ],
  })
  expect((await call('GET', PATH))[0]).toMatchObject({ eligibleIndicator: 'N', reasonCode: 'promise_live' })
  expect(await refused('POST', PATH, wish)).toBe('409 promise_live')
  const change = { schedules: [{ sequence: 1, amount: '50', date: '2026-04-30' }] }
  await call('PUT', `${HOME}/contracts/${id}`, change)
  expect(await refused('PUT', `${HOME}/contracts/${id}`, { schedulesNumber: 2 })).toBe(
    '400 contract_change_missing',
  )
  const cancel = `${HOME}/paymentExtension/${id}/cancel`
  expect(await refused('PUT', cancel, {})).toBe('400 request_malformed /logText')
  const [over] = await call('PUT', cancel, { logText: 'Paid by a relative' })
  expect(over).toMatchObject({ statusCode: 'cancelled', statusDate: '2026-04-02' })
  expect(await refused('PUT', cancel, { logText: 'Again' })).toBe('409 contract_state')
  expect((await call('GET', `${HOME}/paymentExtensions`))[0]).toMatchObject({ statusCode: 'cancelled' })
})

test('a deposit that is asked for is told apart', async () => {
  const deposit = { contractAmount: '30.00', reasonCode: 'credit', dueDate: '2026-04-20' }
  await call('POST', `${HOME}/depositContracts`, deposit)
  const [terms] = await call('GET', PATH)
  expect(terms).toMatchObject({ totalCharges: '56.32', depoistCharges: '30.00', eligibleAmount: '56.32' })
})

test('an extension is found only through the account that it is about', async () => {
  const [made] = await call('POST', PATH, wish)
  const [deposit] = await call('GET', `${HOME}/contracts?typeCode=deposit`)
  const [, set = '', inSet = ''] = (deposit?.contractAccountNumber ?? '').split('-').map(Number)
  const sibling = `/customers/1/sets/${set}/accounts/${inSet}`
  expect(await call('GET', `${sibling}/contracts`)).toMatchObject([{ contractId: deposit?.contractId }])
  expect(await call('GET', `${sibling}/paymentExtensions`)).toEqual([])
  const cancel = (path: string, id = made?.paymentExtensionId) =>
    refused('PUT', `${path}/paymentExtension/${id}/cancel`, { logText: 'No' })
  expect(await cancel(sibling)).toBe('404 contract_unknown')
  expect(await cancel('/customers/2/sets/1/accounts/1')).toBe('404 contract_unknown')
  expect(await cancel(HOME, deposit?.contractId)).toBe('404 contract_unknown')
  await call('PUT', `${HOME}/paymentExtension/${made?.paymentExtensionId}/cancel`, { logText: 'Paid' })
})

test('each limit of an extension is refused with its field', async () => {
  const part = { sequence: 1, amount: '50.00', date: '2026-04-10' }
  const schedule = (one: object) => ({ schedules: [{ ...part, ...one }] })
  for (const [change, told] of [
    [{ requestedByName: undefined }, '400 request_malformed /requestedByName'],
    [{ note: undefined }, '400 request_malformed /note'],
    [{ extensionAmount: '12345678901' }, '400 request_malformed /extensionAmount'],
    [{ extensionAmount: '50.001' }, '400 request_malformed /extensionAmount'],
    [{ schedules: [] }, '400 request_malformed /schedules'],
    [{ schedules: [part, part] }, '400 request_malformed /schedules'],
    [schedule({ sequence: '100' }), '400 request_malformed /schedules/0/sequence'],
    [schedule({ amount: '1.234' }), '400 request_malformed /schedules/0/amount'],
    [schedule({ date: '10.4.2026' }), '400 request_malformed /schedules/0/date'],
    [schedule({ date: '2026-04-01' }), '422 schedule_order'],
    [schedule({ date: '2026-06-02' }), '422 schedule_too_far'],
    [schedule({ amount: '40.00' }), '422 schedule_sum'],
    [{ extensionAmount: '60.00', ...schedule({ amount: '60.00' }) }, '422 promise_above_debt'],
  ] as const)
    expect(await refused('POST', PATH, { ...wish, ...change }), told).toBe(told)
  const cancel = (id: string) => refused('PUT', `${HOME}/paymentExtension/${id}/cancel`, { logText: 'No' })
  expect(await cancel('77')).toBe('404 contract_unknown')
  expect(await cancel('1000')).toBe('400 request_malformed /paymentExtensionId')
  expect(await broken(db)).toEqual([])
})

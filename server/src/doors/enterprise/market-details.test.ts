import { expect, test } from 'vitest'
import { NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { broken } from '../../../test/support/verified.ts'
import { startAgreement } from '../../domain/agreements/index.ts'

/** Today is 2026-04-02. Agreement 2 of homes 1 and 2 has an account number of the utility: LDC-1, LDC-2. */
const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
const town = await staffedTown(db)
for (const [index, { customerId, accountNumber }] of town.homes.entries())
  await db.transaction((tx) =>
    startAgreement(tx, {
      customerId,
      accountNumber,
      startDate: '2026-01-01',
      serviceKind: 'gas',
      externalAccount: `LDC-${index + 1}`,
      now: NOW,
    }),
  )
const { call, refused } = doorClient(app, await signedIn(app))
const GAS = '/customers/1/sets/1/accounts/2'
const DETAILS = `${GAS}/marketDetails`

test('the bill method and the account number of the utility are market details', async () => {
  const details = await call('GET', DETAILS)
  expect(details).toMatchObject([
    {
      record: '1',
      marketDetailId: '1',
      typeDescription: 'Bill Method',
      value: 'utility',
      startDate: '2026-01-01',
    },
    { record: '2', marketDetailId: '2', typeDescription: 'LDC Account Number', value: 'LDC-1', endDate: '' },
  ])
  expect((await call('GET', `${DETAILS}/1`))[0]).toMatchObject({
    canShowEndDate: 'false',
    billMethodDescription: 'utility',
    billMethodDescriptionChoices: 'utility,bill_ready,rate_ready,dual',
    ldcAccountNumber: 'LDC-1',
    processedIndicator: 'Y',
    interruptibleIndicator: 'N',
    effectiveDate: '2026-01-01',
  })
})

test('another bill method is the one that the account is billed by', async () => {
  const change = { startDate: '2026-02-01', value: 'rate_ready', logText: 'Agreed with the utility' }
  expect((await call('POST', `${DETAILS}/1`, change))[0]).toMatchObject({
    value: 'rate_ready',
    startDate: '2026-02-01',
    billMethodDescription: 'rate_ready',
  })
  expect((await call('GET', GAS))[0]).toMatchObject({ billMethodDescription: 'Rate ready' })
  expect(await call('GET', `${GAS}/activity?typeCode=contact`)).toHaveLength(1)
})

test('an account number is corrected, ended, and taken up again', async () => {
  const dates = { startDate: '2026-01-01' }
  expect((await call('POST', `${DETAILS}/2`, { ...dates, value: 'LDC-9' }))[0]).toMatchObject({
    canShowEndDate: 'true',
    ldcAccountNumber: 'LDC-9',
  })
  const ended = await call('PUT', `${DETAILS}/2/dates`, { ...dates, endDate: '2026-03-01' })
  expect(ended[0]).toMatchObject({ value: 'LDC-9', endDate: '2026-03-01', ldcAccountNumber: '' })
  const [again] = await call('PUT', `${DETAILS}/2/dates`, dates)
  expect(again).toMatchObject({ value: 'LDC-9', endDate: '', ldcAccountNumber: 'LDC-9' })
  expect(await refused('POST', `${DETAILS}/2`, { ...dates, value: 'LDC-2' })).toBe(
    '409 external_account_taken',
  )
  expect(await call('GET', DETAILS)).toHaveLength(2)
})

test('a number that was corrected is free for another account', async () => {
  const second = '/customers/2/sets/1/accounts/2/marketDetails/2'
  const [taken] = await call('POST', second, { startDate: '2026-01-01', value: 'LDC-1' })
  expect(taken).toMatchObject({ ldcAccountNumber: 'LDC-1' })
  const [freed] = await call('POST', `${DETAILS}/2`, { startDate: '2026-01-01', value: 'LDC-2' })
  expect(freed).toMatchObject({ ldcAccountNumber: 'LDC-2' })
})

const WHOLE = { startDate: '2026-01-01', value: 'dual' }
test.each([
  ['1', { ...WHOLE, value: 'carrier pigeon' }, '422 market_value /value'],
  ['2', { ...WHOLE, value: 'a/b' }, '422 market_value /value'],
  ['1', { ...WHOLE, endDate: '2026-03-01' }, '422 detail_without_end /endDate'],
  ['2', { ...WHOLE, endDate: '2026-04-03' }, '422 date_in_future /endDate'],
  ['2', { ...WHOLE, endDate: '2026-01-01' }, '422 end_before_start'],
  ['1', { ...WHOLE, startDate: '2026-04-03' }, '422 date_in_future /startDate'],
  ['1', { ...WHOLE, startDate: '2025-12-31' }, '422 detail_before_agreement /startDate'],
  ['1', { startDate: '2026-01-01' }, '400 request_malformed /value'],
  ['1', { value: 'dual' }, '400 request_malformed /startDate'],
  ['1', { ...WHOLE, endDate: 'never' }, '400 request_malformed /endDate'],
  ['12345', WHOLE, '400 request_malformed /marketDetailId'],
  ['9', WHOLE, '404 market_detail_unknown'],
])('market detail %s with %j is refused', async (id, body, refusal) => {
  expect(await refused('POST', `${DETAILS}/${id}`, body)).toBe(refusal)
})

test('nothing is broken', async () => {
  expect(await broken(db)).toEqual([])
})

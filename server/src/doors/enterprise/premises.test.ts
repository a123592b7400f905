import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'

const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
await staffedTown(db)
const { call, refused } = doorClient(app, await signedIn(app))

test('a premise tells its address, its meters, and whom it serves', async () => {
  const [premise] = await call('GET', '/premises/1')
  expect(premise).toMatchObject({
    premiseId: '1',
    typeCode: 'house',
    addressLine1: '1 Elm St',
    addressLine2: '',
    city: 'Springfield',
    latitude: '',
    servicePoints: [
      {
        packageId: '1',
        serviceTypeDescription: 'Electricity',
        meterNumbers: ['M-1001'],
        accounts: [{ accountNumber: '00000001-01-0001', statusCode: 'active', endDate: '' }],
      },
    ],
  })
})

test('an address that is put right is found by its new words, and told with the account', async () => {
  const change = {
    addressLine1: '12 Ñandú Way',
    addressLine2: 'Unit 4',
    typeCode: 'apartment',
    latitude: '39.8',
    longitude: '-89.65',
    logText: 'Renumbered by the city',
  }
  const [changed] = await call('PUT', '/premises/1', change)
  const { logText, ...told } = change
  expect(changed).toMatchObject({
    ...told,
    latitude: '39.800000',
    longitude: '-89.650000',
    city: 'Springfield',
  })
  const [account] = await call('GET', '/customers/1/sets/1/accounts/1')
  expect(account).toMatchObject({ serviceAddress: { addressLine1: '12 Ñandú Way', addressLine2: 'Unit 4' } })
  const rows = await db.read.selectFrom('premise').select('search_address').execute()
  expect(rows.some((row) => row.search_address.includes('12 nandu way'))).toBe(true)
  const audited = await db.read
    .selectFrom('audit_entry')
    .select(['reason', 'detail'])
    .where('operation', '=', 'changePremise')
    .execute()
  expect(audited).toMatchObject([{ reason: logText, detail: { line1: '12 Ñandú Way' } }])
  const [single] = await call('PUT', '/premises/1', { addressLine2: '' })
  expect(single).toMatchObject({ addressLine1: '12 Ñandú Way', addressLine2: '' })
})

test.each([
  ['nothing', {}, '400 request_malformed '],
  ['no street', { addressLine1: '' }, '400 request_malformed /addressLine1'],
  ['a blank street', { addressLine1: '   ' }, '400 request_malformed /addressLine1'],
  ['a long state', { stateCode: 'Illinois' }, '400 request_malformed /stateCode'],
  ['an unknown type', { typeCode: 'castle' }, '400 request_malformed /typeCode'],
  ['no place on earth', { latitude: '90.1' }, '400 request_malformed /latitude'],
  ['something else', { owner: 'me' }, '400 request_malformed /owner'],
])('a premise with %s is refused', async (_, body, refusal) => {
  expect(await refused('PUT', '/premises/2', body)).toBe(refusal)
})

test('a premise of nobody is unknown', async () => {
  expect(await refused('GET', '/premises/99')).toBe('404 premise_unknown')
  expect(await refused('PUT', '/premises/99', { city: 'Oz' })).toBe('404 premise_unknown')
  expect(await refused('GET', '/premises/house')).toBe('400 request_malformed /premiseId')
})

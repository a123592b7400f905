import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { broken } from '../../../test/support/verified.ts'

/** Today is 2026-04-02; January is billed. The plan charges 5 % city tax. */
const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
await staffedTown(db)
const { call, refused } = doorClient(app, await signedIn(app))
const HOME = '/customers/1/sets/1/accounts/1'
const TAX = {
  categoryDescription: 'Tax',
  startDate: '2026-02-01',
  exemptPercent: '0.5',
  taxTypes: 'city',
  taxCertificateDescription: 'C-17',
  reasonDescription: 'Charity',
}

test('an account exempt from half a tax is billed half of it, until the exemption ends', async () => {
  const [made] = await call('POST', `${HOME}/exemptions`, { ...TAX, logText: 'Certificate seen' })
  expect(made).toEqual({
    record: '1',
    customerId: '1',
    customerAccountId: '1',
    accountPackageId: '1',
    accountNumber: '00000001-01-0001',
    exemptionId: '1',
    typeCode: 'tax',
    categoryDescription: 'Tax',
    startDate: '2026-02-01',
    endDate: '',
    statusCode: 'active',
    statusDescription: 'Active',
    exemptPercent: '0.5',
    taxTypes: 'city',
    taxCertificateDescription: 'C-17',
    reasonDescription: 'Charity',
  })
  expect(await call('GET', `${HOME}/exemptions`)).toEqual([made])
  const dates = { billDate: '2026-03-02', endDate: '2026-03-01' }
  const [february] = await call('POST', '/customers/1/billingPackages/1/bills', dates)
  // February: 9.00 + 28 x 24 h x 0.6 kWh x 0.10 = 49.32; 5 % x 0.5 = 1.233 -> 1.23; 50.55
  expect(february).toMatchObject({ chargesAmount: '50.55' })
  const end = { endDate: '2026-03-01', exemptionIds: ['1'] }
  expect((await call('PATCH', `${HOME}/endExemptions`, end))[0]).toMatchObject({
    endDate: '2026-03-01',
    statusCode: 'ended',
  })
  // March: 31 x 24 h - 1 (clocks go forward) = 743 h x 0.6 = 445.8 kWh x 0.10 = 44.58; + 9.00 = 53.58; 5 % = 2.679 -> 2.68
  const march = { billDate: '2026-04-02', endDate: '2026-04-01' }
  const [bill] = await call('POST', '/customers/1/billingPackages/1/bills', march)
  expect(bill).toMatchObject({ chargesAmount: '56.26' })
  expect(await call('GET', `${HOME}/timeline?kinds=contact`)).toHaveLength(1)
})

test('several are ended at once, by query too; none ends later than it did, or before it began', async () => {
  const home = '/customers/2/sets/1/accounts/1'
  const shut = { categoryDescription: 'life support', startDate: '2026-03-01', endDate: '2026-06-01' }
  await call('POST', `${home}/exemptions`, shut)
  await call('POST', `${home}/exemptions`, { categoryDescription: 'Collections', startDate: '2026-05-01' })
  const late = await call('PATCH', `${home}/endExemptions?endDate=2026-07-01&exemptionIds=1`)
  expect(late[0]).toMatchObject({ endDate: '2026-06-01', categoryDescription: 'Life Support' })
  const both = await call('PATCH', `${home}/endExemptions?endDate=2026-04-01&exemptionIds=1,2`)
  expect(both.map(({ endDate }) => endDate)).toEqual(['2026-04-01', '2026-05-01'])
  // What never counted is in nobody's way.
  const [again] = await call('POST', `${home}/exemptions`, {
    categoryDescription: 'Collections',
    startDate: '2026-04-15',
  })
  expect(again).toMatchObject({ exemptionId: '3', statusCode: 'future', exemptPercent: '' })
  expect(await call('GET', `${home}/exemptions?page=2&pageSize=2`)).toHaveLength(1)
  expect(await refused('POST', `${home}/exemptions`, { ...shut, startDate: '2026-03-15' })).toBe(
    '409 exemption_overlaps',
  )
})

test.each([
  ['an unknown category', { categoryDescription: 'Weather' }, '400 request_malformed /categoryDescription'],
  ['a long category', { categoryDescription: 'T'.repeat(26) }, '400 request_malformed /categoryDescription'],
  ['no start', { startDate: undefined }, '400 request_malformed /startDate'],
  ['an end that is no day', { endDate: '2026-13-01' }, '400 request_malformed /endDate'],
  ['an end on its start', { endDate: '2026-02-01' }, '422 end_before_start'],
  ['more than all', { exemptPercent: '1.0001' }, '400 request_malformed /exemptPercent'],
  ['five places', { exemptPercent: '0.12345' }, '400 request_malformed /exemptPercent'],
  ['less than nothing', { exemptPercent: '-0.1' }, '400 request_malformed /exemptPercent'],
  ['no share', { exemptPercent: undefined }, '422 exemption_incomplete'],
  ['no tax', { taxTypes: undefined }, '422 exemption_incomplete'],
  ['a tax of nobody', { taxTypes: 'city, moon' }, '422 tax_category_unknown'],
  ['a long tax', { taxTypes: 'x'.repeat(51) }, '400 request_malformed /taxTypes'],
  ['a long reason', { reasonDescription: 'x'.repeat(26) }, '400 request_malformed /reasonDescription'],
  [
    'a long certificate',
    { taxCertificateDescription: 'x'.repeat(26) },
    '400 request_malformed /taxCertificateDescription',
  ],
  ['a share of no tax', { categoryDescription: 'Collections' }, '422 exemption_not_tax'],
])('an exemption with %s is refused', async (_, wrong, refusal) => {
  expect(await refused('POST', `${HOME}/exemptions`, { ...TAX, ...wrong })).toBe(refusal)
})

test.each([
  ['no numbers', { endDate: '2026-04-01' }, '400 request_malformed /exemptionIds'],
  ['an empty list', { endDate: '2026-04-01', exemptionIds: [] }, '400 request_malformed /exemptionIds'],
  ['words', { endDate: '2026-04-01', exemptionIds: 'all' }, '400 request_malformed /exemptionIds'],
  ['an unknown one', { endDate: '2026-04-01', exemptionIds: ['9'] }, '404 exemption_unknown'],
  ['no day', { exemptionIds: ['1'] }, '400 request_malformed /endDate'],
])('an end of exemptions with %s is refused', async (_, body, refusal) => {
  expect(await refused('PATCH', `${HOME}/endExemptions`, body)).toBe(refusal)
})

test('nothing of the books is broken', async () => {
  expect(await broken(db)).toEqual([])
})

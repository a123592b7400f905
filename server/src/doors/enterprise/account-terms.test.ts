import { expect, test } from 'vitest'
import { ACTOR, addHome, NOW, PLAN } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { broken } from '../../../test/support/verified.ts'
import { getAgreement, startAgreement } from '../../domain/agreements/index.ts'
import { customerIdOf } from '../../domain/customers/index.ts'
import { workServiceRequest } from '../../domain/sales/index.ts'
import { saveTariff } from '../../domain/tariffs/index.ts'

/** Today is 2026-04-02. January of homes 1 and 2 is billed; nothing of the others. */
const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
const town = await staffedTown(db)
const { clientId, companyId } = town
for (const number of [3, 4, 5]) await db.transaction((tx) => addHome(tx, town, { number, measured: false }))
const { tariffId } = await db.transaction((tx) =>
  saveTariff(tx, { clientId, companyId, document: { ...PLAN, code: 'res-2', name: 'Green' }, now: NOW }),
)
const closed = await db.transaction((tx) =>
  saveTariff(tx, {
    clientId,
    companyId,
    customerClass: 'commercial',
    document: { ...PLAN, code: 'com-1', name: 'Shops' },
    now: NOW,
  }),
)
const { call, refused } = doorClient(app, await signedIn(app))
const account = (number: number) => `/customers/${number}/sets/1/accounts/1`
const GREEN = {
  startDate: '2026-02-01',
  vendorId: String(companyId),
  packageId: '1',
  pricingPlanId: String(tariffId),
  renewalInd: 'N',
}

test('an account goes to another plan from the day up to which it is charged', async () => {
  const path = `${account(1)}/reassignPlan`
  const [terms] = await call('GET', path)
  expect(terms).toEqual({
    showPlanExperation: 'N',
    showPlanExpiration: 'N',
    prevChargeDate: '2026-02-01',
    showPlanTerm: 'N',
    renewalDate: '',
    accountPackageStartDate: '2026-01-01',
  })
  const [valid] = await call('GET', `${account(1)}/validPlans?planName=green`)
  expect(valid).toMatchObject({
    pricingPlanId: GREEN.pricingPlanId,
    vendorId: GREEN.vendorId,
    packageId: '1',
  })
  expect(await refused('POST', path, { ...GREEN, startDate: '2026-01-31' })).toBe(
    '409 plan_before_charge /startDate',
  )
  const [done] = await call('POST', path, { ...GREEN, logText: 'Wants green power' })
  expect(done).toEqual({
    renewalIndicator: 'N',
    previousChargeDate: '2026-02-01',
    showPlanTerm: 'N',
    renewalDate: '',
    showPlanExpiration: 'N',
    accountPackageStartDate: '2026-01-01',
    accountPricingId: '2',
  })
  const plans = await call('GET', `${account(1)}/pricingplans`)
  expect(
    plans.map(({ planDescription, startDate, endDate }) => [planDescription, startDate, endDate]),
  ).toEqual([
    ['Green', '2026-02-01', ''],
    ['Residential', '2026-01-01', '2026-02-01'],
  ])
  expect(await call('GET', `${account(1)}/timeline?kinds=contact`)).toHaveLength(1)
})

test.each([
  ['a plan of nobody', { pricingPlanId: '99999999' }, '404 tariff_unknown'],
  ['a plan for shops', { pricingPlanId: String(closed.tariffId) }, '422 plan_not_valid'],
  ['another company', { vendorId: '99999' }, '422 plan_differs /vendorId'],
  ['another commodity', { packageId: '2' }, '422 plan_differs /packageId'],
  ['a renewal of nothing', { renewalInd: 'Y' }, '422 renewal_date /startDate'],
  ['a term where none belongs', { planTermNum: '12', expirationCode: '202702' }, '422 plan_term_unused'],
  ['half a term', { planTermNum: '12' }, '400 request_malformed /expirationCode'],
  ['no flag', { renewalInd: 'maybe' }, '400 request_malformed /renewalInd'],
  ['no month', { planTermNum: '12', expirationCode: '202713' }, '400 request_malformed /expirationCode'],
  ['a long term', { planTermNum: '123456', expirationCode: '202712' }, '400 request_malformed /planTermNum'],
  ['a long company', { vendorId: '123456' }, '400 request_malformed /vendorId'],
  ['a long commodity', { packageId: '123' }, '400 request_malformed /packageId'],
  ['a long plan', { pricingPlanId: '123456789' }, '400 request_malformed /pricingPlanId'],
  ['no day', { startDate: '2026-02-30' }, '400 request_malformed /startDate'],
  ['the day of its plan', { startDate: '2026-01-01' }, '409 plan_overlaps'],
])('another plan with %s is refused', async (_, wrong, refusal) => {
  expect(await refused('POST', `${account(3)}/reassignPlan`, { ...GREEN, ...wrong })).toBe(refusal)
})

test('where the state asks for it, a plan says how long it lasts, and is renewed when it ends', async () => {
  const { customerId } = await db.transaction((tx) => addHome(tx, town, { number: 6, measured: false }))
  await db.read
    .updateTable('premise')
    .set({ state: 'CT' })
    .where('line1', '=', '6 Elm St')
    .executeTakeFirstOrThrow()
  const path = `${account(customerId % 100_000_000)}/reassignPlan`
  expect((await call('GET', path))[0]).toMatchObject({ showPlanTerm: 'Y', showPlanExpiration: 'Y' })
  expect(await refused('POST', path, GREEN)).toBe('422 plan_term_missing')
  const year = { planTermNum: '12', expirationCode: '202701' }
  expect(await refused('POST', path, { ...GREEN, ...year, expirationCode: '202703' })).toBe(
    '422 plan_term_differs',
  )
  expect((await call('POST', path, { ...GREEN, ...year }))[0]).toMatchObject({ renewalDate: '2027-02-01' })
  expect((await call('GET', path))[0]).toMatchObject({ renewalDate: '2027-02-01' })
  const renewal = { ...GREEN, renewalInd: 'Y', planTermNum: '6', expirationCode: '202707' }
  expect(await refused('POST', path, { ...renewal, startDate: '2027-01-31' })).toBe(
    '422 renewal_date /startDate',
  )
  const [renewed] = await call('POST', path, { ...renewal, startDate: '2027-02-01' })
  expect(renewed).toMatchObject({ renewalIndicator: 'Y', renewalDate: '2027-08-01' })
})

test('the first day of service is put right, with the plan that began on it', async () => {
  const path = `${account(4)}/startDates`
  const [dates] = await call('PUT', path, { startDate: '2025-12-15', logText: 'Moved in earlier' })
  expect(dates).toMatchObject({ statusCode: 'active', startDate: '2025-12-15', endDate: '' })
  const [plan] = await call('GET', `${account(4)}/pricingplans`)
  expect(plan).toMatchObject({ startDate: '2025-12-15' })
  const [terms] = await call('GET', `${account(4)}/reassignPlan`)
  expect(terms).toMatchObject({ accountPackageStartDate: '2025-12-15', prevChargeDate: '' })
  expect(await refused('PUT', path, { startDate: '2026-04-03' })).toBe('422 date_in_future /startDate')
  expect(await refused('PUT', path, { startDate: 'then' })).toBe('400 request_malformed /startDate')
  expect(await refused('PUT', path, {})).toBe('400 request_malformed /startDate')
  expect(await refused('PUT', `${account(2)}/startDates`, { startDate: '2026-01-02' })).toBe(
    '409 start_charged /startDate',
  )
  await call('POST', `${account(4)}/usages`, {
    beginReadDate: '2026-01-01',
    endReadDate: '2026-02-01',
    usageNumber: '100',
    unitMeasureDescription: 'kWh',
    productTransferType: 'SU',
  })
  expect(await refused('PUT', path, { startDate: '2026-01-15' })).toBe('409 usage_before_start /startDate')
})

test('service does not start while another has the meter', async () => {
  await call('PUT', `${account(5)}/endservice`, { endDate: '2026-03-01' })
  await db.transaction((tx) => takeOver(tx))
  expect(await refused('PUT', '/customers/5/sets/1/accounts/2/startDates', { startDate: '2026-02-20' })).toBe(
    '409 service_point_taken',
  )
  const [dates] = await call('PUT', '/customers/5/sets/1/accounts/2/startDates', { startDate: '2026-03-01' })
  expect(dates).toMatchObject({ startDate: '2026-03-01' })
})

async function takeOver(tx: Parameters<typeof startAgreement>[0]) {
  const customerId = customerIdOf(clientId, 5)
  const { points } = await getAgreement(tx, { customerId, agreementId: 10_001 })
  const servicePointId = points[0]?.servicePointId ?? 0
  const service = { customerId, accountNumber: 1, startDate: '2026-03-10', tariffId, now: NOW }
  await startAgreement(tx, { ...service, points: [{ servicePointId }] })
}

test('service ends on a day: stopped at once, the final bill by the worker', async () => {
  const path = `${account(2)}/endservice`
  expect(await refused('PUT', path, { endDate: '2026-01-20' })).toBe('409 service_date_range')
  const [ended] = await call('PUT', path, { endDate: '2026-04-10', logText: 'Moves to Ohio' })
  expect(ended).toMatchObject({
    accountNumber: '00000002-01-0001',
    statusCode: 'pending_stop',
    endDate: '2026-04-10',
    serviceRequestStatusCode: 'in_progress',
  })
  const request = { clientId, requestId: Number(ended?.serviceRequestId) }
  const worked = await workServiceRequest({ database: db, clock: () => NOW, actor: ACTOR }, request)
  expect(worked).toMatchObject({ status: 'in_progress', reason: 'Moves to Ohio' })
  const [details] = await call('GET', account(2))
  expect(details).toMatchObject({ statusCode: 'pending_stop', endDate: '2026-04-10' })
  expect(await refused('PUT', path, { endDate: '2026-04-20' })).toBe('409 agreement_state')
  expect(await refused('PUT', path, { endDate: '10.04.2026' })).toBe('400 request_malformed /endDate')
})

test('a cooling-off period is granted, and moved', async () => {
  const path = `${account(3)}/cooloffperiod`
  const [granted] = await call('PUT', path, { endDate: '2026-04-15' })
  expect(granted).toMatchObject({ startDate: '2026-01-01', endDate: '2026-04-15' })
  const [moved] = await call('PUT', path, { endDate: '2026-04-05', logText: 'Agreed with the customer' })
  expect(moved).toMatchObject({ startDate: '2026-01-01', endDate: '2026-04-05' })
  expect(await refused('PUT', path, { endDate: '2026-01-01' })).toBe('422 end_before_start')
  expect(await refused('PUT', path, { endDate: '' })).toBe('400 request_malformed /endDate')
})

test('nothing of the books is broken', async () => {
  expect(await broken(db)).toEqual([])
})

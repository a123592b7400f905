import { expect, test } from 'vitest'
import { ACTOR, hourly, NOW, ZONE } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { payTown } from '../../../test/support/paid-town.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { addExemption, startAgreement } from '../../domain/agreements/index.ts'
import { billDocument } from '../../domain/billing/index.ts'
import { addAlert } from '../../domain/customers/index.ts'
import { createServicePoint, ensureSeries } from '../../domain/metering/index.ts'
import { createPremise } from '../../domain/premises/index.ts'
import { recordBlocks } from '../../domain/usage/index.ts'
import type { Tx } from '../../platform/db/index.ts'

/** Home 1's January bill is 56.32, of which 10.00 is paid; 5.00 is to be drawn on 10 April. */
const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
const town = await staffedTown(db)
await payTown(db, town)
const headers = await signedIn(app)
const home = firstOf(town.homes)
function firstOf<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('the town has a home')
  return first
}

const PACKAGE = '/customers/1/billingPackages/1'

async function send(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
  const url = `/enterprise/v3${path}`
  const answer = await app.inject({ method, url, headers, ...(payload && { payload }) })
  return { status: answer.statusCode, ...answer.json() }
}

async function done(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
  const answer = await send(method, path, payload)
  expect(answer.status, JSON.stringify(answer)).toBe(200)
  return answer.responseData
}

test('a billing package says how it is billed and what it owes', async () => {
  const [listed] = await done('GET', '/customers/1/billingPackages')
  // 56.32 - 10.00 = 46.32
  expect(listed).toMatchObject({
    record: '1',
    customerName: 'Home Number 1',
    vendorName: 'Town Light & Power',
    billCycleDescription: 'First of the month',
    dueDaysNumber: '21',
    accountPackagesNumber: '1',
    currentBalanceAmount: '46.32',
    pastDueAmount: '46.32',
    mailingAddress: { addressLine1: '1 Elm St' },
  })
  const [detail] = await done('GET', PACKAGE)
  expect(detail).toMatchObject({ ...listed, creditAmount: '0.00', depositHeldAmount: '0.00' })
  expect(detail.accountPackages[0]).toMatchObject({ accountNumber: '00000001-01-0001', masterFlag: 'N' })
  const [summary] = await done('GET', `${PACKAGE}/summaryInfo`)
  expect(summary).toMatchObject({
    lastBillNumber: '00000001-0001',
    lastBillAmount: '56.32',
    lastPaymentId: '10000001',
    lastPaymentAmount: '10.00',
    nextDrawDate: '2026-04-10',
    nextDrawAmount: '5.00',
    autopayFlag: 'N',
    collectionFlag: 'N',
  })
})

test('how it is billed is changed, and only what is named', async () => {
  const change = { deliveryMethodCode: 'email', copiesNumber: '0', dueDaysNumber: '14', languageCode: 'es' }
  await done('PUT', PACKAGE, { ...change, holdBillsFlag: true, logText: 'By phone' })
  const [detail] = await done('GET', PACKAGE)
  expect(detail).toMatchObject({ ...change, holdBillsFlag: 'Y', billCycleCode: 'C01' })
  await done('PUT', PACKAGE, { holdBillsFlag: 'N' })
  expect((await done('GET', PACKAGE))[0]).toMatchObject({ ...change, holdBillsFlag: 'N' })
  const [customer] = await done('GET', '/customers/1')
  expect(customer.billingPackages[0]).toMatchObject({ deliveryMethodCode: 'email', dueDaysNumber: '14' })
})

test.each([
  ['an unknown cycle', { billCycleCode: 'C99' }, '/billCycleCode'],
  ['ten copies', { copiesNumber: '10' }, '/copiesNumber'],
  ['121 days', { dueDaysNumber: '121' }, '/dueDaysNumber'],
  ['an owl', { deliveryMethodCode: 'owl' }, '/deliveryMethodCode'],
  ['French', { languageCode: 'fr' }, '/languageCode'],
  ['perhaps', { holdBillsFlag: 'perhaps' }, '/holdBillsFlag'],
  ['a field that is not known', { rate: '1' }, '/rate'],
])('a change to %s is refused', async (_, body, pointer) => {
  const answer = await send('PUT', PACKAGE, body)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.errors[0].pointer).toBe(pointer)
})

/** A barn beside home 1, with hourly data for March. */
async function addSecondService(tx: Tx): Promise<void> {
  const { clientId, tariffId } = town
  const place = { line1: '1a Elm St', city: 'Springfield', state: 'IL', postalCode: '62701' }
  const premiseId = await createPremise(tx, { clientId, kind: 'house', ...place, now: NOW })
  const point = { clientId, premiseId, serviceKind: 'electricity' as const, timeZone: ZONE, now: NOW }
  const servicePointId = await createServicePoint(tx, point)
  const startDate = '2026-03-01'
  await startAgreement(tx, { ...home, startDate, points: [{ servicePointId }], tariffId, now: NOW })
  const series = { servicePointId, unit: 'kWh', flow: 'delivered' as const, kind: 'interval' as const }
  const seriesNumber = await ensureSeries(tx, { ...series, intervalSeconds: 3600, scale: 6 })
  const blocks = hourly({ servicePointId, seriesNumber }, 100, startDate, '2026-04-01')
  await recordBlocks(tx, { blocks, source: 'test', now: NOW })
}

test('a second service that is the master comes first', async () => {
  await db.transaction((tx) => addSecondService(tx))
  const [named] = await done('PUT', `${PACKAGE}/masterAccount`, {
    customerAccountId: '1',
    accountPackageId: '2',
    logText: 'The main house',
  })
  expect(named).toMatchObject({ masterAccountNumber: '00000001-01-0002', accountPackagesNumber: '2' })
  const [detail] = await done('GET', PACKAGE)
  expect(detail.accountPackages.slice(0, 2)).toMatchObject([
    { accountNumber: '00000001-01-0002', masterFlag: 'Y' },
    { accountNumber: '00000001-01-0001', masterFlag: 'N' },
  ])
  const [bill] = await done('POST', `${PACKAGE}/bills`, { billDate: '2026-04-01' })
  const billed = bill.charges.map((charge: { accountNumber: string }) => charge.accountNumber)
  expect(billed).toEqual(['00000001-01-0002', '00000001-01-0001', '00000001-01-0001'])
  const { customerId } = home
  const document = await billDocument(db.read, { customerId, billId: Number(bill.billId) })
  expect(document.bill.accountNumber).toBe('00000001-01-0002')
  const nobody = { customerAccountId: '1', accountPackageId: '9' }
  expect(await send('PUT', `${PACKAGE}/masterAccount`, nobody)).toMatchObject({ status: 404 })
  expect(await send('PUT', `${PACKAGE}/masterAccount`, { customerAccountId: '1' })).toMatchObject({
    status: 400,
    errors: [{ pointer: '/accountPackageId' }],
  })
})

test('alerts of the package stand beside those of the customer', async () => {
  const { customerId } = home
  const whole = { customerId, kind: 'do_not_cut', text: 'Oxygen', startDate: '2026-01-01' }
  await db.transaction((tx) => addAlert(tx, { ...whole, now: NOW, actor: ACTOR }))
  const [added] = await done('POST', `${PACKAGE}/alerts`, {
    typeCode: 'note',
    text: 'Ring twice',
    startDate: '2026-03-01',
    endDate: '2026-04-01',
  })
  expect(added).toMatchObject({ billingPackageId: '1', activeFlag: 'N', createdByUser: 'user:administrator' })
  const alerts = await done('GET', `${PACKAGE}/alerts`)
  expect(alerts).toMatchObject([
    { alertAssignmentId: added.alertAssignmentId, text: 'Ring twice' },
    { billingPackageId: '', typeCode: 'do_not_cut', activeFlag: 'Y' },
  ])
  expect((await done('GET', `${PACKAGE}/summaryInfo`))[0].activeAlertsNumber).toBe('1')
})

test.each([
  [{ typeCode: 'gossip', text: 'x' }, 'request_malformed'],
  [{ typeCode: 'note', text: '' }, 'request_malformed'],
  [{ typeCode: 'note', text: 'x'.repeat(501) }, 'request_malformed'],
  [{ typeCode: 'note', text: 'x', startDate: '2026-13-01' }, 'request_malformed'],
  [{ typeCode: 'note', text: 'x', startDate: '2026-04-02', endDate: '2026-04-02' }, 'end_before_start'],
])('the alert %j is refused', async (body, code) => {
  expect(await send('POST', `${PACKAGE}/alerts`, body)).toMatchObject({ code })
})

test('exemptions of its account packages are listed', async () => {
  const { customerId, agreementId } = home
  await db.transaction((tx) =>
    addExemption(tx, {
      customerId,
      agreementId,
      kind: 'tax',
      taxCategory: 'city',
      share: '0.5',
      certificate: 'E-1',
      startDate: '2026-01-01',
    }),
  )
  expect(await done('GET', `${PACKAGE}/exemptions`)).toMatchObject([
    {
      accountNumber: '00000001-01-0001',
      typeCode: 'tax',
      taxCategoryCode: 'city',
      exemptPercent: '50',
      certificateNumber: 'E-1',
      activeFlag: 'Y',
    },
  ])
})

const OAK = { addressLine1: '9 Oak St', city: 'Chatham', stateCode: 'IL', postalCode: '62629' }

test('bills go to the current address, which can be changed and left', async () => {
  expect(await done('GET', `${PACKAGE}/addresses`)).toMatchObject([
    { billingAddressId: '1', addressLine1: '1 Elm St', currentFlag: 'Y', createdAt: '' },
  ])
  const [second] = await done('POST', `${PACKAGE}/addresses`, { ...OAK, mailingName: 'Estate of Home 1' })
  expect(second).toMatchObject({ billingAddressId: '2', currentFlag: 'Y', countryCode: 'US' })
  expect((await done('GET', PACKAGE))[0]).toMatchObject({
    mailingName: 'Estate of Home 1',
    mailingAddress: { addressLine1: '9 Oak St', city: 'Chatham' },
  })
  await done('PUT', `${PACKAGE}/addresses/2`, { addressLine2: 'Unit 4' })
  expect((await done('GET', PACKAGE))[0].mailingAddress).toMatchObject({
    addressLine1: '9 Oak St',
    addressLine2: 'Unit 4',
  })
  await done('POST', `${PACKAGE}/addresses`, { ...OAK, currentFlag: 'N' })
  await done('PUT', `${PACKAGE}/addresses/1`, { currentFlag: 'Y' })
  const addresses = await done('GET', `${PACKAGE}/addresses`)
  expect(addresses.map((one: { currentFlag: string }) => one.currentFlag)).toEqual(['Y', 'N', 'N'])
  expect((await done('GET', PACKAGE))[0]).toMatchObject({
    mailingName: 'Home Number 1',
    mailingAddress: { addressLine1: '1 Elm St', addressLine2: '' },
  })
  expect(await send('PUT', `${PACKAGE}/addresses/9`, OAK)).toMatchObject({ status: 404 })
})

test.each([
  [{ addressLine1: undefined }, '/addressLine1'],
  [{ addressLine1: 'x'.repeat(61) }, '/addressLine1'],
  [{ city: '' }, '/city'],
  [{ stateCode: 'ILLI' }, '/stateCode'],
  [{ postalCode: '12345678901' }, '/postalCode'],
  [{ countryCode: 'USA' }, '/countryCode'],
])('an address with %j is refused', async (wrong, pointer) => {
  const answer = await send('POST', `${PACKAGE}/addresses`, { ...OAK, ...wrong })
  expect(answer).toMatchObject({ status: 400, errors: [{ pointer }] })
})

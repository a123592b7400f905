import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { doors } from '../src/doors/index.ts'
import { type Endpoint, isFile, isWrite, methodOf, pathOf } from '../src/platform/http/endpoint.ts'
import { openApiText } from '../src/platform/http/openapi.ts'
import { testDatabase } from './support/database.ts'
import { payTown } from './support/paid-town.ts'
import { promiseTown } from './support/promised-town.ts'
import { testServer } from './support/server.ts'
import { signedIn, staffedTown } from './support/staffed-town.ts'

const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
const town = await staffedTown(db)
await payTown(db, town)
await promiseTown(db, town)
const administrator = await signedIn(app)

const all = doors.flatMap((door) => door.endpoints.map((endpoint) => ({ door, endpoint })))
const guarded = all.filter(({ endpoint }) => endpoint.permission !== 'public')
const titled = (rows: typeof all) =>
  rows.map(({ door, endpoint }) => [`${door.name} ${endpoint.name}`, door, endpoint] as const)

/** Values that name records of the town: home 1, its first bill, its first line; users and roles that only the town has. */
const REAL: Readonly<Record<string, string>> = {
  customerId: '1',
  customerAccountId: '1',
  accountPackageId: '1',
  billingPackageId: '1',
  billId: '1',
  usageId: '1',
  premiseId: '1',
  lineId: '1-1',
  billRunId: '1',
  workItemId: '1',
  contractId: '1',
  paymentExtensionId: '1',
  billingAddressId: '1',
  contactId: '1',
  paymentId: '10000001',
  paymentMethodId: '1',
  paymentRequestId: '1',
  roleId: '6',
  userId: '4',
  permissionId: '1',
}

/** Values that name nothing where 9 would. */
const UNKNOWN: Readonly<Record<string, string>> = { lineId: '9-9', permissionId: '9999' }

const QUERIES: Readonly<Record<string, string>> = {
  getAccountIntervals: '?from=2026-01-01&to=2026-02-01',
}

const BODIES: Readonly<Record<string, object>> = {
  assignPermissionsToRole: { assignPermissions: ['bill.read'] },
  assignRoleToUser: { roleIds: ['1'] },
  overrideUserPermissions: { permissions: [{ permissionCode: 'bill.read', overrideCode: 'none' }] },
  operatorUpdateRole: { clientName: 'town' },
  operatorUpdateUser: { clientName: 'town' },
  find: { q: 'home' },
  postUsage: {
    beginReadDate: '2026-03-01',
    endReadDate: '2026-04-01',
    usageNumber: '1',
    unitMeasureDescription: 'kWh',
    productTransferType: 'SU',
  },
  chargeAccount: { effectiveDate: '2026-03-01' },
  saveContact: { billingPackageId: '1', roleCode: 'copy', lastName: 'Ortiz' },
  editContact: { firstName: 'Homer' },
  editBillingPackage: { copiesNumber: '2' },
  setMasterAccount: { customerAccountId: '1', accountPackageId: '1' },
  addBillingPackageAlert: { typeCode: 'note', text: 'Ring twice' },
  createBillingAddress: {
    addressLine1: '9 Oak St',
    city: 'Springfield',
    stateCode: 'IL',
    postalCode: '62701',
  },
  updateBillingAddress: { city: 'Chatham' },
  cancelBill: { logText: 'Wrong month' },
  saveBill: { billDate: '2026-03-02', endDate: '2026-03-01' },
  getPaymentDetails: { paymentId: '10000001' },
  getPaymentDirectionDetails: { paymentId: '10000001' },
  getPaymentLogDetails: { paymentId: '10000001' },
  transferPayment: { customerId: '2', billingPackageId: '1', logText: 'Meant for the neighbour' },
  savePaymentLog: { logText: 'Asked what it paid' },
  cancelPayment: { logText: 'Check not good' },
  payOneTime: { billingPackageId: '1', amount: '5.00', tenderTypeCode: 'cash' },
  createPaymentMethod: {
    typeCode: 'card',
    token: 'tok-card',
    lastFourDigits: '4242',
    holderName: 'Home Number 1',
    gatewayCode: 'sandbox',
  },
  createPaymentContract: { schedulesNumber: '2' },
  createDepositContract: { contractAmount: '80.00', reasonCode: 'credit' },
  rejectAdjustment: { reasonDescription: 'Too much' },
  cancelAdjustment: { reasonDescription: 'Twice' },
  applyDeposits: { refundDescription: 'Credit to account' },
  addBudgetContract: { contractAmount: '60.00' },
  createPayExtension: {
    requestedByName: 'Home Number 1',
    extensionAmount: '20.00',
    note: 'Paid on Friday',
    schedules: [{ sequence: '1', amount: '20.00', date: '2026-04-10' }],
  },
  cancelPaymentExtension: { logText: 'Changed their mind' },
  createMiscAdjustment: { chargeAmount: '-5.00', generalLedgerDescription: 'Adjustments' },
  chargeFee: { feeDescription: 'Field trip fee' },
  transferBalance: {
    transferAmount: '5.00',
    transferCustomerId: '2',
    transferCustomerAccountId: '1',
    transferAccountPackageId: '1',
  },
  applyCredits: { effectiveDate: '2026-04-02' },
  writeOffAccount: { writeOffDate: '2026-04-02' },
  dismissWriteOff: { dismissalDate: '2026-04-02' },
  fileBankruptcy: {
    caseNumber: '26-10001',
    chapterCode: '7',
    evidenceDescription: 'Notice of the court',
    filedDate: '2026-04-01',
  },
  dismissBankruptcy: { dismissalDate: '2026-04-02' },
  dischargeBankruptcy: { dischargeDate: '2026-04-02' },
  cancelCharges: { charges: [{ accountChargeId: '1', billingChargeId: '1' }] },
  cancelCharge: { accountChargeId: '1', billingChargeId: '1' },
  reassignPlan: {
    startDate: '2026-02-01',
    vendorId: '1',
    packageId: '1',
    pricingPlanId: '1',
    renewalInd: 'N',
  },
  updateStartDates: { startDate: '2026-01-01' },
  endAccountService: { endDate: '2026-04-10' },
  saveAccountLog: { logText: 'Asked about the bill' },
  changeMarketDetail: { startDate: '2026-01-01', value: 'utility' },
  updateMarketDates: { startDate: '2026-01-01' },
  changePremise: { postalCode: '62702' },
  updateCoolOffPeriod: { endDate: '2026-04-10' },
  addAccountExemption: { categoryDescription: 'Collections', startDate: '2026-04-02' },
  endAccountExemptions: { endDate: '2026-04-02', exemptionIds: ['1'] },
  startBillRun: { billCycleCode: 'C01', periodEndDate: '2026-03-01' },
}

function addressOf(
  base: string,
  endpoint: Endpoint,
  values: Readonly<Record<string, string>> = REAL,
): string {
  const path = pathOf(endpoint).replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '1')
  return base + path + (QUERIES[endpoint.name] ?? '')
}

function call(
  base: string,
  endpoint: Endpoint,
  headers: Record<string, string>,
  over: { url?: string } = {},
) {
  const payload = endpoint.body ? { payload: BODIES[endpoint.name] ?? {} } : {}
  const url = over.url ?? addressOf(base, endpoint)
  return app.inject({ method: methodOf(endpoint), url, headers, ...payload })
}

test('there is a registry to check', () => {
  expect(all.length).toBeGreaterThan(30)
})

test('every route and every name is unique in its door', () => {
  for (const door of doors) {
    const routes = door.endpoints.map((endpoint) => endpoint.route.replace(/\{\w+\}/g, '{}'))
    expect(new Set(routes).size).toBe(routes.length)
    const names = door.endpoints.map((endpoint) => endpoint.name)
    expect(new Set(names).size).toBe(names.length)
  }
})

test.each(titled(all))('%s says its source, summary, permission and scope', (_, __, endpoint) => {
  expect(endpoint.source).toMatch(/^(ep-\d{3}|own)$/)
  expect(endpoint.summary).toMatch(/^[A-Z].{8,}[^.]$/)
  expect(endpoint.permission).toMatch(/^(public|signed_in|[a-zA-Z]+\.[a-z]+)$/)
  expect(endpoint.scope).toBeTruthy()
  const inPath = [...pathOf(endpoint).matchAll(/\{(\w+)\}/g)].map((match) => match[1])
  const named = endpoint.params ? Object.keys((endpoint.params as z.ZodObject).shape) : []
  expect(named.sort()).toEqual(inPath.sort())
})

test.each(doors.map((door) => [door.name, door] as const))(
  'docs/openapi/%s.json is up to date',
  (name, door) => {
    const written = readFileSync(new URL(`../../docs/openapi/${name}.json`, import.meta.url), 'utf8')
    expect(openApiText(door) === written, 'run npm run openapi').toBe(true)
  },
)

test.each(titled(all))('%s has JSON Schemas', (_, __, endpoint) => {
  if (!isFile(endpoint.reply)) expect(z.toJSONSchema(endpoint.reply, { io: 'output' })).toHaveProperty('type')
  if (endpoint.body) expect(z.toJSONSchema(endpoint.body, { io: 'input' })).toHaveProperty('properties')
})

test.each(titled(guarded))('%s asks who calls', async (_, door, endpoint) => {
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic b3BzOm9wcw==' }]) {
    const answer = await call(door.base, endpoint, headers as Record<string, string>)
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['content-type']).toContain(door.problemType)
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  }
})

const permitted = guarded.filter(({ endpoint }) => endpoint.permission !== 'signed_in')
const nobody = await signedIn(app, 'nothing')
test.each(titled(permitted))('%s asks for its permission', async (_, door, endpoint) => {
  const answer = await call(door.base, endpoint, nobody)
  expect(answer.statusCode).toBe(403)
  expect(answer.json()).toMatchObject({ code: 'permission_missing' })
  expect(answer.json().detail).toContain(endpoint.permission)
})

const stranger = await signedIn(app, 'administrator', 'elsewhere')
const ofRecord = guarded.filter(({ endpoint }) => pathOf(endpoint).includes('{'))
test.each(titled(ofRecord))('%s shows nothing to a stranger of another client', async (_, door, endpoint) => {
  // an administrator there administers nothing of the installation
  const unseen = endpoint.scope === 'operator' ? 403 : 404
  expect((await call(door.base, endpoint, stranger)).statusCode).toBe(unseen)
})

test.each(titled(ofRecord))('%s finds a child only under its own parents', async (_, door, endpoint) => {
  for (const [, name = ''] of pathOf(endpoint).matchAll(/\{(\w+)\}/g)) {
    const values = { ...REAL, [name]: UNKNOWN[name] ?? '9' }
    const url = addressOf(door.base, endpoint, values)
    expect((await call(door.base, endpoint, administrator, { url })).statusCode, `${name} = 9`).toBe(404)
  }
})

const reads = guarded.filter(({ endpoint }) => !isWrite(endpoint))
test.each(titled(reads))('%s answers an administrator in its own shape', async (_, door, endpoint) => {
  const answer = await call(door.base, endpoint, administrator)
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200)
  if (isFile(endpoint.reply)) expect(answer.headers['content-type']).toBe(endpoint.reply.contentType)
  else z.parse(endpoint.reply as z.ZodType, answer.json())
})

describe('hostile input', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '',
      '0',
      '-1',
      '999999999999999999999',
      "1' or '1'='1",
      '%00',
      '../..',
      'ÿ',
      'null',
      'NaN',
      '1e309',
    ),
  )
  const body = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.object({ maxDepth: 2 }))

  test.each(titled(all))('%s answers it with 4xx in the form of the door', async (_, door, endpoint) => {
    const headers = endpoint.permission === 'public' ? { clientName: 'town' } : administrator
    await fc.assert(
      fc.asyncProperty(nasty, nasty, body, async (inPath, inQuery, payload) => {
        const path = pathOf(endpoint).replace(
          /\{\w+\}/g,
          encodeURIComponent(inPath.replace(/[\ud800-\udfff]/g, '')),
        )
        const query = encodeURIComponent(inQuery.replace(/[\ud800-\udfff]/g, ''))
        const answer = await app.inject({
          method: methodOf(endpoint),
          url: `${door.base}${path}?page=${query}&q=${query}&from=${query}`,
          headers: { ...headers, 'content-type': 'application/json' },
          payload: JSON.stringify(payload) ?? '',
        })
        expect(answer.statusCode, answer.body.slice(0, 300)).toBeLessThan(500)
        if (answer.statusCode >= 400) z.parse(door.problem as z.ZodType, answer.json())
      }),
      { numRuns: 12, seed: 20260402 },
    )
  })

  test.each(titled(all.filter(({ endpoint }) => endpoint.body)))(
    '%s refuses bodies that are no JSON',
    async (_, door, endpoint) => {
      const url = addressOf(door.base, endpoint)
      const headers = { ...administrator, clientName: 'town' }
      const json = { ...headers, 'content-type': 'application/json' }
      const send = (payload: string, as: Record<string, string>) =>
        app.inject({ method: methodOf(endpoint), url, headers: as, payload })
      expect((await send('{"a":', json)).json()).toMatchObject({ status: 400, code: 'request_malformed' })
      expect((await send('{"__proto__":{"a":1}}', json)).statusCode).toBe(400)
      expect((await send('<a/>', { ...headers, 'content-type': 'text/xml' })).json()).toMatchObject({
        status: 415,
      })
      expect((await send(`"${'x'.repeat(1_100_000)}"`, json)).json()).toMatchObject({ status: 413 })
    },
  )

  test('an unknown address and a wrong method are told in the form of the door', async () => {
    for (const door of doors) {
      const unknown = await app.inject({ url: `${door.base}/nowhere` })
      expect(unknown.json()).toMatchObject({ status: 404, code: 'address_unknown' })
      const wrong = await app.inject({ method: 'DELETE', url: `${door.base}/login` })
      expect(wrong.json()).toMatchObject({ status: 405, code: 'method_unsupported' })
    }
  })
})

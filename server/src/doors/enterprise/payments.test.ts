import { expect, test } from 'vitest'
import { ACTOR, NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { payTown } from '../../../test/support/paid-town.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { broken } from '../../../test/support/verified.ts'
import { openOwnFile, recordPayment } from '../../domain/payments/index.ts'

/** Home 1's bill of January is 56.32; it has paid 10.00 of it by check on 2 March: payment 10000001. */
const { db } = await testDatabase()
const { app, drawn } = await testServer(db, '2026-04-02T12:00:00Z')
const town = await staffedTown(db)
await payTown(db, town)
const headers = await signedIn(app)
const stranger = await signedIn(app, 'administrator', 'elsewhere')

async function send(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, as = headers) {
  const answer = await app.inject({
    method,
    url: `/enterprise/v3${path}`,
    headers: as,
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, ...answer.json() }
}

async function done(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
  const answer = await send(method, path, payload)
  expect(answer.status, JSON.stringify(answer)).toBe(200)
  return answer.responseData
}

const details = async (paymentId: string) => (await done('POST', '/payments/details', { paymentId }))[0]
const cash = (amount: string, more: object = {}) =>
  done('POST', '/customers/1/payments/oneTime', {
    billingPackageId: '1',
    amount,
    tenderTypeCode: 'cash',
    ...more,
  })

test('a payment says how it came, what it paid, and what is left of it', async () => {
  const [listed] = await done('GET', '/customers/1/payments')
  expect(listed).toMatchObject({
    record: '1',
    paymentId: '10000001',
    paymentNumber: '00000001-0000001',
    customerName: 'Home Number 1',
    billingPackageId: '1',
    paymentDate: '2026-03-02',
    paymentAmount: '10.00',
    appliedAmount: '10.00',
    unappliedAmount: '0.00',
    tenderTypeCode: 'check',
    referenceNumber: '4711',
    statusCode: 'frozen',
  })
  const payment = await details('10000001')
  expect(payment.accountPackages).toMatchObject([{ accountNumber: '00000001-01-0001', amount: '10.00' }])
  expect(payment.tenders).toMatchObject([{ tenderId: '1', typeCode: 'check', amount: '10.00' }])
  const directions = await done('POST', '/payments/directionDetails', { paymentId: '10000001' })
  // 56.32 - 10.00 = 46.32
  expect(directions).toMatchObject([
    { billNumber: '00000001-0001', debtAmount: '56.32', paidAmount: '10.00', unpaidAmount: '46.32' },
  ])
})

test('lists of payments filter and page', async () => {
  expect(await done('GET', '/customers/1/payments?billingPackageId=2')).toEqual([])
  expect(await done('GET', '/customers/1/payments?statusCode=cancelled')).toEqual([])
  const page = await send('GET', '/customers/1/payments?page=2&pageSize=1')
  expect(page.pagination).toMatchObject({ page: '2', totalRecords: '1' })
  expect(await send('GET', '/customers/77/payments')).toMatchObject({ status: 404 })
})

test.each([
  [{ referenceNumber: '4711' }, 1],
  [{ referenceNumber: '4712' }, 0],
  [{ paymentId: '10000001' }, 1],
  [{ customerId: '1', paymentDateFrom: '2026-03-02', paymentDateTo: '2026-03-02' }, 1],
  [{ paymentDateFrom: '2026-03-03', paymentDateTo: '2026-03-31' }, 0],
  [{ amountFrom: '9.99', amountTo: '10.01', tenderTypeCode: 'check', sourceCode: 'counter' }, 1],
  [{ customerId: '1', amountFrom: '10.01', paymentDateTo: '2026-03-31' }, 0],
  [{ unappliedFlag: 'Y' }, 0],
])('a search for %j finds %i', async (wanted, count) => {
  expect(await done('POST', '/search/payments', wanted)).toHaveLength(count)
})

test('a note about a payment stands in its log beside what was done to it', async () => {
  const [saved] = await done('POST', '/payments/10000001/logs', {
    logText: 'Check was torn',
    typeCode: 'call',
  })
  const log = await done('POST', '/payments/logDetails', { paymentId: '10000001' })
  expect(log).toMatchObject([
    { logId: saved.logId, typeCode: 'call', logText: 'Check was torn', userName: 'user:administrator' },
    { logId: '', typeCode: 'act', operationCode: 'recordPayment', description: 'Record payment' },
  ])
  expect(await send('POST', '/payments/10000001/logs', {})).toMatchObject({
    status: 400,
    errors: [{ pointer: '/logText' }],
  })
})

test('money at the counter pays at once, and what is too much is a credit', async () => {
  const [paid] = await cash('6.32', { logText: 'Paid in coins' })
  // 46.32 - 6.32 = 40.00
  expect(paid).toMatchObject({ statusCode: 'frozen', amount: '6.32', balanceAmount: '40.00' })
  expect(await details(paid.paymentId)).toMatchObject({ sourceCode: 'counter', appliedAmount: '6.32' })
  const log = await done('POST', '/payments/logDetails', { paymentId: paid.paymentId })
  expect(log[0]).toMatchObject({ logText: 'Paid in coins' })
  const summary = await done('GET', '/customers/1/summaryInfo')
  expect(summary[0].currentBalanceAmount).toBe('40.00')
})

test.each([
  ['nothing to pay with', { tenderTypeCode: undefined }, '/paymentMethodId'],
  ['two ways at once', { paymentMethodId: '1' }, '/paymentMethodId'],
  ['a day to come', { paymentDate: '2026-04-03' }, '/paymentDate'],
  ['fractions of a cent', { amount: '1.001' }, '/amount'],
  ['eleven digits', { amount: '12345678901' }, '/amount'],
  ['an unknown tender', { tenderTypeCode: 'gold' }, '/tenderTypeCode'],
  ['no day', { paymentDate: '2026-02-30' }, '/paymentDate'],
  ['long text', { logText: 'x'.repeat(2001) }, '/logText'],
])('a payment with %s is refused', async (_, wrong, pointer) => {
  const body = { billingPackageId: '1', amount: '1.00', tenderTypeCode: 'cash', ...wrong }
  const answer = await send('POST', '/customers/1/payments/oneTime', body)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.errors?.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer)
})

test.each([
  ['0.00', 'amount_not_positive'],
  ['-5.00', 'amount_not_positive'],
])('a payment of %s is refused', async (amount, code) => {
  const body = { billingPackageId: '1', amount, tenderTypeCode: 'cash' }
  expect(await send('POST', '/customers/1/payments/oneTime', body)).toMatchObject({ code })
})

test('a payment method is drawn by a worker, at once or on its day', async () => {
  const wish = { billingPackageId: '1', amount: '2.00', paymentMethodId: '1' }
  const [asked] = await done('POST', '/customers/1/payments/oneTime', wish)
  expect(asked).toMatchObject({ statusCode: 'waiting', paymentId: '', balanceAmount: '40.00' })
  expect(drawn.at(-1)?.requestNumber).toBe(Number(asked.paymentRequestId))
  const request = `/customers/1/paymentRequests/${asked.paymentRequestId}`
  expect((await done('GET', request))[0]).toMatchObject({ typeCode: 'once', drawDate: '2026-04-02' })
  const [later] = await done('POST', '/customers/1/payments/oneTime', {
    ...wish,
    amount: '3.00',
    paymentDate: '2026-04-20',
  })
  expect((await done('GET', `/customers/1/paymentRequests/${later.paymentRequestId}`))[0]).toMatchObject({
    typeCode: 'scheduled',
    drawDate: '2026-04-20',
    amount: '3.00',
  })
  expect(drawn).toHaveLength(1)
  const again = await send('POST', '/customers/1/payments/oneTime', wish)
  expect(again).toMatchObject({ status: 409, code: 'payment_duplicate' })
  const past = { ...wish, amount: '4.00', paymentDate: '2026-04-01' }
  expect(await send('POST', '/customers/1/payments/oneTime', past)).toMatchObject({ code: 'payment_in_past' })
})

test('a part of a payment goes to whom it was meant for; the rest stays', async () => {
  const [moved] = await done('POST', '/payments/10000001/transfers', {
    customerId: '2',
    billingPackageId: '1',
    amount: '4.00',
    logText: 'Two checks in one envelope',
  })
  expect(moved).toMatchObject({
    fromPaymentId: '10000001',
    customerId: '2',
    amount: '4.00',
    remainderAmount: '6.00',
  })
  expect(await details('10000001')).toMatchObject({ statusCode: 'cancelled', appliedAmount: '0.00' })
  expect(await details(moved.paymentId)).toMatchObject({
    replacesPaymentId: '10000001',
    paymentDate: '2026-03-02',
    appliedAmount: '4.00',
  })
  expect((await done('GET', '/customers/2/payments'))[0].paymentId).toBe(moved.paymentId)
  // 40.00 + 4.00 = 44.00
  expect((await done('GET', '/customers/1/summaryInfo'))[0].currentBalanceAmount).toBe('44.00')
  const log = await done('POST', '/payments/logDetails', { paymentId: moved.paymentId })
  expect(log.map((line: { operationCode: string }) => line.operationCode)).toEqual([
    '',
    'transferPayment',
    'recordPayment',
  ])
})

test.each([
  ['more than the payment', { amount: '100.00' }, 'transfer_above_payment'],
  ['nobody', { customerId: '77' }, 'account_unknown'],
  ['a day to come', { transferDate: '2026-04-03' }, 'date_in_future'],
  ['half an account package', { accountPackageId: '1' }, 'request_malformed'],
])('a transfer of %s is refused', async (_, wrong, code) => {
  const [paid] = await cash('1.00')
  const body = { customerId: '2', billingPackageId: '1', logText: 'Moved', ...wrong }
  expect(await send('POST', `/payments/${paid.paymentId}/transfers`, body)).toMatchObject({ code })
})

test('a cancelled payment is owed again, once', async () => {
  const [before] = await done('GET', '/customers/1/summaryInfo')
  const [paid] = await cash('7.00', { paymentDate: '2026-04-01' })
  const path = `/payments/${paid.paymentId}/cancel`
  const future = { cancelDate: '2026-04-03', logText: 'Too early' }
  expect(await send('POST', path, future)).toMatchObject({ code: 'date_in_future' })
  const [cancelled] = await done('POST', path, { logText: 'Keyed twice' })
  expect(cancelled).toMatchObject({
    statusCode: 'cancelled',
    cancelDate: '2026-04-02',
    cancelledAmount: '7.00',
    cancelledPaymentIds: [paid.paymentId],
  })
  expect(await details(paid.paymentId)).toMatchObject({
    cancelReason: 'Keyed twice',
    unappliedAmount: '0.00',
  })
  const [after] = await done('GET', '/customers/1/summaryInfo')
  expect(after.currentBalanceAmount).toBe(before.currentBalanceAmount)
  expect(await send('POST', path, { logText: 'Again' })).toMatchObject({
    status: 409,
    code: 'payment_cancelled',
  })
})

test('a check that the bank sends back is cancelled with the bank’s code', async () => {
  const [paid] = await cash('3.00', { tenderTypeCode: 'check', referenceNumber: '9' })
  const path = `/payments/${paid.paymentId}/cancel`
  expect(await send('POST', path, { returnCode: 'R99', logText: 'Returned' })).toMatchObject({
    code: 'return_code_unknown',
  })
  const [returned] = await done('POST', path, { returnCode: 'R01', logText: 'Returned' })
  expect(returned).toMatchObject({ statusCode: 'cancelled', returnCode: 'R01' })
  expect((await details(paid.paymentId)).returnCode).toBe('R01')
})

test('money of nobody yet is found, and goes to whom it belongs', async () => {
  await db.transaction(async (tx) => {
    const customerId = await openOwnFile(tx, town.clientId, NOW)
    const accounts = [{ customerId, accountNumber: null, amountCents: 2500 }]
    const money = { payerCustomerId: customerId, accounts, paymentDate: '2026-03-20' }
    await recordPayment(tx, { ...money, source: 'lockbox', now: NOW, actor: ACTOR })
  })
  const [found] = await done('POST', '/search/payments', { unappliedFlag: 'Y' })
  expect(found).toMatchObject({
    paymentId: '1',
    customerId: '0',
    billingPackageId: '',
    appliedAmount: '0.00',
    unappliedAmount: '25.00',
  })
  const to = { customerId: '2', billingPackageId: '1', customerAccountId: '1', accountPackageId: '1' }
  const [moved] = await done('POST', '/payments/1/transfers', { ...to, logText: 'Called in' })
  expect(moved).toMatchObject({ customerId: '2', amount: '25.00', remainderPaymentId: '' })
  expect(await details(moved.paymentId)).toMatchObject({
    targetTypeCode: 'agreement',
    appliedAmount: '25.00',
    accountPackages: [{ accountNumber: '00000002-01-0001', amount: '25.00' }],
  })
  expect(await done('POST', '/search/payments', { unappliedFlag: 'Y', statusCode: 'frozen' })).toEqual([])
})

const CARD = {
  typeCode: 'card',
  token: 'tok-4242',
  lastFourDigits: '4242',
  holderName: 'Home Number 1',
  brandDescription: 'Visa',
  expirationDate: '202612',
}
const METHODS = '/customers/1/paymentMethods'

test('a tokenised card is kept, shown without its token, and ended', async () => {
  const [kept] = await done('POST', METHODS, { ...CARD, gatewayCode: 'sandbox', nickname: 'Blue card' })
  expect(kept).toMatchObject({
    typeCode: 'card',
    expirationDate: '202612',
    usableFlag: 'Y',
    defaultFlag: 'N',
  })
  expect(JSON.stringify(kept)).not.toContain('tok-4242')
  const path = `${METHODS}/${kept.paymentMethodId}`
  expect((await done('GET', path))[0]).toMatchObject({ nickname: 'Blue card', autopays: [] })
  const [ended] = await done('PUT', `${path}/end`, {})
  expect(ended).toMatchObject({ statusCode: 'retired', usableFlag: 'N' })
  expect(ended.unusableReason).toContain('retired')
  expect(await send('PUT', `${path}/end`, {})).toMatchObject({ status: 409, code: 'method_retired' })
})

test('a method that waiting payments use ends with them, or not at all', async () => {
  const path = `${METHODS}/1`
  expect((await done('GET', path))[0].waitingPayments.length).toBeGreaterThan(0)
  expect(await send('PUT', `${path}/end`, {})).toMatchObject({ status: 409, code: 'method_in_use' })
  const [ended] = await done('PUT', `${path}/end`, { stopUsesFlag: 'Y' })
  expect(ended).toMatchObject({ statusCode: 'retired', waitingPayments: [] })
  expect((await done('GET', '/customers/1/paymentRequests/1'))[0]).toMatchObject({ statusCode: 'cancelled' })
})

test.each([
  ['a card number for a token', { token: '4242 4242 4242 4242' }, 'account_number_refused'],
  ['a month that has passed', { expirationDate: '202603' }, 'card_expired'],
  ['a routing number of a card', { routingNumber: '021000021' }, 'routing_number_wrong'],
  ['an unknown gateway', { gatewayCode: 'nowhere' }, 'gateway_not_configured'],
  ['no thirteenth month', { expirationDate: '202613' }, 'request_malformed'],
  ['five digits', { lastFourDigits: '14242' }, 'request_malformed'],
  ['nobody', { holderName: '' }, 'request_malformed'],
])('a card with %s is not kept', async (_, wrong, code) => {
  expect(await send('POST', METHODS, { ...CARD, gatewayCode: 'sandbox', ...wrong })).toMatchObject({ code })
})

test('a payment is nobody’s business elsewhere', async () => {
  for (const path of ['/payments/details', '/payments/directionDetails', '/payments/logDetails'])
    expect(await send('POST', path, { paymentId: '10000001' }, stranger)).toMatchObject({ status: 404 })
  expect(await send('POST', '/search/payments', {}, stranger)).toMatchObject({ responseData: [] })
})

test('nothing of the books is broken', async () => {
  expect(await broken(db)).toEqual([])
})

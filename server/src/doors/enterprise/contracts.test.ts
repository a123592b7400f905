import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { doorClient } from '../../../test/support/door-client.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { broken } from '../../../test/support/verified.ts'
import { completeBill } from '../../domain/billing/index.ts'
import { recordPayment } from '../../domain/payments/index.ts'
import { Temporal } from '../../platform/time.ts'

const { db } = await testDatabase()
const { app } = await testServer(db, '2026-04-02T12:00:00Z')
const town = await staffedTown(db)
const { call, refused } = doorClient(app, await signedIn(app))
const account = (number: number, set = 1, inSet = 1) => `/customers/${number}/sets/${set}/accounts/${inSet}`

const done = {
  now: Temporal.Instant.from('2026-04-02T12:00:00Z'),
  actor: { actor: 'user:test', door: 'enterprise' as const },
}
const cash = {
  source: 'counter' as const,
  tender: { method: 'cash' as const },
  paymentDate: '2026-04-02',
  ...done,
}

/** What an account package owes and is asked for. */
async function owed(path: string) {
  const [summary] = (await call('GET', `${path}/summaryInfo`)) as unknown as [
    { balances: { balanceAmount: string; currentBalanceAmount: string } },
  ]
  return [summary.balances.balanceAmount, summary.balances.currentBalanceAmount]
}

// Home 1 owes 9.00 + 44.64 + 2.68 = 56.32 since 2026-02-22.
test('debt is paid in instalments: validated, arranged, changed and ended', async () => {
  const home = account(1)
  const plan = 'downPaymentAmount=16.32&schedulesNumber=4'
  const [terms] = await call('GET', `${home}/paymentContracts/validate?${plan}`)
  expect(terms).toMatchObject({
    customerName: 'Home Number 1',
    totalCharges: '56.32',
    pastDueCharges: '56.32',
    eligibleAmount: '56.32',
    eligibleIndicator: 'Y',
    reasonCode: '',
  })
  // 56.32 - 16.32 = 40.00 in four parts
  const amounts = ['16.32', '10.00', '10.00', '10.00', '10.00']
  expect(terms).toMatchObject({ schedules: amounts.map((amount) => ({ amount })) })
  expect(await owed(home)).toEqual(['56.32', '56.32'])
  const [made] = await call('POST', `${home}/paymentContracts`, {
    downPaymentAmount: '16.32',
    schedulesNumber: 4,
    requestedByName: 'Home Number 1',
    note: 'Lost work',
    logText: 'Arranged on the phone',
  })
  expect(made).toMatchObject({
    contractId: '1',
    typeCode: 'arrangement',
    statusCode: 'active',
    contractAmount: '56.32',
    unpaidAmount: '16.32',
    waitingAmount: '40.00',
    nextDueDate: '2026-04-02',
    nextDueAmount: '16.32',
    requestedByName: 'Home Number 1',
    note: 'Lost work',
    coveredAccountNumber: '00000001-01-0001',
    createdByUserId: 'user:administrator',
  })
  expect(await owed(home)).toEqual(['0.00', '0.00'])
  const [, set = '', inSet = ''] = (made?.contractAccountNumber ?? '').split('-')
  const holder = account(1, Number(set), Number(inSet))
  expect(await owed(holder)).toEqual(['56.32', '16.32'])
  expect(await call('GET', `${home}/contracts?typeCode=arrangement&activeIndicator=Y`)).toEqual([made])
  expect(await call('GET', `${home}/contracts?typeCode=budget`)).toEqual([])
  const [again] = await call('GET', `${home}/paymentContracts/validate`)
  expect(again).toMatchObject({ eligibleIndicator: 'N', reasonCode: 'arrangement_nothing_owed' })
  await call('PUT', `${home}/contracts/1`, { schedulesNumber: '2', logText: 'Wants to be done sooner' })
  const schedules = await call('GET', `${home}/contracts/1/schedules`)
  const live = schedules.filter((one) => one.statusCode !== 'cancelled')
  expect(live.map((one) => [one.scheduleAmount, one.statusCode])).toEqual([
    ['16.32', 'asked'],
    ['20.00', 'planned'],
    ['20.00', 'planned'],
  ])
  const [end] = await call('GET', `${home}/contracts/1/end/validate`)
  expect(end).toMatchObject({ canEndIndicator: 'Y', dueNowAmount: '40.00', endDate: '2026-04-02' })
  const reason = { reasonDescription: 'Moves away', logText: 'Will pay at once' }
  const [over] = await call('PUT', `${home}/contracts/1/end`, reason)
  expect(over).toMatchObject({ statusCode: 'cancelled', endDate: '2026-04-02', endReason: 'Moves away' })
  expect(await owed(holder)).toEqual(['56.32', '56.32'])
  const activity = await call('GET', `${home}/contracts/1/activity`)
  expect(activity.map((one) => [one.typeCode, one.amount])).toEqual([
    ['startArrangement', ''],
    ['modifyArrangement', ''],
    ['cancelArrangement', ''],
    ['put_off', '-56.32'],
    ['instalment', '16.32'],
    ['release', '40.00'],
  ])
  expect(activity[0]).toMatchObject({ userId: 'user:administrator', logText: 'Arranged on the phone' })
  const notes = await call('GET', `${home}/timeline?kinds=contact`)
  expect(notes).toHaveLength(3)
})

test('a debt is split into parts of one size, or as listed', async () => {
  const home = account(2)
  const terms = await call('GET', `${home}/paymentContracts/validate?scheduleAmount=30`)
  // 64.58 in parts of 30.00
  expect(terms).toMatchObject([{ schedules: [{ amount: '30.00' }, { amount: '30.00' }, { amount: '4.58' }] }])
  const part = (sequence: number, date: string) => ({ sequence, date, amount: '20.00' })
  const schedules = [part(2, '2026-05-10'), part(1, '2026-04-10')]
  const [made] = await call('POST', `${home}/paymentContracts`, { contractAmount: '40.00', schedules })
  const contract = `${home}/contracts/${made?.contractId}`
  const rows = await call('GET', `${contract}/schedules`)
  expect(rows.map((one) => [one.sequenceNumber, one.dueDate, one.scheduleAmount])).toEqual([
    ['1', '2026-04-10', '20.00'],
    ['2', '2026-05-10', '20.00'],
  ])
  expect(await owed(home)).toEqual(['24.58', '24.58'])
  const uneven = { schedules: [part(1, '2026-04-10')] }
  expect(await refused('PUT', contract, uneven)).toBe('422 schedule_sum')
  await call('PUT', `${contract}/end`, { dueDate: '2026-04-30' })
  const [, set = '', inSet = ''] = (made?.contractAccountNumber ?? '').split('-')
  const back = { transferAmount: '40.00', transferCustomerId: 2 }
  const to = { transferCustomerAccountId: 1, transferAccountPackageId: 1 }
  await call('POST', `${account(2, Number(set), Number(inSet))}/transferBalance`, { ...back, ...to })
  expect(await owed(home)).toEqual(['64.58', '64.58'])
})

test('a deposit is asked for in parts, and what is not paid of it cancelled', async () => {
  const home = account(2)
  const [made] = await call('POST', `${home}/depositContracts`, {
    contractAmount: '80.00',
    reasonCode: 'credit',
    schedulesNumber: 2,
    dueDate: '2026-04-20',
    logText: 'Paid late twice',
  })
  const { contractId } = made ?? {}
  expect(made).toMatchObject({ typeCode: 'deposit', unpaidAmount: '40.00', waitingAmount: '40.00' })
  expect(made).toMatchObject({ nextDueDate: '2026-04-20', nextDueAmount: '40.00', heldAmount: '0.00' })
  const [end] = await call('GET', `${home}/contracts/${contractId}/end/validate`)
  expect(end).toMatchObject({ cancelledAmount: '40.00', refundAmount: '0.00' })
  expect(await refused('PUT', `${home}/contracts/${contractId}`, { contractAmount: '90.00' })).toBe(
    '422 deposit_not_modifiable',
  )
  const arrears = `${home}/depositContracts/${contractId}/arrears/cancel`
  const [cancelled] = await call('POST', arrears, { reasonDescription: 'Good rating elsewhere' })
  expect(cancelled).toMatchObject({ cancelledAmount: '80.00', heldAmount: '0.00', statusCode: 'cancelled' })
  expect(await refused('POST', arrears, {})).toBe('409 contract_state')
  const guarantee = {
    typeCode: 'guarantor',
    reasonCode: 'new_service',
    contractAmount: '100.00',
    guarantorCustomerId: 1,
    evidenceDescription: 'Letter of 2026-04-01',
    validUntilDate: '2027-04-01',
  }
  const [secured] = await call('POST', `${home}/depositContracts`, guarantee)
  expect(secured).toMatchObject({ typeCode: 'deposit', contractAmount: '100.00', contractAccountNumber: '' })
  const lone = { ...guarantee, guarantorCustomerId: 2 }
  expect(await refused('POST', `${home}/depositContracts`, lone)).toBe('422 guarantor_is_customer')
  await call('PUT', `${home}/contracts/${secured?.contractId}/end`, {})
  const listed = await call('GET', `${home}/contracts?typeCode=deposit`)
  expect(listed.map((one) => one.statusCode)).toEqual(['ended', 'cancelled'])
})

test('a deposit that is held pays what is owed, and the rest is given back', async () => {
  const home = account(1)
  const path = `${home}/applyDeposits`
  const refund = { refundDescription: 'Credit to account', logText: 'Leaves town' }
  expect(await refused('PATCH', path, refund)).toBe('409 deposit_not_held')
  const asked = { contractAmount: '100.00', reasonCode: 'credit', dueDate: '2026-04-02' }
  const [deposit] = await call('POST', `${home}/depositContracts`, asked)
  const [, set = '', inSet = ''] = (deposit?.contractAccountNumber ?? '').split('-')
  const holder = account(1, Number(set), Number(inSet))
  const [payer] = town.homes
  if (!payer) throw new Error('the town has a home')
  const { customerId, accountNumber } = payer
  const accounts = [{ customerId, accountNumber, amountCents: 15_632 }]
  await db.transaction((tx) => recordPayment(tx, { payerCustomerId: customerId, accounts, ...cash }))
  const [held] = await call('GET', `${holder}/contracts`)
  expect(held).toMatchObject({ heldAmount: '100.00', paidAmount: '100.00', unpaidAmount: '0.00' })
  for (const [body, told] of [
    [{}, '400 request_malformed /refundDescription'],
    [{ refundDescription: 'Gold' }, '400 request_malformed /refundDescription'],
    [{ ...refund, logText: 'x'.repeat(2001) }, '400 request_malformed /logText'],
  ] as const)
    expect(await refused('PATCH', path, body)).toBe(told)
  const no = { chargeAmount: '-1.00', generalLedgerDescription: 'Adjustments' }
  expect(await refused('POST', `${holder}/adjustments`, no)).toBe('422 charge_not_eligible')
  const debt = { chargeAmount: '30.00', generalLedgerDescription: 'Adjustments' }
  await call('POST', `${home}/adjustments`, debt)
  const [applied] = await call('PATCH', path, refund)
  expect(applied).toMatchObject({ heldAmount: '100.00', appliedAmount: '30.00', remainingAmount: '70.00' })
  expect(await owed(home)).toEqual(['0.00', '0.00'])
  const [over] = await call('GET', `${home}/contracts?typeCode=deposit`)
  expect(over).toMatchObject({ statusCode: 'ended', heldAmount: '0.00' })
})

test('a budget is recommended, begun, changed and ended', async () => {
  const home = account(2)
  const path = `${home}/budgetContracts`
  const [before] = await call('GET', path)
  // January: 31 days of 24 h x 0.7 kWh = 520.8 kWh: 9.00 + 50.00 + 20.8 x 0.12 = 2.50; 5 % of 61.50 = 3.08: 64.58
  expect(before).toMatchObject({
    budgetIndicator: 'N',
    chargedAmount: '64.58',
    reasonCode: 'budget_past_due',
  })
  expect(await refused('POST', path, { contractAmount: '60.00' })).toBe('422 budget_past_due')
  const [, payer] = town.homes
  if (!payer) throw new Error('the town has two homes')
  const { customerId, accountNumber } = payer
  const accounts = [{ customerId, accountNumber, amountCents: 6458 }]
  await db.transaction((tx) => recordPayment(tx, { payerCustomerId: customerId, accounts, ...cash }))
  const both = { billingPackageIndicator: 'Y', contractAmount: '60.00' }
  expect(await refused('POST', path, both)).toBe('400 request_malformed /contractAmount')
  const [made] = await call('POST', path, { contractAmount: '60.00', trueUpCode: 'settle', note: 'By phone' })
  expect(made).toMatchObject({ typeCode: 'budget', contractAmount: '60.00', note: 'By phone' })
  const budget = `${home}/contracts/${made?.contractId}`
  const [on] = await call('GET', path)
  expect(on).toMatchObject({ budgetIndicator: 'Y', contractId: made?.contractId, budgetAmount: '60.00' })
  expect(on).toMatchObject({ trueUpCode: 'settle', remainingMonthsNumber: '12', reasonCode: 'budget_live' })
  expect(await refused('PUT', budget, { schedulesNumber: 2 })).toBe('400 contract_change_missing')
  const bill = { customerId, accountNumber, periodEnd: '2026-03-01', billDate: '2026-04-02' }
  await db.transaction((tx) => completeBill(tx, { ...bill, ...done }))
  // February: 28 x 24 h x 0.7 kWh = 470.4 kWh: 9.00 + 47.04; 5 % of 56.04 = 2.80: 58.84, and 60.00 are asked for.
  const month = { billId: '2', billNumber: '00000002-0002', chargedAmount: '58.84', deferredAmount: '-1.16' }
  const billed = { billedMonthsNumber: '1', remainingMonthsNumber: '11', deferredAmount: '-1.16' }
  const asks = { months: [{ ...month, billDate: '2026-04-02', monthsNumber: '1', budgetAmount: '60.00' }] }
  expect((await call('GET', path))[0]).toMatchObject({ ...billed, ...asks })
  expect((await call('GET', `${budget}/schedules`))[0]).toMatchObject({
    ...month,
    scheduleAmount: '60.00',
    statusCode: 'asked',
  })
  expect(await call('GET', `${budget}/activity`)).toMatchObject([
    { typeCode: 'startBudget', userId: 'user:administrator' },
    { typeCode: 'month', amount: '1.16', billId: '2', chargedAmount: '58.84', monthsNumber: '1' },
  ])
  expect((await call('GET', `${budget}/end/validate`))[0]).toMatchObject({ dueNowAmount: '-1.16' })
  await call('PUT', budget, { contractAmount: '70.00' })
  const schedules = await call('GET', `${budget}/schedules?pageSize=5&page=3`)
  expect(schedules.map((one) => [one.record, one.scheduleAmount, one.statusCode])).toEqual([
    ['11', '70.00', 'planned'],
    ['12', '70.00', 'planned'],
  ])
  const [over] = await call('PUT', `${budget}/end`, {
    endDate: '2026-04-02',
    logText: 'Prefers what is used',
  })
  expect(over).toMatchObject({
    statusCode: 'ended',
    endDate: '2026-04-02',
    endReason: 'Prefers what is used',
  })
  expect((await call('GET', path))[0]).toMatchObject({ budgetIndicator: 'N' })
})

test('each limit of a contract is refused with its field', async () => {
  const home = account(2)
  const contract = `${home}/contracts/1`
  const long = 'x'.repeat(2001)
  for (const [method, path, body, told] of [
    ['POST', `${home}/paymentContracts`, {}, '400 request_malformed /schedulesNumber'],
    [
      'POST',
      `${home}/paymentContracts`,
      { schedulesNumber: '100' },
      '400 request_malformed /schedulesNumber',
    ],
    [
      'POST',
      `${home}/paymentContracts`,
      { schedulesNumber: 1, scheduleAmount: 5 },
      '400 request_malformed /schedulesNumber',
    ],
    [
      'POST',
      `${home}/paymentContracts`,
      { contractAmount: '1.001' },
      '400 request_malformed /contractAmount',
    ],
    [
      'POST',
      `${home}/paymentContracts`,
      { schedulesNumber: 2, logText: long },
      '400 request_malformed /logText',
    ],
    [
      'POST',
      `${home}/paymentContracts`,
      { downPaymentDate: '2026-02-30' },
      '400 request_malformed /downPaymentDate',
    ],
    ['POST', `${home}/depositContracts`, {}, '400 request_malformed /reasonCode'],
    ['POST', `${home}/depositContracts`, { reasonCode: 'mood' }, '400 request_malformed /reasonCode'],
    [
      'POST',
      `${home}/depositContracts`,
      { reasonCode: 'credit', contractAmount: '-1' },
      '422 amount_not_positive',
    ],
    [
      'POST',
      `${home}/depositContracts`,
      { reasonCode: 'credit', contractAmount: 9, schedulesNumber: 9 },
      '422 deposit_instalments',
    ],
    ['POST', `${home}/budgetContracts`, { trueUpCode: 'never' }, '400 request_malformed /trueUpCode'],
    ['PUT', `${contract}/end`, { endDate: 'soon' }, '400 request_malformed /endDate'],
    ['PUT', `${contract}/end`, { endDate: '2027-01-01' }, '422 contract_end_day'],
    ['PUT', `${contract}/end`, { endDate: '2025-01-01' }, '422 contract_end_day'],
    ['GET', `${home}/contracts?typeCode=loan`, undefined, '400 request_malformed /typeCode'],
    ['GET', `${home}/contracts/77/schedules`, undefined, '404 contract_unknown'],
    ['GET', `${account(2, 1, 9)}/contracts`, undefined, '404 agreement_unknown'],
  ] as const)
    expect(await refused(method, path, body), JSON.stringify(body)).toBe(told)
  expect(await broken(db)).toEqual([])
})

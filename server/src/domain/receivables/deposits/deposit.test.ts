import { expect, test } from 'vitest'
import type { Home } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import { openWorld } from '../../../../test/support/world.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { addDays, type Instant } from '../../../platform/time.ts'
import { getAgreement, stopAgreement } from '../../agreements/index.ts'
import { completeBill, completeFinalBill } from '../../billing/index.ts'
import type { Actor } from '../../identity/index.ts'
import { saveSettings } from '../../identity/index.ts'
import { disbursementsOfCustomer, recordPayment } from '../../payments/index.ts'
import { depositsOf } from '../contracts/queries.ts'
import { postedBy, previewAct } from '../preview.ts'
import { balances } from '../queries.ts'
import { assessDeposit, recommendDeposit, recordNonCashDeposit } from './assess.ts'
import { saveDepositRate } from './earn.ts'
import { applyDeposit, cancelDepositArrears, refundDeposit, waiveDeposit } from './give-back.ts'
import { interestCents, interestSpans } from './interest.ts'
import { goodBillsSince } from './monitor.ts'

test('interest is simple, by day, over what is held and the rate of the day, rounded once', () => {
  const changes = [
    { day: '2026-01-01', amountCents: 10000 },
    { day: '2026-07-01', amountCents: 10000 },
  ]
  const rates = [
    { startDate: '2025-01-01', yearlyPercent: '3.65' },
    { startDate: '2026-10-01', yearlyPercent: '7.3' },
  ]
  const spans = interestSpans(changes, rates, { start: '2026-01-01', end: '2027-01-01' })
  expect(spans.map(({ start, heldCents, yearlyPercent }) => [start, heldCents, yearlyPercent])).toEqual([
    ['2026-01-01', 10000, '3.65'],
    ['2026-07-01', 20000, '3.65'],
    ['2026-10-01', 20000, '7.3'],
  ])
  // 0.01 % a day: 181 days x 1.00 cent, 92 days x 2.00, then 92 days x 4.00: 181 + 184 + 368.
  expect(interestCents(spans, 365)).toBe(733)
  expect(interestSpans(changes, rates, { start: '2024-01-01', end: '2025-01-01' })).toEqual([])
  // 100.00 for one day at 3.65 % of 360 days: 1.0139 cents.
  const day = { start: '2026-01-01', end: '2026-01-02', heldCents: 10000, yearlyPercent: '3.65' }
  expect(interestCents([day], 360)).toBe(1)
  expect(interestCents([{ ...day, heldCents: 15000 }], 365)).toBe(2)
})

test('good bills in a row are counted after the last late one', () => {
  const days = ['01', '02', '03', '04'].map((month) => ({
    dueDate: `2026-${month}-20`,
    onTime: month !== '02',
  }))
  expect(goodBillsSince(days, '2026-01-01')).toBe(2)
  expect(goodBillsSince(days, '2026-04-01')).toBe(1)
})

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 3 })
const [payer, leaver, waived] = world.homes as [Home, Home, Home]
const { clientId } = world.town
await world.act(async (tx, done) => {
  await saveDepositRate(tx, { clientId, startDate: '2025-01-01', yearlyPercent: '3.65', ...done })
  await saveSettings(tx, { clientId, section: 'deposits', value: { goodBills: 3 }, ...done })
})
await world.through('2026-02-01')

const bill = (home: Home, month: string) =>
  world.act((tx, done) => completeBill(tx, { ...home, periodEnd: month, billDate: month, ...done }))
const pay = ({ customerId, accountNumber }: Home, amountCents: number) =>
  world.act((tx, done) =>
    recordPayment(tx, {
      payerCustomerId: customerId,
      accounts: [{ customerId, accountNumber, amountCents }],
      paymentDate: world.today(),
      source: 'counter',
      tender: { method: 'check' },
      ...done,
    }),
  )
const assess = (home: Home, extra: Partial<Parameters<typeof assessDeposit>[1]> = {}) => {
  const { customerId, accountNumber } = home
  const wish = { customerId, accountNumber, reason: 'new_service' as const, day: world.today(), ...extra }
  return world.act((tx, done) => assessDeposit(tx, { ...wish, ...done }))
}
const depositOf = async ({ customerId }: Home) => (await depositsOf(db.read, [customerId], world.today()))[0]
const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => 'nothing',
    (error: { code?: string }) => error.code,
  )

test('a deposit is asked for with the bill, held when paid, earns interest, and goes back to a good payer', async () => {
  expect(await refusalOf(assess(payer))).toBe('deposit_not_needed')
  expect(await refusalOf(assess(payer, { amountCents: -1 }))).toBe('amount_not_positive')
  expect(await refusalOf(assess(payer, { amountCents: 100, instalments: 4 }))).toBe('deposit_instalments')
  const wish = { amountCents: 12000, instalments: 2, reason: 'new_service' as const, day: '2026-02-01' }
  const { customerId, accountNumber } = payer
  const contract = await assess(payer, wish)
  expect((await balances(db.read, [customerId], '2026-02-01')).length).toBe(0)
  const first = await bill(payer, '2026-02-01')
  expect(first.amountDueCents).toBe(5632 + 6000)
  await pay(payer, 5632 + 6000)
  expect(await depositOf(payer)).toMatchObject({ heldCents: 6000, unpaidCents: 0, requiredCents: 12000 })
  await world.through('2026-03-01')
  const second = await bill(payer, '2026-03-01')
  expect(second.amountDueCents).toBe(5179 + 6000)
  await pay(payer, 5179 + 6000)
  // 60.00 for 28 days at 0.01 % a day.
  expect(await depositOf(payer)).toMatchObject({ heldCents: 12000, accruedCents: 17 })
  await world.through('2026-04-01')
  await bill(payer, '2026-04-01')
  await pay(payer, 1)
  const lastDue = '2026-04-22'
  const open = await balances(db.read, [customerId], world.today())
  await pay(
    payer,
    open.reduce((sum, one) => sum + Math.max(0, one.currentCents), 0),
  )
  await world.through(lastDue)
  expect(await depositOf(payer)).toMatchObject({ status: 'active' })
  await world.through('2026-04-30')
  // Three bills were paid in time: 120.00 goes back, with interest, to where the account keeps a credit.
  const back = await depositOf(payer)
  expect(back).toMatchObject({ status: 'ended', heldCents: 0 })
  // 60.00 x 28 days + 120.00 x days from 1 March to the day after the grace of 22 April (28 April): 58 days: 16.8 + 69.6.
  expect(back?.interestCents).toBe(86)
  const left = await balances(db.read, [customerId], world.today())
  expect(left.reduce((sum, one) => sum + one.payoffCents, 0)).toBe(-12000 - 86)
  const holder = { customerId, agreementId: contract.agreementId ?? 0 }
  expect(await getAgreement(db.read, holder)).toMatchObject({ status: 'closed', accountNumber })
  expect(await broken(db)).toEqual([])
})

test('a deposit pays the final bill, and what was not paid of it is not asked for any more', async () => {
  const { customerId } = leaver
  await assess(leaver, { amountCents: 9000, dueDate: '2026-05-10' })
  await pay(leaver, 4000)
  expect(await depositOf(leaver)).toMatchObject({ heldCents: 4000, unpaidCents: 5000 })
  await world.act((tx, done) => stopAgreement(tx, { ...leaver, endDate: '2026-04-01', ...done }))
  const final = { ...leaver, billDate: world.today() }
  const made = await world.act((tx, done) => completeFinalBill(tx, { ...final, ...done }))
  const owed = await balances(db.read, [customerId], world.today())
  // Three months of 700 Wh: 520.8, 470.4 and 520.1 kWh, less 40.00 held.
  expect(owed.reduce((sum, one) => sum + one.payoffCents, 0)).toBe(made.amountDueCents)
  expect(owed.every((one) => one.payoffCents === one.currentCents)).toBe(true)
  expect(await depositOf(leaver)).toMatchObject({ status: 'ended', heldCents: 0, unpaidCents: 0 })
  expect(await broken(db)).toEqual([])
})

test('preview equals what is posted when a deposit is given back, and twice is refused', async () => {
  await bill(waived, '2026-02-01')
  const contract = await assess(waived, { amountCents: 8000, dueDate: '2026-05-10' })
  const { customerId, contractNumber } = contract
  const key = { customerId, contractNumber, day: world.today(), reason: 'asked' }
  expect(await refusalOf(world.act((tx, done) => refundDeposit(tx, { ...key, ...done })))).toBe(
    'deposit_not_held',
  )
  await pay(waived, 8000)
  const refund = { ...key, to: 'check' as const }
  const preview = await world.act((tx, done) =>
    previewAct(tx, [customerId], () => refundDeposit(tx, { ...refund, ...done })),
  )
  const real = await world.act((tx, done) =>
    postedBy(tx, [customerId], () => refundDeposit(tx, { ...refund, ...done })),
  )
  expect(preview).toEqual(real)
  const { leftCents } = real.result
  expect(leftCents).toBe(8000 - real.result.appliedCents)
  await world.through(addDays(world.today(), 1))
  expect(await disbursementsOfCustomer(db.read, customerId)).toMatchObject([{ amountCents: leftCents }])
  expect(await refusalOf(world.act((tx, done) => refundDeposit(tx, { ...refund, ...done })))).toBe(
    'contract_state',
  )
  expect(await broken(db)).toEqual([])
})

test('preview equals what is posted when a deposit is asked for, and when it pays a stopped account', async () => {
  const { customerId, accountNumber } = waived
  const wish = {
    customerId,
    accountNumber,
    amountCents: 700,
    reason: 'credit' as const,
    dueDate: '2026-06-01',
  }
  const day = world.today()
  const same = async <Result>(act: (tx: Tx, done: { now: Instant; actor: Actor }) => Promise<Result>) => {
    const preview = await world.act((tx, done) => previewAct(tx, [customerId], () => act(tx, done)))
    const real = await world.act((tx, done) => postedBy(tx, [customerId], () => act(tx, done)))
    expect(preview).toEqual(real)
    expect(real.posted.entries.length).toBeGreaterThan(0)
  }
  await same((tx, done) => assessDeposit(tx, { ...wish, day, ...done }))
  await pay(waived, 300)
  const scope = { customerId, accountNumber, effectiveDate: day, accountingDate: day }
  await same((tx, done) => applyDeposit(tx, { ...scope, ...done }))
  expect(await broken(db)).toEqual([])
})

test('arrears are dropped, a guarantee lowers what is recommended, and stops with nothing else to apply', async () => {
  const { customerId, accountNumber } = waived
  const contract = await assess(waived, { amountCents: 8000, instalments: 2, dueDate: '2026-05-20' })
  const key = { customerId, contractNumber: contract.contractNumber, day: world.today(), reason: 'hardship' }
  expect(await world.act((tx, done) => cancelDepositArrears(tx, { ...key, ...done }))).toBe(8000)
  expect(await refusalOf(world.act((tx, done) => waiveDeposit(tx, { ...key, ...done })))).toBe(
    'contract_state',
  )
  const before = await recommendDeposit(db.read, { customerId, accountNumber, day: world.today() })
  await world.act((tx, done) =>
    recordNonCashDeposit(tx, {
      ...{ customerId, accountNumber, form: 'guarantor', amountCents: 5000, reason: 'credit' },
      ...{ guarantorCustomerId: payer.customerId, evidence: 'letter 7', day: world.today(), ...done },
    }),
  )
  const after = await recommendDeposit(db.read, { customerId, accountNumber, day: world.today() })
  expect(before.amountCents - after.amountCents).toBe(5000)
  const scope = { customerId, accountNumber, effectiveDate: world.today(), accountingDate: world.today() }
  const given = await world.act((tx, done) => applyDeposit(tx, { ...scope, ...done }))
  expect(given).toMatchObject([{ heldCents: 0, appliedCents: 0, leftCents: 0 }])
  expect(await broken(db)).toEqual([])
})

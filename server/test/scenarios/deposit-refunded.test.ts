import { expect, test } from 'vitest'
import { billsOfAccount } from '../../src/domain/billing/index.ts'
import { addMonths } from '../../src/domain/receivables/contracts/months.ts'
import { assessDeposit, depositsOf, saveDepositRate } from '../../src/domain/receivables/index.ts'
import { testDatabase } from '../support/database.ts'
import { owed, payCash } from '../support/debtors.ts'
import { billHome } from '../support/paying-world.ts'
import { asPreviewed, booked, liveAndPay } from '../support/story.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * A new customer pays a deposit with the first bill and twelve bills in time. The deposit comes back with its interest and
 * pays the next bills. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 1, months: 15 })
const [home] = world.homes as [(typeof world.homes)[0]]
const { clientId } = world.town
const { customerId, accountNumber } = home
const account = { customerId, accountNumber }
const deposit = async () => (await depositsOf(db.read, [customerId], world.today()))[0]

test('120.00 are assessed and asked for with the first bill', async () => {
  await world.act((tx, done) =>
    saveDepositRate(tx, { clientId, startDate: '2026-01-01', yearlyPercent: '3.65', ...done }),
  )
  const wish = { ...account, amountCents: 12_000, reason: 'new_service' as const }
  await asPreviewed(world, home, (tx, done) => assessDeposit(tx, { ...wish, day: world.today(), ...done }))
  expect(await booked(db, world, ['deposit', 'deposit_receivable'])).toEqual([0, 0])
  const bill = await liveAndPay(world, home, '2026-02-01')
  expect(bill.amountDueCents).toBe(5632 + 12_000)
  // Due on Sunday, 22 February, and so on Monday.
  expect(await deposit()).toMatchObject({ heldCents: 12_000, unpaidCents: 0 })
  expect(await booked(db, world, ['deposit', 'receivable'])).toEqual([-12_000, 0])
  expect(await broken(db)).toEqual([])
})

test('eleven more bills are paid in time; nothing is given back yet', async () => {
  for (let month = 1; month < 12; month++) await liveAndPay(world, home, addMonths('2026-02-01', month))
  expect(await billsOfAccount(db.read, home)).toHaveLength(12)
  expect(await deposit()).toMatchObject({ status: 'active', heldCents: 12_000 })
  expect(world.today()).toBe('2027-01-22')
  expect(await owed(db, home)).toEqual([[10_002, -12_000, 0]])
  expect(await broken(db)).toEqual([])
}, 60_000)

test('it comes back with its interest when the days of grace of the twelfth bill are over', async () => {
  // Due on 22 January, in time until five days later.
  await world.through('2027-01-27')
  expect(await deposit()).toMatchObject({ status: 'active' })
  await world.through('2027-01-28')
  // 1.2 cents a day: 312 days to New Year 3.74, taken off December's bill, then 27 days 0.32.
  expect(await deposit()).toMatchObject({ status: 'ended', heldCents: 0, interestCents: 374 + 32 })
  expect(await booked(db, world, ['deposit', 'deposit_receivable', 'deferred_receivable'])).toEqual([0, 0, 0])
  expect(await booked(db, world, ['interest_expense', 'receivable', 'overpayment'])).toEqual([
    374 + 32,
    -32,
    -12_000,
  ])
  expect(await broken(db)).toEqual([])
})

test('it pays the next bills, and the third asks for money again', async () => {
  const asked = []
  for (const month of ['2027-02-01', '2027-03-01', '2027-04-01']) {
    await world.through(month)
    asked.push((await billHome(world, home, month)).amountDueCents)
  }
  // 56.32, 51.79 and 56.26, less 120.32.
  expect(asked).toEqual([5632 - 12_032, 5632 + 5179 - 12_032, 5632 + 5179 + 5626 - 12_032])
  await payCash(world, home, 4405)
  expect(await owed(db, home)).toEqual([])
  expect(await broken(db)).toEqual([])
}, 60_000)

import { expect, test } from 'vitest'
import { addMonths } from '../../src/domain/receivables/contracts/months.ts'
import {
  budgetStatus,
  contractsOfAccount,
  endBudget,
  startBudget,
} from '../../src/domain/receivables/index.ts'
import { recordBlocks } from '../../src/domain/usage/index.ts'
import { hourly } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { owed } from '../support/debtors.ts'
import { asPreviewed, booked, liveAndPay } from '../support/story.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * A home that heats little and cools much pays the same each month for a year. The twelfth bill settles the difference, and
 * a new budget follows. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 1, months: 14 })
const [home] = world.homes as [(typeof world.homes)[0]]
const { customerId, accountNumber, agreementId } = home
const account = { customerId, accountNumber }

/**
 * What is charged for each month from February on: 6 cents an hour at 600 W, 9.00, and 5 % of both. In summer 1,200 W: 720 h
 * are 864 kWh: 500 x 0.10 + 364 x 0.12 + 9.00 = 102.68, tax 5.13. 744 h are 892.8 kWh: 50.00 + 47.14 + 9.00, tax 5.31.
 */
const YEAR = [5179, 5626, 5481, 5632, 10_781, 11_145, 11_145, 5481, 5632, 5487, 5632, 5632]
const total = YEAR.reduce((sum, cents) => sum + cents, 0)
const MONTHLY = 6500

test('a summer is hot', async () => {
  await world.act(async (tx, done) => {
    const blocks = hourly(home, 1200, '2026-06-01', '2026-09-01')
    await recordBlocks(tx, { blocks, source: 'corrected', now: done.now })
  })
  expect((await liveAndPay(world, home, '2026-02-01')).amountDueCents).toBe(5632)
})

test('budget billing begins with February', async () => {
  const amounts = [{ agreementId, amountCents: MONTHLY }]
  const wish = { ...account, amounts, trueUp: 'settle' as const }
  await asPreviewed(world, home, (tx, done) => startBudget(tx, { ...wish, day: world.today(), ...done }))
  expect(await owed(db, home)).toEqual([])
})

test('eleven bills ask for the same; what is put off goes down and up with the weather', async () => {
  let putOff = 0
  for (let month = 0; month < 11; month++) {
    const bill = await liveAndPay(world, home, addMonths('2026-03-01', month))
    expect([bill.chargesCents, bill.amountDueCents]).toEqual([YEAR[month], MONTHLY])
    putOff += (YEAR[month] ?? 0) - MONTHLY
    expect(await owed(db, home)).toEqual([[agreementId, putOff, 0]])
    expect(await booked(db, world, ['receivable', 'deferred_receivable'])).toEqual([0, putOff])
    if (month % 4 === 0) expect(await broken(db)).toEqual([])
  }
}, 60_000)

test('the twelfth asks for what is left of the year', async () => {
  const bill = await liveAndPay(world, home, '2027-02-01')
  expect(bill.chargesCents).toBe(YEAR[11])
  expect(bill.amountDueCents).toBe(total - 11 * MONTHLY)
  expect(await owed(db, home)).toEqual([])
  expect(await booked(db, world, ['receivable', 'deferred_receivable', 'cash'])).toEqual([0, 0, 5632 + total])
  expect(await broken(db)).toEqual([])
})

test('a new budget has begun, with the average of the year; it is ended at the customer’s wish', async () => {
  const [next, old] = await contractsOfAccount(db.read, home, { kinds: ['budget'] })
  expect(old).toMatchObject({ status: 'ended', endReason: 'anniversary' })
  if (!next) throw new Error('a budget has begun')
  const { courses } = await budgetStatus(db.read, next, world.today())
  // A year's charges / 12, up to the next dollar.
  expect(courses).toMatchObject([{ putOffCents: 0, monthlyCents: Math.ceil(total / 12 / 100) * 100 }])
  const bill = await liveAndPay(world, home, '2027-03-01')
  expect(bill.amountDueCents).toBe(Math.ceil(total / 12 / 100) * 100)
  const end = { customerId, contractNumber: next.contractNumber, reason: 'requested' }
  await asPreviewed(world, home, (tx, done) => endBudget(tx, { ...end, day: world.today(), ...done }))
  const left = 5179 - bill.amountDueCents
  expect(await owed(db, home)).toEqual([[agreementId, left, left]])
  expect(await broken(db)).toEqual([])
})

import { expect, test } from 'vitest'
import {
  billsOfAccount,
  chargesOfAgreement,
  explainBill,
  previewRebill,
  type Rebill,
  rebillPeriods,
} from '../../src/domain/billing/index.ts'
import { recordBlocks } from '../../src/domain/usage/index.ts'
import { hourly } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { owed, payCash } from '../support/debtors.ts'
import { billHome } from '../support/paying-world.ts'
import { asPreviewed, booked, liveAndPay } from '../support/story.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * A meter counted half again too much from February on. Seven months are billed and paid before somebody tests it; they are
 * billed again in one act. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 1, months: 11 })
const [home] = world.homes as [(typeof world.homes)[0]]
const { customerId, agreementId } = home

/** 6 cents an hour at 600 W; 9.00; 5 % of both. February 672 h, March 743 h, April 720 h, and so on to August. */
const OLD = [5179, 5626, 5481, 5632, 5481, 5632, 5632]
/** 4 cents an hour at 400 W: February 26.88 + 9.00, tax 1.79; 743 h: 29.72 + 9.00, 1.94; 720 h: 28.80, 1.89; 744 h: 29.76, 1.94. */
const NEW = [3767, 4066, 3969, 4070, 3969, 4070, 4070]
const sum = (cents: readonly number[]) => cents.reduce((total, one) => total + one, 0)
const DIFFERENCE = sum(NEW) - sum(OLD)

test('eight months are billed and paid', async () => {
  const asked = []
  for (const month of ['02', '03', '04', '05', '06', '07', '08', '09'])
    asked.push((await liveAndPay(world, home, `2026-${month}-01`)).amountDueCents)
  expect(asked).toEqual([5632, ...OLD])
  expect(await owed(db, home)).toEqual([])
}, 60_000)

const wish = (done: { now: ReturnType<typeof world.now> }) => ({
  ...{ customerId, agreementId, from: '2026-02-01', correctedOn: world.today(), reason: 'meter test failed' },
  now: done.now,
})
let told: Rebill

test('the meter is tested: what was measured since February is corrected, and the preview tells each month', async () => {
  await world.through('2026-09-24')
  const blocks = hourly(home, 400, '2026-02-01', '2026-09-24')
  await world.act((tx, done) => recordBlocks(tx, { blocks, source: 'corrected', now: done.now }))
  told = await world.act((tx, done) => previewRebill(tx, wish(done)))
  expect(told.periods.map((period) => [period.oldCents, period.newCents])).toEqual(
    OLD.map((cents, month) => [cents, NEW[month]]),
  )
  expect(told.differenceCents).toBe(DIFFERENCE)
  expect(told.periods[0]?.lines.map(({ ruleCode, differenceCents }) => [ruleCode, differenceCents])).toEqual([
    ['customer', 0],
    ['energy', 2688 - 4032],
    ['city_tax', 179 - 247],
  ])
  // Nothing has happened yet.
  expect(await owed(db, home)).toEqual([])
})

test('billed again: what is posted is what was told, and the customer has a credit', async () => {
  const made = await asPreviewed(world, home, (tx, done) =>
    rebillPeriods(tx, { ...wish(done), actor: done.actor }),
  )
  const figures = ({ periods }: Rebill) => periods.map(({ newChargeId: _, ...period }) => period)
  expect(figures(made)).toEqual(figures(told))
  expect(await owed(db, home)).toEqual([[agreementId, DIFFERENCE, DIFFERENCE]])
  const live = (await chargesOfAgreement(db.read, home)).filter((charge) => charge.status === 'frozen')
  expect(live.map((charge) => charge.amountCents)).toEqual([5632, ...NEW])
  // Each charge took the place of its own month's.
  expect(live.map((charge) => charge.rebillsChargeId)).toEqual([null, 2, 3, 4, 5, 6, 7, 8])
  expect(await booked(db, world, ['receivable'])).toEqual([DIFFERENCE])
  expect(await broken(db)).toEqual([])
})

test('the credit pays the next bills, and every bill is still explained by what it saw', async () => {
  // September: 23 days of 400 W and 7 of 600 W are 321.6 kWh: 32.16 + 9.00, tax 2.06. October 56.32, November 721 h: 54.87.
  let left = DIFFERENCE
  for (const [month, cents] of [
    ['2026-10-01', 4322],
    ['2026-11-01', 5632],
    ['2026-12-01', 5487],
  ] as const) {
    await world.through(month)
    const bill = await billHome(world, home, month)
    left += cents
    expect([bill.chargesCents, bill.amountDueCents]).toEqual([
      month === '2026-10-01' ? sum(NEW) + cents : cents,
      left,
    ])
  }
  // -106.82 + 43.22 + 56.32 + 54.87
  expect(left).toBe(4759)
  await payCash(world, home, left)
  for (const { billId } of await billsOfAccount(db.read, home))
    expect((await explainBill(db.read, { customerId, billId })).reproduced).toBe(true)
  expect(await owed(db, home)).toEqual([])
  expect(await broken(db)).toEqual([])
}, 60_000)

import { expect, test } from 'vitest'
import { getAgreement } from '../../src/domain/agreements/index.ts'
import { completeBill } from '../../src/domain/billing/index.ts'
import {
  addProtection,
  collectionDetails,
  collectionProcesses,
  dispatchCut,
  severancesOf,
} from '../../src/domain/collections/index.ts'
import { completeFieldActivity, fieldActivities } from '../../src/domain/field/index.ts'
import { getServicePoint } from '../../src/domain/metering/index.ts'
import { noticesOf } from '../../src/domain/notices/index.ts'
import { contractSchedule, startArrangement } from '../../src/domain/receivables/index.ts'
import { findWorkItems } from '../../src/domain/work/index.ts'
import type { Home } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { owed, payCash } from '../support/debtors.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * Three crews are on their way to cut. Life support is proven: one turns back, one was faster. The third customer pays,
 * and the crew hears of it too late. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 3, from: '2026-02-01' })
const { clientId } = world.town
const [saved, cutOff, paid] = world.homes as [Home, Home, Home]
const bill = (home: Home, day: string) =>
  world.act((tx, done) => completeBill(tx, { ...home, periodEnd: day, billDate: day, ...done }))
const work = async ({ customerId }: Home, kind: 'disconnect' | 'reconnect') => {
  const { activities } = await fieldActivities(db.read, { clientId, customerId, limit: 9, offset: 0 })
  return activities
    .filter((one) => one.kind === kind)
    .map(({ activityId, status, holdReason }) => ({ activityId, status, holdReason }))
}
const dispatch = ({ customerId }: Home) =>
  world.act((tx, done) => dispatchCut(tx, { customerId, severanceId: 1, crew: 'C1', ...done }))
const protect = ({ customerId, accountNumber }: Home) =>
  world.act((tx, done) =>
    addProtection(tx, {
      ...{ customerId, accountNumber, kind: 'life_support' as const, startDate: world.today() },
      ...{ evidence: 'Certificate of 9 April', reason: 'Oxygen at home', ...done },
    }),
  )
const report = (activityId: number) =>
  world.act((tx, done) =>
    completeFieldActivity(tx, {
      ...{ clientId, activityId, completedAt: done.now, result: { outcome: 'done' as const }, ...done },
    }),
  )
const processesOf = async ({ customerId }: Home) =>
  (await collectionProcesses(db.read, customerId)).map(({ status, endReason }) => [status, endReason])

test('two bills stay unpaid until the cuts are ordered', async () => {
  for (const home of world.homes) await bill(home, '2026-02-01')
  await world.through('2026-03-01')
  for (const home of world.homes) await bill(home, '2026-03-01')
  await world.through('2026-04-02')
  const notices = (await noticesOf(db.read, saved.customerId)).map(({ subject }) => subject)
  // Due on Monday, 23 February; 10 legal days after the notice of Monday, 23 March.
  expect(notices).toEqual([
    'Disconnect notice: pay $56.32 before Apr 2, 2026',
    'Past due since Feb 23, 2026: $56.32',
    'Reminder: $56.32 is past due',
  ])
  for (const home of world.homes) {
    await dispatch(home)
    expect(await work(home, 'disconnect')).toMatchObject([{ status: 'dispatched' }])
  }
})

test('the certificate comes: the crew is called back, and nobody can send it again', async () => {
  await protect(saved)
  expect(await work(saved, 'disconnect')).toMatchObject([{ status: 'held', holdReason: 'protection:1' }])
  expect(await severancesOf(db.read, saved.customerId)).toMatchObject([
    { cutDispatchedAt: null, cutOn: null },
  ])
  await expect(dispatch(saved)).rejects.toMatchObject({ code: 'cut_forbidden' })
})

test('the other crew was faster: what it did is recorded, and it is sent back to reconnect, without a fee', async () => {
  await protect(cutOff)
  const [cut] = await work(cutOff, 'disconnect')
  expect(cut?.status).toBe('held')
  // January 595.2 kWh: 73.94; February 672 h x 0.8 kWh = 537.6 kWh: 50.00 + 4.512; 9.00; 5 % of 63.51 = 3.176; 66.69
  await payCash(world, paid, 7394 + 6669)
  await report(cut?.activityId ?? 0)
  expect((await getServicePoint(db.read, cutOff.servicePointId)).status).toBe('disconnected')
  await world.through('2026-04-03')
  const [back] = await work(cutOff, 'reconnect')
  expect(back?.status).toBe('pending')
  const { items } = await findWorkItems(db.read, { clientId, kind: 'cut_forbidden', limit: 9, offset: 0 })
  expect(items).toMatchObject([
    { customerId: cutOff.customerId, reasonCode: 'cut_while_forbidden', status: 'open' },
  ])
  await report(back?.activityId ?? 0)
  await world.through('2026-04-04')
  expect((await getServicePoint(db.read, cutOff.servicePointId)).status).toBe('connected')
  expect(await severancesOf(db.read, cutOff.customerId)).toMatchObject([
    { cutOn: '2026-04-02', reconnectedOn: '2026-04-03', endReason: 'reconnected', feeAdjustmentId: null },
  ])
  // January: 744 h x 0.7 kWh = 520.8 kWh: 50.00 + 20.8 x 0.12 = 52.496; 9.00; 5 % of 61.50 = 3.075; 64.58
  // February: 672 h x 0.7 kWh = 470.4 kWh x 0.10 = 47.04; 9.00; 5 % of 56.04 = 2.802; 58.84
  expect(await owed(db, cutOff)).toEqual([[cutOff.agreementId, 6458 + 5884, 6458 + 5884]])
  expect(await broken(db)).toEqual([])
})

test('the third debt was paid that day; the crew had cut already, and is sent back without a fee', async () => {
  const [cut] = await work(paid, 'disconnect')
  expect(cut?.status).toBe('cancelled')
  await report(cut?.activityId ?? 0)
  await world.through('2026-04-05')
  const [back] = await work(paid, 'reconnect')
  await report(back?.activityId ?? 0)
  await world.through('2026-04-06')
  expect((await getServicePoint(db.read, paid.servicePointId)).status).toBe('connected')
  expect(await severancesOf(db.read, paid.customerId)).toMatchObject([
    { cutOn: '2026-04-04', reconnectedOn: '2026-04-05', status: 'inactive', feeAdjustmentId: null },
  ])
  expect([await owed(db, paid), await broken(db)]).toEqual([[], []])
})

test('weeks go by, and nothing is cut or stopped', async () => {
  await world.through('2026-04-20')
  expect(await work(saved, 'disconnect')).toMatchObject([{ status: 'held' }])
  for (const home of [saved, cutOff]) {
    expect((await getServicePoint(db.read, home.servicePointId)).status).toBe('connected')
    expect((await getAgreement(db.read, home)).status).toBe('active')
    expect(await processesOf(home)).toEqual([['active', null]])
  }
  const { debts, obstacles } = await collectionDetails(db.read, saved.customerId, world.today())
  // January and February: 56.32 and 51.79
  expect([debts[0]?.amountCents, obstacles.map(({ source }) => source)]).toEqual([10_811, ['protection:1']])
})

test('the debt is arranged in instalments: collection ends, and the cut is called off for good', async () => {
  const { customerId, accountNumber } = saved
  const contract = await world.act((tx, done) =>
    startArrangement(tx, { customerId, accountNumber, split: { count: 3 }, day: world.today(), ...done }),
  )
  // 108.11 in three
  expect((await contractSchedule(db.read, contract)).map(({ amountCents }) => amountCents)).toEqual([
    3604, 3604, 3603,
  ])
  await world.through('2026-04-21')
  expect(await processesOf(saved)).toEqual([['inactive', 'arrangement']])
  expect(await work(saved, 'disconnect')).toMatchObject([{ status: 'cancelled' }])
  expect(await severancesOf(db.read, customerId)).toMatchObject([
    { status: 'inactive', endReason: 'cancelled' },
  ])
  expect(await broken(db)).toEqual([])
})

import { expect, test } from 'vitest'
import {
  collectionProcesses,
  creditRating,
  dispatchCut,
  severancesOf,
} from '../../src/domain/collections/index.ts'
import { completeFieldActivity, fieldActivities } from '../../src/domain/field/index.ts'
import { getServicePoint } from '../../src/domain/metering/index.ts'
import { noticesOf } from '../../src/domain/notices/index.ts'
import { getContract, makePromise } from '../../src/domain/receivables/index.ts'
import { testDatabase } from '../support/database.ts'
import { owed, payCash } from '../support/debtors.ts'
import { billHome } from '../support/paying-world.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * A customer promises to pay two bills and does not. Notices go out, service is cut, everything is paid and service is
 * back. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 1, from: '2026-02-01', months: 4 })
const { clientId } = world.town
const [home] = world.homes as [(typeof world.homes)[0]]
if (!home) throw new Error('the town has a home')
const { customerId, agreementId, servicePointId } = home

const stepsDone = async () => {
  const processes = await collectionProcesses(db.read, customerId)
  return processes
    .flatMap(({ steps }) => steps.filter((step) => step.status === 'complete'))
    .map((step) => `${step.doneOn} ${step.kind}`)
}
const score = async () => (await creditRating(db.read, home, world.today())).score
const work = async (kind: 'disconnect' | 'reconnect') => {
  const { activities } = await fieldActivities(db.read, { clientId, customerId, limit: 9, offset: 0 })
  return activities.find((one) => one.kind === kind)
}
const report = async (kind: 'disconnect' | 'reconnect') => {
  const activityId = (await work(kind))?.activityId ?? 0
  const result = { outcome: 'done' as const }
  await world.act((tx, done) =>
    completeFieldActivity(tx, { clientId, activityId, completedAt: done.now, result, ...done }),
  )
}

test('two bills are not paid; the customer promises half of them in March and half in April', async () => {
  await billHome(world, home, '2026-02-01')
  await world.through('2026-03-01')
  await billHome(world, home, '2026-03-01')
  expect(await owed(db, home)).toEqual([[agreementId, 5632 + 5179, 5632 + 5179]])
  await world.through('2026-03-05')
  // Due on Monday, 23 February; five days later is a Saturday.
  expect(await stepsDone()).toEqual(['2026-03-02 reminder'])
  const payments = [
    { dueDate: '2026-03-20', amountCents: 5406 },
    { dueDate: '2026-04-20', amountCents: 5405 },
  ]
  const promise = { ...home, amountCents: 10_811, payments, requestedBy: 'Customer' }
  await world.act((tx, done) => makePromise(tx, { ...promise, day: world.today(), ...done }))
})

test('the first day passes and three days of grace: the promise is broken, and counts', async () => {
  await world.through('2026-03-23')
  expect(await stepsDone()).toEqual(['2026-03-02 reminder'])
  const key = { customerId, contractNumber: 1 }
  expect(await getContract(db.read, key)).toMatchObject({ status: 'active' })
  await world.through('2026-03-24')
  expect(await getContract(db.read, key)).toMatchObject({ status: 'broken', endDate: '2026-03-24' })
  expect(await stepsDone()).toEqual(['2026-03-02 reminder', '2026-03-24 notice', '2026-03-24 credit_rating'])
  // The broken promise costs 75 points, the debt 50.
  expect(await score()).toBe(900 - 75 - 50)
  expect(await broken(db)).toEqual([])
})

test('noticed step by step, and cut when the legal days are over', async () => {
  await world.through('2026-04-01')
  await billHome(world, home, '2026-04-01')
  await world.through('2026-04-16')
  expect((await stepsDone()).slice(3)).toEqual([
    '2026-03-30 arrangement_offer', // five days later is a Sunday
    '2026-04-06 disconnect_notice', // five days later is a Saturday
    '2026-04-16 cut', // ten legal days after that Monday
  ])
  await world.act((tx, done) => dispatchCut(tx, { customerId, severanceId: 1, crew: 'C1', ...done }))
  await report('disconnect')
  await world.through('2026-04-17')
  expect(await severancesOf(db.read, customerId)).toMatchObject([{ status: 'active', cutOn: '2026-04-16' }])
  expect((await getServicePoint(db.read, servicePointId)).status).toBe('disconnected')
  expect(await score()).toBe(900 - 75 - 50 - 150)
  const told = (await noticesOf(db.read, customerId)).map((notice) => notice.templateCode)
  expect(told.toReversed()).toEqual([
    'late_reminder',
    'extension_confirmed',
    'extension_broken',
    'past_due_notice',
    'arrangement_offer',
    'disconnect_notice',
  ])
})

test('all is paid: service is back the next day, and its fee is on the next bill', async () => {
  await payCash(world, home, 5632 + 5179 + 5626)
  await world.through('2026-04-18')
  const processes = await collectionProcesses(db.read, customerId)
  expect(processes).toMatchObject([{ status: 'inactive', endReason: 'paid', endedOn: '2026-04-17' }])
  await report('reconnect')
  await world.through('2026-04-19')
  expect(await severancesOf(db.read, customerId)).toMatchObject([
    { endReason: 'reconnected', reconnectedOn: '2026-04-18' },
  ])
  expect((await getServicePoint(db.read, servicePointId)).status).toBe('connected')
  await world.through('2026-05-01')
  const bill = await billHome(world, home, '2026-05-01')
  // 720 h x 6 cents + 9.00 = 52.20; 2.61. And 35.00 for the reconnection.
  expect(bill).toMatchObject({ previousCents: 16_437, creditsCents: -16_437 + 3500, chargesCents: 5481 })
  expect(bill.amountDueCents).toBe(5481 + 3500)
  expect(await broken(db)).toEqual([])
})

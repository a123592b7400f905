import { expect, test } from 'vitest'
import { ACTOR, type Home } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { addDebtor, payCash } from '../../../../test/support/debtors.ts'
import { broken } from '../../../../test/support/verified.ts'
import { openWorld } from '../../../../test/support/world.ts'
import { completeFieldActivity } from '../../field/index.ts'
import {
  getAdjustmentType,
  makePromise,
  postedBy,
  previewAct,
  saveAdjustmentType,
} from '../../receivables/index.ts'
import { findWorkItems } from '../../work/index.ts'
import {
  addProtection,
  collectDebt,
  collectionDetails,
  collectionPaths,
  collectionProcesses,
  creditRating,
  dispatchCut,
  endProtection,
  reviewCollections,
  saveCollectionPath,
  severancesOf,
} from '../index.ts'

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 0, from: '2026-03-02' })
const { clientId } = world.town
let number = 0

async function debtor(amountCents = 12_000): Promise<Home> {
  number += 1
  return addDebtor(world, { number, dueDate: world.today(), amountCents })
}

async function lastStep({ customerId }: Home) {
  const [process] = await collectionProcesses(db.read, customerId)
  const done = process?.steps.filter((step) => step.status === 'complete') ?? []
  return [process?.status, done.at(-1)?.kind, done.at(-1)?.doneOn]
}

test('a promise holds the steps; broken, it counts against the credit and the steps go on', async () => {
  const home = await debtor()
  await world.through('2026-03-09')
  expect(await lastStep(home)).toEqual(['active', 'reminder', '2026-03-09']) // five days late on a Saturday
  const { customerId, accountNumber } = home
  const payments = [{ dueDate: '2026-04-01', amountCents: 12_000 }]
  const promise = { customerId, accountNumber, amountCents: 12_000, payments, requestedBy: 'customer' }
  await world.act((tx, done) => makePromise(tx, { ...promise, day: world.today(), ...done }))
  await world.through('2026-04-04')
  expect(await lastStep(home)).toEqual(['active', 'reminder', '2026-03-09'])
  const { debts } = await collectionDetails(db.read, customerId, '2026-04-04')
  expect(debts.map((debt) => [debt.nextStep?.kind, debt.nextStep?.waitingFor])).toEqual([
    ['notice', 'promise'],
  ])
  await world.through('2026-04-06') // three days of grace are over
  expect(await lastStep(home)).toEqual(['active', 'credit_rating', '2026-04-06'])
  const rating = await creditRating(db.read, home, '2026-04-06')
  expect(rating.events.map((event) => [event.kind, event.points])).toEqual([
    ['broken_promise', -75],
    ['late_payment', -50],
  ])
  await payCash(world, home, 12_000)
  await world.through('2026-04-07')
  expect((await lastStep(home))[0]).toBe('inactive')
  expect(await broken(db)).toEqual([])
})

test('what is disputed is not collected until the dispute ends', async () => {
  const home = await debtor()
  const { customerId, accountNumber } = home
  await world.through('2026-04-13')
  const scope = { customerId, accountNumber, startDate: world.today(), reason: 'Wrong meter' }
  const dispute = (amountCents?: number) =>
    world.act((tx, done) =>
      addProtection(tx, { ...scope, kind: 'dispute', ...(amountCents && { amountCents }), ...done }),
    )
  await expect(dispute()).rejects.toMatchObject({ code: 'amount_not_positive' })
  const protectionNumber = await dispute(11_500) // 5.00 are left, which release the debt
  expect((await collectionProcesses(db.read, customerId)).map((one) => one.endReason)).toEqual(['dispute'])
  await world.through('2026-04-20')
  await world.act((tx, done) =>
    endProtection(tx, { customerId, protectionNumber, endDate: '2026-04-20', ...done }),
  )
  await world.through('2026-04-21')
  expect((await collectionProcesses(db.read, customerId)).map((one) => one.status)).toEqual([
    'inactive',
    'active',
  ])
  await payCash(world, home, 12_000)
})

test('the reconnect fee is previewed as it is posted, and asked once', async () => {
  const home = await debtor()
  const { customerId } = home
  await world.through('2026-06-11')
  const [severance] = await severancesOf(db.read, customerId)
  await world.act(async (tx, done) => {
    await dispatchCut(tx, { customerId, severanceId: severance?.severanceId ?? 0, ...done })
    const activityId = severance?.cutActivityId ?? 0
    const result = { outcome: 'done' as const }
    await completeFieldActivity(tx, { clientId, activityId, completedAt: done.now, result, ...done })
  })
  await world.through('2026-06-12')
  await payCash(world, home, 12_000)
  await world.act(async (tx, done) => {
    const review = () =>
      reviewCollections(tx, { clientId, customerIds: [customerId], day: world.today(), ...done })
    const preview = await previewAct(tx, [customerId], review)
    const real = await postedBy(tx, [customerId], review)
    expect(preview.posted).toEqual(real.posted)
    expect(real.posted.items.map((item) => item.amountCents)).toEqual([3_500])
    expect((await postedBy(tx, [customerId], review)).posted.entries).toEqual([])
  })
  expect(await broken(db)).toEqual([])
})

test('a day done twice changes nothing', async () => {
  const home = await debtor()
  await world.through('2026-06-26')
  const before = await collectionProcesses(db.read, home.customerId)
  expect(before[0]?.steps.filter((step) => step.status === 'complete')).toHaveLength(1)
  const context = { database: db, clock: world.now, actor: ACTOR }
  await collectDebt(context, { clientId, day: world.today() })
  expect(await collectionProcesses(db.read, home.customerId)).toEqual(before)
  await payCash(world, home, 12_000)
})

test('a step that cannot be done is a work item and tried again; other customers go on', async () => {
  const step = { stepNumber: 1, countsFrom: 'start' as const, afterStep: null, days: 0, workDays: false }
  const plain = { onWorkDay: true, template: null, noticeDays: null, points: null }
  const steps = [{ ...step, ...plain, kind: 'fee' as const, amountCents: 1_500 }]
  await world.act(async (tx, done) => {
    const [home] = await collectionPaths(tx, clientId)
    if (!home) throw new Error('the town has collection paths')
    const path = { ...home, pathCode: 'fee', priority: 1, minAmountCents: 30_000, steps }
    await saveCollectionPath(tx, { clientId, path, ...done })
    const type = await getAdjustmentType(tx, clientId, 'collection_fee')
    await saveAdjustmentType(tx, { ...type, clientId, active: false, ...done })
  })
  const [failing, other] = [await debtor(30_000), await debtor()]
  await world.through('2026-07-02')
  expect(await collectionProcesses(db.read, failing.customerId)).toEqual([])
  expect((await lastStep(other))[1]).toBe('reminder')
  const about = { clientId, customerId: failing.customerId, kind: 'collection_failed', limit: 5, offset: 0 }
  const { items } = await findWorkItems(db.read, about)
  expect(items.map((item) => item.reasonCode)).toEqual(['adjustment_not_eligible'])
  await world.act(async (tx, done) => {
    const type = await getAdjustmentType(tx, clientId, 'collection_fee')
    await saveAdjustmentType(tx, { ...type, clientId, active: true, ...done })
  })
  await world.through('2026-07-03')
  expect(await lastStep(failing)).toEqual(['active', 'fee', '2026-07-03'])
  expect(await broken(db)).toEqual([])
})

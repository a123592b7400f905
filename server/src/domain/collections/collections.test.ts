import { expect, test } from 'vitest'
import { ACTOR, addHome, type Home } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { broken } from '../../../test/support/verified.ts'
import { openWorld } from '../../../test/support/world.ts'
import { getAgreement } from '../agreements/index.ts'
import { completeFieldActivity, fieldActivities } from '../field/index.ts'
import { getServicePoint } from '../metering/index.ts'
import { recordPayment } from '../payments/index.ts'
import { createAdjustment } from '../receivables/index.ts'
import { findWorkItems } from '../work/index.ts'
import {
  addProtection,
  cancelCollection,
  collectionDetails,
  collectionProcesses,
  collectionSteps,
  creditRating,
  declareMoratorium,
  dispatchCut,
  endMoratorium,
  endProtection,
  orderAgain,
  severancesOf,
  skipStep,
  startCollection,
} from './index.ts'

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 0, from: '2026-03-02' })
const { clientId } = world.town
let number = 0

/** A home that owes 120.00, due on the day given; the world's days begin on Monday, 2 March 2026. */
async function debtor(dueDate: string, amountCents = 12_000): Promise<Home> {
  number += 1
  return world.act(async (tx, done) => {
    const home = await addHome(tx, world.town, { number, measured: false })
    const { customerId, agreementId } = home
    const debit = { type: 'billing_correction', direction: 'debit' as const, amountCents }
    await createAdjustment(tx, {
      customerId,
      agreementId,
      ...debit,
      effectiveDate: dueDate,
      dueDate,
      ...done,
    })
    return home
  })
}

function pay({ customerId, accountNumber }: Home, amountCents: number) {
  const payment = { payerCustomerId: customerId, accounts: [{ customerId, accountNumber, amountCents }] }
  const how = { source: 'counter' as const, tender: { method: 'cash' as const } }
  return world.act((tx, done) =>
    recordPayment(tx, { ...payment, ...how, paymentDate: world.today(), ...done }),
  )
}

async function stepsOf({ customerId }: Home): Promise<string[]> {
  const [process] = await collectionProcesses(db.read, customerId)
  return (process?.steps ?? [])
    .filter((step) => step.status === 'complete')
    .map((step) => `${step.doneOn} ${step.kind}`)
}

async function work({ customerId }: Home, kind: 'disconnect' | 'reconnect') {
  const { activities } = await fieldActivities(db.read, { clientId, customerId, limit: 10, offset: 0 })
  return activities.find((one) => one.kind === kind)
}

function report(activityId: number, outcome: 'done' | 'not_possible' = 'done') {
  return world.act((tx, done) =>
    completeFieldActivity(tx, { clientId, activityId, completedAt: done.now, result: { outcome }, ...done }),
  )
}

const severance = async ({ customerId }: Home) => (await severancesOf(db.read, customerId))[0]

test('a debt is reminded, noticed, cut by the rules, paid and reconnected with its fee', async () => {
  const home = await debtor('2026-03-01')
  const { customerId, accountNumber, servicePointId } = home
  await world.through('2026-04-02')
  expect(await stepsOf(home)).toEqual([
    '2026-03-06 reminder', // Friday, five days past due
    '2026-03-16 notice', // ten days later
    '2026-03-16 credit_rating',
    '2026-03-23 arrangement_offer', // five days later is a Saturday
    '2026-03-30 disconnect_notice', // five days later is a Saturday
  ])
  // Ten legal days after Monday, 30 March: Thursday, 9 April.
  expect((await severance(home))?.cutFrom).toBe('2026-04-09')
  expect((await creditRating(db.read, home, '2026-04-02')).score).toBe(900 - 50)
  await world.through('2026-04-09')
  const cut = await work(home, 'disconnect')
  expect(cut).toMatchObject({ status: 'pending', guarded: true, requestedFor: '2026-04-09' })
  await world.act((tx, done) => dispatchCut(tx, { customerId, severanceId: 1, crew: 'C1', ...done }))
  await report(cut?.activityId ?? 0)
  await world.through('2026-04-10')
  expect((await severance(home))?.cutOn).toBe('2026-04-09')
  expect((await getServicePoint(db.read, servicePointId)).status).toBe('disconnected')
  expect((await creditRating(db.read, home, '2026-04-10')).score).toBe(900 - 50 - 150)

  await pay(home, 12_000)
  await world.through('2026-04-11')
  const [process] = await collectionProcesses(db.read, customerId)
  expect(process).toMatchObject({ status: 'inactive', endReason: 'paid', endedOn: '2026-04-10' })
  const back = await work(home, 'reconnect')
  await report(back?.activityId ?? 0)
  await world.through('2026-04-12')
  expect(await severance(home)).toMatchObject({ endReason: 'reconnected', reconnectedOn: '2026-04-11' })
  expect((await getServicePoint(db.read, servicePointId)).status).toBe('connected')
  const fees = await db.read
    .selectFrom('adjustment')
    .select(['adjustment_type', 'amount_cents'])
    .where('customer_id', '=', customerId)
    .where('adjustment_type', '=', 'reconnect_fee')
    .execute()
  expect(fees).toEqual([{ adjustment_type: 'reconnect_fee', amount_cents: 3_500 }])
  const events = await db.read
    .selectFrom('outbox_event')
    .select('payload')
    .where('type', '=', 'collection.step_done')
    .where('subject', 'like', `collection_process:${customerId}-%`)
    .orderBy('event_id')
    .execute()
  const templates = events.map((event) => (event.payload as { template: string | null }).template)
  expect(templates).toEqual([
    'late_reminder',
    'past_due_notice',
    null,
    'arrangement_offer',
    'disconnect_notice',
    null,
  ])
  expect(accountNumber).toBe(1)
  expect(await broken(db)).toEqual([])
})

test('a payment stops the process, its ordered cut is called back, and a new debt begins a new one', async () => {
  const start = world.today() // Sunday, 12 April
  const home = await debtor(start)
  await world.through('2026-05-22')
  const cut = await work(home, 'disconnect')
  expect(cut?.status).toBe('pending')
  await pay(home, 11_500)
  await world.through('2026-05-23')
  const [process] = await collectionProcesses(db.read, home.customerId)
  expect(process?.endReason).toBe('paid') // 5.00 left: not above the 10.00 that release it
  expect((await work(home, 'disconnect'))?.status).toBe('cancelled')
  expect(await severance(home)).toMatchObject({ status: 'inactive', endReason: 'paid', cutOn: null })
  expect((await collectionDetails(db.read, home.customerId, world.today())).debts[0]?.amountCents).toBe(500)
  expect(await broken(db)).toEqual([])
})

test('a protection with its evidence holds the cut; without it is refused; the cut goes on when it ends', async () => {
  const home = await debtor(world.today())
  const { customerId, accountNumber } = home
  await world.through('2026-07-02')
  const ordered = await severance(home)
  expect(ordered?.cutActivityId).not.toBeNull()
  const medical = {
    customerId,
    accountNumber,
    kind: 'medical' as const,
    startDate: world.today(),
    reason: 'Dialysis',
  }
  const protect = (more: object) =>
    world.act((tx, done) => addProtection(tx, { ...medical, ...more, ...done }))
  await expect(protect({ endDate: '2026-07-20' })).rejects.toMatchObject({ code: 'evidence_missing' })
  await expect(protect({ evidence: 'C-1' })).rejects.toMatchObject({ code: 'end_missing' })
  const long = protect({ evidence: 'C-1', endDate: '2026-12-31' })
  await expect(long).rejects.toMatchObject({ code: 'protection_too_long' })
  const protectionNumber = await protect({ evidence: 'Certificate 1', endDate: '2026-08-01' })
  expect((await work(home, 'disconnect'))?.status).toBe('held')
  const dispatch = () =>
    world.act((tx, done) => dispatchCut(tx, { customerId, severanceId: ordered?.severanceId ?? 0, ...done }))
  await expect(dispatch()).rejects.toMatchObject({ code: 'cut_forbidden' })
  await world.act((tx, done) =>
    endProtection(tx, { customerId, protectionNumber, endDate: world.today(), ...done }),
  )
  expect((await work(home, 'disconnect'))?.status).toBe('pending')
  const again = world.act((tx, done) =>
    endProtection(tx, { customerId, protectionNumber, endDate: '2026-07-03', ...done }),
  )
  await expect(again).rejects.toMatchObject({ code: 'protection_ended' })
  await dispatch()
  expect(await broken(db)).toEqual([])
  await pay(home, 12_000)
})

test('a moratorium holds the cuts of its area, and a crew that was too fast sends the customer reconnection', async () => {
  const home = await debtor(world.today())
  const { customerId } = home
  await world.through('2026-08-12')
  const cut = await work(home, 'disconnect')
  expect(cut?.status).toBe('pending')
  const heat = {
    clientId,
    name: 'Heat',
    kind: 'weather' as const,
    forbids: 'cut' as const,
    startDate: world.today(),
  }
  const declare = (postalCodes: string[]) =>
    world.act((tx, done) => declareMoratorium(tx, { ...heat, endDate: '2026-08-20', postalCodes, ...done }))
  await declare(['999'])
  expect((await work(home, 'disconnect'))?.status).toBe('pending')
  const moratoriumId = await declare(['627'])
  expect((await work(home, 'disconnect'))?.status).toBe('held')
  await world.act((tx, done) =>
    endMoratorium(tx, { clientId, moratoriumId, endDate: world.today(), ...done }),
  )
  await world.act((tx, done) => dispatchCut(tx, { customerId, severanceId: 1, ...done }))
  await pay(home, 12_000)
  await report(cut?.activityId ?? 0)
  await world.through('2026-08-13')
  expect((await work(home, 'reconnect'))?.status).toBe('pending')
  expect(await broken(db)).toEqual([])
})

test('a cut that is not possible becomes work for a person', async () => {
  const home = await debtor(world.today())
  await world.through('2026-09-24')
  const cut = await work(home, 'disconnect')
  expect(cut).toBeDefined()
  await report(cut?.activityId ?? 0, 'not_possible')
  await world.through('2026-09-25')
  const { items } = await findWorkItems(db.read, {
    clientId,
    customerId: home.customerId,
    kind: 'field_not_possible',
    limit: 5,
    offset: 0,
  })
  expect(items.map((item) => item.reasonCode)).toEqual(['disconnect_not_possible'])
  const key = { customerId: home.customerId, severanceId: 1 }
  const again = () => world.act((tx, done) => orderAgain(tx, { ...key, ...done }))
  await expect(again()).rejects.toMatchObject({ code: 'cut_forbidden' }) // a Friday
  await world.through('2026-09-28')
  const ordered = await again()
  expect(ordered).not.toBe(cut?.activityId)
  await expect(again()).rejects.toMatchObject({ code: 'field_work_under_way' })
  await pay(home, 12_000)
  await world.through('2026-09-29')
  expect(await broken(db)).toEqual([])
})

test('service that stays cut is stopped for its final bill', async () => {
  const home = await debtor(world.today())
  await world.through('2026-11-05')
  const cut = await work(home, 'disconnect')
  await world.act((tx, done) => dispatchCut(tx, { customerId: home.customerId, severanceId: 1, ...done }))
  await report(cut?.activityId ?? 0)
  await world.through('2026-11-24')
  const agreement = await getAgreement(db.read, home)
  expect([agreement.status, agreement.endDate]).toEqual(['stopped', '2026-11-05'])
  expect(await severance(home)).toMatchObject({ endReason: 'stopped', status: 'inactive' })
  const processes = await collectionProcesses(db.read, home.customerId)
  expect(processes.map(({ pathCode, endReason }) => [pathCode, endReason])).toEqual([
    ['residential', 'stopped'],
    ['final', null],
  ])
  expect(await broken(db)).toEqual([])
})

test('a process by hand: begun, a step left out, ended, not begun again before its day', async () => {
  const home = await debtor(world.today(), 1_500)
  const { customerId, accountNumber } = home
  await world.through('2026-11-30')
  const begin = (debtClass: string) =>
    world.act((tx, done) =>
      startCollection(tx, { customerId, accountNumber, debtClass, pathCode: 'residential', ...done }),
    )
  await expect(begin('supply')).rejects.toMatchObject({ code: 'nothing_past_due' })
  const processId = await begin('regulated') // 15.00 is below what begins it by itself
  await expect(begin('regulated')).rejects.toMatchObject({ code: 'collection_runs' })
  const key = { customerId, processId }
  await world.act((tx, done) => skipStep(tx, { ...key, stepNumber: 1, reason: 'called', ...done }))
  const twice = world.act((tx, done) => skipStep(tx, { ...key, stepNumber: 1, reason: 'called', ...done }))
  await expect(twice).rejects.toMatchObject({ code: 'step_over' })
  const next = {
    clientId,
    customerId,
    statuses: ['pending' as const],
    kinds: ['notice'],
    limit: 5,
    offset: 0,
  }
  expect((await collectionSteps(db.read, next)).steps.map((step) => step.dueDate)).toEqual(['2026-12-10'])
  const cancel = () =>
    world.act((tx, done) =>
      cancelCollection(tx, { ...key, reason: 'agreed', notBefore: '2027-01-01', ...done }),
    )
  await cancel()
  await expect(cancel()).rejects.toMatchObject({ code: 'collection_ended' })
  expect(ACTOR.actor).toBe('user:test')
})

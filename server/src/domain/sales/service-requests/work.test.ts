import { expect, test } from 'vitest'
import { ACTOR, addHome, hourly, TOWN_END } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { addPlace } from '../../../../test/support/service-place.ts'
import { broken } from '../../../../test/support/verified.ts'
import { openWorld } from '../../../../test/support/world.ts'
import { agreementsOfCustomers } from '../../agreements/index.ts'
import { completeBill } from '../../billing/index.ts'
import { completeFieldActivity } from '../../field/index.ts'
import { recordBlocks } from '../../usage/index.ts'
import { findWorkItems } from '../../work/index.ts'
import {
  changeServiceDates,
  type NewServiceRequest,
  previewServiceRequest,
  requestService,
  type StartWish,
  type TransferWish,
  takeStep,
  workServiceRequest,
} from '../index.ts'

/** A town whose days go by; every case has its own home or place. */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 2, from: '2026-02-01' })
const { clientId, tariffId } = world.town
const [home, mover] = world.homes
if (!home || !mover) throw new Error('the town has two homes')
const worker = { database: db, clock: world.now, actor: ACTOR }
const by = () => ({ clientId, requestedBy: 'test', now: world.now(), actor: ACTOR })

const submit = (input: NewServiceRequest) => world.act((tx) => requestService(tx, input))
const work = (requestId: number) => workServiceRequest(worker, { clientId, requestId })

async function start(number: number, more: Partial<StartWish> = {}): Promise<NewServiceRequest> {
  const { premiseId, servicePointId } = await world.act((tx) =>
    addPlace(tx, world.town, { number, status: 'disconnected' }),
  )
  const { customerId, accountNumber } = home as NonNullable<typeof home>
  const services = [{ servicePointIds: [servicePointId], tariffId }]
  const wish = {
    kind: 'start' as const,
    customerId,
    accountNumber,
    premiseId,
    services,
    startDate: '2026-02-10',
  }
  return { ...by(), ...wish, ...more }
}
const statusesOf = async (customerId: number) =>
  (await agreementsOfCustomers(db.read, [customerId])).map((one) => one.status)

test('five workers at one request take each step once', async () => {
  const requestId = await submit(await start(21))
  const before = (await statusesOf(home.customerId)).length
  const all = await Promise.all([1, 2, 3, 4, 5].map(() => work(requestId)))
  expect((await statusesOf(home.customerId)).length).toBe(before + 1)
  expect(all.at(-1)?.steps.filter(({ status }) => status === 'done')).toHaveLength(3)
  expect(await broken(db)).toEqual([])
})

test('a worker that dies in a step leaves the step to the next', async () => {
  const requestId = await submit(await start(22))
  const due = { clientId, requestId, day: world.today(), now: world.now(), actor: ACTOR }
  const killed = db.transaction(async (tx) => {
    for (let step = 0; step < 4; step++) await takeStep(tx, due)
    throw new Error('killed')
  })
  await expect(killed).rejects.toThrow('killed')
  const request = await work(requestId)
  expect(request.steps.map(({ status }) => status)).toEqual([
    ...['done', 'skipped', 'skipped', 'done', 'done', 'skipped', 'pending'],
  ])
  expect(await broken(db)).toEqual([])
})

test('the crew cannot switch service on: nothing is left of the start', async () => {
  const requestId = await submit(await start(23, { startDate: '2026-02-02' }))
  const { steps } = await work(requestId)
  const activityId = steps.find((step) => step.made.activityIds)?.made.activityIds?.[0] ?? 0
  const result = { outcome: 'not_possible' as const, remarks: 'Meter room locked.' }
  const done = { clientId, activityId, completedAt: world.now(), result }
  await world.act((tx, act) => completeFieldActivity(tx, { ...done, ...act }))
  await world.through('2026-02-02')
  const request = await work(requestId)
  expect(request).toMatchObject({ status: 'failed', faultCode: 'field_work_not_done' })
  expect((await statusesOf(home.customerId)).at(-1)).toBe('cancelled')
  expect(await broken(db)).toEqual([])
})

test('a final bill waits for the last readings, says so, and follows when they are there', async () => {
  const silent = await world.act((tx) => addHome(tx, world.town, { number: 30, measured: false }))
  const { customerId, accountNumber, agreementId } = silent
  const about = { customerId, accountNumber, agreementIds: [agreementId] }
  const requestId = await submit({ ...by(), kind: 'stop', ...about, stopDate: '2026-02-03' })
  await world.through('2026-02-03')
  const waiting = await work(requestId)
  expect(waiting).toMatchObject({ status: 'in_progress', dueDate: '2026-02-04' })
  const open = () =>
    findWorkItems(db.read, {
      clientId,
      kind: 'service_request_waits',
      customerId,
      status: 'open',
      limit: 9,
      offset: 0,
    })
  expect((await open()).items).toMatchObject([{ reasonCode: 'usage_none' }])
  const blocks = hourly(silent, 500, '2026-01-01', TOWN_END)
  await world.act((tx, { now }) => recordBlocks(tx, { blocks, source: 'test', now }))
  await world.through('2026-02-04')
  expect((await work(requestId)).status).toBe('complete')
  expect((await open()).total).toBe(0)
  expect(await broken(db)).toEqual([])
})

test('a transfer with days between the houses is previewed to its end', async () => {
  const { premiseId, servicePointId } = await world.act((tx) => addPlace(tx, world.town, { number: 24 }))
  const { customerId, accountNumber, agreementId } = mover
  const wish: TransferWish = {
    ...{ kind: 'transfer', customerId, accountNumber, agreementIds: [agreementId], premiseId },
    ...{ stopDate: '2026-02-13', startDate: '2026-02-20', services: [{ servicePointIds: [servicePointId] }] },
  }
  const preview = await db.transaction((tx) => previewServiceRequest(tx, { ...by(), ...wish }))
  expect(preview.status).toBe('complete')
  const carried = preview.steps.find((step) => step.kind === 'carry_balance')
  expect(carried?.made.adjustmentIds).toHaveLength(2)
  const together = { ...by(), ...wish, startDate: '2026-02-20', stopDate: '2026-04-20' }
  expect((await work(await submit(together))).faultCode).toBe('overlap_too_long')
})

test('who owes elsewhere is refused, unless somebody accepts the debt; a date that is not there is not moved', async () => {
  const { customerId, accountNumber } = mover
  const bill = { customerId, accountNumber, periodEnd: '2026-02-01', billDate: '2026-02-04' }
  await world.act((tx, done) => completeBill(tx, { ...bill, ...done }))
  // due 21 days after the bill
  await world.through('2026-02-26')
  const wish = await start(25, { customerId, accountNumber, startDate: '2026-03-10' } as Partial<StartWish>)
  expect((await work(await submit({ ...wish, ...by() }))).faultCode).toBe('debt_past_due')
  const requestId = await submit({ ...wish, ...by(), acceptDebt: true } as NewServiceRequest)
  expect((await work(requestId)).status).toBe('in_progress')
  const stopDate = { clientId, requestId, stopDate: '2026-03-20' }
  const refused = world.act((tx, done) => changeServiceDates(tx, { ...stopDate, ...done }))
  await expect(refused).rejects.toMatchObject({ code: 'service_date_unused' })
  expect(await broken(db)).toEqual([])
})

test('service that is charged already is not stopped before', async () => {
  const { customerId, accountNumber, agreementId } = mover
  const about = { customerId, accountNumber, agreementIds: [agreementId] }
  const requestId = await submit({ ...by(), kind: 'stop', ...about, stopDate: '2026-01-20' })
  expect((await work(requestId)).faultCode).toBe('charged_beyond_stop')
})

import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { Temporal } from '../../platform/time.ts'
import { getServicePoint, installMeter, meterAt, registerMeter, setConnected } from '../metering/index.ts'
import {
  cancelFieldActivity,
  completeFieldActivity,
  dispatchFieldActivity,
  FIELD_LIFE_CYCLE,
  fieldActivities,
  getFieldActivity,
  holdFieldActivity,
  releaseFieldActivity,
  requestFieldActivity,
  scheduleFieldActivity,
} from './index.ts'

const { db } = await testDatabase()
const done = { now: NOW, actor: ACTOR }
const town = await db.transaction((tx) => buildTown(tx, 0))
const { clientId } = town
const home = await db.transaction((tx) => addHome(tx, town, { number: 1, measured: false }))
const point = home.servicePointId
let causes = 0

async function request(kind: 'disconnect' | 'reconnect' | 'read' | 'meter_exchange', more = {}) {
  causes += 1
  const asked = { clientId, kind, servicePointId: point, cause: `test:${causes}`, requestedFor: '2026-04-03' }
  return db.transaction((tx) => requestFieldActivity(tx, { ...asked, ...more, ...done }))
}

const state = async (activityId: number) => (await getFieldActivity(db.read, clientId, activityId)).status

test('service is switched off and on again where the work was done', async () => {
  const completedAt = NOW.subtract({ hours: 1 })
  const off = await request('disconnect')
  await db.transaction((tx) => dispatchFieldActivity(tx, { clientId, activityId: off, crew: 'C7', ...done }))
  const end = {
    clientId,
    activityId: off,
    completedAt,
    result: { outcome: 'done' as const },
    externalId: 'X1',
  }
  await db.transaction((tx) => completeFieldActivity(tx, { ...end, ...done }))
  expect((await getServicePoint(db.read, point)).status).toBe('disconnected')
  await db.transaction((tx) => completeFieldActivity(tx, { ...end, ...done }))
  const on = await request('reconnect')
  const reconnected = { ...end, activityId: on, externalId: 'X2', ...done }
  await db.transaction((tx) => completeFieldActivity(tx, reconnected))
  expect((await getServicePoint(db.read, point)).status).toBe('connected')
  const events = await db.read
    .selectFrom('outbox_event')
    .select('subject')
    .where('type', '=', 'field.completed')
    .execute()
  expect(events.map((event) => event.subject)).toEqual([`field_activity:${off}`, `field_activity:${on}`])
})

test('work that could not be done leaves the point as it was', async () => {
  const activityId = await request('disconnect')
  const result = { outcome: 'not_possible' as const, remarks: 'dog' }
  await db.transaction((tx) =>
    completeFieldActivity(tx, { clientId, activityId, completedAt: NOW, result, ...done }),
  )
  expect((await getServicePoint(db.read, point)).status).toBe('connected')
})

test('a completion told otherwise, in the future, or of cancelled work is refused', async () => {
  const activityId = await request('disconnect')
  const result = { outcome: 'done' as const }
  const end = { clientId, activityId, result, ...done }
  const complete = (input: Partial<Parameters<typeof completeFieldActivity>[1]>) =>
    db.transaction((tx) => completeFieldActivity(tx, { ...end, completedAt: NOW, ...input }))
  await expect(complete({ completedAt: NOW.add({ hours: 1 }) })).rejects.toMatchObject({
    code: 'completed_in_future',
  })
  await db.transaction((tx) => cancelFieldActivity(tx, { clientId, activityId, reason: 'paid', ...done }))
  await expect(complete({})).rejects.toMatchObject({ code: 'field_activity_state' })
  expect((await getServicePoint(db.read, point)).status).toBe('connected')
  await expect(complete({ activityId: 9_999 })).rejects.toMatchObject({ code: 'field_activity_unknown' })
  await expect(complete({ clientId: 9 })).rejects.toMatchObject({ code: 'field_activity_unknown' })
})

test('work that was held, or called back, after it was sent out is recorded as it was done', async () => {
  const result = { outcome: 'done' as const }
  for (const late of ['hold', 'cancel'] as const) {
    const activityId = await request('disconnect')
    const name = { clientId, activityId, ...done }
    await db.transaction(async (tx) => {
      await dispatchFieldActivity(tx, name)
      if (late === 'hold') await holdFieldActivity(tx, { ...name, reason: 'cold' })
      else await cancelFieldActivity(tx, { ...name, reason: 'paid' })
      await setConnected(tx, { servicePointId: point, connected: true })
      await completeFieldActivity(tx, { ...name, result, completedAt: NOW })
    })
    expect(await state(activityId)).toBe('completed')
    expect((await getServicePoint(db.read, point)).status).toBe('disconnected')
  }
  await db.transaction((tx) => setConnected(tx, { servicePointId: point, connected: true }))
})

test('one cause asks once, and again after it was cancelled', async () => {
  const first = await request('read', { cause: 'move:1' })
  expect(await request('read', { cause: 'move:1' })).toBe(first)
  await db.transaction((tx) => cancelFieldActivity(tx, { clientId, activityId: first, reason: 'x', ...done }))
  expect(await request('read', { cause: 'move:1' })).not.toBe(first)
})

test('guarded work is not dispatched without clearance, and held work not at all', async () => {
  const activityId = await request('disconnect', { guarded: true })
  const name = { clientId, activityId, ...done }
  const send = (cleared?: boolean) =>
    db.transaction((tx) => dispatchFieldActivity(tx, { ...name, ...(cleared && { cleared }) }))
  await expect(send()).rejects.toMatchObject({ code: 'field_activity_guarded' })
  await db.transaction((tx) => holdFieldActivity(tx, { ...name, reason: 'cold' }))
  await expect(send(true)).rejects.toMatchObject({ code: 'field_activity_state' })
  await db.transaction((tx) => releaseFieldActivity(tx, name))
  await send(true)
  expect(await state(activityId)).toBe('dispatched')
})

test('an appointment has its window and crew', async () => {
  const activityId = await request('read', { customerId: home.customerId, agreementId: home.agreementId })
  const window = {
    start: Temporal.Instant.from('2026-04-06T14:00:00Z'),
    end: Temporal.Instant.from('2026-04-06T16:00:00Z'),
  }
  const plan = { clientId, activityId, requestedFor: '2026-04-06', crew: 'C1', ...done }
  await db.transaction((tx) => scheduleFieldActivity(tx, { ...plan, window }))
  const found = await fieldActivities(db.read, {
    clientId,
    agreementId: home.agreementId,
    customerId: home.customerId,
    statuses: ['scheduled'],
    limit: 10,
    offset: 0,
  })
  expect(found.activities.map((one) => [one.activityId, one.requestedFor, one.crew])).toEqual([
    [activityId, '2026-04-06', 'C1'],
  ])
  const turned = { start: window.end, end: window.start }
  await expect(
    db.transaction((tx) => scheduleFieldActivity(tx, { ...plan, window: turned })),
  ).rejects.toMatchObject({ code: 'end_before_start' })
})

test('a meter exchange puts the new meter on the point', async () => {
  const channels = [
    { kind: 'interval' as const, unit: 'kWh', flow: 'delivered' as const, intervalSeconds: 3600 },
  ]
  const at = Temporal.Instant.from('2026-01-01T06:00:00Z')
  const newDeviceId = await db.transaction(async (tx) => {
    const old = await registerMeter(tx, { clientId, badge: 'OLD', channels, ...done })
    await installMeter(tx, { servicePointId: point, deviceId: old, installedAt: at })
    return registerMeter(tx, { clientId, badge: 'NEW', channels, ...done })
  })
  const activityId = await request('meter_exchange')
  const result = { outcome: 'done' as const, newDeviceId }
  await db.transaction((tx) =>
    completeFieldActivity(tx, { clientId, activityId, completedAt: NOW, result, ...done }),
  )
  expect((await meterAt(db.read, point, NOW))?.badge).toBe('NEW')
})

test('a place of another client is unknown', async () => {
  const asked = {
    clientId: clientId + 1,
    kind: 'read' as const,
    servicePointId: point,
    requestedFor: '2026-04-03',
  }
  await expect(
    db.transaction((tx) => requestFieldActivity(tx, { ...asked, cause: 'x', ...done })),
  ).rejects.toMatchObject({ code: 'service_point_unknown' })
})

test('every end of the life cycle is an end', () => {
  expect(FIELD_LIFE_CYCLE.completed).toEqual({})
  expect(FIELD_LIFE_CYCLE.cancelled).toEqual({})
})

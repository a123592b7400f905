import { expect, test } from 'vitest'
import { addHome } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { openWorld } from '../../test/support/world.ts'
import { completeFieldActivity, type FieldRead, requestFieldActivity } from '../domain/field/index.ts'
import { installMeter, registerMeter } from '../domain/metering/index.ts'
import { findWorkItems } from '../domain/work/index.ts'
import { Temporal } from '../platform/time.ts'

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 0, from: '2026-03-02' })
const { clientId } = world.town

const home = await world.act(async (tx, done) => {
  const made = await addHome(tx, world.town, { number: 1, register: true, measured: false })
  const channels = [{ kind: 'register' as const, unit: 'kWh', flow: 'delivered' as const, dials: 5 }]
  const deviceId = await registerMeter(tx, { clientId, badge: 'M1', channels, ...done })
  const installedAt = Temporal.Instant.from('2026-01-01T06:00:00Z')
  await installMeter(tx, { servicePointId: made.servicePointId, deviceId, installedAt })
  return made
})
let causes = 0

function read(reads: FieldRead[]): Promise<void> {
  causes += 1
  const { servicePointId } = home
  const asked = { clientId, kind: 'read' as const, servicePointId, cause: `test:${causes}` }
  return world.act(async (tx, done) => {
    const requestedFor = world.today()
    const activityId = await requestFieldActivity(tx, { ...asked, requestedFor, ...done })
    const result = { outcome: 'done' as const, reads }
    await completeFieldActivity(tx, { clientId, activityId, completedAt: done.now, result, ...done })
  })
}

const stored = () => db.read.selectFrom('register_read').select(['reading', 'source']).execute()

test('dials that a crew read are usage data', async () => {
  await read([{ badge: 'M1', unit: 'kWh', reading: '4711' }])
  await world.through('2026-03-03')
  expect(await stored()).toEqual([{ reading: 4711, source: 'field' }])
})

test('a dial that the point does not have is a work item, and nothing is stored', async () => {
  await read([{ badge: 'M2', unit: 'kWh', reading: '12' }])
  await world.through('2026-03-04')
  const { items } = await findWorkItems(db.read, { clientId, kind: 'event_failed', limit: 5, offset: 0 })
  expect(items.map((item) => item.reasonCode)).toEqual(['field_read_unknown'])
  expect(await stored()).toHaveLength(1)
})

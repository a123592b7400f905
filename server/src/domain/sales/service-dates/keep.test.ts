import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import { manualClock } from '../../../platform/time.ts'
import { getAgreement, startAgreement, stopAgreement } from '../../agreements/index.ts'
import { keepServiceDates } from './keep.ts'

const { db } = await testDatabase()
const town = await db.transaction((tx) => buildTown(tx, 1))
const [home] = town.homes
if (!home) throw new Error('the town has a home')
const keep = (day: string) => {
  const clock = manualClock(`${day}T17:00:00Z`)
  return keepServiceDates({ database: db, clock, actor: ACTOR }, { clientId: town.clientId, day })
}
const events = () =>
  db.read.selectFrom('outbox_event').select(['type', 'subject']).where('type', 'like', 'service.%').execute()

test('service that ends later stops on its day, once', async () => {
  // The town's today is 2026-04-02.
  await db.transaction((tx) => stopAgreement(tx, { ...home, endDate: '2026-04-10', now: NOW }))
  expect(await keep('2026-04-09')).toBe(0)
  expect(await getAgreement(db.read, home)).toMatchObject({ status: 'pending_stop' })
  expect(await keep('2026-04-10')).toBe(1)
  expect(await getAgreement(db.read, home)).toMatchObject({ status: 'stopped', endDate: '2026-04-10' })
  expect(await keep('2026-04-10')).toBe(0)
})

test('service that begins later is active from its day on', async () => {
  const { customerId, accountNumber, servicePointId } = home
  const agreementId = await db.transaction((tx) =>
    startAgreement(tx, {
      customerId,
      accountNumber,
      startDate: '2026-04-12',
      points: [{ servicePointId }],
      tariffId: town.tariffId,
      now: NOW,
    }),
  )
  const key = { customerId, agreementId }
  expect(await getAgreement(db.read, key)).toMatchObject({ status: 'pending_start' })
  expect(await keep('2026-04-20')).toBe(1)
  expect(await getAgreement(db.read, key)).toMatchObject({ status: 'active' })
  expect(await events()).toEqual([
    { type: 'service.stopped', subject: `agreement:${customerId}-${home.agreementId}` },
    { type: 'service.started', subject: `agreement:${customerId}-${agreementId}` },
  ])
  expect(await broken(db)).toEqual([])
})

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import type { Tx } from './db/index.ts'
import { eventFeed, FEED_START } from './event-feed.ts'
import { emit } from './outbox.ts'
import { Temporal } from './time.ts'

const { db } = await testDatabase()
const at = Temporal.Instant.from('2026-04-02T12:00:00Z')
const event = (clientId: number, type: string, subject: string) => ({
  clientId,
  at,
  type,
  subject,
  payload: {},
})
const told = (tx: Tx, subject: string, type = 'bill.completed', clientId = 1) =>
  emit(tx, [event(clientId, type, subject)])

test('an event committed late is read after those that were read already, never skipped', async () => {
  let release = () => {}
  const held = new Promise<void>((done) => {
    release = done
  })
  let began = () => {}
  const started = new Promise<void>((done) => {
    began = done
  })
  const late = db.transaction(async (tx) => {
    await told(tx, 'late')
    began()
    await held
  })
  await started
  await db.transaction((tx) => told(tx, 'early')) // a later event number, committed first
  const before = await eventFeed(db.read, { clientId: 1 })
  expect(before.events.map((one) => one.subject)).toEqual([]) // the earlier transaction may still add to it
  expect(before.next).toBe(FEED_START)
  release()
  await late
  const after = await eventFeed(db.read, { clientId: 1, after: before.next })
  expect(after.events.map((one) => one.subject)).toEqual(['late', 'early'])
})

test('pages follow one another without gap or repetition, of one client and of the types asked for', async () => {
  await db.transaction((tx) => told(tx, 'other', 'bill.completed', 2))
  for (const [index, type] of ['payment.posted', 'bill.completed', 'payment.posted'].entries())
    await db.transaction((tx) => told(tx, `n${index}`, type))
  const seen: string[] = []
  let after = FEED_START
  for (;;) {
    const page = await eventFeed(db.read, { clientId: 1, after, limit: 2 })
    if (page.events.length === 0) break
    seen.push(...page.events.map((one) => one.subject))
    after = page.next
  }
  expect(seen).toEqual(['late', 'early', 'n0', 'n1', 'n2'])
  const payments = await eventFeed(db.read, { clientId: 1, types: ['payment.posted'] })
  expect(payments.events.map((one) => one.subject)).toEqual(['n0', 'n2'])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from outbox_event`.execute(db.read)
  expect(rows).toEqual([{ n: 6 }])
})

test('a cursor that the feed never gave is refused', async () => {
  await expect(eventFeed(db.read, { clientId: 1, after: '1; drop' })).rejects.toMatchObject({
    code: 'cursor_malformed',
  })
})

import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { findWorkItems } from '../domain/work/index.ts'
import { Refusal } from '../platform/errors.ts'
import { emit } from '../platform/outbox.ts'
import { handleEvents } from './outbox.ts'
import type { Subscriber } from './subscribers.ts'

const { db } = await testDatabase()
const town = await db.transaction((tx) => buildTown(tx, 0))
const clientId = town.clientId
let now = NOW
const context = { database: db, clock: () => now, actor: ACTOR }
const happen = (...types: string[]) =>
  db.transaction((tx) =>
    emit(
      tx,
      types.map((type, index) => ({
        clientId,
        at: now,
        type,
        subject: `${type}:${index}`,
        payload: { index },
      })),
    ),
  )

function listener(types: string[], hear: (subject: string) => void): Subscriber {
  return {
    name: 'listener',
    types,
    handle: async (_, events) => {
      for (const event of events) hear(event.subject)
    },
  }
}

test('events are told in order, to those who asked, once', async () => {
  const heard: string[] = []
  await happen('a.done', 'b.done', 'a.done')
  const subscribers = [listener(['a.done'], (subject) => heard.push(subject))]
  expect(await handleEvents(context, subscribers)).toBe(3)
  expect(await handleEvents(context, subscribers)).toBe(0)
  expect(heard).toEqual(['a.done:0', 'a.done:2'])
})

test('a refusal becomes a work item, and the events beside it are handled', async () => {
  const heard: string[] = []
  await happen('a.done', 'b.done')
  const refusing = listener(['a.done'], () => {
    throw new Refusal('rule', 'no_way', 'It cannot be done.')
  })
  await handleEvents(context, [refusing, listener(['b.done'], (subject) => heard.push(subject))])
  expect(heard).toEqual(['b.done:1'])
  const { items } = await findWorkItems(db.read, { clientId, kind: 'event_failed', limit: 10, offset: 0 })
  expect(items).toMatchObject([{ reasonCode: 'no_way', subject: 'a.done:0', status: 'open' }])
})

test('a defect is tried again later, and set aside in the end', async () => {
  let attempts = 0
  await happen('c.done')
  const failing = listener(['c.done'], () => {
    attempts += 1
    throw new Error('broken')
  })
  for (let round = 0; round < 12; round++) {
    await handleEvents(context, [failing])
    now = now.add({ hours: 24 })
  }
  // Each of the eight attempts tells the event in its batch and, after that failed, alone.
  expect(attempts).toBe(16)
  const { items } = await findWorkItems(db.read, { clientId, kind: 'event_failed', limit: 10, offset: 0 })
  expect(items.map((item) => item.reasonCode)).toContain('event_defect')
})

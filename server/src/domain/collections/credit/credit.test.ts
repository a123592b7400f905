import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { addCreditEvent, creditRating } from '../index.ts'

const { db } = await testDatabase()
const done = { now: NOW, actor: ACTOR }
const town = await db.transaction((tx) => buildTown(tx, 0))
let number = 0

async function account() {
  number += 1
  const { customerId, accountNumber } = await db.transaction((tx) =>
    addHome(tx, town, { number, measured: false }),
  )
  return { customerId, accountNumber }
}

type Given = Omit<Parameters<typeof addCreditEvent>[1], 'now' | 'actor'>
const add = (event: Given) => db.transaction((tx) => addCreditEvent(tx, { ...event, ...done }))

test('points count from their day on for a year, once for a cause', async () => {
  const own = await account()
  const event = { ...own, kind: 'returned_payment' as const, cause: 'payment:1', startDate: '2026-01-15' }
  expect(await add(event)).toBe(1)
  expect(await add(event)).toBeUndefined()
  const scores = ['2026-01-14', '2026-01-15', '2027-01-14', '2027-01-15'].map(async (day) => {
    const { score, cashOnlyPoints } = await creditRating(db.read, own, day)
    return [score, cashOnlyPoints]
  })
  expect(await Promise.all(scores)).toEqual([
    [900, 0],
    [800, 50],
    [800, 50],
    [900, 0],
  ])
})

test('two returned payments make an account cash-only; the score that falls below asks for a deposit once', async () => {
  const own = await account()
  const returned = { ...own, kind: 'returned_payment' as const, startDate: '2026-01-15' }
  await add({ ...returned, cause: 'payment:1' })
  await add({ ...returned, cause: 'payment:2' })
  const rating = await creditRating(db.read, own, '2026-02-01')
  expect(rating).toMatchObject({ score: 700, cashOnly: true, depositDue: false })
  await add({ ...own, kind: 'cut', cause: 'severance:1', startDate: '2026-02-01' })
  await add({ ...own, kind: 'late_payment', cause: 'step:1', startDate: '2026-02-01' })
  expect(await creditRating(db.read, own, '2026-02-01')).toMatchObject({ score: 500, depositDue: true })
  const told = await db.read
    .selectFrom('outbox_event')
    .select('payload')
    .where('type', '=', 'credit_rating.fell')
    .execute()
  expect(told.map((event) => event.payload)).toMatchObject([{ score: 550, depositBelow: 600 }])
})

test('points by hand need their number, and a time', async () => {
  const own = await account()
  const manual = { ...own, kind: 'manual' as const, cause: 'hand:1', startDate: '2026-01-15' }
  await expect(add(manual)).rejects.toMatchObject({ code: 'points_missing' })
  await expect(add({ ...manual, points: 1.5 })).rejects.toMatchObject({ code: 'points_missing' })
  const ended = add({ ...manual, points: 10, endDate: '2026-01-15' })
  await expect(ended).rejects.toMatchObject({ code: 'end_before_start' })
  await add({ ...manual, points: 25 })
  expect((await creditRating(db.read, own, '2026-01-15')).score).toBe(925)
})

import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { workCalendarOf } from '../../identity/index.ts'
import type { Arrears } from '../debt/arrears.ts'
import { FIRST_PATHS } from './first-paths.ts'
import { collectionPaths, openCollections, saveCollectionPath } from './operations.ts'
import { awaitedStep, type CollectionPath, choosePath, stepDueDate } from './path.ts'

const { db } = await testDatabase()
const { clientId } = await db.transaction((tx) => buildTown(tx, 0))
const done = { now: NOW, actor: ACTOR }

const debt = (amountCents: number, daysPastDue: number, more: Partial<Arrears> = {}): Arrears =>
  ({ debtClass: 'regulated', stage: 'served', amountCents, daysPastDue, ...more }) as Arrears

test('a path is chosen by class, age and amount', () => {
  const chosen = (...args: [Arrears, 'residential' | 'commercial' | 'internal']) =>
    choosePath(FIRST_PATHS, ...args)?.pathCode
  expect(chosen(debt(2_500, 5), 'residential')).toBe('residential')
  expect(chosen(debt(2_499, 5), 'residential')).toBeUndefined()
  expect(chosen(debt(2_500, 4), 'residential')).toBeUndefined()
  expect(chosen(debt(5_000, 3), 'commercial')).toBe('commercial')
  expect(chosen(debt(5_000, 30), 'internal')).toBeUndefined()
  expect(chosen(debt(5_000, 30, { stage: 'stopped', debtClass: 'x' }), 'internal')).toBe('final')
})

test('days are counted on the calendar or on work days, and moved to a work day when told', () => {
  const calendar = workCalendarOf(['2026-04-03'])
  const step = { days: 2, workDays: false, onWorkDay: false }
  expect(stepDueDate(step, '2026-04-01', calendar)).toBe('2026-04-03')
  // Friday is a holiday, then comes the weekend.
  expect(stepDueDate({ ...step, onWorkDay: true }, '2026-04-01', calendar)).toBe('2026-04-06')
  // Thursday is the first work day after Wednesday, Monday the second.
  expect(stepDueDate({ ...step, workDays: true }, '2026-04-01', calendar)).toBe('2026-04-06')
})

test('a step waits for the named one, else for the one before', () => {
  const steps = [
    { stepNumber: 1, afterStep: null },
    { stepNumber: 2, afterStep: null },
    { stepNumber: 3, afterStep: 1 },
  ]
  expect(steps.map((step) => awaitedStep(step, steps)?.stepNumber)).toEqual([undefined, 1, 1])
})

test('a client begins with three paths, and opening it again changes none', async () => {
  const before = await collectionPaths(db.read, clientId)
  expect(before).toEqual(FIRST_PATHS)
  await db.transaction((tx) => openCollections(tx, clientId))
  expect(await collectionPaths(db.read, clientId)).toEqual(before)
})

test('a path that makes no sense is refused', async () => {
  const [home] = FIRST_PATHS as [CollectionPath, ...CollectionPath[]]
  const save = (path: Partial<CollectionPath>) =>
    db.transaction((tx) => saveCollectionPath(tx, { clientId, path: { ...home, ...path }, ...done }))
  const steps = home.steps
  const cutFirst = steps
    .filter((step) => step.kind === 'cut')
    .map((step) => ({ ...step, countsFrom: 'start' as const }))
  await expect(save({ steps: cutFirst })).rejects.toMatchObject({ code: 'cut_without_notice' })
  await expect(save({ steps: [...steps].reverse() })).rejects.toMatchObject({ code: 'step_awaits_none' })
  await expect(save({ steps: [] })).rejects.toMatchObject({ code: 'path_empty' })
  await expect(save({ releaseAmountCents: 2_500 })).rejects.toMatchObject({ code: 'release_not_below' })
  await save({ name: 'Houses', steps: steps.slice(0, 2) })
  const [kept] = await collectionPaths(db.read, clientId)
  expect([kept?.name, kept?.steps.length]).toEqual(['Houses', 2])
})

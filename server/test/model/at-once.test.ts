import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { actAtOnce } from './at-once.ts'

const { db } = await testDatabase()

test('twenty workers on one account lose nothing and double nothing', { timeout: 120_000 }, async () => {
  const { tally, faults } = await actAtOnce(db, { seed: 20261120, workers: 20, acts: 500 })
  expect(faults).toEqual([])
  expect(tally.total).toBe(500)
  expect(tally.share).toBeGreaterThan(0.6)
})

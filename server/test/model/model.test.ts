import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { keptFailures, runCommands, runModel, Tally } from './run-model.ts'

/** A seeded tenth of what the soak does. */
const SEED = 20261120
const COMMANDS = 1000

const { db } = await testDatabase()

test('what once failed stays mended', { timeout: 120_000 }, async () => {
  for (const commands of keptFailures()) await runCommands(db, commands, new Tally())
})

test('the books follow the model through a thousand random commands', { timeout: 300_000 }, async () => {
  const { tally, failure } = await runModel(db, { seed: SEED, commands: COMMANDS })
  console.log(`seed ${SEED}: ${tally}`)
  expect(failure).toBeUndefined()
  expect(tally.total).toBeGreaterThanOrEqual(COMMANDS)
  expect(tally.share).toBeGreaterThan(0.6)
})

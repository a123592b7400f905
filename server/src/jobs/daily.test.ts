import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { dailyTask, runDays } from './daily.ts'
import type { DailyStep } from './daily-steps.ts'

const { db } = await testDatabase()
const { clientId } = await db.transaction((tx) => buildTown(tx, 0))
const context = { database: db, clock: () => NOW, actor: ACTOR }

function recorder(name: string, log: string[], failOn?: string): DailyStep {
  return {
    name,
    run: async (_, { day }) => {
      if (day === failOn) throw new Error('stopped')
      log.push(`${name} ${day}`)
    },
  }
}

test('every step is done once for every day, in order', async () => {
  const log: string[] = []
  const steps = [recorder('first', log), recorder('second', log)]
  await runDays(context, { clientId, through: '2026-04-01' }, steps)
  await runDays(context, { clientId, through: '2026-04-03' }, steps)
  await runDays(context, { clientId, through: '2026-04-03' }, steps)
  expect(log).toEqual([
    'first 2026-04-01',
    'second 2026-04-01',
    'first 2026-04-02',
    'second 2026-04-02',
    'first 2026-04-03',
    'second 2026-04-03',
  ])
})

test('what stopped in the middle goes on where it stopped', async () => {
  const log: string[] = []
  const day = '2026-05-01'
  await expect(
    runDays(context, { clientId, through: day }, [recorder('third', log), recorder('fourth', log, day)]),
  ).rejects.toThrow('stopped')
  await runDays(context, { clientId, through: day }, [recorder('third', log), recorder('fourth', log)])
  expect(log).toEqual([`third ${day}`, `fourth ${day}`])
})

test('what stops the work of one client stops no other’s', async () => {
  const other = await db.transaction((tx) => buildTown(tx, 0, { code: 'other' }))
  const worked: number[] = []
  const stumbling: DailyStep = {
    name: 'fifth',
    run: async (_, input) => {
      if (input.clientId === clientId) throw new Error('stopped')
      worked.push(input.clientId)
    },
  }
  await expect(dailyTask(context, [stumbling])({}, {} as never)).rejects.toThrow('stopped')
  expect(worked).toEqual([other.clientId])
})

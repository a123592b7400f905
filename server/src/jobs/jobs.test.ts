import { expect, test } from 'vitest'
import { ACTOR, buildTown, CYCLE, NOW } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { broken } from '../../test/support/verified.ts'
import { runProgress, startBillRun } from '../domain/billing/index.ts'
import { openLog } from '../platform/log.ts'
import { createTasks, crontab } from './index.ts'

const { db } = await testDatabase()
const tasks = createTasks({ database: db, clock: () => NOW, log: openLog('test', 'silent') })
const job = { signal: new AbortController().signal, attempt: 1 }
const town = await db.transaction((tx) => buildTown(tx, 2))

test('the bill run job bills what is left of a run, and does no harm twice', async () => {
  const wish = { clientId: town.clientId, cycleCode: CYCLE, billDate: '2026-02-01', mode: 'live' as const }
  const run = await db.transaction((tx) => startBillRun(tx, { ...wish, now: NOW, actor: ACTOR }))
  for (const _ of [1, 2]) await tasks['bill-run']?.({ clientId: run.clientId, runId: run.runId }, job)
  expect(await runProgress(db.read, run)).toMatchObject({ status: 'complete', billed: 2 })
  expect(await broken(db)).toEqual([])
})

test('a payload that names no run is refused', async () => {
  await expect(tasks['bill-run']?.({ clientId: 'x' }, job)).rejects.toThrow()
})

test('the audit trail is sealed, and every recurring job exists', async () => {
  await tasks['seal-audit']?.({}, job)
  expect(await broken(db)).toEqual([])
  const named = crontab.split('\n').map((line) => line.split(' ')[5] ?? '')
  expect(named.filter((name) => !(name in tasks))).toEqual([])
})

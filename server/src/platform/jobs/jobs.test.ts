import { fork } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { openLog } from '../log.ts'
import { addJob, runWorker, type Task } from './index.ts'
import { announceWorker } from './living-worker.ts'

const { db, owner, connectionString } = await testDatabase()
const log = openLog('test', 'silent')

/** A task that tells its payloads as they come. */
function listening(): { task: Task; next(): Promise<unknown> } {
  const arrived: unknown[] = []
  const waiting: ((payload: unknown) => void)[] = []
  return {
    task: async (payload) => {
      const waiter = waiting.shift()
      if (waiter) waiter(payload)
      else arrived.push(payload)
    },
    next: () =>
      arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((done) => waiting.push(done)),
  }
}

test('a job runs when its transaction commits, and never when it does not', async () => {
  const heard = listening()
  const rolledBack = db.transaction(async (tx) => {
    await addJob(tx, 'tell', { n: 1 })
    throw new Error('no')
  })
  await expect(rolledBack).rejects.toThrow('no')
  const worker = await runWorker({ connectionString, log, tasks: { tell: heard.task } })
  await db.transaction((tx) => addJob(tx, 'tell', { n: 2 }))
  expect(await heard.next()).toEqual({ n: 2 })
  await worker.stop()
})

test('two wishes with one key are one job, the later one', async () => {
  await addJob(db.read, 'keyed', { n: 1 }, { key: 'once' })
  await addJob(db.read, 'keyed', { n: 2 }, { key: 'once' })
  await addJob(db.read, 'keyed', { n: 3 }, { priority: 1 })
  const heard = listening()
  const worker = await runWorker({ connectionString, log, tasks: { keyed: heard.task }, concurrency: 1 })
  expect([await heard.next(), await heard.next()]).toEqual([{ n: 2 }, { n: 3 }])
  await worker.stop()
})

test('the job of a killed worker is taken up by a living one, the job of a living one is not', async () => {
  await addJob(db.read, 'hang', {})
  const killed = fork(new URL('./hanging-worker.fixture.ts', import.meta.url), [connectionString], {
    silent: true,
  })
  await once(killed, 'message')
  const bystander = await announceWorker(connectionString)
  expect(await bystander.releaseDead()).toEqual([])
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const heard = listening()
  const worker = await runWorker({ connectionString, log, tasks: { hang: heard.task } })
  expect(await heard.next()).toEqual({})
  await worker.stop()
  await bystander.end()
})

test('the role of the servers reaches the queue by its one door only', async () => {
  await expect(sql`select * from graphile_worker._private_jobs`.execute(db.read)).rejects.toThrow(
    'permission denied',
  )
  const { rows } = await sql`select count(*)::int as n from graphile_worker._private_jobs`.execute(owner.read)
  expect(rows).toEqual([{ n: 0 }])
})

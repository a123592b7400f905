import { EventEmitter } from 'node:events'
import { run, type WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import type { Log } from '../log.ts'
import { announceWorker } from './living-worker.ts'
import { jobLogger } from './log.ts'

/** What a job does. It is tried again when it throws, so it must stand being done twice. */
export type Task = (payload: unknown, job: { signal: AbortSignal; attempt: number }) => Promise<void>
export type Tasks = Record<string, Task>

export interface WorkerOptions {
  /** The owner's address: the queue's tables are closed to the servers' role. */
  connectionString: string
  tasks: Tasks
  log: Log
  /** Jobs at once. */
  concurrency?: number
  /** Recurring jobs in crontab form, one a line, in UTC: `*\/5 * * * * sealAudit`. */
  crontab?: string
}

export interface RunningWorker {
  /** Resolves when the worker has stopped; rejects when it lost the database. */
  finished: Promise<void>
  /** Takes no further job and waits for those in hand. */
  stop(): Promise<void>
}

const SWEEP_MS = 2000
const POLL_MS = 1000

/** This will work on jobs until stopped, beginning with those that killed workers left. */
export async function runWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { connectionString, tasks, log, concurrency = 2, crontab } = options
  const worker = await announceWorker(connectionString)
  const sweep = async () => {
    const dead = await worker.releaseDead()
    if (dead.length > 0)
      log.warn({ workers: dead }, 'took back the jobs of workers that ended without a word')
  }
  await sweep()
  const pool = new pg.Pool({ connectionString, max: concurrency + 2, application_name: 'billwright worker' })
  pool.on('error', (error) => log.warn({ error: error.message }, 'a queue connection was lost'))
  pool.on('connect', (client) => client.on('error', () => {}))
  const runner = await run({
    pgPool: pool,
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: jobLogger(log),
    events: namingPools(worker.name),
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [
        name,
        (payload, helpers) => task(payload, { signal: helpers.abortSignal, attempt: helpers.job.attempts }),
      ]),
    ),
    crontab: crontab ?? ' ',
  })
  const timer = setInterval(() => sweep().catch(() => {}), SWEEP_MS)
  let stopping = false
  const stop = async () => {
    stopping = true
    clearInterval(timer)
    await runner.stop().catch(() => {})
  }
  const finished = (async () => {
    const lost = await Promise.race([runner.promise.then(() => false), worker.lost.then(() => true)])
    await stop()
    await pool.end()
    await worker.end().catch(() => {})
    if (lost) throw new Error('the worker lost its database session')
  })()
  finished.catch(() => {})
  return {
    finished,
    stop: async () => {
      if (!stopping) await stop()
      await finished
    },
  }
}

/** The library signs the jobs it takes with its pool's id; the announced name says who lives. */
function namingPools(name: string): WorkerEvents {
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => {
    ;(workerPool as { id: string }).id = name
  })
  return events
}

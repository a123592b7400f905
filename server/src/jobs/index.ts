import type { Database, Tx } from '../platform/db/index.ts'
import { addJob, type Tasks } from '../platform/jobs/index.ts'
import type { Log } from '../platform/log.ts'
import type { Clock } from '../platform/time.ts'

/** What the worker lends to its jobs. */
export interface JobContext {
  /** Under the servers' role. */
  database: Database
  clock: Clock
  log: Log
}

/** This will say what each job does; a job parses its payload and calls one operation. */
export function createTasks(_context: JobContext): Tasks {
  return {}
}

/** Recurring jobs in crontab form, UTC, one a line. */
export const crontab = ''

/** This will wake workers for a bill run, once the caller's transaction commits. */
export async function wakeBillRun(tx: Tx, run: { clientId: number; runId: number }): Promise<void> {
  await addJob(tx, 'bill-run', run, { key: `bill-run:${run.clientId}:${run.runId}` })
}

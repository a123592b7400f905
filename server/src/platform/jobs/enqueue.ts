import { sql } from 'kysely'
import type { Tx } from '../db/index.ts'
import type { Instant } from '../time.ts'

export interface JobOptions {
  /** A waiting job of the same key is replaced: two wishes, one job. */
  key?: string
  /** Jobs of one queue run one after the other. */
  queue?: string
  /** Smaller runs first. */
  priority?: number
  /** How often the job is tried in all. */
  attempts?: number
  runAt?: Instant
}

/** This will queue a job inside the caller's transaction: it runs once that commits, and never if it does not. */
export async function addJob(tx: Tx, task: string, payload: object, options: JobOptions = {}): Promise<void> {
  const { key = null, queue = null, priority = 0, attempts = 5, runAt = null } = options
  await sql`select enqueue_job(${task}, ${JSON.stringify(payload)}::json, ${key}, ${queue}, ${priority}::int,
    ${attempts}::int, ${runAt}::timestamptz)`.execute(tx)
}

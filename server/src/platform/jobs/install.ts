import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { SERVER_ROLE } from '../db/index.ts'
import { quietLogger } from './log.ts'

/**
 * The queue's tables belong to its library and are closed to the servers' role; this function is the only way in.
 * It works inside the caller's transaction: a job exists exactly when what it follows from was committed.
 */
const ENQUEUE = `
  create or replace function enqueue_job(
    task text, payload json, key text default null, queue text default null,
    priority integer default 0, attempts integer default 5, run_at timestamptz default null
  ) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
    select graphile_worker.add_job(task, payload, queue_name => queue, run_at => enqueue_job.run_at,
      max_attempts => attempts, job_key => key, priority => enqueue_job.priority)
  $$;
  revoke all on function enqueue_job from public;
  grant execute on function enqueue_job to ${SERVER_ROLE};`

/** This will bring the job queue of a migrated database up to the program's version; the owner does it. */
export async function installJobs(connectionString: string): Promise<void> {
  const pool = new pg.Pool({ connectionString, max: 2, application_name: 'billwright migrate' })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool, logger: quietLogger })
    await pool.query(ENQUEUE)
  } finally {
    await pool.end()
  }
}

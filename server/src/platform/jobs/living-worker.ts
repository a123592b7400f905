import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import pg from 'pg'

/** A worker's name, alive as long as its session holds the advisory lock of that name. */
export interface LivingWorker {
  name: string
  /** Takes back the jobs of workers whose session has ended; returns their names. */
  releaseDead(): Promise<string[]>
  /** Resolves when the session is lost: from then on others may take this worker's jobs. */
  lost: Promise<void>
  end(): Promise<void>
}

/** First key of the advisory locks; the second is the hash of the name. */
const LOCK_CLASS = 410_731

/**
 * This will announce a worker. A killed process loses its session at once, so that its jobs need not wait until
 * the queue's library takes them for abandoned, which is four hours.
 */
export async function announceWorker(connectionString: string): Promise<LivingWorker> {
  const name = `${hostname()}-${process.pid}-${randomBytes(6).toString('hex')}`
  const session = new pg.Client({ connectionString, application_name: 'billwright worker', keepAlive: true })
  const lost = new Promise<void>((resolve) => {
    session.on('error', () => resolve())
    session.on('end', () => resolve())
  })
  await session.connect()
  await session.query('select pg_advisory_lock($1, hashtext($2))', [LOCK_CLASS, name])
  return {
    name,
    lost,
    releaseDead: async () =>
      (await session.query(RELEASE_DEAD, [LOCK_CLASS, name])).rows.map((row) => row.name),
    end: () => session.end(),
  }
}

/** Whoever gets a name's lock knows that nobody lives under it; the transaction's end gives the lock back. */
const RELEASE_DEAD = `
  with holder as (
    select distinct locked_by as name from graphile_worker._private_jobs where locked_by is not null
    union
    select distinct locked_by from graphile_worker._private_job_queues where locked_by is not null
  ), dead as materialized (
    select name from holder where name <> $2 and pg_try_advisory_xact_lock($1, hashtext(name))
  )
  select name, graphile_worker.force_unlock_workers(array[name]) from dead`

import { parentPort, workerData } from 'node:worker_threads'
import { workBillRun } from '../domain/billing/index.ts'
import type { Actor } from '../domain/identity/index.ts'
import { autopayAccounts } from '../domain/payments/index.ts'
import { connect, SERVER_ROLE } from '../platform/db/index.ts'
import { clockStartingAt, Temporal } from '../platform/time.ts'

/** What a thread is told: where the database is, which run, what time it is, who it works for. */
export interface ThreadData {
  connectionString: string
  clientId: number
  runId: number
  now: string
  worker: string
  actor: Actor
}

const { connectionString, clientId, runId, now, worker, actor } = workerData as ThreadData
const database = connect({
  connectionString,
  role: SERVER_ROLE,
  poolSize: 2,
  applicationName: 'billwright bill run',
})
const clock = clockStartingAt(Temporal.Instant.from(now))
try {
  const context = { database, clock, worker, actor, autopayOf: autopayAccounts }
  await workBillRun(context, { clientId, runId }, () => parentPort?.postMessage('chunk'))
} finally {
  await database.destroy()
}

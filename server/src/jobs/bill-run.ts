import { z } from 'zod'
import { billRuns, workBillRun } from '../domain/billing/index.ts'
import { autopayAccounts } from '../domain/payments/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { addJob, type Task } from '../platform/jobs/index.ts'
import type { JobContext } from './index.ts'

const RunPayload = z.object({ clientId: z.number().int(), runId: z.number().int() })

/** How many chunks of one run a worker process bills at once: while one waits for the database, another computes. */
const LANES = [1, 2]

/** This will wake workers for a bill run, once the caller's transaction commits. */
export async function wakeBillRun(
  tx: Tx,
  { clientId, runId }: { clientId: number; runId: number },
): Promise<void> {
  for (const lane of LANES) {
    const key = `bill-run:${clientId}:${runId}:${lane}`
    await addJob(tx, 'bill-run', { clientId, runId }, { key, queue: key })
  }
}

/** This will bill chunks of a run until none is left to take. */
export function billRunTask({ database, clock }: JobContext): Task {
  return async (payload) => {
    const key = RunPayload.parse(payload)
    const actor = { actor: 'job:bill-run', door: 'jobs' as const }
    const worker = `worker ${process.pid}`
    await workBillRun({ database, clock, worker, actor, autopayOf: autopayAccounts }, key)
  }
}

/** This will wake workers for every run that is left running: whoever worked on it may have been killed. */
export function wakeBillRunsTask({ database }: JobContext): Task {
  return () =>
    database.transaction(async (tx) => {
      for (const run of await billRuns(tx, { status: 'running', limit: 100 })) await wakeBillRun(tx, run)
    })
}

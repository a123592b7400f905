import type { Tx } from '../../../platform/db/index.ts'
import { selectChunkSums, selectCycles, selectRuns, selectWindows } from '../store/run.ts'
import type { BillRun, RunKey, RunProgress, RunStatus } from './run.ts'
import { getRun } from './run-operations.ts'

/** This will tell how far a run has come: counts, amount, speed and the time that is left. Refuses an unknown run. */
export async function runProgress(tx: Tx, key: RunKey): Promise<RunProgress> {
  const run = await getRun(tx, key)
  const { lastFinishedAt, ...sums } = await selectChunkSums(tx, key)
  const progress = { ...run, ...sums }
  if (!run.startedAt || !lastFinishedAt) return progress
  const seconds = Math.max(lastFinishedAt.since(run.startedAt).total('seconds'), 0.001)
  const accountsPerSecond = sums.accountsDone / seconds
  const left = run.accounts - sums.accountsDone
  return {
    ...progress,
    accountsPerSecond,
    ...(left > 0 && { secondsLeft: Math.ceil(left / accountsPerSecond) }),
  }
}

/** This will list runs, latest first. */
export function billRuns(
  tx: Tx,
  filter: { clientId?: number; status?: RunStatus; limit: number },
): Promise<BillRun[]> {
  return selectRuns(tx, filter)
}

/** This will list the bill cycles of a client with their windows. */
export async function billCycles(tx: Tx, clientId: number) {
  const cycles = await selectCycles(tx, clientId)
  return Promise.all(
    cycles.map(async (cycle) => ({ ...cycle, windows: await selectWindows(tx, clientId, cycle.cycleCode) })),
  )
}

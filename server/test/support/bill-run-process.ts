import { billOnThreads } from '../../src/jobs/bill-run-threads.ts'
import { clockStartingAt } from '../../src/platform/time.ts'
import { ACTOR, NOW } from './billed-town.ts'

/** A process that bills a run on two threads: `node bill-run-process.ts ADDRESS CLIENT RUN`. */
const [connectionString = '', clientId, runId] = process.argv.slice(2)
await billOnThreads(
  { clientId: Number(clientId), runId: Number(runId) },
  { connectionString, workers: 2, clock: clockStartingAt(NOW), actor: ACTOR },
)

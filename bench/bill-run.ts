import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { priceAccounts, runProgress, startBillRun } from '../server/src/domain/billing/index.ts'
import { accountsInCycle } from '../server/src/domain/customers/index.ts'
import { billOnThreads } from '../server/src/jobs/bill-run-threads.ts'
import {
  connect,
  type Database,
  migrate,
  openEmbedded,
  SERVER_ROLE,
} from '../server/src/platform/db/index.ts'
import { clockStartingAt } from '../server/src/platform/time.ts'
import { ACTOR, CYCLE, NOW } from '../server/test/support/billed-town.ts'
import { broken } from '../server/test/support/verified.ts'
import { fillBook } from './bill-run-book.ts'
import { type Figure, print } from './harness.ts'

/** Bills a book of accounts with 15-minute data and 12 lines a bill: `node bench/bill-run.ts [--accounts N] [--json]`. */
const { values: options } = parseArgs({
  options: { accounts: { type: 'string', default: '4000' }, json: { type: 'boolean' } },
})
const accounts = Number(options.accounts)
const dataDir = mkdtempSync(join(tmpdir(), 'billwright-bench-'))
const server = await openEmbedded({ dataDir })
const { connectionString } = server
try {
  await migrate({ connectionString })
  const owner = connect({ connectionString, poolSize: 2 })
  const database = connect({ connectionString, role: SERVER_ROLE, poolSize: 4 })
  const { clientId } = await fillBook(owner, accounts)
  const figures = [await pricing(database, clientId)]
  for (const [workers, billDate] of [
    [1, '2026-02-01'],
    [2, '2026-03-01'],
    [1, '2026-04-01'],
  ] as const)
    figures.push(await billing(database, clientId, workers, billDate))
  const faults = await broken(database)
  if (faults.length > 0) throw new Error(`the books do not hold: ${faults.join('; ')}`)
  print(figures)
  await Promise.all([owner.destroy(), database.destroy()])
} finally {
  await server.close({ force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

/** Reading and rating alone, in chunks of a run: what is left of a run's time is writing. */
async function pricing(database: Database, clientId: number): Promise<Figure> {
  const keys = await accountsInCycle(database.read, { clientId, cycleCode: CYCLE })
  const scope = { clientId, periodEnd: '2026-02-01', windowEnds: [], missingTolerance: 0 }
  const priced = Math.min(1_000, keys.length)
  const began = performance.now()
  for (let from = 0; from < priced; from += 200)
    await priceAccounts(database.read, keys.slice(from, Math.min(from + 200, priced)), scope)
  return figure('read and rate, 1 thread', priced, performance.now() - began)
}

async function billing(
  database: Database,
  clientId: number,
  workers: number,
  billDate: string,
): Promise<Figure> {
  const wish = { clientId, cycleCode: CYCLE, billDate, mode: 'live' as const, now: NOW, actor: ACTOR }
  const run = await database.transaction((tx) => startBillRun(tx, wish))
  const began = performance.now()
  await billOnThreads(run, { connectionString, workers, clock: clockStartingAt(NOW), actor: ACTOR })
  const elapsed = performance.now() - began
  const { billed } = await runProgress(database.read, run)
  if (billed !== accounts) throw new Error(`${billed} of ${accounts} accounts were billed`)
  return figure(`bill run of ${billDate}, ${workers} thread${workers === 1 ? '' : 's'}`, billed, elapsed)
}

function figure(name: string, count: number, medianMs: number): Figure {
  return { name, perSecond: (count * 1000) / medianMs, unit: 'bills', medianMs, runs: 1 }
}

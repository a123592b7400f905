import { availableParallelism } from 'node:os'
import { type Command, InvalidArgumentError } from 'commander'
import {
  CHUNK_ACCOUNTS,
  planRun,
  type RunProgress,
  runProgress,
  startBillRun,
  workBillRun,
} from '../domain/billing/index.ts'
import { findClient } from '../domain/identity/index.ts'
import { autopayAccounts } from '../domain/payments/index.ts'
import { billOnThreads } from '../jobs/bill-run-threads.ts'
import { centsToDecimal } from '../platform/money.ts'
import { type LocalDate, localDateAt } from '../platform/time.ts'
import { cliActor } from './actor.ts'
import { readDay } from './day.ts'
import { type Installation, withInstallation } from './installation.ts'
import { openProgress } from './progress.ts'

interface BillRunOptions {
  cycle: string
  asOf?: LocalDate
  dryRun?: boolean
  workers: number
  client?: string
  json?: boolean
}

/** This will add `bill-run` to the program. */
export function billRunCommand(program: Command): void {
  program
    .command('bill-run')
    .description('Bill the accounts of a cycle')
    .requiredOption('--cycle <code>', 'bill cycle')
    .option('--as-of <date>', 'bill date; the window that is open then is billed (today)', readDay)
    .option('--dry-run', 'price and count, write no bill')
    .option('--workers <n>', 'threads', readCount, Math.min(4, availableParallelism()))
    .option('--client <code>', 'client, when there are several')
    .option('--json', 'write progress and result as JSON')
    .action((options: BillRunOptions, command: Command) =>
      withInstallation(command, (installation) => billCycle(installation, options)),
    )
}

/** Starting a thread takes as long as billing these. */
const FEW_ACCOUNTS = 2 * CHUNK_ACCOUNTS

async function billCycle(installation: Installation, options: BillRunOptions): Promise<void> {
  const { database, clock, connectionString } = installation
  const client = await findClient(database.read, options.client)
  const billDate = options.asOf ?? localDateAt(clock(), client.timeZone)
  const actor = cliActor()
  const wish = { clientId: client.clientId, cycleCode: options.cycle }
  const plan = await planRun(database.read, { ...wish, asOf: billDate })
  const mode = options.dryRun ? ('trial' as const) : ('live' as const)
  const run = await database.transaction((tx) =>
    startBillRun(tx, { ...wish, billDate, mode, now: clock(), actor }),
  )
  const label = `${mode === 'live' ? 'Billing' : 'Trying'} ${plan.window.cycleCode} up to ${run.periodEnd}`
  const json = options.json ?? false
  const progress = openProgress({ label, total: run.accounts, unit: 'accounts', json })
  const began = performance.now()
  const refresh = setInterval(() => {
    runProgress(database.read, run).then(
      (now) => progress.update(now.accountsDone, describe(now)),
      () => {},
    )
  }, 500)
  try {
    if (run.accounts > FEW_ACCOUNTS)
      await billOnThreads(run, { connectionString, workers: options.workers, clock, actor })
    else {
      const worker = `process ${process.pid}`
      await workBillRun({ database, clock, worker, actor, autopayOf: autopayAccounts }, run)
    }
  } finally {
    clearInterval(refresh)
  }
  const result = await runProgress(database.read, run)
  progress.update(result.accountsDone, describe(result))
  progress.finish()
  tell(result, (performance.now() - began) / 1000, json)
}

const describe = ({ billed, held }: RunProgress) => `${billed} billed, ${held} held`

function tell(run: RunProgress, seconds: number, json: boolean): void {
  const { runId, status, billed, held, nothingDue, amountCents } = run
  const billsPerSecond = Math.round(billed / seconds)
  const amount = centsToDecimal(amountCents)
  if (json) {
    console.log(JSON.stringify({ runId, status, billed, held, nothingDue, amount, billsPerSecond }))
    return
  }
  console.log(
    `Run ${runId} is ${status}: ${billed} bills, ${held} held, ${nothingDue} with nothing due, amount ${amount}, ${billsPerSecond} bills/s.`,
  )
  if (held > 0) console.log('What is held is in the work items, each with its reason and remedy.')
}

function readCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count
  throw new InvalidArgumentError('a number from 1 to 64')
}

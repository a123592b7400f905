import { type Command, InvalidArgumentError } from 'commander'
import {
  advanceDemo,
  type DemoReport,
  FULL_SIZE,
  isDemoComplete,
  keepCurrent,
  loadDemo,
} from '../demo/index.ts'
import { registeredPermissions } from '../doors/index.ts'
import { Refusal } from '../platform/errors.ts'
import { addJob } from '../platform/jobs/index.ts'
import { systemClock } from '../platform/time.ts'
import { type Installation, withInstallation } from './installation.ts'
import { openProgress, type Progress } from './progress.ts'

/** The people of the stories and their estates are always there. */
const SMALLEST = 80
const LABELS: Record<string, string> = {
  town: 'Creating Juniper Valley Power',
  readings: 'Loading meter readings',
  bills: 'Billing and paying',
}

/** After so long every running process has seen that the clock was moved. */
const CLOCK_FOLLOWED_SECONDS = 3

/** This will add `demo` and `demo advance` to the program. */
export function demoCommand(program: Command): void {
  const demo = program
    .command('demo')
    .description('Load the demo utility into an empty database')
    .option('--customers <n>', 'how many agreements to make', readCount, FULL_SIZE.agreements)
    .option('--json', 'write progress and report as JSON')
    .action((options: { customers: number; json?: boolean }, command: Command) =>
      withInstallation(command, async (installation) => {
        if (await isDemoComplete(installation.database.read)) throw alreadyThere()
        const report = await load(installation, options.customers, options.json ?? false)
        console.log(options.json ? JSON.stringify(report) : describe(report))
      }),
    )
  demo
    .command('advance')
    .description('Move the clock of the demo forward, for example: demo advance 1 month')
    .argument('<count>', 'how many', readStep)
    .argument('[unit]', 'month, week or day', readUnit, 'months')
    .option('--json', 'write progress and report as JSON')
    .action((count: number, unit: Unit, options: { json?: boolean }, command: Command) =>
      withInstallation(command, async ({ database }) => {
        const watch = watcher(options.json ?? false)
        const { now, intervals } = await advanceDemo(
          { database, onProgress: watch.onProgress },
          { [unit]: count },
        )
        watch.finish()
        const runAt = systemClock().add({ seconds: CLOCK_FOLLOWED_SECONDS })
        await database.transaction((tx) => addJob(tx, 'daily', {}, { key: 'daily', runAt }))
        const json = JSON.stringify({ now: now.toString(), intervals })
        console.log(
          options.json ? json : `The demo's clock stands at ${now}; its new windows wait to be billed.`,
        )
      }),
    )
}

/** This will load what is missing of the demo before a server opens, or bring a complete one up to its clock. */
export async function loadMissingDemo(installation: Installation): Promise<void> {
  const { database, clock } = installation
  if (!(await isDemoComplete(database.read))) {
    process.stderr.write(`${describe(await load(installation, FULL_SIZE.agreements, false))}\n`)
    return
  }
  const watch = watcher(false)
  await keepCurrent({ database, onProgress: watch.onProgress }, clock())
  watch.finish()
}

async function load({ database }: Installation, agreements: number, json: boolean): Promise<DemoReport> {
  const watch = watcher(json)
  const size = { ...FULL_SIZE, agreements }
  const permissions = registeredPermissions()
  try {
    return await loadDemo({ database, permissions, size, onProgress: watch.onProgress })
  } finally {
    watch.finish()
  }
}

/** One progress bar a step. */
function watcher(json: boolean) {
  let current: { step: string; progress: Progress } | undefined
  return {
    onProgress(step: string, done: number, total: number) {
      if (current?.step !== step) {
        current?.progress.finish()
        current = { step, progress: openProgress({ label: LABELS[step] ?? step, total, json }) }
      }
      current.progress.update(done)
    },
    finish: () => current?.progress.finish(),
  }
}

function describe({ steps }: DemoReport): string {
  const lines = steps.map(
    ({ step, count, unit, seconds }) =>
      `  ${step.padEnd(10)} ${String(count).padStart(9)} ${unit.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s`,
  )
  const total = steps.reduce((sum, step) => sum + step.seconds, 0)
  return [`The demo utility is ready after ${total.toFixed(1)} s:`, ...lines].join('\n')
}

type Unit = 'months' | 'weeks' | 'days'
const UNITS: Record<string, Unit> = { month: 'months', week: 'weeks', day: 'days' }

function readUnit(text: string): Unit {
  const unit = UNITS[text.replace(/s$/, '')]
  if (unit) return unit
  throw new InvalidArgumentError('say month, week or day')
}

function readStep(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= 36) return count
  throw new InvalidArgumentError('a number from 1 to 36')
}

function readCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= SMALLEST && count <= 100_000) return count
  throw new InvalidArgumentError(`a number from ${SMALLEST} to 100000`)
}

function alreadyThere(): Refusal {
  return new Refusal(
    'conflict',
    'demo_present',
    'The demo utility is in this database already; name another with --data to load it again, or move its clock with demo advance.',
  )
}

import { findClient, listClients } from '../domain/identity/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { Refusal } from '../platform/errors.ts'
import { systemClock } from '../platform/time.ts'
import { CLOCK_START } from './calendar.ts'
import type { DemoContext } from './context.ts'
import { loadHistory } from './load-history.ts'
import { loadTown } from './load-town.ts'
import { CLIENT_CODE, loadUtility } from './load-utility.ts'
import { readMeters } from './read-meters.ts'
import { insertInstallation, selectState, updateClock, updateStep } from './store.ts'
import { tellStories } from './stories.ts'
import type { DemoSize } from './town.ts'

/** What the loading of the demo did, by step. */
export interface DemoReport {
  steps: { step: string; count: number; unit: string; seconds: number }[]
}

type Step = (context: DemoContext, from: string) => Promise<{ count: number; unit: string }>

/** In this order; `installation.demo_step` names the one that is to go on, and how far it has come. */
const STEPS: readonly [name: string, step: Step][] = [
  ['town', loadTown],
  ['readings', readMeters],
  ['bills', loadHistory],
  ['stories', tellStories],
]

/**
 * This will load the demo utility into an empty database, or go on with a loading that was cut off: it ends with the
 * same customers, readings, bills and payments. Does nothing when it is complete. Refuses a database that has other
 * clients.
 */
export async function loadDemo(context: DemoContext): Promise<DemoReport> {
  const { database } = context
  const report: DemoReport = { steps: [] }
  const begun = await database.transaction((tx) => begin(tx, context))
  if (begun === null) return report
  const size = await sizeOf(database.read)
  const [name, from = ''] = begun.split(' ')
  const first = STEPS.findIndex(([step]) => step === name)
  if (first < 0) throw new Error(`unknown step of the demo: ${begun}`)
  for (const [index, [step, act]] of STEPS.entries()) {
    if (index < first) continue
    const started = performance.now()
    const done = await act({ ...context, size }, index === first ? from : '')
    report.steps.push({ step, ...done, seconds: (performance.now() - started) / 1000 })
    await updateStep(database.read, STEPS[index + 1]?.[0] ?? null)
  }
  await updateClock(database.read, { clockStart: CLOCK_START, clockOrigin: systemClock() })
  return report
}

/** This will tell how large the demo of the database is: what it was begun with, whatever is asked for later. */
export async function sizeOf(tx: Tx): Promise<DemoSize> {
  const { settings } = await findClient(tx, CLIENT_CODE)
  return settings.demo as DemoSize
}

/** This will say whether the database holds the whole demo. */
export async function isDemoComplete(tx: Tx): Promise<boolean> {
  const state = await selectState(tx)
  return state?.demo === true && state.step === null
}

async function begin(tx: Tx, context: DemoContext): Promise<string | null> {
  const state = await selectState(tx)
  if (state?.demo) return state.step
  if (state || (await listClients(tx)).length > 0)
    throw new Refusal(
      'conflict',
      'database_not_empty',
      'The database has clients of its own; the demo is loaded into an empty one: name another with --data or --database-url.',
    )
  const [step] = STEPS[0] as (typeof STEPS)[number]
  await insertInstallation(tx, { step, clockStart: CLOCK_START, clockOrigin: systemClock() })
  await loadUtility(tx, context)
  return step
}

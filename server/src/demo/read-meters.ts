import { findClient } from '../domain/identity/index.ts'
import { addDays, daysBetween, type LocalDate, localDateAt } from '../platform/time.ts'
import { CLOCK_START, CYCLES, cycleStart, daysOf, TIME_ZONE } from './calendar.ts'
import type { DemoContext } from './context.ts'
import { CLIENT_CODE } from './load-utility.ts'
import { type MeteredSite, meteredSites } from './metered-sites.ts'
import { recordDays } from './readings.ts'
import { updateStep } from './store.ts'

/** So many connections record at once, each for its share of the sites. */
const LANES = 2
/** The days of the month on which a cycle's period ends. */
const ENDS = new Set(CYCLES.map((cycle) => cycle.code))

/** This will record the intervals of every meter from its first day, or from the day `from`, to the demo's today. */
export async function readMeters(context: DemoContext, from: string) {
  const { database, size } = context
  const { clientId } = await findClient(database.read, CLIENT_CODE)
  const metered = await meteredSites(database.read, clientId, size)
  const first = CYCLES.map((cycle) => cycleStart(cycle.code, size.months)).sort()[0] ?? ''
  const today = localDateAt(CLOCK_START, TIME_ZONE)
  const count = await recordIntervals(context, metered, {
    start: from || first,
    end: today,
    onDone: (next) => updateStep(database.read, `readings ${next}`),
  })
  return { count, unit: 'intervals' }
}

/**
 * This will record the intervals of sites for `[start, end)`, a quarter of a month a transaction: it ends where a cycle's
 * period does, so that no bill is older than its readings. Days that are recorded already change nothing. Returns how
 * many intervals there are.
 */
export async function recordIntervals(
  { database, onProgress }: Pick<DemoContext, 'database' | 'onProgress'>,
  metered: readonly MeteredSite[],
  { start, end, onDone }: { start: LocalDate; end: LocalDate; onDone?: (next: LocalDate) => Promise<void> },
): Promise<number> {
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    metered.filter(({ site }, index) => site.intervalSeconds > 0 && index % LANES === lane),
  )
  const all = daysBetween(start, end)
  let count = 0
  for (const days of quarters(start, end)) {
    const counts = await Promise.all(
      lanes.map((sites) => database.transaction((tx) => recordDays(tx, sites, days))),
    )
    count += counts.reduce((sum, one) => sum + one, 0)
    const next = addDays(days.at(-1) ?? '', 1)
    await onDone?.(next)
    onProgress('readings', daysBetween(start, next), all)
  }
  return count
}

function quarters(start: LocalDate, end: LocalDate): LocalDate[][] {
  const parts: LocalDate[][] = []
  for (const day of daysOf(start, end)) {
    if (parts.length === 0 || ENDS.has(day.slice(8))) parts.push([day])
    else parts.at(-1)?.push(day)
  }
  return parts
}

import type { Tx } from './db/index.ts'
import { type Clock, clockStartingAt, type Instant, systemClock } from './time.ts'

export interface InstallationClock {
  clock: Clock
  /** Ends the following of the demo's clock. */
  stop(): void
}

const FOLLOW_MS = 1000

/**
 * This will open the clock of an installation: one that starts at `start`, else the demo's own (it runs on from a
 * stored instant, and is followed when somebody advances it), else the real time.
 */
export async function openClock(read: Tx, start?: Instant): Promise<InstallationClock> {
  if (start !== undefined) return { clock: clockStartingAt(start), stop: () => {} }
  let offset = await demoOffset(read)
  if (offset === undefined) return { clock: systemClock, stop: () => {} }
  const timer = setInterval(() => {
    demoOffset(read).then(
      (found) => {
        offset = found ?? offset
      },
      () => {},
    )
  }, FOLLOW_MS)
  timer.unref()
  return {
    clock: () => (offset === undefined ? systemClock() : systemClock().add(offset)),
    stop: () => clearInterval(timer),
  }
}

/** What the demo's clock is ahead of the real one. */
async function demoOffset(read: Tx) {
  const row = await read
    .selectFrom('installation')
    .select(['clock_start', 'clock_origin'])
    .where('demo', '=', true)
    .executeTakeFirst()
  return row?.clock_start && row.clock_origin ? row.clock_start.since(row.clock_origin) : undefined
}

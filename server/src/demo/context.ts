import type { Actor } from '../domain/identity/index.ts'
import type { Database } from '../platform/db/index.ts'
import { type Instant, type LocalDate, Temporal } from '../platform/time.ts'
import { TIME_ZONE } from './calendar.ts'
import type { DemoSize } from './town.ts'

/** What the loading of the demo works with. */
export interface DemoContext {
  database: Database
  /** Every permission that the doors know. */
  permissions: readonly string[]
  size: DemoSize
  /** Called as a step goes on: how much of how much is done. */
  onProgress: (step: string, done: number, total: number) => void
}

export const DEMO_ACTOR: Actor = { actor: 'cli:demo', door: 'demo' }

/** This will give the instant of an hour of a day in the valley. */
export function atHour(day: LocalDate, hour: number): Instant {
  return Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: TIME_ZONE, plainTime: { hour } })
    .toInstant()
}

import { Temporal as Polyfill } from 'temporal-polyfill'

/** Temporal, native where the runtime has it. */
export const Temporal: typeof Polyfill = (globalThis as { Temporal?: typeof Polyfill }).Temporal ?? Polyfill
export type Instant = Polyfill.Instant
export type PlainDate = Polyfill.PlainDate

/** A calendar day `YYYY-MM-DD`, local to the company or service point; sorts as text. */
export type LocalDate = string

/** The only source of "now". Production uses `systemClock`, the demo and tests one that can be set. */
export type Clock = () => Instant

export const systemClock: Clock = () => Temporal.Now.instant()

/** This will make a clock that starts at `start` and runs on at the speed of `base`. */
export function clockStartingAt(start: Instant, base: Clock = systemClock): Clock {
  const origin = base()
  return () => start.add(base().since(origin))
}

/** This will make a clock that a test moves by hand. */
export function manualClock(start: string): Clock & { set(to: string): void } {
  let now = Temporal.Instant.from(start)
  return Object.assign(() => now, {
    set(to: string) {
      now = Temporal.Instant.from(to)
    },
  })
}

/** This will tell the calendar day of an instant in an IANA zone. */
export function localDateAt(instant: Instant, timeZone: string): LocalDate {
  return instant.toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

const DAY_STARTS = new Map<string, number>()
const DAY_STARTS_KEPT = 10_000

/** This will tell the epoch second at which a local day begins in an IANA zone. A book asks for few different days: the latest are kept. */
export function startOfDaySeconds(day: LocalDate, timeZone: string): number {
  const key = `${timeZone} ${day}`
  const known = DAY_STARTS.get(key)
  if (known !== undefined) return known
  const seconds = Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds / 1000
  if (DAY_STARTS.size >= DAY_STARTS_KEPT) DAY_STARTS.clear()
  DAY_STARTS.set(key, seconds)
  return seconds
}

/** This will add whole days to a calendar day. */
export function addDays(day: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** This will count the days of the half-open period `[start, end)`. */
export function daysBetween(start: LocalDate, end: LocalDate): number {
  return Temporal.PlainDate.from(start).until(Temporal.PlainDate.from(end), { largestUnit: 'days' }).days
}

/** This will say whether a text is a calendar day that exists, written YYYY-MM-DD. */
export function isLocalDate(text: string): text is LocalDate {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

/** The zone whose days begin first. */
const EARLIEST_ZONE = 'Pacific/Kiritimati'

/** This will say whether a calendar day has begun anywhere on earth at an instant. */
export function hasBegun(day: LocalDate, now: Instant): boolean {
  return day <= localDateAt(now, EARLIEST_ZONE)
}

/** This will say whether `zone` is an IANA time zone that this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return !/^[+-]/.test(zone)
  } catch {
    return false
  }
}

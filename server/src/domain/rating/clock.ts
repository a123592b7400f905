import { Refusal } from '../../platform/errors.ts'
import { addDays, isTimeZone, type LocalDate, Temporal } from '../../platform/time.ts'

/** A stretch of a local day with one offset from UTC; a day has two when its clock changes. */
export interface ClockPiece {
  fromSeconds: number
  untilSeconds: number
  /** Local minute of the day at `fromSeconds`. */
  fromMinute: number
}

export interface ClockDay {
  day: LocalDate
  pieces: readonly ClockPiece[]
}

const CACHE_LIMIT = 256
const cache = new Map<string, readonly ClockDay[]>()

/** This will lay out the local days `[start, end)` of a zone on the epoch, with their 23, 24 or 25 hours; memoised. Refuses an unknown zone. */
export function clockDays(timeZone: string, start: LocalDate, end: LocalDate): readonly ClockDay[] {
  const key = `${timeZone} ${start} ${end}`
  const known = cache.get(key)
  if (known) return known
  if (!isTimeZone(timeZone))
    throw new Refusal(
      'rule',
      'time_zone_unknown',
      `"${timeZone}" is no IANA time zone: use one like America/New_York.`,
    )
  const days: ClockDay[] = []
  for (let day = start; day < end; day = addDays(day, 1)) days.push(clockDay(timeZone, day))
  if (cache.size >= CACHE_LIMIT) cache.clear()
  cache.set(key, days)
  return days
}

function clockDay(timeZone: string, day: LocalDate): ClockDay {
  const from = Temporal.PlainDate.from(day).toZonedDateTime(timeZone)
  const until = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone)
  const fromSeconds = from.epochMilliseconds / 1000
  const untilSeconds = until.epochMilliseconds / 1000
  const fromMinute = from.hour * 60 + from.minute
  const change = from.getTimeZoneTransition('next')
  const changeSeconds = change ? change.epochMilliseconds / 1000 : untilSeconds
  if (change === null || changeSeconds >= untilSeconds)
    return { day, pieces: [{ fromSeconds, untilSeconds, fromMinute }] }
  return {
    day,
    pieces: [
      { fromSeconds, untilSeconds: changeSeconds, fromMinute },
      { fromSeconds: changeSeconds, untilSeconds, fromMinute: change.hour * 60 + change.minute },
    ],
  }
}

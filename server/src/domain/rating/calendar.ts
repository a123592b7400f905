import type { LocalDate } from '../../platform/time.ts'
import { holidaysOf, inSeason, weekdayOf, windowsOf } from '../tariffs/index.ts'
import { type ClockDay, clockDays } from './clock.ts'
import type { CompiledTariff } from './compile.ts'

/** Runs of the epoch in one time-of-use period, in order: parallel arrays, half-open. */
export interface TouRuns {
  fromSeconds: Float64Array
  untilSeconds: Float64Array
  period: Uint16Array
}

/** The local days `[start, end)` of a tariff version in a zone. Shared by all bills of a cycle. */
export interface Calendar {
  readonly start: LocalDate
  readonly end: LocalDate
  readonly days: readonly ClockDay[]
  readonly fromSeconds: number
  readonly untilSeconds: number
  /** The runs of a map of the version. */
  touRuns(mapCode: string): TouRuns
}

const CACHE_LIMIT = 256

/** This will give the calendar of a version and period, made once and kept with the version. */
export function calendarFor(
  tariff: CompiledTariff,
  timeZone: string,
  start: LocalDate,
  end: LocalDate,
): Calendar {
  const key = `${timeZone} ${start} ${end}`
  const known = tariff.calendars.get(key)
  if (known) return known
  if (tariff.calendars.size >= CACHE_LIMIT) tariff.calendars.clear()
  const made = makeCalendar(tariff, timeZone, start, end)
  tariff.calendars.set(key, made)
  return made
}

function makeCalendar(tariff: CompiledTariff, timeZone: string, start: LocalDate, end: LocalDate): Calendar {
  const days = clockDays(timeZone, start, end)
  const runs = new Map<string, TouRuns>()
  return {
    start,
    end,
    days,
    fromSeconds: days[0]?.pieces[0]?.fromSeconds ?? 0,
    untilSeconds: days.at(-1)?.pieces.at(-1)?.untilSeconds ?? 0,
    touRuns(mapCode) {
      const known = runs.get(mapCode)
      if (known) return known
      const made = makeRuns(tariff, mapCode, days)
      runs.set(mapCode, made)
      return made
    },
  }
}

function makeRuns(tariff: CompiledTariff, mapCode: string, days: readonly ClockDay[]): TouRuns {
  const map = tariff.touMap(mapCode)
  const from: number[] = []
  const until: number[] = []
  const period: number[] = []
  for (const { day, pieces } of days) {
    const weekday = weekdayOf(day)
    const holiday = holidaysOf(tariff.version.holidays, Number(day.slice(0, 4))).has(day)
    const windows = windowsOf(map, weekday, holiday, (code) => inSeason(tariff.season(code), day))
    for (const piece of pieces) {
      const shift = piece.fromSeconds - piece.fromMinute * 60
      for (const window of windows) {
        const a = Math.max(piece.fromSeconds, shift + window.fromMinute * 60)
        const b = Math.min(piece.untilSeconds, shift + window.untilMinute * 60)
        if (a >= b) continue
        const last = period.length - 1
        if (period[last] === window.period && until[last] === a) until[last] = b
        else {
          from.push(a)
          until.push(b)
          period.push(window.period)
        }
      }
    }
  }
  return {
    fromSeconds: Float64Array.from(from),
    untilSeconds: Float64Array.from(until),
    period: Uint16Array.from(period),
  }
}

/** A stretch of days in which the same one of some seasons (or none) holds. */
export interface SeasonSpan {
  start: LocalDate
  end: LocalDate
  season: string | undefined
}

/** This will split the days `[start, end)` where the season among `codes` changes. */
export function seasonSpans(
  tariff: CompiledTariff,
  codes: readonly string[],
  calendar: Calendar,
): SeasonSpan[] {
  const spans: SeasonSpan[] = []
  for (const [index, { day }] of calendar.days.entries()) {
    const season = codes.find((code) => inSeason(tariff.season(code), day))
    const last = spans.at(-1)
    const next = calendar.days[index + 1]?.day ?? calendar.end
    if (last && last.season === season) last.end = next
    else spans.push({ start: day, end: next, season })
  }
  return spans
}

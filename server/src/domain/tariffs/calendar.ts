import { addDays, type LocalDate, Temporal } from '../../platform/time.ts'
import type { DayClass, Holiday, Season, TouMap } from './tariff.ts'

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
type Weekday = (typeof WEEKDAYS)[number]

/** A stretch of the local clock, in minutes of the day, and its index in the map's periods. */
export interface ClockWindow {
  fromMinute: number
  untilMinute: number
  period: number
}

/** This will name the weekday of a calendar day. */
export function weekdayOf(day: LocalDate): Weekday {
  return WEEKDAYS[Temporal.PlainDate.from(day).dayOfWeek - 1] as Weekday
}

/** This will say whether a day belongs to a season; ranges repeat each year. */
export function inSeason(season: Season, day: LocalDate): boolean {
  const monthDay = day.slice(5)
  return season.ranges.some(({ from, until }) =>
    from < until ? monthDay >= from && monthDay < until : monthDay >= from || monthDay < until,
  )
}

/** This will list the days of a year on which holidays are kept. */
export function holidaysOf(holidays: readonly Holiday[], year: number): Set<LocalDate> {
  return new Set(holidays.flatMap((holiday) => dayOf(holiday, year) ?? []))
}

function dayOf(holiday: Holiday, year: number): LocalDate | undefined {
  if ('date' in holiday) return holiday.date.startsWith(`${year}-`) ? holiday.date : undefined
  if ('monthDay' in holiday) return observedDay(`${year}-${holiday.monthDay}`, holiday.observed)
  return nthWeekday(year, holiday.month, WEEKDAYS.indexOf(holiday.weekday) + 1, holiday.nth)
}

function observedDay(day: LocalDate, rule: 'same_day' | 'monday_if_sunday' | 'nearest_weekday'): LocalDate {
  const weekday = weekdayOf(day)
  if (rule !== 'same_day' && weekday === 'sun') return addDays(day, 1)
  if (rule === 'nearest_weekday' && weekday === 'sat') return addDays(day, -1)
  return day
}

function nthWeekday(year: number, month: number, dayOfWeek: number, nth: number): LocalDate | undefined {
  const first = Temporal.PlainDate.from({ year, month, day: 1 })
  const offset = (dayOfWeek - first.dayOfWeek + 7) % 7
  const count = Math.floor((first.daysInMonth - 1 - offset) / 7) + 1
  const position = nth < 0 ? count + nth : nth - 1
  if (position < 0 || position >= count) return undefined
  return first.add({ days: offset + 7 * position }).toString()
}

/** This will say whether a row's days hold a weekday; on a holiday only rows that name it (or every day) do. */
export function holdsDay(days: readonly DayClass[], weekday: Weekday, holiday: boolean): boolean {
  if (days.includes('every')) return true
  if (holiday) return days.includes('holiday')
  const weekend = weekday === 'sat' || weekday === 'sun'
  return days.includes(weekday) || days.includes(weekend ? 'weekend' : 'weekday')
}

/** This will lay out one kind of day of a map as windows in order, the uncovered minutes as `otherwise`. */
export function windowsOf(
  map: TouMap,
  weekday: Weekday,
  holiday: boolean,
  seasonHolds: (code: string) => boolean,
): ClockWindow[] {
  const kept = holiday && map.rows.some((row) => row.days.includes('holiday'))
  const rows = map.rows
    .filter((row) => holdsDay(row.days, weekday, kept) && (row.seasons?.some(seasonHolds) ?? true))
    .map((row) => ({
      fromMinute: minutes(row.from),
      untilMinute: minutes(row.until),
      period: map.periods.findIndex((period) => period.code === row.period),
    }))
    .sort((a, b) => a.fromMinute - b.fromMinute)
  return map.otherwise === undefined ? rows : filled(rows, periodIndex(map, map.otherwise))
}

function filled(rows: ClockWindow[], otherwise: number): ClockWindow[] {
  const out: ClockWindow[] = []
  let at = 0
  for (const row of [...rows, { fromMinute: 1440, untilMinute: 1440, period: otherwise }]) {
    if (row.fromMinute > at) out.push({ fromMinute: at, untilMinute: row.fromMinute, period: otherwise })
    if (row.untilMinute > row.fromMinute) out.push(row)
    at = Math.max(at, row.untilMinute)
  }
  return out
}

function periodIndex(map: TouMap, code: string): number {
  return map.periods.findIndex((period) => period.code === code)
}

/** This will read HH:MM as minutes of the day. */
export function minutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

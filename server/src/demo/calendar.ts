import { addDays, daysBetween, type LocalDate, startOfDaySeconds, Temporal } from '../platform/time.ts'

export const TIME_ZONE = 'America/Los_Angeles'

/** The instant at which the clock of every copy of the demo begins: a Wednesday, 09:00 in the valley. */
export const CLOCK_START = Temporal.Instant.from('2026-09-09T16:00:00Z')

/** A billing cycle: its periods end on the same day of every month. */
export interface DemoCycle {
  code: string
  name: string
  /** The end of the last period that a fresh demo has billed. */
  lastBilled: LocalDate
}

/** Cycle 08 has a window that is open and waits to be billed. */
export const CYCLES: readonly DemoCycle[] = [
  { code: '01', name: 'Old Town and the west side', lastBilled: '2026-09-01' },
  { code: '08', name: 'Orchard and the hills', lastBilled: '2026-08-08' },
  { code: '15', name: 'Millrace and downtown', lastBilled: '2026-08-15' },
  { code: '22', name: 'East valley and schools', lastBilled: '2026-08-22' },
]

/** This will name the cycle of a code. */
export function cycleOf(code: string): DemoCycle {
  const cycle = CYCLES.find((one) => one.code === code)
  if (!cycle) throw new Error(`the demo has no cycle ${code}`)
  return cycle
}

/** This will tell when a cycle's first period began, `months` before the last one ended. */
export function cycleStart(code: string, months: number): LocalDate {
  return Temporal.PlainDate.from(cycleOf(code).lastBilled).subtract({ months }).toString()
}

/** The slots of a local day: when it begins, how long it is, and what the clock shows. */
export interface DayGrid {
  day: LocalDate
  startSeconds: number
  lengthSeconds: number
  /** 0 Monday to 6 Sunday. */
  weekday: number
  holiday: boolean
  /** The hour on the clock for each hour of the day that passes: 23, 24 or 25 of them. */
  clockHours: readonly number[]
}

const grids = new Map<LocalDate, DayGrid>()

/** This will lay out a day of the valley; days with a change of the clock have 23 or 25 hours. */
export function dayGrid(day: LocalDate): DayGrid {
  const known = grids.get(day)
  if (known) return known
  const startSeconds = startOfDaySeconds(day, TIME_ZONE)
  const lengthSeconds = startOfDaySeconds(addDays(day, 1), TIME_ZONE) - startSeconds
  const grid = {
    day,
    startSeconds,
    lengthSeconds,
    weekday: Temporal.PlainDate.from(day).dayOfWeek - 1,
    holiday: isHoliday(day),
    clockHours: Array.from({ length: lengthSeconds / 3600 }, (_, hour) =>
      lengthSeconds === 86_400 ? hour : clockHour(startSeconds + hour * 3600),
    ),
  }
  grids.set(day, grid)
  return grid
}

function clockHour(seconds: number): number {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(TIME_ZONE).hour
}

/** This will list the days of `[start, end)`. */
export function daysOf(start: LocalDate, end: LocalDate): LocalDate[] {
  return Array.from({ length: Math.max(0, daysBetween(start, end)) }, (_, index) => addDays(start, index))
}

/** The days on which shops and schools keep closed and time-of-use prices those of a weekend. */
export function isHoliday(day: LocalDate): boolean {
  const { month, day: date, dayOfWeek, daysInMonth } = Temporal.PlainDate.from(day)
  const fixed = `${month}-${date}`
  if (['1-1', '7-4', '11-11', '12-25'].includes(fixed)) return true
  if (month === 2 && dayOfWeek === 1) return date > 14 && date <= 21
  if (month === 5 && dayOfWeek === 1) return date > daysInMonth - 7
  if (month === 9 && dayOfWeek === 1) return date <= 7
  return month === 11 && dayOfWeek === 4 && date > 21 && date <= 28
}

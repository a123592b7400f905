import { addDays, type LocalDate, startOfDaySeconds } from '../../platform/time.ts'

/** The days of a period in a time zone: where each begins, and where the period ends. */
export interface DayGrid {
  days: readonly LocalDate[]
  /** Epoch seconds; one more than days. */
  starts: Float64Array
}

const GRIDS = new Map<string, DayGrid>()
const GRIDS_KEPT = 2_000

/**
 * This will lay out the local days of `[startDay, endDay)`. Days have 23, 24 or 25 hours. A book of accounts asks for
 * few different periods, so that the latest are kept.
 */
export function dayGrid(timeZone: string, startDay: LocalDate, endDay: LocalDate): DayGrid {
  const key = `${timeZone} ${startDay} ${endDay}`
  const known = GRIDS.get(key)
  if (known) return known
  const days: LocalDate[] = []
  for (let day = startDay; day < endDay; day = addDays(day, 1)) days.push(day)
  const starts = Float64Array.from([...days, endDay], (day) => startOfDaySeconds(day, timeZone))
  if (GRIDS.size >= GRIDS_KEPT) GRIDS.clear()
  const grid = { days, starts }
  GRIDS.set(key, grid)
  return grid
}

/** This will count the intervals of a local day; undefined when the day is no whole number of them. */
export function intervalsOfDay(grid: DayGrid, index: number, intervalSeconds: number): number | undefined {
  const seconds = (grid.starts[index + 1] ?? 0) - (grid.starts[index] ?? 0)
  if (intervalSeconds === 86_400) return 1
  return seconds % intervalSeconds === 0 ? seconds / intervalSeconds : undefined
}

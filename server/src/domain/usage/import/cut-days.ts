import { addDays, type LocalDate, localDateAt, Temporal } from '../../../platform/time.ts'
import { type DayGrid, dayGrid, intervalsOfDay } from '../day-grid.ts'
import { type Quality, type QualityRun, qualityRuns } from '../quality.ts'
import type { Converter } from './convert.ts'
import { durationOf, type FileSeries } from './file-series.ts'

/** The stretch of a file's series that belongs to one place, on the days of its zone. */
export interface Stretch {
  series: FileSeries
  /** Indices, half-open. */
  from: number
  to: number
  intervalSeconds: number
  grid: DayGrid
}

export interface CutDay {
  localDay: LocalDate
  startSeconds: number
  values: Float64Array
  quality: QualityRun[]
}

/** This will lay out the local days of a zone from that of the first to that of the last interval. */
export function gridOver(series: FileSeries, from: number, to: number, timeZone: string): DayGrid {
  const last = to - 1
  const end = (series.startSeconds[last] ?? 0) + durationOf(series, last) - 1
  return dayGrid(timeZone, dayOf(series.startSeconds[from] ?? 0, timeZone), addDays(dayOf(end, timeZone), 1))
}

function dayOf(seconds: number, timeZone: string): LocalDate {
  return localDateAt(Temporal.Instant.fromEpochMilliseconds(seconds * 1000), timeZone)
}

/** This will give the sentence of what does not fit when intervals do not line up with local days; else undefined. */
export function misfit(
  { series, from, to, intervalSeconds, grid }: Stretch,
  timeZone: string,
): string | undefined {
  let day = 0
  for (let index = from; index < to; index++) {
    const start = series.startSeconds[index] ?? 0
    while (start >= (grid.starts[day + 1] ?? Number.POSITIVE_INFINITY)) day++
    const midnight = grid.starts[day] ?? 0
    if (
      intervalsOfDay(grid, day, intervalSeconds) === undefined ||
      (start - midnight) % intervalSeconds !== 0
    )
      return `the interval at ${instantText(start)} does not line up with midnight in ${timeZone}`
  }
  return undefined
}

/** This will cut a stretch into local days, converted; intervals that the file does not have are missing. */
export function* cutDays(
  { series, from, to, intervalSeconds, grid }: Stretch,
  converter: Converter,
): Generator<CutDay> {
  let index = from
  for (const [day, localDay] of grid.days.entries()) {
    const startSeconds = grid.starts[day] ?? 0
    const until = grid.starts[day + 1] ?? 0
    const count = intervalsOfDay(grid, day, intervalSeconds) ?? 0
    const values = new Float64Array(count)
    const qualities: Quality[] = new Array(count).fill('missing')
    const first = index
    for (; index < to && (series.startSeconds[index] ?? 0) < until; index++) {
      const slot = count === 1 ? 0 : ((series.startSeconds[index] ?? 0) - startSeconds) / intervalSeconds
      values[slot] = converter.convert(series.values[index] ?? 0)
      qualities[slot] = series.qualities[index] ?? 'measured'
    }
    if (index > first) yield { localDay, startSeconds, values, quality: qualityRuns(qualities) }
  }
}

/** This will write an epoch second as people read it. */
export function instantText(seconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString()
}

import type { LocalDate } from '../../platform/time.ts'
import type { Flow } from '../metering/index.ts'
import type { QualityRun } from './quality.ts'

/**
 * One series, one local day. Values are integers of the series' unit x 10^-scale, one for each interval from local
 * midnight to local midnight; a missing one is 0 and has its run of quality.
 */
export interface DayBlock {
  servicePointId: number
  seriesNumber: number
  localDay: LocalDate
  /** Local midnight, epoch seconds. */
  startSeconds: number
  intervalSeconds: number
  values: ArrayLike<number>
  quality?: readonly QualityRun[]
}

/** What recording did, in intervals: new ones, those that were there already, those with another value than before. */
export interface Recorded {
  taken: number
  same: number
  corrected: number
}

/** A request for one quantity at one service point over `[startDay, endDay)` of its zone. */
export interface IntervalRequest {
  servicePointId: number
  unit: string
  flow: Flow
  timeZone: string
  startDay: LocalDate
  endDay: LocalDate
}

/** Equal intervals without gaps over the whole period asked for. */
export interface IntervalSeries {
  servicePointId: number
  seriesNumber: number
  unit: string
  flow: Flow
  scale: number
  intervalSeconds: number
  /** Epoch seconds of the first interval. */
  startSeconds: number
  values: Float64Array
  /** Intervals that are not measured; a day without a block is missing as a whole. */
  quality: QualityRun[]
  startDay: LocalDate
  endDay: LocalDate
  /** One a day from `startDay`: the version of the block that was read, 0 where there is none. */
  blockVersions: number[]
}

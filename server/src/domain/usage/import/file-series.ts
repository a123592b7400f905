import type { Fault } from '../../../platform/errors.ts'
import type { Flow } from '../../metering/index.ts'
import type { Quality } from '../quality.ts'

/** One series as a usage file holds it, in words of our own: a file's format is forgotten from here on. */
export interface FileSeries {
  /** How the file names it, for reports. */
  name: string
  /** What it may be known by here: meter badges, ESI IDs, utility accounts, usage point ids. */
  identifiers: string[]
  /** Amounts of intervals, dial positions, or what cannot be billed. */
  measure: 'interval' | 'register' | 'instantaneous'
  /** A unit of `metering`; undefined when it is none that can be billed. */
  unit: string | undefined
  /** As the file writes it. */
  unitText: string
  /** Values are integers x 10^-scale of the unit. */
  scale: number
  /** Average power over the interval, to be kept as energy. */
  averagePower: boolean
  /** Undefined when the direction is none that can be billed. */
  flow: Flow | undefined
  /** In order; the four run in parallel. */
  startSeconds: ArrayLike<number>
  durationSeconds: ArrayLike<number> | number
  values: ArrayLike<number>
  qualities: ArrayLike<Quality>
}

export interface UsageFile {
  series: FileSeries[]
  faults: Fault[]
}

export function durationOf(series: FileSeries, index: number): number {
  const { durationSeconds } = series
  return typeof durationSeconds === 'number' ? durationSeconds : (durationSeconds[index] ?? 0)
}

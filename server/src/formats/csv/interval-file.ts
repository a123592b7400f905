import type { Fault } from '../../platform/errors.ts'

export const UNITS = ['Wh', 'kWh', 'MWh', 'W', 'kW', 'MW'] as const
export type Unit = (typeof UNITS)[number]
export type Flow = 'delivered' | 'received' | 'net'
export type Quality = 'measured' | 'estimated' | 'edited' | 'missing'

/** The interval lengths that a file may have. */
export const INTERVAL_SECONDS = [300, 900, 1800, 3600] as const

/** The readings of one meter, channel and direction, ordered by start; the three arrays run in parallel. */
export interface IntervalSeries {
  meterId?: string
  channel?: string
  /** As the file writes it; energy of the interval (Wh ...) or average power over it (W ...). */
  unit: Unit
  flow: Flow
  intervalSeconds: number
  startSeconds: number[]
  /** Exact integers: the written number x 10^scale. */
  values: number[]
  scale: number
  qualities: Quality[]
}

export interface IntervalFile {
  series: IntervalSeries[]
  /** What was tolerated: gaps, exact repetitions, rounding; `pointer` is `line 12`. */
  faults: Fault[]
  summary: { lines: number; readings: number; startSeconds: number; endSeconds: number }
}

/** What a file cannot say itself. */
export interface CsvOptions {
  /** IANA zone of stamps that carry no offset. */
  timeZone?: string
  /** Whether a lone stamp column marks the start or the end of its interval, when its name does not say. */
  stamp?: 'start' | 'end'
  intervalMinutes?: number
  unit?: Unit
  flow?: Flow
  /** Of dates written with slashes; `mdy` unless told. */
  dateOrder?: 'mdy' | 'dmy'
  /** For a file of one column without stamps: the start of its first interval, `2025-01-01T00:00` or with an offset. */
  start?: string
}

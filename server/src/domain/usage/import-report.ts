import type { Fault } from '../../platform/errors.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { Recorded } from './interval.ts'

/** One series of a file: where it went, or why it did not. Counts are intervals (or reads). */
export interface ImportedSeries extends Recorded {
  /** How the file names it: usage point, meter, channel. */
  name: string
  servicePointId?: number
  seriesNumber?: number
  unit?: string
  flow?: string
  intervalSeconds?: number
  /** Local days, half-open. */
  startDay?: LocalDate
  endDay?: LocalDate
  /** Intervals that are missing between the first and the last. */
  missing: number
  refused: number
  /** One sentence, when nothing of it was taken. */
  reason?: string
  /** Stable code of the reason. */
  code?: string
}

/** What an import did. */
export interface ImportReport extends Recorded {
  fileName: string
  format: 'greenbutton' | 'csv'
  refused: number
  series: ImportedSeries[]
  /** What was tolerated in the file, and what it refused, with places. */
  faults: Fault[]
  /** What the caller told that the file does not say; the same file with another target is another import. */
  target: string
  /** The same file had been imported in full before: nothing was read again. */
  before: boolean
}

import type { Flow, Measure, Service } from './codes.ts'
import type { LocalTime } from './local-time.ts'

/** The codes of a ReadingType, as written. */
export interface ReadingType {
  uom: number
  powerOfTenMultiplier: number
  accumulationBehaviour?: number
  commodity?: number
  currency?: number
  dataQualifier?: number
  defaultQuality?: number
  flowDirection?: number
  intervalLengthSeconds?: number
  kind?: number
  measuringPeriod?: number
  phase?: number
  timeAttribute?: number
}

/** One interval `[startSeconds, startSeconds + durationSeconds)`. `value` is in the series' unit x 10^multiplier. */
export interface GreenButtonReading {
  startSeconds: number
  durationSeconds: number
  value: number
  /** QualityOfReading code; the reading type's default where the reading has none. */
  quality?: number
  tou?: number
}

/** A fault of the file: `tolerated` was put right or does no harm, `refused` cost the readings it names. */
export interface Defect {
  code: string
  message: string
  /** An entry id, a link, or `line 12`; the first of them when it was seen `count` times. */
  where: string
  count: number
  severity: 'tolerated' | 'refused'
}

/** The readings of one MeterReading, ordered by start, none overlapping another. */
export interface GreenButtonSeries {
  meterReadingId: string
  meterReadingHref?: string
  usagePointId?: string
  usagePointHref?: string
  /** ServiceCategory code of the usage point. */
  serviceKind?: number
  tariffProfile?: string
  service: Service
  readingType: ReadingType
  /** Symbol of the unit: Wh, W, therm, ft³ ... */
  unit: string
  flow: Flow
  measure: Measure
  localTime?: LocalTime
  readings: GreenButtonReading[]
}

export interface GreenButtonFile {
  series: GreenButtonSeries[]
  defects: Defect[]
}

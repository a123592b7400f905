import { Refusal } from '../../platform/errors.ts'
import { type Flow, fitsService, type ServiceKind, unitsOf } from './quantity.ts'

/** What identifies a series at its service point. */
export interface SeriesKey {
  servicePointId: number
  kind: 'interval' | 'register'
  unit: string
  flow: Flow
  touCode?: string
  /** Intervals only. */
  intervalSeconds?: number
}

/** One quantity at one service point, across meter exchanges. Values are integers of unit x 10^-scale. */
export interface Series extends SeriesKey {
  seriesNumber: number
  scale: number
}

/** A day is the longest interval; below it, an interval must divide the hour so that every local day is a whole number of them. */
export function isIntervalLength(seconds: number): boolean {
  return seconds === 86_400 || (Number.isInteger(seconds) && seconds >= 60 && 3_600 % seconds === 0)
}

/** This will refuse a unit that the service cannot be measured in, and an interval that does not fit into a day. */
export function checkSeries(key: Omit<SeriesKey, 'servicePointId'>, serviceKind: ServiceKind): void {
  if (!fitsService(key.unit, serviceKind))
    throw new Refusal(
      'rule',
      'unit_not_of_service',
      `${key.unit} does not measure ${serviceKind}; its units are ${unitsOf(serviceKind).join(', ')}.`,
    )
  if (key.kind === 'interval' && !isIntervalLength(key.intervalSeconds ?? 0))
    throw new Refusal(
      'rule',
      'interval_length_unusable',
      `An interval of ${key.intervalSeconds ?? 0} s does not divide the hour; use 60 s to 3600 s, or 86400 s for days.`,
    )
}

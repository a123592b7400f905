import { Temporal } from '../../platform/time.ts'
import type { Measure } from './codes.ts'
import type { GreenButtonReading } from './series.ts'

type Report = (code: string, message: string) => void

/**
 * This will put readings in order of start, drop exact repetitions and report gaps; undefined, after `refuse`, when
 * two readings of one time differ or overlap, or an interval has no length.
 */
export function inOrder(
  readings: GreenButtonReading[],
  measure: Measure,
  report: Report,
  refuse: Report,
): GreenButtonReading[] | undefined {
  const sorted = readings.toSorted((a, b) => a.startSeconds - b.startSeconds)
  if (sorted.some((reading, index) => reading !== readings[index])) {
    report('unsorted', 'the readings were not in order of time and were sorted')
  }
  const kept: GreenButtonReading[] = []
  let repeated = 0
  for (const reading of sorted) {
    const last = kept.at(-1)
    if (last && isSame(last, reading)) {
      repeated++
      continue
    }
    const fault = faultOf(last, reading, measure)
    if (fault) {
      refuse(...fault)
      return undefined
    }
    kept.push(reading)
  }
  if (repeated > 0)
    report('duplicate_readings', `${repeated} readings stand in the file twice and count once`)
  reportGaps(kept, measure, report)
  return kept
}

function isSame(a: GreenButtonReading, b: GreenButtonReading): boolean {
  return a.startSeconds === b.startSeconds && a.durationSeconds === b.durationSeconds && a.value === b.value
}

function faultOf(
  last: GreenButtonReading | undefined,
  reading: GreenButtonReading,
  measure: Measure,
): [code: string, message: string] | undefined {
  const at = stamp(reading.startSeconds)
  if (last?.startSeconds === reading.startSeconds) {
    return [
      'conflicting_readings',
      `two different readings start at ${at}: ${last.value} and ${reading.value}`,
    ]
  }
  if (measure === 'register') return undefined
  if (last && last.startSeconds + last.durationSeconds > reading.startSeconds) {
    return [
      'overlapping_readings',
      `the readings that start at ${stamp(last.startSeconds)} and ${at} overlap`,
    ]
  }
  if (measure === 'interval' && reading.durationSeconds === 0) {
    return ['zero_duration', `the reading that starts at ${at} lasts 0 seconds`]
  }
  return undefined
}

function reportGaps(readings: GreenButtonReading[], measure: Measure, report: Report): void {
  if (measure !== 'interval') return
  let gaps = 0
  let first = ''
  readings.forEach((reading, index) => {
    const next = readings[index + 1]
    const end = reading.startSeconds + reading.durationSeconds
    if (!next || end === next.startSeconds) return
    if (gaps === 0) first = `${stamp(end)} to ${stamp(next.startSeconds)}`
    gaps++
  })
  if (gaps > 0) report('gaps', `${gaps} gaps between the readings, the first from ${first}`)
}

function stamp(epochSeconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000).toString()
}

import type { Defect, GreenButtonReading } from './series.ts'
import { childOf, textOf, type XmlElement } from './xml-element.ts'

/** What a reading may get wrong without harm, and how it is put right. */
export const ODDITIES = {
  fractional_epoch: 'with a fraction of a second in the start were taken at the whole second',
  milliseconds: 'stamped in milliseconds were taken as seconds',
  no_duration: 'without a duration were given the interval length of their reading type',
  no_value: 'without a value were left out',
} as const
export type Oddity = keyof typeof ODDITIES

export interface BlockReadings {
  /** `durationSeconds` is NaN where the file does not say. */
  readings: GreenButtonReading[]
  oddities: Oddity[]
  /** What makes the block unusable. */
  faults: Defect[]
}

/** Later than the year 5000 as seconds, so that these must be milliseconds. */
const FIRST_MILLISECOND_STAMP = 1e11
/** A duration in milliseconds is a whole number of minutes, and five minutes at least. */
const MILLISECOND_MINUTE = 60_000
const MAX_FAULTS = 5

/** This will read the interval readings of an IntervalBlock element; `where` names its entry in faults. */
export function readBlock(element: XmlElement, where: string): BlockReadings {
  const block: BlockReadings = { readings: [], oddities: [], faults: [] }
  let number = 0
  for (const child of element.children) {
    if (child.name !== 'IntervalReading') continue
    number++
    const reading = readReading(child, block, (code, message) => {
      if (block.faults.length >= MAX_FAULTS) return
      block.faults.push({
        code,
        message: `reading ${number}: ${message}`,
        where,
        severity: 'refused',
        count: 1,
      })
    })
    if (reading) block.readings.push(reading)
  }
  return block
}

function readReading(
  element: XmlElement,
  block: BlockReadings,
  refuse: (code: string, message: string) => void,
): GreenButtonReading | undefined {
  const written = textOf(element, 'value')
  if (written === undefined) {
    block.oddities.push('no_value')
    return undefined
  }
  const value = Number(written)
  if (!/^[+-]?\d+$/.test(written) || !Number.isSafeInteger(value)) {
    refuse('value_not_integer', `the value ${JSON.stringify(written)} is not a whole number`)
    return undefined
  }
  const period = readPeriod(childOf(element, 'timePeriod'), block.oddities)
  if (typeof period === 'string') {
    refuse('time_unreadable', period)
    return undefined
  }
  const reading: GreenButtonReading = { ...period, value }
  const quality = smallInteger(textOf(childOf(element, 'ReadingQuality'), 'quality'))
  const tou = smallInteger(textOf(element, 'tou'))
  if (quality !== undefined) reading.quality = quality
  if (tou !== undefined) reading.tou = tou
  return reading
}

/** A sentence when the period cannot be read. */
function readPeriod(
  element: XmlElement | undefined,
  oddities: Oddity[],
): { startSeconds: number; durationSeconds: number } | string {
  const start = textOf(element, 'start') ?? ''
  if (!/^\d{1,14}(\.\d+)?$/.test(start)) return `the start ${JSON.stringify(start)} is no epoch second`
  const duration = textOf(element, 'duration')
  if (duration !== undefined && !/^\d{1,12}$/.test(duration)) {
    return `the duration ${JSON.stringify(duration)} is no number of seconds`
  }
  if (duration === undefined) oddities.push('no_duration')
  let startSeconds = Number(start)
  let durationSeconds = Number(duration)
  if (startSeconds >= FIRST_MILLISECOND_STAMP) {
    oddities.push('milliseconds')
    startSeconds /= 1000
    const inMilliseconds =
      durationSeconds >= 5 * MILLISECOND_MINUTE && durationSeconds % MILLISECOND_MINUTE === 0
    if (inMilliseconds) durationSeconds /= 1000
  }
  if (!Number.isInteger(startSeconds)) oddities.push('fractional_epoch')
  return { startSeconds: Math.floor(startSeconds), durationSeconds }
}

function smallInteger(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined
}

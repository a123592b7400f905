import { Temporal } from '../../platform/time.ts'

/**
 * A point in time as a file writes it. `zoned`: epoch seconds. Otherwise the wall clock, as the seconds that would be
 * the epoch if the wall clock were in UTC.
 */
export interface Stamp {
  seconds: number
  zoned: boolean
}

const TIME = /^(\d{1,2})(?::?(\d{2}))?(?::?(\d{2})(?:\.0+)?)? ?([AaPp])?\.?(?:[Mm])?\.?$/
const OFFSET = /(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})$/
const DAY_SECONDS = 86_400

/** Reads stamps of one file; days are remembered, since a file repeats each many times. */
export class StampReader {
  private readonly days = new Map<string, number | undefined>()
  private readonly dateOrder: 'mdy' | 'dmy'

  constructor(dateOrder: 'mdy' | 'dmy') {
    this.dateOrder = dateOrder
  }

  /** This will read a date with its time, or an epoch in seconds or milliseconds; undefined when it is neither. */
  read(text: string): Stamp | undefined {
    if (/^\d+$/.test(text)) return this.readDigits(text)
    const split = text.search(/[T ]/)
    if (split < 0) return undefined
    const day = this.daySeconds(text.slice(0, split))
    if (day === undefined) return undefined
    const rest = text.slice(split + 1).trim()
    const offset = OFFSET.exec(rest)?.[1]
    const time = clockSeconds(offset ? rest.slice(0, -offset.length).trim() : rest)
    if (time === undefined) return undefined
    if (!offset) return { seconds: day + time, zoned: false }
    return { seconds: day + time - offsetSeconds(offset), zoned: true }
  }

  /** This will give the seconds of a day's midnight on the wall clock; undefined when the text is no date. */
  daySeconds(text: string): number | undefined {
    const known = this.days.get(text)
    if (known !== undefined || this.days.has(text)) return known
    const day = parseDay(text, this.dateOrder)
    this.days.set(text, day)
    return day
  }

  private readDigits(text: string): Stamp | undefined {
    if (text.length === 9 || text.length === 10) return { seconds: Number(text), zoned: true }
    if (text.length === 13 && text.endsWith('000')) return { seconds: Number(text) / 1000, zoned: true }
    if (text.length !== 12 && text.length !== 14) return undefined
    const day = this.daySeconds(text.slice(0, 8))
    const time = clockSeconds(text.slice(8))
    return day === undefined || time === undefined ? undefined : { seconds: day + time, zoned: false }
  }
}

/** This will read a time of day, 12 or 24 hours, `24:00` included; undefined when it is none. */
export function clockSeconds(text: string): number | undefined {
  const match = TIME.exec(text)
  if (!match) return undefined
  const [, hourText, minuteText = '0', secondText = '0', half] = match
  let hour = Number(hourText)
  if (half) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  const seconds = hour * 3600 + Number(minuteText) * 60 + Number(secondText)
  return Number(minuteText) < 60 && Number(secondText) < 60 && seconds <= DAY_SECONDS ? seconds : undefined
}

function offsetSeconds(offset: string): number {
  if (offset === 'Z') return 0
  const digits = offset.slice(1).replace(':', '')
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2) || 0) * 60
  return offset.startsWith('-') ? -seconds : seconds
}

function parseDay(text: string, order: 'mdy' | 'dmy'): number | undefined {
  const iso = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/.exec(text)
  const slash = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text)
  let parts: [string, string, string] | undefined
  if (iso) parts = [iso[1] as string, iso[2] as string, iso[3] as string]
  else if (slash) {
    const [, first, separator, second, year] = slash as unknown as [string, string, string, string, string]
    // Dots are written day first wherever dates have dots.
    parts = order === 'dmy' || separator === '.' ? [year, second, first] : [year, first, second]
  }
  if (!parts) return undefined
  const [year, month, day] = parts.map(Number) as [number, number, number]
  try {
    const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
    return date.toZonedDateTime('UTC').epochMilliseconds / 1000
  } catch {
    return undefined
  }
}

import { type Day, formatClock, formatDay, type Language, localDays, weekdayName } from '@billwright/kit'
import type { Intervals } from '../../api/client.gen.ts'

export type Channel = Intervals['channels'][number]
type Quality = Channel['quality'][number]

/** One plotted value. `value` is in the channel's unit; `null`: nothing is known. */
export interface UsagePoint {
  seconds: number
  day: Day
  value: number | null
  /** The exact value as a decimal, for tables and files. */
  decimal: string
  quality: Quality
}

/** This will read a channel's scaled integers into points of the meter's own days. */
export function pointsOf(channel: Channel, timeZone: string): UsagePoint[] {
  const days = localDays(channel.startSeconds, timeZone)
  return channel.startSeconds.map((seconds, index) => {
    const scaled = channel.values[index] ?? null
    return {
      seconds,
      day: days[index] ?? '',
      value: scaled === null ? null : scaled / 10 ** channel.scale,
      decimal: scaled === null ? '' : unscale(scaled, channel.scale),
      quality: channel.quality[index] ?? 'missing',
    }
  })
}

/** This will write an integer of unit x 10^-scale as a decimal. */
export function unscale(integer: number, scale: number): string {
  if (scale <= 0) return String(integer * 10 ** -scale)
  const digits = String(Math.abs(integer)).padStart(scale + 1, '0')
  return `${integer < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** This will find the point with the highest value. */
export function highestOf<Point extends { value: number | null }>(
  points: readonly Point[],
): Point | undefined {
  return points.reduce<Point | undefined>(
    (most, point) =>
      point.value !== null && point.value > (most?.value ?? Number.NEGATIVE_INFINITY) ? point : most,
    undefined,
  )
}

/** This will word the beginning of an interval: `Wed, Mar 4, 2026, 5:15 PM`. */
export function wordStart(point: UsagePoint, timeZone: string, language: Language): string {
  return `${wordDate(point.day, language)}, ${formatClock(point.seconds, language, timeZone)}`
}

/** This will word a day with its weekday. */
export function wordDate(day: Day, language: Language): string {
  return `${weekdayName(day, language)}, ${formatDay(day, language)}`
}

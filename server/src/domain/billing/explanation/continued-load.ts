import { addDays, type LocalDate, startOfDaySeconds, Temporal } from '../../../platform/time.ts'
import type { UsageChannel } from '../../rating/index.ts'
import type { Period } from '../runs/cycle.ts'

/** A channel, and which of its days were measured. */
export interface KnownDays {
  channel: UsageChannel
  days: ReadonlySet<LocalDate>
}

/**
 * This will lay a channel over a period: measured days as they are, the others as the mean of the measured days of the
 * same weekday, of all days where there is none.
 */
export function continuedLoad(
  { channel, days }: KnownDays,
  { start, end }: Period,
  timeZone: string,
): UsageChannel {
  const { intervalSeconds } = channel
  const slotsOf = (day: LocalDate) => {
    const from = (startOfDaySeconds(day, timeZone) - channel.startSeconds) / intervalSeconds
    const to = (startOfDaySeconds(addDays(day, 1), timeZone) - channel.startSeconds) / intervalSeconds
    return { from: Math.round(from), count: Math.round(to - from) }
  }
  const measured = (day: LocalDate) => {
    const { from, count } = slotsOf(day)
    return channel.values.slice(from, from + count)
  }
  const weekdays = Map.groupBy(days, (day) => Temporal.PlainDate.from(day).dayOfWeek)
  const values: number[] = []
  for (let day = start; day < end; day = addDays(day, 1)) {
    if (days.has(day)) values.push(...measured(day))
    else {
      const alike = weekdays.get(Temporal.PlainDate.from(day).dayOfWeek) ?? [...days]
      values.push(...meanDay(alike.map(measured), slotsOf(day).count))
    }
  }
  const startSeconds = startOfDaySeconds(start, timeZone)
  return { ...channel, startSeconds, values: Float64Array.from(values), quality: [] }
}

/** The mean of days slot by slot; a day that is an hour shorter stands with its last value. */
function meanDay(days: readonly ArrayLike<number>[], slots: number): number[] {
  return Array.from({ length: slots }, (_, slot) => {
    const sum = days.reduce((total, day) => total + (day[Math.min(slot, day.length - 1)] ?? 0), 0)
    return Math.round(sum / Math.max(1, days.length))
  })
}

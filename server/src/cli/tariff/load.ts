import type { UsageChannel } from '../../domain/rating/index.ts'
import { type Decimal, parseDecimal, round } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import { addDays, type LocalDate, startOfDaySeconds, Temporal } from '../../platform/time.ts'
import type { Load } from './golden-file.ts'

const DAY_MINUTES = 1440

/** This will lay a load that repeats by the day over the days `[start, end)`; on a day of 23 or 25 hours by its local clock. */
export function channelOf(load: Load, start: LocalDate, end: LocalDate, timeZone: string): UsageChannel {
  const step = load.minutes * 60
  const profiles = new Map<string, Decimal[]>()
  const texts = [load.every, load.weekday, load.weekend, ...Object.values(load.dates)]
  for (const text of texts) if (text !== undefined) profiles.set(text, valuesOf(text, load.minutes))
  const scale = Math.max(0, ...[...profiles.values()].flat().map((value) => value.scale))
  const values: number[] = []
  for (let day = start; day < end; day = addDays(day, 1)) {
    const profile = profiles.get(profileOf(load, day)) ?? []
    for (const minute of slotMinutes(day, timeZone, step))
      values.push(Number(round(profile[Math.floor(minute / load.minutes)] as Decimal, scale).units))
  }
  return {
    unit: load.unit,
    flow: load.flow,
    intervalSeconds: step,
    startSeconds: startOfDaySeconds(start, timeZone),
    scale,
    values: Float64Array.from(values),
    ...(load.exchanges && { exchangesSeconds: load.exchanges.map((stamp) => secondsOf(stamp, timeZone)) }),
  }
}

function profileOf(load: Load, day: LocalDate): string {
  const weekend = Temporal.PlainDate.from(day).dayOfWeek > 5
  const text = load.dates[day] ?? (weekend ? load.weekend : load.weekday) ?? load.every
  if (text !== undefined) return text
  throw new Refusal(
    'rule',
    'profile_missing',
    `The load has no values for ${day}: add \`every\`, or its kind of day.`,
  )
}

/** This will tell the epoch second of a local time. Refuses what is none. */
export function secondsOf(stamp: string, timeZone: string): number {
  try {
    return Temporal.PlainDateTime.from(stamp).toZonedDateTime(timeZone).epochMilliseconds / 1000
  } catch {
    throw new Refusal(
      'malformed',
      'local_time_malformed',
      `"${stamp}" is no local time: write 2025-07-15T17:00.`,
    )
  }
}

/** The local minute at which each interval of a day begins. */
function slotMinutes(day: LocalDate, timeZone: string, step: number): number[] {
  const from = startOfDaySeconds(day, timeZone)
  const count = (startOfDaySeconds(addDays(day, 1), timeZone) - from) / step
  if (count * step === DAY_MINUTES * 60) return Array.from({ length: count }, (_, slot) => (slot * step) / 60)
  return Array.from({ length: count }, (_, slot) => {
    const at = Temporal.Instant.fromEpochMilliseconds((from + slot * step) * 1000).toZonedDateTimeISO(
      timeZone,
    )
    return at.hour * 60 + at.minute
  })
}

function valuesOf(text: string, minutes: number): Decimal[] {
  const values = text.split(/\s+/).flatMap((word) => {
    const [, number = '', count = '1'] = /^([^*]+)(?:\*(\d+))?$/.exec(word) ?? []
    const value = parseDecimal(number)
    if (value) return Array.from({ length: Number(count) }, () => value)
    throw new Refusal(
      'malformed',
      'profile_malformed',
      `"${word}" is no value of a load: write 0.4 or 0.4*6.`,
    )
  })
  if (values.length * minutes === DAY_MINUTES) return values
  throw new Refusal(
    'malformed',
    'profile_malformed',
    `"${text}" has ${values.length} values; a day of ${minutes} minutes each has ${DAY_MINUTES / minutes}.`,
  )
}

import { daysBetween, startOfDaySeconds, Temporal } from '../../../platform/time.ts'
import type { RatingInput, Usage, UsageChannel, UsageQuantity } from '../../rating/index.ts'

/**
 * This will lay an earlier load over a later period, weekday on weekday, with the same amount a day. Quantities of
 * registers follow the days; peaks stay what they were.
 */
export function continuedByDays(then: RatingInput, now: RatingInput): Usage {
  const [days, ofDays] = [daysOf(now), daysOf(then)]
  if (then.usage.kind === 'quantities') {
    const quantities = then.usage.quantities.map((one) =>
      isPeak(one) ? one : { ...one, quantity: share(one.quantity, days, ofDays) },
    )
    return { kind: 'quantities', quantities }
  }
  const channels = then.usage.channels.map((channel) => {
    const laid = laidOver(channel, then, now)
    return withTotal(laid, share(totalOf([channel]), days, ofDays))
  })
  return { kind: 'interval', channels }
}

/** This will keep the pattern of a load and give it the totals of another; undefined when the two are of different kinds. */
export function withTotalsOf(load: Usage, other: Usage): Usage | undefined {
  if (load.kind === 'quantities') {
    if (other.kind !== 'quantities') return undefined
    const sum = (all: readonly UsageQuantity[], like: UsageQuantity) =>
      all.reduce((total, one) => (alike(one, like) ? total + one.quantity : total), 0)
    const quantities = load.quantities.map((one) => ({
      ...one,
      quantity: share(one.quantity, sum(other.quantities, one), sum(load.quantities, one)),
    }))
    return { kind: 'quantities', quantities }
  }
  if (other.kind !== 'interval') return undefined
  const channels = load.channels.map((channel) => {
    const total = (all: readonly UsageChannel[]) => totalOf(all.filter((one) => alike(one, channel)))
    return withTotal(channel, share(totalOf([channel]), total(other.channels), total(load.channels)))
  })
  return { kind: 'interval', channels }
}

function laidOver(channel: UsageChannel, then: RatingInput, now: RatingInput): UsageChannel {
  const startSeconds = startOfDaySeconds(now.period.start, now.timeZone)
  const endSeconds = startOfDaySeconds(now.period.end, now.timeZone)
  const slots = Math.round((endSeconds - startSeconds) / channel.intervalSeconds)
  const aDay = 86_400 / channel.intervalSeconds
  const weekday = (input: RatingInput) => Temporal.PlainDate.from(input.period.start).dayOfWeek
  const weeks = Math.max(1, Math.floor(channel.values.length / aDay / 7))
  const cycle = Math.min(weeks * 7 * aDay, channel.values.length)
  const shift = ((weekday(now) - weekday(then) + 7) % 7) * aDay
  const values = Float64Array.from(
    { length: slots },
    (_, slot) => channel.values[(slot + shift) % cycle] ?? 0,
  )
  return { ...channel, startSeconds, values, quality: [] }
}

/** Every value in proportion; rounding is carried along, so that the values sum to the total exactly. */
function withTotal(channel: UsageChannel, total: number): UsageChannel {
  const ofTotal = totalOf([channel])
  let [sum, given] = [0, 0]
  const values = Float64Array.from(channel.values, (value) => {
    sum += value
    const due = share(sum, total, ofTotal)
    const one = due - given
    given = due
    return one
  })
  return { ...channel, values, quality: [] }
}

/** quantity x part / whole to the nearest whole number; the quantity itself when there is no whole to share. */
function share(quantity: number, part: number, whole: number): number {
  if (whole === 0) return quantity
  const product = BigInt(quantity) * BigInt(part)
  const [size, divisor] = [product < 0n ? -product : product, BigInt(Math.abs(whole))]
  const nearest = Number((2n * size + divisor) / (2n * divisor))
  return product < 0n === whole < 0 ? nearest : -nearest
}

function totalOf(channels: readonly UsageChannel[]): number {
  let total = 0
  for (const { values } of channels) for (const value of values) total += value
  return total
}

function alike(
  one: { unit: string; flow?: string; sqi?: string },
  other: { unit: string; flow?: string; sqi?: string },
): boolean {
  return one.unit === other.unit && one.flow === other.flow && one.sqi === other.sqi
}

function isPeak({ unit }: UsageQuantity): boolean {
  return /^k(W|VA|VAr)$/i.test(unit)
}

function daysOf({ period }: RatingInput): number {
  return daysBetween(period.start, period.end)
}

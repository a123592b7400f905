import type { Cents } from '../../../platform/money.ts'
import { daysBetween, type LocalDate } from '../../../platform/time.ts'

/** What deposits earn from a day on. */
export interface DepositRate {
  startDate: LocalDate
  /** Decimal text: `4.25`. */
  yearlyPercent: string
}

/** A change of what a deposit holds: a payment above zero, a refund or a returned payment below. */
export interface HeldChange {
  day: LocalDate
  amountCents: Cents
}

/** A span of one held amount and one rate. */
export interface InterestSpan {
  start: LocalDate
  end: LocalDate
  heldCents: Cents
  yearlyPercent: string
}

const RATE_SCALE = 6
const PERCENT = 100n

/**
 * This will cut the period `[start, end)` where the held amount or the rate changes. A payment counts from its own day
 * on; days without money or without a rate are left out.
 */
export function interestSpans(
  changes: readonly HeldChange[],
  rates: readonly DepositRate[],
  { start, end }: { start: LocalDate; end: LocalDate },
): InterestSpan[] {
  const inside = [...changes.map(({ day }) => day), ...rates.map(({ startDate }) => startDate)]
  const cuts = [...new Set([start, ...inside.filter((day) => day > start && day < end), end])].sort()
  const newestFirst = [...rates].sort((a, b) => (a.startDate < b.startDate ? 1 : -1))
  return cuts.slice(0, -1).flatMap((from, index) => {
    const heldCents = changes.reduce((sum, one) => sum + (one.day <= from ? one.amountCents : 0), 0)
    const rate = newestFirst.find((one) => one.startDate <= from)
    const until = cuts[index + 1]
    if (!rate || until === undefined || heldCents <= 0) return []
    return [{ start: from, end: until, heldCents, yearlyPercent: rate.yearlyPercent }]
  })
}

/** This will sum the simple interest of spans, a year having `yearDays` days; rounded half up once, at the end. */
export function interestCents(spans: readonly InterestSpan[], yearDays: number): Cents {
  const whole = BigInt(yearDays) * PERCENT * 10n ** BigInt(RATE_SCALE)
  const part = spans.reduce(
    (sum, { start, end, heldCents, yearlyPercent }) =>
      sum + BigInt(heldCents) * scaledRate(yearlyPercent) * BigInt(daysBetween(start, end)),
    0n,
  )
  return Number((2n * part + whole) / (2n * whole))
}

function scaledRate(percent: string): bigint {
  const [units = '0', fraction = ''] = percent.split('.')
  return BigInt(units + fraction.padEnd(RATE_SCALE, '0').slice(0, RATE_SCALE))
}

import { add, compare, type Decimal, decimalOf, divide, multiply, ONE } from '../../platform/decimal.ts'
import { addDays, daysBetween, type LocalDate } from '../../platform/time.ts'
import type { Proration } from '../tariffs/index.ts'
import { type Calendar, calendarFor } from './calendar.ts'
import type { Localized, RatedLine, RatedQuantity, RatingHistory, RatingInput } from './charge.ts'
import type { CompiledTariff } from './compile.ts'
import type { Vector } from './quantity.ts'
import type { Flow } from './usage.ts'

/** Days that are priced alike: a part of the bill, or of a part in one season. */
export interface Span {
  readonly start: LocalDate
  readonly end: LocalDate
  readonly days: number
  readonly calendar: Calendar
}

/** All that the rules of one part of a bill see and fill. */
export interface PartContext {
  readonly input: RatingInput
  readonly tariff: CompiledTariff
  readonly part: Span
  readonly billDays: number
  /** The part before this one, of an earlier version. */
  readonly previous: PartContext | undefined
  readonly isFirstPart: boolean
  readonly isLastPart: boolean
  readonly trace: boolean
  readonly flows: Map<string, Flow | undefined>
  readonly vectors: Map<string, Vector>
  /** Computes a quantity of the tariff over a span, once. */
  quantity(code: string, span: Span): Vector
  readonly quantities: RatedQuantity[]
  /** Lines of the whole bill so far; `firstLine` is where this part's begin. */
  readonly lines: RatedLine[]
  readonly firstLine: number
  readonly carry: RatingHistory
  readonly warnings: Localized[]
}

export function spanOf(tariff: CompiledTariff, timeZone: string, start: LocalDate, end: LocalDate): Span {
  const calendar = calendarFor(tariff, timeZone, start, end)
  return { start, end, days: calendar.days.length, calendar }
}

/** The month a bill counts for: that of its last day, `YYYY-MM`. */
export function billMonth(context: PartContext): string {
  return addDays(context.input.period.end, -1).slice(0, 7)
}

/** A share of a whole charge as the fraction `part / of`, so that a charge is divided once, after it is multiplied. */
export interface Share {
  part: Decimal
  of: Decimal
  /** Set when the share is not one whole charge. */
  proration?: NonNullable<RatedLine['proration']>
}

/** This will take a share of a value. */
export function prorated(value: Decimal, { part, of }: Pick<Share, 'part' | 'of'>): Decimal {
  const product = multiply(value, part)
  return of === ONE ? product : divide(product, of)
}

const WHOLE: Share = { part: ONE, of: ONE }
const NONE: Share = { part: decimalOf(0), of: ONE }

/** This will tell which share of a charge for one billing period falls on the days of a span. */
export function periodShare(context: PartContext, span: Span, rule: Proration): Share {
  switch (rule) {
    case 'normal':
      return normalShare(context, span)
    case 'average_month':
      return { ...dayShare(span.days, decimalOf(365), decimalOf(12), '365/12', rule) }
    case 'calendar_month':
      return calendarShare(span)
    case 'pin_start':
      return context.isFirstPart ? WHOLE : NONE
    case 'pin_end':
      return context.isLastPart ? WHOLE : NONE
  }
}

function normalShare(context: PartContext, span: Span): Share {
  const { normalDays, toleranceMinDays, toleranceMaxDays } = context.tariff.version.billingPeriod
  const { billDays } = context
  if (billDays >= toleranceMinDays && billDays <= toleranceMaxDays) {
    if (span.days === billDays) return WHOLE
    return dayShare(span.days, decimalOf(billDays), ONE, String(billDays), 'normal')
  }
  return dayShare(span.days, context.tariff.number(normalDays), ONE, normalDays, 'normal')
}

/** days / (over / under). */
function dayShare(days: number, over: Decimal, under: Decimal, ofDays: string, rule: string): Share {
  return {
    part: multiply(decimalOf(days), under),
    of: over,
    proration: { days, ofDays, rule },
  }
}

function calendarShare(span: Span): Share {
  const perMonth = new Map<string, number>()
  for (const { day } of span.calendar.days)
    perMonth.set(day.slice(0, 7), (perMonth.get(day.slice(0, 7)) ?? 0) + 1)
  let part = decimalOf(0)
  let of = ONE
  for (const [month, days] of perMonth) {
    const whole = decimalOf(daysIn(month))
    part = add(multiply(part, whole), multiply(decimalOf(days), of))
    of = multiply(of, whole)
  }
  if (compare(part, of) === 0) return WHOLE
  return {
    part,
    of,
    proration: {
      days: span.days,
      ofDays: [...perMonth.keys()].map(daysIn).join('+'),
      rule: 'calendar_month',
    },
  }
}

function daysIn(month: string): number {
  const year = Number(month.slice(0, 4))
  const next = Number(month.slice(5)) + 1
  const following = next > 12 ? `${year + 1}-01-01` : `${year}-${String(next).padStart(2, '0')}-01`
  return daysBetween(`${month}-01`, following)
}

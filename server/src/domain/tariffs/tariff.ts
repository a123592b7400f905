import { z } from 'zod'
import { SharedFactor } from './shared-factor.ts'
import { DerivedQuantity } from './tariff-quantity.ts'
import { CalcRule } from './tariff-rule.ts'
import { ClockTime, Code, DecimalText, LocalText } from './tariff-text.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
const MonthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day of the year is MM-DD')

/** Half-open ranges of the year; a range whose `until` is not after its `from` runs over New Year. */
export const Season = z
  .object({ code: Code, ranges: z.array(z.object({ from: MonthDay, until: MonthDay }).strict()).min(1) })
  .strict()

export type Season = z.infer<typeof Season>

export const DayClass = z.enum([
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
  'weekday',
  'weekend',
  'every',
  'holiday',
])
export type DayClass = z.infer<typeof DayClass>

/**
 * Which time-of-use period a local clock minute is in. Rows may not overlap; what no row covers is
 * `otherwise`. A holiday follows the rows that name `holiday`; in a map without such rows, its weekday.
 */
export const TouMap = z
  .object({
    code: Code,
    periods: z.array(z.object({ code: Code, text: LocalText }).strict()).min(1),
    rows: z.array(
      z
        .object({
          seasons: z.array(Code).optional(),
          days: z.array(DayClass).min(1),
          from: ClockTime,
          until: ClockTime,
          period: Code,
        })
        .strict(),
    ),
    otherwise: Code.optional(),
  })
  .strict()
export type TouMap = z.infer<typeof TouMap>

/** A day of the year, the n-th weekday of a month (-1: the last), or one date. */
export const Holiday = z.union([
  z
    .object({
      name: z.string(),
      monthDay: MonthDay,
      observed: z.enum(['same_day', 'monday_if_sunday', 'nearest_weekday']).default('same_day'),
    })
    .strict(),
  z
    .object({
      name: z.string(),
      month: z.number().int().min(1).max(12),
      weekday: z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
      nth: z.number().int().min(-1).max(5),
    })
    .strict(),
  z.object({ name: z.string(), date: Day }).strict(),
])
export type Holiday = z.infer<typeof Holiday>

/**
 * A dated value that rules share: a rider, a tax rate, a fuel price. The row in force on the first day of
 * a part whose `where` equals the facts of the agreement gives the value; the most specific row wins.
 * - onChange: a rule is split where the value changes (`prorate`), or keeps the value of the first or last day
 *   of its part (`pin_start`, `pin_end`)
 * - overridable: an agreement may have a value of its own (`factors` of its facts)
 */
export const BillFactor = z
  .object({
    code: Code,
    onChange: z.enum(['prorate', 'pin_start', 'pin_end']).default('prorate'),
    overridable: z.boolean().default(false),
    values: z
      .array(
        z
          .object({ from: Day, value: DecimalText, where: z.record(z.string(), z.string()).optional() })
          .strict(),
      )
      .min(1),
  })
  .strict()
export type BillFactor = z.infer<typeof BillFactor>

const RoundingMode = z.enum(['half_up', 'half_even', 'truncate', 'up'])

/**
 * How money is rounded: each `line` for itself; or the lines of one `rule`, or all (`total`), so that their
 * running sum is rounded and the rounded lines still add up. `quantities` are rounded before they are priced.
 */
export const RoundingPolicy = z
  .object({
    level: z.enum(['line', 'rule', 'total']).default('line'),
    mode: RoundingMode.default('half_up'),
    quantities: z
      .array(
        z.object({ unit: z.string(), places: z.number().int().min(0).max(9), mode: RoundingMode }).strict(),
      )
      .default([]),
  })
  .strict()
export type RoundingPolicy = z.infer<typeof RoundingPolicy>

/** A bill of a length inside the tolerance is a whole period; another counts as days / `normalDays` of one. */
export const BillingPeriod = z
  .object({
    normalDays: DecimalText.default('30'),
    toleranceMinDays: z.number().int().positive().default(25),
    toleranceMaxDays: z.number().int().positive().default(35),
  })
  .strict()

export const TariffVersion = z
  .object({
    effectiveFrom: Day,
    rounding: RoundingPolicy.default({ level: 'line', mode: 'half_up', quantities: [] }),
    billingPeriod: BillingPeriod.default({ normalDays: '30', toleranceMinDays: 25, toleranceMaxDays: 35 }),
    seasons: z.array(Season).default([]),
    holidays: z.array(Holiday).default([]),
    /** Days of a calendar that the client keeps, beside those written here. */
    holidayCalendar: Code.optional(),
    touMaps: z.array(TouMap).default([]),
    factors: z.array(BillFactor).default([]),
    sharedFactors: z.array(SharedFactor).optional(),
    quantities: z.array(DerivedQuantity).default([]),
    rules: z.array(CalcRule).min(1),
  })
  .strict()
export type TariffVersion = z.infer<typeof TariffVersion>

export const TariffHeader = z
  .object({
    code: Code,
    name: z.string().min(1),
    serviceType: z.enum(['electricity', 'gas', 'water', 'sewer', 'waste', 'lighting', 'heat', 'other']),
    currency: z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters'),
    currencyExponent: z.number().int().min(0).max(4).default(2),
    timeZone: z.string().optional(),
    description: z.string().optional(),
    source: z.string().optional(),
  })
  .strict()
export type TariffHeader = z.infer<typeof TariffHeader>

/** The tariff as people write and store it: plain JSON; prices, limits and percents are decimal text. */
export const TariffDocument = TariffHeader.extend({ versions: z.array(TariffVersion).min(1) }).strict()
export type TariffDocument = z.infer<typeof TariffDocument>
/** What may be written: fields with defaults left out. */
export type TariffInput = z.input<typeof TariffDocument>
export type Tariff = TariffDocument

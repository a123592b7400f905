import { z } from 'zod'
import { SharedFactor } from './shared-factor.ts'
import { CalcRule } from './tariff-rule.ts'
import { Code, DecimalText, LocalText } from './tariff-text.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
const MonthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day of the year is MM-DD')
const ClockTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time is HH:MM, at most 24:00')

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
 */
export const BillFactor = z
  .object({
    code: Code,
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

const Window = {
  windowMinutes: z.number().int().positive().optional(),
  sliding: z.boolean().optional(),
}

/**
 * A quantity that rules price, made from usage and facts. `tou` splits it by the periods of a map.
 * - usage: the sum of one flow in its unit; `net` is delivered less received and `surplus` received less
 *   delivered, per period of the map and never below zero.
 * - max_demand: the highest average power of a window; `rank` 2 takes the second highest day-independent peak.
 * - billing_demand: the greatest of the peak (this month or not, by month), a percent of earlier months' peaks, and a floor.
 * - coincident_demand: the average power in the intervals that hold the stamps of `event` in the facts, the highest of them.
 * - net_bank: delivered less received, per period, less the surplus that earlier bills carried here; never below
 *   zero. A period's surplus goes to the period of the next bill that holds the same one of `carryAt` on a
 *   weekday (without it: to the period of the same code). Nothing is carried past the settling bill.
 * - bank_settlement: what the running sum of surpluses and deficits of a net_bank is when it is settled, else zero.
 * - formula: exact arithmetic over other quantities and facts: `round(kw * 0.95 / power_factor, 2) - kw`.
 */
export const DerivedQuantity = z.discriminatedUnion('fn', [
  z
    .object({
      code: Code,
      fn: z.literal('usage'),
      unit: z.string().min(1),
      flow: z.enum(['delivered', 'received', 'net', 'surplus']).default('delivered'),
      tou: Code.optional(),
      sqi: z.string().optional(),
    })
    .strict(),
  z
    .object({
      code: Code,
      fn: z.literal('max_demand'),
      unit: z.string().default('kW'),
      from: z.string().default('kWh'),
      flow: z.enum(['delivered', 'received']).default('delivered'),
      tou: Code.optional(),
      rank: z.number().int().positive().optional(),
      singlePeak: z.boolean().optional(),
      ...Window,
    })
    .strict(),
  z
    .object({
      code: Code,
      fn: z.literal('billing_demand'),
      of: Code,
      touPeriods: z.array(Code).optional(),
      singlePeak: z.boolean().optional(),
      lookbackMonths: z.number().int().min(0).max(36),
      percentByMonth: z.array(DecimalText).length(12),
      includeCurrentByMonth: z.array(z.boolean()).length(12),
      floor: DecimalText.optional(),
    })
    .strict(),
  z
    .object({
      code: Code,
      fn: z.literal('coincident_demand'),
      unit: z.string().default('kW'),
      from: z.string().default('kWh'),
      event: Code,
    })
    .strict(),
  z
    .object({
      code: Code,
      fn: z.literal('net_bank'),
      unit: z.string().default('kWh'),
      tou: Code,
      carryAt: z.array(ClockTime).optional(),
      settleMonth: z.number().int().min(1).max(12),
    })
    .strict(),
  z.object({ code: Code, fn: z.literal('bank_settlement'), of: Code }).strict(),
  z
    .object({ code: Code, fn: z.literal('formula'), unit: z.string().min(1), expression: z.string() })
    .strict(),
])
export type DerivedQuantity = z.infer<typeof DerivedQuantity>

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

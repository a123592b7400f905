import { z } from 'zod'
import { Price, Proration } from './tariff-rule.ts'
import { ClockTime, Code, DecimalText } from './tariff-text.ts'

const Window = {
  windowMinutes: z.number().int().positive().optional(),
  sliding: z.boolean().optional(),
}

/**
 * A quantity that rules price, made from usage and facts. `tou` splits it by the periods of a map.
 * - usage: the sum of one flow in its unit; `net` is delivered less received and `surplus` received less
 *   delivered, per period of the map and never below zero.
 *   `loop` and `sqi` take only what the usage marks so: one register of several, one kind of product transfer.
 * - max_demand: the highest average power of a window; with `each: day` one peak a day counts. `rank` 2 takes the
 *   second highest; `take: average` the mean of the `rank` highest, `take: sum` all of them together.
 *   A window never crosses from one meter to the next.
 * - billing_demand: the greatest of the peak (this month or not, by month), a percent of earlier months' peaks, and a floor.
 * - coincident_demand: the average power in the intervals that hold the stamps of `event` in the facts, the highest of them.
 * - net_bank: delivered less received, per period, less the surplus that earlier bills carried here; never below
 *   zero. A period's surplus goes to the period of the next bill that holds the same one of `carryAt` on a
 *   weekday (without it: to the period of the same code). Nothing is carried past the settling bill.
 * - bank_settlement: what the running sum of surpluses and deficits of a net_bank is when it is settled, else zero.
 * - scaled: another quantity times a number, period by period: losses, a multiplier, a share.
 * - items: things counted that no meter measures: each its number in the table, times burn hours where named;
 *   a share of the period like a charge.
 * - event_usage: a flow inside the windows of `event` in the facts: critical-peak adders.
 * - event_reduction: what each window of `event` used less than its baseline, never below zero: the mean of the
 *   same clock hours on the `highest` of the last `days` ordinary weekdays without an event.
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
      loop: z.string().optional(),
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
      each: z.enum(['window', 'day']).optional(),
      take: z.enum(['highest', 'average', 'sum']).optional(),
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
    .object({ code: Code, fn: z.literal('scaled'), of: Code, by: Price, unit: z.string().optional() })
    .strict(),
  z
    .object({
      code: Code,
      fn: z.literal('items'),
      unit: z.string().default('kWh'),
      table: z.array(z.object({ item: z.string(), value: DecimalText }).strict()).min(1),
      times: Price.optional(),
      proration: Proration.default('normal'),
    })
    .strict(),
  z
    .object({ code: Code, fn: z.literal('event_usage'), unit: z.string().default('kWh'), event: Code })
    .strict(),
  z
    .object({
      code: Code,
      fn: z.literal('event_reduction'),
      unit: z.string().default('kWh'),
      event: Code,
      days: z.number().int().min(1).max(45).default(10),
      highest: z.number().int().min(1).max(45).default(5),
    })
    .strict(),
  z
    .object({ code: Code, fn: z.literal('formula'), unit: z.string().min(1), expression: z.string() })
    .strict(),
])
export type DerivedQuantity = z.infer<typeof DerivedQuantity>

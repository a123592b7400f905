import { type Decimal, decimalOf, multiply, ONE, sum, ZERO } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { DerivedQuantity, TouMap } from '../tariffs/index.ts'
import { billingDemand, coincidentDemand, maxDemand } from './demand.ts'
import { eventReduction, eventUsage } from './event-quantity.ts'
import { formulaNumber } from './formula-quantity.ts'
import { netBank, settledOf } from './net-bank.ts'
import { priceOf } from './price.ts'
import { roundedQuantity } from './quantity-rounding.ts'
import { type PartContext, periodShare, prorated, type Span } from './span.ts'
import { usageOf } from './usage-quantity.ts'

/** What fell into each run of a map, in time order: for prices that follow the clock. */
export interface RunAmounts {
  /** Index into the map's periods. */
  period: ArrayLike<number>
  /** Integers x 10^-scale. */
  amounts: Float64Array
  scale: number
}

/** A quantity and its split by the periods of a map. */
export interface Vector {
  unit: string
  total: Decimal
  byTou?: ReadonlyMap<string, Decimal>
  runs?: RunAmounts
  map?: TouMap
  /** The split does not add up to the total, which is its greatest. */
  isPeak?: boolean
}

/** This will compute a quantity of the tariff over a span, once. */
export function quantityOf(context: PartContext, code: string, span: Span): Vector {
  const key = `${code} ${span.start} ${span.end}`
  const known = context.vectors.get(key)
  if (known) return known
  const rule = context.tariff.quantity(code)
  const initial = compute(context, rule, span)
  const billable = roundedQuantity(context, rule, span, initial, compute)
  context.vectors.set(key, billable)
  report(context, code, initial, billable)
  return billable
}

/** This will say whether a quantity was computed for some span of the part. */
export function isComputed(context: PartContext, code: string): boolean {
  return [...context.vectors.keys()].some((key) => key.startsWith(`${code} `))
}

function compute(context: PartContext, rule: DerivedQuantity, span: Span): Vector {
  switch (rule.fn) {
    case 'usage':
      return usageOf(context, rule, span)
    case 'max_demand':
      return maxDemand(context, rule, span)
    case 'billing_demand':
      return billingDemand(context, rule, span)
    case 'coincident_demand':
      return coincidentDemand(context, rule, span)
    case 'net_bank':
      return netBank(context, rule, span)
    case 'scaled':
      return scaled(context, rule, span)
    case 'items':
      return itemQuantity(context, rule, span)
    case 'event_usage':
      return eventUsage(context, rule, span)
    case 'event_reduction':
      return eventReduction(context, rule, span)
    case 'bank_settlement':
      if (!isComputed(context, rule.of)) context.quantity(rule.of, span)
      return { unit: 'kWh', total: settledOf(context, rule.of) }
    case 'formula':
      return { unit: rule.unit, total: formulaNumber(context, rule, span) }
  }
}

/** Another quantity times a number, period by period. */
function scaled(context: PartContext, rule: Extract<DerivedQuantity, { fn: 'scaled' }>, span: Span): Vector {
  const { unit, total, byTou, map, isPeak } = context.quantity(rule.of, span)
  const by = priceOf(context, rule.by, span)
  return {
    unit: rule.unit ?? unit,
    total: multiply(total, by),
    ...(byTou ? { byTou: new Map([...byTou].map(([tou, value]) => [tou, multiply(value, by)])) } : {}),
    ...(map ? { map } : {}),
    ...(isPeak ? { isPeak } : {}),
  }
}

/** Things counted that no meter measures: lamps by their burn hours. */
function itemQuantity(
  context: PartContext,
  rule: Extract<DerivedQuantity, { fn: 'items' }>,
  span: Span,
): Vector {
  const each = (context.input.facts?.items ?? []).map(({ item, count }) => {
    const row = rule.table.find((entry) => entry.item === item)
    if (row) return multiply(context.tariff.number(row.value), decimalOf(count))
    throw new Refusal(
      'rule',
      'item_unknown',
      `Tariff ${context.tariff.tariffCode} has no number for the item "${item}": add it to the table of the quantity ${rule.code}.`,
    )
  })
  const times = rule.times === undefined ? ONE : priceOf(context, rule.times, span)
  const share = periodShare(context, span, rule.proration)
  return { unit: rule.unit, total: prorated(multiply(sum(each), times), share) }
}

/** A split that adds up to its total is reported by period; peaks, which do not, with their total as well. */
function report(context: PartContext, code: string, initial: Vector, billable: Vector): void {
  const { unit, byTou, total } = billable
  if (!byTou || initial.isPeak)
    context.quantities.push({ code, unit, initial: initial.total, billable: total })
  for (const [tou, value] of byTou ?? [])
    context.quantities.push({ code, unit, tou, initial: initial.byTou?.get(tou) ?? ZERO, billable: value })
}

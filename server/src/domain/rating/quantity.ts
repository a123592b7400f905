import { type Decimal, decimalOf, parseDecimal, round, sum, ZERO } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { DerivedQuantity, TouMap } from '../tariffs/index.ts'
import { billingDemand, coincidentDemand, maxDemand } from './demand.ts'
import { netBank, settledOf } from './net-bank.ts'
import type { PartContext, Span } from './span.ts'
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
  const billable = rounded(context, initial)
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
    case 'bank_settlement':
      if (!isComputed(context, rule.of)) context.quantity(rule.of, span)
      return { unit: 'kWh', total: settledOf(context, rule.of) }
    case 'formula': {
      const total = context.tariff.formula(rule.code).evaluate((name) => namedNumber(context, name, span))
      return { unit: rule.unit, total }
    }
  }
}

/** A name in a formula: a quantity of the tariff, `days`, or a fact of the agreement. */
function namedNumber(context: PartContext, name: string, span: Span): Decimal {
  if (context.tariff.version.quantities.some((quantity) => quantity.code === name))
    return quantityOf(context, name, span).total
  return name === 'days' ? decimalOf(span.days) : factNumber(context, name)
}

/** This will read a fact of the agreement as a number. */
export function factNumber(context: PartContext, name: string, otherwise?: string): Decimal {
  const text = context.input.facts?.values?.[name] ?? otherwise
  const value = text === undefined ? undefined : parseDecimal(text)
  if (value) return value
  throw new Refusal(
    'rule',
    'fact_missing',
    `Tariff ${context.tariff.tariffCode} needs the number "${name}" of the agreement, which is ${text === undefined ? 'not set' : `"${text}"`}: set it and price again.`,
  )
}

function rounded(context: PartContext, vector: Vector): Vector {
  const policy = context.tariff.version.rounding.quantities.find((row) => row.unit === vector.unit)
  if (!policy) return vector
  const cut = (value: Decimal) => round(value, policy.places, policy.mode)
  if (!vector.byTou) return { unit: vector.unit, total: cut(vector.total) }
  const byTou = new Map([...vector.byTou].map(([tou, value]) => [tou, cut(value)]))
  return vector.isPeak
    ? { unit: vector.unit, total: cut(vector.total), byTou, isPeak: true }
    : { unit: vector.unit, total: sum(byTou.values()), byTou }
}

/** A split that adds up to its total is reported by period; peaks, which do not, with their total as well. */
function report(context: PartContext, code: string, initial: Vector, billable: Vector): void {
  const { unit, byTou, total } = billable
  if (!byTou || initial.isPeak)
    context.quantities.push({ code, unit, initial: initial.total, billable: total })
  for (const [tou, value] of byTou ?? [])
    context.quantities.push({ code, unit, tou, initial: initial.byTou?.get(tou) ?? ZERO, billable: value })
}

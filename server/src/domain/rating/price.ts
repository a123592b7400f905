import { type Decimal, decimal, decimalOf, divide, least, multiply, ZERO } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { Band, BillFactor, CalcRule, Limit, Price } from '../tariffs/index.ts'
import { seasonSpans } from './calendar.ts'
import type { PriceCurve, RatingFacts } from './charge.ts'
import { factNumber } from './quantity.ts'
import { type PartContext, periodShare, type Span, spanOf } from './span.ts'

/** The days of a span, and the season among those that the rule names. */
export interface RuleSpan extends Span {
  season: string | undefined
}

/** This will split a part where the seasons or factor values that a rule uses change; days outside the rule's seasons are left out. */
export function ruleSpans(context: PartContext, rule: CalcRule): RuleSpan[] {
  const { tariff, part, input } = context
  const named = rule.seasons ?? []
  const priced = rule.kind === 'service_quantity' ? rule.prices.flatMap((row) => row.season ?? []) : []
  const seasons = [...new Set([...named, ...priced])]
  const changes = factorChanges(context, rule)
  if (seasons.length === 0 && changes.length === 0) return [{ ...part, season: undefined }]
  return seasonSpans(tariff, seasons, part.calendar)
    .filter((row) => named.length === 0 || (row.season !== undefined && named.includes(row.season)))
    .flatMap((row) => cut(row.start, row.end, changes).map((days) => ({ ...days, season: row.season })))
    .map(({ start, end, season }) => ({
      ...(start === part.start && end === part.end ? part : spanOf(tariff, input.timeZone, start, end)),
      season,
    }))
}

function cut(start: LocalDate, end: LocalDate, at: readonly LocalDate[]) {
  const inner = at.filter((day) => day > start && day < end)
  const edges = [start, ...inner, end]
  return edges.slice(1).map((until, index) => ({ start: edges[index] as LocalDate, end: until }))
}

function factorChanges(context: PartContext, rule: CalcRule): LocalDate[] {
  const { factors } = context.tariff.version
  if (factors.length === 0) return []
  const used = new Set(factorsOf(rule))
  const days = factors
    .filter((factor) => used.has(factor.code))
    .flatMap((factor) => factor.values.map((row) => row.from))
  return [...new Set(days)].sort().filter((day) => day > context.part.start && day < context.part.end)
}

/** This will list the bill factors that a rule's prices name. */
export function factorsOf(rule: unknown): string[] {
  if (Array.isArray(rule)) return rule.flatMap(factorsOf)
  if (typeof rule !== 'object' || rule === null) return []
  return Object.entries(rule).flatMap(([key, value]) =>
    key === 'factor' && typeof value === 'string' ? [value] : factorsOf(value),
  )
}

/** This will give the value of a price on the first day of a span. */
export function priceOf(context: PartContext, price: Price, span: Span): Decimal {
  if (typeof price === 'string') return context.tariff.number(price)
  if ('fact' in price) return factNumber(context, price.fact, price.otherwise)
  if ('factor' in price) return context.tariff.number(factorValue(context, price.factor, span.start))
  throw new Error('a price curve has no single value')
}

function factorValue(context: PartContext, code: string, day: LocalDate): string {
  const factor = context.tariff.version.factors.find((row) => row.code === code)
  const value = factor && valueOn(factor, day, context.input.facts)
  if (value !== undefined) return value
  throw new Refusal(
    'rule',
    'factor_missing',
    `Tariff ${context.tariff.tariffCode} has no value of "${code}" for this customer on ${day}: add a row to the factor.`,
  )
}

function valueOn(factor: BillFactor, day: LocalDate, facts: RatingFacts | undefined): string | undefined {
  const fits = (where: Record<string, string>) =>
    Object.entries(where).every(([name, value]) => facts?.values?.[name] === value)
  const width = (where: Record<string, string> | undefined) => Object.keys(where ?? {}).length
  return factor.values
    .filter((row) => row.from <= day && fits(row.where ?? {}))
    .sort((a, b) => width(b.where) - width(a.where) || (a.from < b.from ? 1 : -1))[0]?.value
}

/** This will find a price curve of the facts. */
export function curveOf(context: PartContext, price: Price): PriceCurve | undefined {
  if (typeof price === 'string' || !('curve' in price)) return undefined
  const curve = context.input.facts?.curves?.[price.curve]
  if (curve) return curve
  throw new Refusal(
    'rule',
    'curve_missing',
    `Tariff ${context.tariff.tariffCode} prices intervals by the curve "${price.curve}", which is not loaded: load it first.`,
  )
}

/** This will tell where a block ends over a span, counted from zero. */
export function limitOf(context: PartContext, limit: Limit, span: Span): Decimal {
  const value = priceOf(context, limit.value, span)
  const days = decimalOf(span.days)
  switch (limit.per) {
    case 'bill':
      return multiply(value, periodShare(context, span, 'normal').factor)
    case 'day':
      return multiply(value, days)
    case 'year':
      return divide(multiply(value, days), decimalOf(365))
    case 'kw':
      return multiply(value, demandOf(context, limit, span))
    case 'kw_day':
      return multiply(multiply(value, demandOf(context, limit, span)), days)
  }
}

function demandOf(context: PartContext, limit: Limit, span: Span): Decimal {
  return limit.of === undefined ? ZERO : context.quantity(limit.of, span).total
}

/** A block with its end over the span; `number` counts in the order written, subdivided blocks included. */
export interface Block {
  number: number
  end: Decimal | undefined
  price: Price
}

/** This will lay out bands over a span as blocks in order; a subdivided band becomes its subdivisions, cut at its end. */
export function blocksOf(context: PartContext, bands: readonly Band[], span: Span): Block[] {
  const blocks: Block[] = []
  let number = 0
  for (const band of bands) {
    number++
    const end = band.upTo && limitOf(context, band.upTo, span)
    if (!band.within) blocks.push({ number, end, price: band.price })
    for (const inner of band.within ?? []) {
      number++
      const own = inner.upTo && limitOf(context, inner.upTo, span)
      blocks.push({ number, end: own && end ? least(own, end) : (own ?? end), price: inner.price })
    }
  }
  return blocks
}

/** Exempt share of a rule or its tax category, in percent. */
export function exemptPercent(context: PartContext, rule: CalcRule): Decimal {
  const exempt = context.input.facts?.exemptPercent
  const text = exempt?.[rule.code] ?? (rule.taxCategory && exempt?.[rule.taxCategory])
  return text ? decimal(text) : ZERO
}

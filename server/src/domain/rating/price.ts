import { type Decimal, decimal, decimalOf, divide, least, multiply, ZERO } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import { addDays, type LocalDate } from '../../platform/time.ts'
import type { Band, BillFactor, CalcRule, Limit, Price } from '../tariffs/index.ts'
import { seasonSpans } from './calendar.ts'
import type { PriceCurve, RatingFacts } from './charge.ts'
import { factNumber } from './fact.ts'
import { type PartContext, periodShare, prorated, type Span, spanOf } from './span.ts'

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

/** This will cut days where other values begin. */
export function cut(start: LocalDate, end: LocalDate, at: readonly LocalDate[]) {
  const inner = at.filter((day) => day > start && day < end)
  const edges = [start, ...inner, end]
  return edges.slice(1).map((until, index) => ({ start: edges[index] as LocalDate, end: until }))
}

function factorChanges(context: PartContext, rule: CalcRule): LocalDate[] {
  if (context.tariff.version.factors.length === 0) return []
  const quantity = 'quantity' in rule ? quantityFactors(context, rule.quantity) : []
  return changesOf(context, new Set([...factorsOf(rule), ...quantity]))
}

/** This will list the days inside a part on which a factor that a quantity is made with changes. */
export function quantityChanges(context: PartContext, code: string): LocalDate[] {
  return changesOf(context, new Set(quantityFactors(context, code)))
}

function changesOf({ tariff, part }: PartContext, used: ReadonlySet<string>): LocalDate[] {
  const days = tariff.version.factors
    .filter((factor) => used.has(factor.code) && factor.onChange === 'prorate')
    .flatMap((factor) => factor.values.map((row) => row.from))
  return [...new Set(days)].sort().filter((day) => day > part.start && day < part.end)
}

/** The bill factors that a quantity, and those that it is made of, are made with. */
function quantityFactors({ tariff }: PartContext, code: string): string[] {
  const { factors, quantities } = tariff.version
  const found: string[] = []
  const visit = (name: string): void => {
    const quantity = quantities.find((row) => row.code === name)
    if (!quantity) {
      if (factors.some((factor) => factor.code === name)) found.push(name)
      return
    }
    found.push(...factorsOf(quantity))
    if ('of' in quantity) visit(quantity.of)
    if (quantity.fn === 'formula') tariff.formula(quantity.code).names.forEach(visit)
  }
  visit(code)
  return found
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
  if ('factor' in price) return context.tariff.number(factorValue(context, price.factor, span))
  if ('line' in price)
    return multiply(linePrice(context, price.line, span), context.tariff.number(price.times))
  throw new Error('a price curve has no single value')
}

/** The price of a rule that a service contract may have replaced. */
export function contractPrice(
  context: PartContext,
  rule: CalcRule,
  price: Price,
  span: Span,
  tou?: string,
): Decimal {
  const own = context.input.facts?.prices
  const text = own && ((tou === undefined ? undefined : own[`${rule.code}/${tou}`]) ?? own[rule.code])
  return text === undefined ? priceOf(context, price, span) : context.tariff.number(text)
}

/** The price at which an earlier rule charged in this part, on the days of the span where it changed. */
function linePrice(context: PartContext, rule: string, span: Span): Decimal {
  const lines = context.lines.slice(context.firstLine).filter((line) => line.ruleCode === rule && line.price)
  const line = lines.find(({ start, end }) => start <= span.start && span.start < end) ?? lines[0]
  if (line?.price) return context.tariff.number(line.price.value)
  throw new Refusal(
    'rule',
    'line_price_missing',
    `Tariff ${context.tariff.tariffCode} takes a price from the rule "${rule}", which charged nothing from ${span.start} to ${span.end}: give the price itself, or let that rule come first.`,
  )
}

function factorValue(context: PartContext, code: string, span: Span): string {
  const factor = context.tariff.version.factors.find((row) => row.code === code)
  const own = factor?.overridable ? context.input.facts?.factors?.[code] : undefined
  if (own !== undefined) return own
  const day = factor ? dayOf(context, factor, span) : span.start
  const value = factor && valueOn(factor, day, context.input.facts)
  if (value !== undefined) return value
  throw new Refusal(
    'rule',
    'factor_missing',
    `Tariff ${context.tariff.tariffCode} has no value of "${code}" for this customer on ${day}: add a row to the factor.`,
  )
}

/** The day whose value counts: the span's first, or that of its part to which the factor is pinned. */
function dayOf({ part }: PartContext, { onChange }: BillFactor, span: Span): LocalDate {
  if (onChange === 'pin_start') return part.start
  return onChange === 'pin_end' ? addDays(part.end, -1) : span.start
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

/** This will tell where a block ends over a span, counted from zero. A block of a peak does not grow with the days. */
export function limitOf(context: PartContext, limit: Limit, span: Span, measuresPeak = false): Decimal {
  const value = priceOf(context, limit.value, span)
  const days = decimalOf(span.days)
  switch (limit.per) {
    case 'bill':
      return measuresPeak ? value : prorated(value, periodShare(context, span, 'normal'))
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
export function blocksOf(
  context: PartContext,
  bands: readonly Band[],
  span: Span,
  measuresPeak = false,
): Block[] {
  const blocks: Block[] = []
  let number = 0
  for (const band of bands) {
    number++
    const end = band.upTo && limitOf(context, band.upTo, span, measuresPeak)
    if (!band.within) blocks.push({ number, end, price: band.price })
    for (const inner of band.within ?? []) {
      number++
      const own = inner.upTo && limitOf(context, inner.upTo, span, measuresPeak)
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

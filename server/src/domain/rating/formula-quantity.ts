import { compare, type Decimal, decimalOf, multiply, round } from '../../platform/decimal.ts'
import type { DerivedQuantity } from '../tariffs/index.ts'
import { factNumber } from './fact.ts'
import { priceOf } from './price.ts'
import type { PartContext, Span } from './span.ts'

type FormulaRule = Extract<DerivedQuantity, { fn: 'formula' }>

/** This will compute a formula over a span. */
export function formulaNumber(context: PartContext, { code }: FormulaRule, span: Span): Decimal {
  return context.tariff.formula(code).evaluate((name) => namedNumber(context, name, span))
}

/** A name in a formula: a quantity of the tariff, a bill factor, `days`, or a fact of the agreement. */
function namedNumber(context: PartContext, name: string, span: Span): Decimal {
  if (isQuantity(context, name)) return context.quantity(name, span).total
  if (context.tariff.version.factors.some((factor) => factor.code === name))
    return priceOf(context, { factor: name }, span)
  return name === 'days' ? decimalOf(span.days) : factNumber(context, name)
}

function isQuantity({ tariff }: PartContext, name: string): boolean {
  return tariff.version.quantities.some((quantity) => quantity.code === name)
}

const TWO = decimalOf(2)
const COMPARED_PLACES = 9

/** This will say whether a quantity adds up over time: energy and volumes do, peaks, ratios and balances do not. */
export function addsUp(context: PartContext, rule: DerivedQuantity, span: Span): boolean {
  switch (rule.fn) {
    case 'usage':
    case 'items':
    case 'event_usage':
    case 'event_reduction':
      return true
    case 'scaled':
      return addsUp(context, context.tariff.quantity(rule.of), span)
    case 'formula':
      return formulaAddsUp(context, rule, span)
    default:
      return false
  }
}

/** Twice of all that adds up, days included, gives twice the result. */
function formulaAddsUp(context: PartContext, rule: FormulaRule, span: Span): boolean {
  const formula = context.tariff.formula(rule.code)
  const quantities = formula.names.filter((name) => isQuantity(context, name))
  if (!quantities.every((name) => addsUp(context, context.tariff.quantity(name), span))) return false
  const doubled = formula.evaluate((name) => {
    const value = namedNumber(context, name, span)
    return quantities.includes(name) || name === 'days' ? multiply(value, TWO) : value
  })
  const twice = multiply(formulaNumber(context, rule, span), TWO)
  return compare(round(doubled, COMPARED_PLACES), round(twice, COMPARED_PLACES)) === 0
}

import { type Decimal, decimalOf, decimalText, isZero, multiply, ONE } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { CalcRule } from '../tariffs/index.ts'
import { factNumber } from './fact.ts'
import { addLine } from './line.ts'
import { contractPrice, priceOf, ruleSpans } from './price.ts'
import { type PartContext, periodShare, prorated, type Share, type Span } from './span.ts'

type FlatRule = Extract<CalcRule, { kind: 'flat_charge' }>
type ItemRule = Extract<CalcRule, { kind: 'item' }>

/** This will charge a fixed amount for the period, its days, or its share of a year. */
export function applyFlatCharge(context: PartContext, rule: FlatRule): void {
  for (const span of ruleSpans(context, rule)) {
    const price = contractPrice(context, rule, rule.price, span)
    const times =
      rule.times === undefined ? undefined : factNumber(context, rule.times.fact, rule.times.otherwise)
    const { proration, quantity, unit, ...share } = flatShare(context, rule, span, times)
    if (isZero(share.part)) continue
    const amount = prorated(price, share)
    addLine(context, rule, span, {
      ...(quantity ? { quantity: { ...quantity, unit } } : {}),
      price: { value: decimalText(price), per: rule.per },
      amount,
      proration,
    })
  }
}

function flatShare(
  context: PartContext,
  rule: FlatRule,
  span: Span,
  times: Decimal | undefined,
): Share & { quantity?: Decimal | undefined; unit: string } {
  const days = decimalOf(span.days)
  const count = times ?? ONE
  if (rule.per === 'day')
    return { part: multiply(days, count), of: ONE, quantity: multiply(days, count), unit: 'day' }
  const unit = rule.times?.fact ?? ''
  if (rule.per === 'year')
    return {
      part: multiply(days, count),
      of: decimalOf(365),
      proration: { days: span.days, ofDays: '365', rule: 'year' },
      quantity: times,
      unit,
    }
  const share = periodShare(context, span, rule.proration)
  return { ...share, part: multiply(share.part, count), quantity: times, unit }
}

/** This will charge each item of the agreement by the rule's table. */
export function applyItem(context: PartContext, rule: ItemRule): void {
  for (const span of ruleSpans(context, rule)) {
    const share = periodShare(context, span, rule.proration)
    const { proration } = share
    for (const { item, count } of context.input.facts?.items ?? []) {
      const row = rule.table.find((entry) => entry.item === item)
      if (!row)
        throw new Refusal(
          'rule',
          'item_unpriced',
          `Tariff ${context.tariff.tariffCode} has no price for the item "${item}": add it to the table of ${rule.code}.`,
        )
      const price = priceOf(context, row.price, span)
      const quantity = decimalOf(count)
      const amount = prorated(multiply(price, quantity), share)
      addLine(context, rule, span, {
        quantity: { ...quantity, unit: item },
        price: { value: decimalText(price), per: item },
        amount,
        proration,
      })
    }
  }
}

import {
  add,
  type Decimal,
  decimalOf,
  decimalText,
  divide,
  greatest,
  isZero,
  least,
  multiply,
  negate,
  subtract,
  ZERO,
} from '../../platform/decimal.ts'
import type { CalcRule } from '../tariffs/index.ts'
import { balance, setBalance, settlesIn } from './carry.ts'
import { addLine, baseOf, notNegative } from './line.ts'
import { contractPrice, exemptPercent, priceOf, type RuleSpan, ruleSpans } from './price.ts'
import { type PartContext, periodShare, prorated } from './span.ts'

type PercentRule = Extract<CalcRule, { kind: 'apply_to' }>
type BoundRule = Extract<CalcRule, { kind: 'minimum' | 'maximum' }>
type SummaryRule = Extract<CalcRule, { kind: 'summary' }>
type BankRule = Extract<CalcRule, { kind: 'credit_bank' }>

const HUNDRED = decimalOf(100)

/** This will charge a percent of earlier lines; where the percent changes inside the part, of their share by days. */
export function applyPercent(context: PartContext, rule: PercentRule): void {
  const base = baseOf(context, rule.base)
  const exempt = exemptPercent(context, rule)
  for (const span of ruleSpans(context, rule)) {
    const percent = contractPrice(context, rule, rule.percent, span)
    const days = { days: span.days, ofDays: String(context.part.days), rule: 'normal' }
    const own = ownShare(context, span, base.amount)
    const taxed = divide(multiply(own, subtract(HUNDRED, exempt)), HUNDRED)
    const amount = rule.grossUp
      ? divide(multiply(taxed, percent), subtract(HUNDRED, percent))
      : divide(multiply(taxed, percent), HUNDRED)
    addLine(context, rule, span, {
      price: { value: decimalText(percent), per: '%' },
      base: { amount: own, lines: base.lines },
      amount,
      ...(span.days === context.part.days ? {} : { proration: days }),
      ...(isZero(exempt) ? {} : { exempt }),
    })
  }
}

function ownShare(context: PartContext, span: RuleSpan, amount: Decimal): Decimal {
  if (span.days === context.part.days) return amount
  return divide(multiply(amount, decimalOf(span.days)), decimalOf(context.part.days))
}

/** This will bring earlier lines up to a minimum or down to a maximum. */
export function applyBound(context: PartContext, rule: BoundRule): void {
  const { amount: total, lines } = baseOf(context, rule.base)
  const own = rule.floorBase ? notNegative(total) : total
  const compared = rule.per === 'year' ? yearSoFar(context, rule, own) : own
  if (compared === undefined) return
  const bound = boundAmount(context, rule)
  const lacking = subtract(bound, compared)
  const amount = rule.kind === 'minimum' ? greatest(ZERO, lacking) : least(ZERO, lacking)
  addLine(context, rule, context.part, {
    base: { amount: compared, lines },
    amount,
    bound,
  })
}

function boundAmount(context: PartContext, rule: BoundRule): Decimal {
  const { part } = context
  const value = priceOf(context, rule.amount, part)
  if (rule.per === 'year') return value
  if (rule.per === 'day') return multiply(value, decimalOf(part.days))
  return prorated(value, periodShare(context, part, 'normal'))
}

/** This will show the sum of earlier lines without charging it. */
export function applySummary(context: PartContext, rule: SummaryRule): void {
  const base = baseOf(context, rule.base)
  addLine(context, { ...rule, memo: true }, context.part, { base, amount: base.amount })
}

/** Adds this bill to the year's running base; gives the sum, and starts anew, when the year is settled. */
function yearSoFar(context: PartContext, rule: BoundRule, own: Decimal): Decimal | undefined {
  const total = add(balance(context, rule.code, 'base'), own)
  const settles = settlesIn(context, rule.settleMonth, context.part)
  setBalance(context, rule.code, 'base', settles ? ZERO : total)
  return settles ? total : undefined
}

/**
 * This will use up credits earned against charges, keep the rest for later bills, and settle it once a year.
 * Credits are earned by memo lines, whose amounts are negative. What is paid out is of class `settlement`.
 */
export function applyCreditBank(context: PartContext, rule: BankRule): void {
  const earned = negate(baseOf(context, rule.earns, true).amount)
  const offsets = baseOf(context, rule.offsets)
  const carried = balance(context, rule.code, 'credit')
  const usable = rule.useInBillEarned ? add(carried, earned) : carried
  const used = least(usable, notNegative(offsets.amount))
  const left = subtract(add(carried, earned), used)
  const bank = { carried, earned, used, left }
  addLine(context, rule, context.part, { base: offsets, amount: negate(used), bank })
  const settles = rule.settle !== 'keep' && settlesIn(context, rule.settleMonth, context.part)
  if (settles && rule.settle === 'pay')
    addLine(context, { ...rule, class: 'settlement' }, context.part, { amount: negate(left), bank })
  setBalance(context, rule.code, 'credit', settles ? ZERO : left)
}

import { add, compare, type Decimal, isZero, round, sum, toMinorUnits, ZERO } from '../../platform/decimal.ts'
import type { Base, CalcRule } from '../tariffs/index.ts'
import type { RatedLine } from './charge.ts'
import { lineText, reasonOf } from './reason.ts'
import type { PartContext, Span } from './span.ts'

/** What a rule says of a line; the rest is the same for all lines. */
export interface LineDraft
  extends Pick<
    RatedLine,
    'quantity' | 'price' | 'band' | 'base' | 'exempt' | 'bound' | 'bank' | 'intervals'
  > {
  amount: Decimal
  proration?: RatedLine['proration'] | undefined
}

/** This will round a draft by the tariff's policy and append it to the bill; a line without money and quantity is left out. */
export function addLine(context: PartContext, rule: CalcRule, span: Span, draft: LineDraft): void {
  const { amount, quantity, price, band, base, exempt, bound, bank, proration, intervals } = draft
  if (isZero(amount) && (quantity === undefined || isZero(quantity))) return
  const memo = rule.memo ?? false
  const amountCents = memo ? 0 : centsOf(context, rule, amount)
  const line: RatedLine = {
    sequence: context.lines.length + 1,
    ruleCode: rule.code,
    kind: rule.kind,
    text: lineText(rule, quantity?.unit),
    amountUnrounded: amount,
    amountCents,
    memo,
    glAccount: rule.class,
    start: span.start,
    end: span.end,
  }
  if (quantity) line.quantity = quantity
  if (price) line.price = price
  if (band) line.band = band
  if (base) line.base = base
  if (exempt) line.exempt = exempt
  if (bound) line.bound = bound
  if (bank) line.bank = bank
  if (proration) line.proration = proration
  if (rule.taxCategory) line.taxCategory = rule.taxCategory
  if (intervals) line.intervals = intervals
  if (context.trace) line.reason = reasonOf(context.tariff, rule, line)
  context.lines.push(line)
}

/** Rounds the running sum where the policy rounds a rule or the total once, so that rounded lines still add up. */
function centsOf(context: PartContext, rule: CalcRule, amount: Decimal): number {
  const { level, mode } = context.tariff.version.rounding
  const places = context.tariff.currencyExponent
  if (level === 'line') return toMinorUnits(amount, places, mode)
  let [exact, cents] = [amount, 0]
  for (const line of context.lines) {
    if (line.memo || (level === 'rule' && line.ruleCode !== rule.code)) continue
    exact = add(exact, line.amountUnrounded)
    cents += line.amountCents
  }
  return toMinorUnits(exact, places, mode) - cents
}

/** The amount of earlier lines of the part that a base names, and their sequences. */
export function baseOf(context: PartContext, base: Base, includeMemo = false) {
  const everything = base.rules === undefined && base.classes === undefined
  const lines = context.lines
    .slice(context.firstLine)
    .filter(
      (line) =>
        (!line.memo || includeMemo) &&
        (everything || base.rules?.includes(line.ruleCode) || base.classes?.includes(line.glAccount)) &&
        !base.except?.includes(line.ruleCode),
    )
  const places = context.tariff.currencyExponent
  const { mode } = context.tariff.version.rounding
  const amounts = lines.map((line) => {
    if (!base.rounded) return line.amountUnrounded
    return line.memo
      ? round(line.amountUnrounded, places, mode)
      : { units: BigInt(line.amountCents), scale: places }
  })
  return { amount: sum(amounts), lines: lines.map((line) => line.sequence) }
}

/** This will cut a negative amount to zero. */
export function notNegative(amount: Decimal): Decimal {
  return compare(amount, ZERO) < 0 ? ZERO : amount
}

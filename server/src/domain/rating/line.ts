import { add, compare, type Decimal, isZero, round, sum, toMinorUnits, ZERO } from '../../platform/decimal.ts'
import { centsToDecimal } from '../../platform/money.ts'
import type { Base, CalcRule } from '../tariffs/index.ts'
import type { Localized, RatedLine } from './charge.ts'
import type { PartContext, Span } from './span.ts'

/** What a rule says of a line; the rest is the same for all lines. */
export interface LineDraft extends Pick<RatedLine, 'quantity' | 'price' | 'band' | 'base' | 'intervals'> {
  amount: Decimal
  proration?: RatedLine['proration'] | undefined
  text?: Localized
  /** Made only when the caller asked for a trace. */
  reason: () => Localized
}

/** This will round a draft by the tariff's policy and append it to the bill; a line without money and quantity is left out. */
export function addLine(context: PartContext, rule: CalcRule, span: Span, draft: LineDraft): void {
  const { amount, reason, text, proration, ...said } = draft
  if (isZero(amount) && (said.quantity === undefined || isZero(said.quantity))) return
  const memo = rule.memo ?? false
  const amountCents = memo ? 0 : centsOf(context, rule, amount)
  context.lines.push({
    sequence: context.lines.length + 1,
    ruleCode: rule.code,
    kind: rule.kind,
    text: text ?? localized(rule.text),
    ...said,
    ...(proration ? { proration } : {}),
    amountUnrounded: amount,
    amountCents,
    memo,
    glAccount: rule.class,
    ...(rule.taxCategory ? { taxCategory: rule.taxCategory } : {}),
    start: span.start,
    end: span.end,
    ...(context.trace ? { reason: memo ? reason() : rounded(context, reason(), amount, amountCents) } : {}),
  })
}

/** Ends a reason with the rounded amount, where rounding changed it. */
function rounded(context: PartContext, reason: Localized, exact: Decimal, cents: number): Localized {
  const { currency, currencyExponent: scale } = context.tariff
  if (compare(exact, { units: BigInt(cents), scale }) === 0) return reason
  const said = ` ≈ ${centsToDecimal(cents, scale)} ${currency}`
  return { en: reason.en + said, es: reason.es + said }
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

export function localized(text: { en: string; es?: string | undefined }): Localized {
  return { en: text.en, es: text.es ?? text.en }
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

import { type Decimal, decimal, decimalText, ZERO } from '../../platform/decimal.ts'
import { billMonth, type PartContext, type Span } from './span.ts'

/** This will read a balance that earlier bills, or earlier parts of this one, left. */
export function balance(context: PartContext, rule: string, bucket: string): Decimal {
  const text = context.carry.balances[rule]?.[bucket]
  return text === undefined ? ZERO : decimal(text)
}

/** This will leave a balance to the next part or bill. */
export function setBalance(context: PartContext, rule: string, bucket: string, value: Decimal): void {
  const { balances } = context.carry
  balances[rule] = { ...balances[rule], [bucket]: decimalText(value) }
}

/** This will say whether a span ends the bill of the month in which a yearly account is settled. */
export function settlesIn(context: PartContext, month: number, span: Span): boolean {
  return span.end === context.input.period.end && Number(billMonth(context).slice(5)) === month
}

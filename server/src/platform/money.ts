import { Refusal } from './errors.ts'

/** An exact amount in the minor unit of its currency (US cents). Always a safe integer. */
export type Cents = number

/** This will add amounts exactly; a sum beyond the safe integers is a defect, never a rounding. */
export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0
  for (const amount of amounts) {
    if (!Number.isSafeInteger(amount)) throw new Error(`not an amount in cents: ${amount}`)
    total += amount
  }
  if (!Number.isSafeInteger(total)) throw new Error('a sum of cents left the safe integers')
  return total
}

/** This will write cents as a plain decimal: -123456 -> "-1234.56". */
export function centsToDecimal(amount: Cents, exponent = 2): string {
  if (!Number.isSafeInteger(amount)) throw new Error(`not an amount in cents: ${amount}`)
  const digits = Math.abs(amount)
    .toString()
    .padStart(exponent + 1, '0')
  const sign = amount < 0 ? '-' : ''
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** This will read a plain decimal exactly; undefined when it is none, or has more places than the currency. */
export function decimalToCents(text: string, exponent = 2): Cents | undefined {
  const match = /^(-?)(\d{1,13})(?:\.(\d+))?$/.exec(text.trim())
  if (!match) return undefined
  const [, sign, whole, fraction = ''] = match
  if (/[^0]/.test(fraction.slice(exponent))) return undefined
  const amount = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
  if (!Number.isSafeInteger(amount)) return undefined
  return sign && amount !== 0 ? -amount : amount
}

/** This will refuse an amount that is not a whole number of cents above zero. `what` names it: `The payment`. */
export function requireAmount(amount: Cents, what: string): void {
  if (Number.isSafeInteger(amount) && amount > 0) return
  throw new Refusal('rule', 'amount_not_positive', `${what} must be above zero, in whole cents.`)
}

/**
 * This will read an amount of money as people and files write it: `1,234.56`, `$12`, with its currency beside it or not.
 * Refuses: what is no amount, one below zero, more places than the currency has, another currency than `expected`.
 */
export function parseAmount(
  text: string,
  {
    exponent = 2,
    currency,
    expected = 'USD',
  }: { exponent?: number; currency?: string; expected?: string } = {},
): Cents {
  const given = currency?.trim().toUpperCase()
  if (given && given !== expected)
    throw new Refusal(
      'rule',
      'currency_differs',
      `The amount is in ${given}; this company's books are in ${expected}.`,
    )
  const plain = text.trim().replace(/^\$/, '')
  const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain
  if (!/^-?\d{1,13}(\.\d+)?$/.test(grouped))
    throw new Refusal(
      'malformed',
      'amount_malformed',
      `"${text}" is no amount of money; write it as 1234.56.`,
    )
  const amount = decimalToCents(grouped, exponent)
  if (amount === undefined)
    throw new Refusal('malformed', 'amount_precision', `${text} has more than ${exponent} decimal places.`)
  if (amount < 0)
    throw new Refusal('rule', 'amount_negative', `${text} is below zero; give the amount without a sign.`)
  return amount
}

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

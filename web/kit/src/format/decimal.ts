/** A plain decimal string, the form in which the API sends money and quantities: `-1234.50`. */
export type Decimal = string

/** This will group the whole digits of a plain decimal: `-1234.50` -> `-1,234.50`. Digits are never rounded away. */
export function groupDigits(decimal: Decimal): string {
  const [whole = '', fraction] = decimal.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** This will write dollars as US readers of either language expect them: `$1,234.56`, `-$12.40`. */
export function formatMoney(amount: Decimal): string {
  const negative = amount.startsWith('-')
  const [whole = '0', fraction = ''] = (negative ? amount.slice(1) : amount).split('.')
  const cents = fraction.length < 2 ? fraction.padEnd(2, '0') : fraction
  return `${negative ? '-' : ''}$${groupDigits(`${whole}.${cents}`)}`
}

/** This will write cents as dollars: `-1240` -> `-$12.40`. */
export function formatCents(cents: number): string {
  return formatMoney(centsToDecimal(cents))
}

/** This will write cents as a decimal of dollars: `-1240` -> `-12.40`. */
export function centsToDecimal(cents: number): Decimal {
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** This will read dollars into cents. More than two decimal places are a defect of the sender. */
export function decimalToCents(amount: Decimal): number {
  const match = /^(-?)(\d+)(?:\.(\d{0,2})0*)?$/.exec(amount)
  if (!match) throw new Error(`not an amount of money: ${amount}`)
  const [, sign, whole, fraction = ''] = match
  const cents = Number(`${whole}${fraction.padEnd(2, '0')}`)
  return sign ? -cents : cents
}

/** This will write a quantity with thousands separators and, when given, at most `places` decimal places. */
export function formatQuantity(quantity: Decimal | number, unit?: string, places?: number): string {
  const decimal = typeof quantity === 'number' ? plainDecimal(quantity) : quantity
  const shown = places === undefined ? trimZeros(decimal) : trimZeros(roundDecimal(decimal, places))
  return unit ? `${groupDigits(shown)} ${unit}` : groupDigits(shown)
}

/** This will round a decimal half away from zero, for display only. */
export function roundDecimal(decimal: Decimal, places: number): Decimal {
  const negative = decimal.startsWith('-')
  const [whole = '0', fraction = ''] = (negative ? decimal.slice(1) : decimal).split('.')
  if (fraction.length <= places) return decimal
  const kept = BigInt(whole + fraction.slice(0, places)) + (Number(fraction[places]) >= 5 ? 1n : 0n)
  const digits = String(kept).padStart(places + 1, '0')
  const split = digits.length - places
  const rounded = places ? `${digits.slice(0, split)}.${digits.slice(split)}` : digits
  return negative && kept !== 0n ? `-${rounded}` : rounded
}

/** This will add decimals exactly. */
export function sumDecimals(decimals: readonly Decimal[]): Decimal {
  const places = Math.max(0, ...decimals.map((decimal) => decimal.split('.')[1]?.length ?? 0))
  const total = decimals.reduce((sum, decimal) => sum + scaled(decimal, places), 0n)
  const digits = String(total < 0n ? -total : total).padStart(places + 1, '0')
  const split = digits.length - places
  const text = places ? `${digits.slice(0, split)}.${digits.slice(split)}` : digits
  return total < 0n ? `-${text}` : text
}

/** This will tell whether two decimals are the same number, whatever their trailing zeros. */
export function sameDecimal(one: Decimal, other: Decimal): boolean {
  return trimZeros(one) === trimZeros(other)
}

function scaled(decimal: Decimal, places: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(places, '0'))
}

function trimZeros(decimal: Decimal): Decimal {
  const trimmed = decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
  return trimmed === '-0' ? '0' : trimmed
}

function plainDecimal(value: number): Decimal {
  return Number.isInteger(value) ? String(value) : value.toFixed(6)
}

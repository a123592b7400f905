/** An exact decimal in plain notation, without exponent or superfluous zeros: `-0.0312`, `1500`, `0`. */
export type DecimalText = string

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/

/** This will rewrite a decimal number exactly in plain notation; undefined when the text is no finite decimal number. */
export function plainDecimal(text: string): DecimalText | undefined {
  const match = NUMBER.exec(text.trim())
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const exponent = Number(exponentText)
  if (Math.abs(exponent) > 400) return undefined
  const digits = whole + fraction
  const point = whole.length + exponent
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = point <= 0 ? 1 : point
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const rest = padded.slice(at).replace(/0+$/, '')
  const plain = rest === '' ? integer : `${integer}.${rest}`
  return sign === '-' && plain !== '0' ? `-${plain}` : plain
}

/** This will count the digits after the point of a plain decimal. */
export function decimalPlaces(plain: DecimalText): number {
  const point = plain.indexOf('.')
  return point < 0 ? 0 : plain.length - point - 1
}

/**
 * This will turn a plain decimal into the integer `value x 10^scale`; undefined when that would drop digits
 * or leave the safe integers.
 */
export function scaledInteger(plain: DecimalText, scale: number): number | undefined {
  const places = decimalPlaces(plain)
  if (places > scale) return undefined
  const value = Number(plain.replace('.', '') + '0'.repeat(scale - places))
  return Number.isSafeInteger(value) ? value : undefined
}

/** This will order two plain decimals exactly: negative, zero or positive as `a` is less, equal or more than `b`. */
export function compareDecimals(a: DecimalText, b: DecimalText): number {
  const places = Math.max(decimalPlaces(a), decimalPlaces(b))
  const scaled = (text: DecimalText) =>
    BigInt(text.replace('.', '') + '0'.repeat(places - decimalPlaces(text)))
  const difference = scaled(a) - scaled(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

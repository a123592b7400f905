import { Refusal } from './errors.ts'

/** An exact decimal number: `units` x 10^-`scale`. Sums and products never lose a digit. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

export type RoundingMode = 'half_up' | 'half_even' | 'truncate' | 'up'

/** Fractional digits kept by a division, the one operation that cannot be exact. */
export const DIVISION_SCALE = 18

export const ZERO: Decimal = { units: 0n, scale: 0 }
export const ONE: Decimal = { units: 1n, scale: 0 }

const POWERS: bigint[] = [1n]
function pow10(exponent: number): bigint {
  for (let next = POWERS.length; next <= exponent; next++) POWERS.push((POWERS[next - 1] ?? 1n) * 10n)
  return POWERS[exponent] ?? 1n
}

/** This will read plain or scientific decimal text exactly; undefined when it is none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text.trim())
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const magnitude = BigInt(whole + fraction)
  const scale = fraction.length - Number(exponent)
  const units = sign === '-' ? -magnitude : magnitude
  return scale < 0 ? { units: units * pow10(-scale), scale: 0 } : { units, scale }
}

/** This will read decimal text that has been checked before; anything else is a defect. */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text)
  if (!value) throw new Error(`not a decimal number: ${text}`)
  return value
}

/** This will make a decimal of a safe integer x 10^-scale. */
export function decimalOf(integer: number, scale = 0): Decimal {
  if (!Number.isSafeInteger(integer)) throw new Error(`not a safe integer: ${integer}`)
  return { units: BigInt(integer), scale }
}

export function isZero(a: Decimal): boolean {
  return a.units === 0n
}

export function negate(a: Decimal): Decimal {
  return { units: -a.units, scale: a.scale }
}

export function add(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { units: a.units + b.units, scale: a.scale }
  if (a.scale > b.scale) return { units: a.units + b.units * pow10(a.scale - b.scale), scale: a.scale }
  return { units: a.units * pow10(b.scale - a.scale) + b.units, scale: b.scale }
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b))
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale }
}

/** This will divide to `scale` fractional digits, half-even; dividing by zero is a defect. */
export function divide(a: Decimal, b: Decimal, scale = DIVISION_SCALE): Decimal {
  if (b.units === 0n) throw new Error('division by zero')
  const shift = scale + b.scale - a.scale
  const [over, under] = shift >= 0 ? [a.units * pow10(shift), b.units] : [a.units, b.units * pow10(-shift)]
  return trim({ units: quotient(over, under, 'half_even'), scale })
}

/** This will order two decimals: negative, zero or positive. */
export function compare(a: Decimal, b: Decimal): number {
  const difference = subtract(a, b).units
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function least(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) <= 0 ? a : b
}

export function greatest(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) >= 0 ? a : b
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO
  for (const value of values) total = add(total, value)
  return total
}

/** This will round to `scale` fractional digits; half-up means away from zero at the half. */
export function round(a: Decimal, scale: number, mode: RoundingMode = 'half_up'): Decimal {
  if (a.scale <= scale) return { units: a.units * pow10(scale - a.scale), scale }
  return { units: quotient(a.units, pow10(a.scale - scale), mode), scale }
}

function quotient(over: bigint, under: bigint, mode: RoundingMode): bigint {
  const sign = over < 0n === under < 0n ? 1n : -1n
  const top = over < 0n ? -over : over
  const bottom = under < 0n ? -under : under
  const whole = top / bottom
  const rest = top - whole * bottom
  if (rest === 0n) return sign * whole
  const twice = rest * 2n
  const up =
    mode === 'up' ||
    (mode === 'half_up' && twice >= bottom) ||
    (mode === 'half_even' && (twice > bottom || (twice === bottom && whole % 2n === 1n)))
  return sign * (up ? whole + 1n : whole)
}

/** This will drop trailing zeros of the fraction. */
export function trim(a: Decimal): Decimal {
  if (a.scale === 0 || a.units % 10n !== 0n) return a
  if (a.units === 0n) return ZERO
  const digits = a.units.toString()
  let zeros = 1
  while (zeros < a.scale && digits.at(-1 - zeros) === '0') zeros++
  return { units: a.units / pow10(zeros), scale: a.scale - zeros }
}

/** This will write plain decimal text without trailing zeros, or with at least `places` digits. */
export function decimalText({ units, scale }: Decimal, places = 0): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = scale === 0 ? digits : digits.slice(0, -scale)
  let end = digits.length
  while (end > whole.length && digits.charCodeAt(end - 1) === DIGIT_ZERO) end--
  const fraction = digits.slice(whole.length, end).padEnd(places, '0')
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

const DIGIT_ZERO = 48

/**
 * This will give the rounded value in minor units of a currency, as the safe integer that money is. Refuses an amount
 * beyond the safe integers.
 */
export function toMinorUnits(a: Decimal, exponent = 2, mode: RoundingMode = 'half_up'): number {
  const cents = Number(round(a, exponent, mode).units)
  if (!Number.isSafeInteger(cents))
    throw new Refusal(
      'rule',
      'amount_too_large',
      'An amount is larger than any bill can be; check the price and the quantity it comes from.',
    )
  return cents
}

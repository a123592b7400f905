import { add, type Decimal, decimalOf, multiply, subtract } from '../../platform/decimal.ts'

/** A register's dial readings at the ends of a period. */
export interface RegisterPair {
  previous: Decimal
  present: Decimal
  /** Digits of the dial; a present reading below the previous one means that it rolled over once. */
  dials?: number
  /** Quantity of one step of the dial. */
  multiplier: Decimal
}

/** This will give what a register counted between two readings, before and after its multiplier. */
export function registeredUse({ previous, present, dials, multiplier }: RegisterPair): {
  registered: Decimal
  quantity: Decimal
} {
  const difference = subtract(present, previous)
  const rolledOver = difference.units < 0n && dials !== undefined
  const registered = rolledOver ? add(difference, decimalOf(10 ** dials)) : difference
  return { registered, quantity: multiply(registered, multiplier) }
}

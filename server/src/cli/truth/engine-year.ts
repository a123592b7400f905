import type { RatedCharge } from '../../domain/rating/index.ts'
import type { Decimal } from '../../platform/decimal.ts'
import { moneyOf } from './neutral.ts'

/** This will list the months of a year as periods. */
export function monthsOf(year: number): { start: string; end: string; month: string }[] {
  const first = (month: number) =>
    month > 12 ? `${year + 1}-01-01` : `${year}-${String(month).padStart(2, '0')}-01`
  return Array.from({ length: 12 }, (_, index) => ({
    start: first(index + 1),
    end: first(index + 2),
    month: first(index + 1).slice(0, 7),
  }))
}

/** This will make the season range of whole months, the last included. */
export function monthSeason(from: number, until: number) {
  const day = (month: number) => `${String(((month - 1) % 12) + 1).padStart(2, '0')}-01`
  return { from: day(from), until: day(until + 1) }
}

/** This will write a whole hour as a clock time. */
export function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

/** This will add up charges, unrounded. */
export function total(charges: readonly RatedCharge[]): Decimal {
  return moneyOf(charges.flatMap((charge) => charge.lines))
}

import { Refusal } from '../../platform/errors.ts'
import type { LocalDate } from '../../platform/time.ts'

export interface Period {
  startDate: LocalDate
  endDate: LocalDate | null
}

/** This will say whether two half-open periods share a day; no end means for good. */
export function overlaps(a: Period, b: Period): boolean {
  return (a.endDate === null || b.startDate < a.endDate) && (b.endDate === null || a.startDate < b.endDate)
}

/** This will refuse a period that ends before or on the day it starts. */
export function checkPeriod({ startDate, endDate }: Period): void {
  if (endDate !== null && endDate <= startDate)
    throw new Refusal(
      'rule',
      'end_before_start',
      `The end ${endDate} is not after the start ${startDate}; an end is the first day no longer included.`,
    )
}

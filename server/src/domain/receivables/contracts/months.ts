import { daysBetween, type LocalDate, Temporal } from '../../../platform/time.ts'

const MONTHS_A_CYCLE = 12
const DAYS_A_CYCLE = 365.25

/**
 * This will tell how many months a bill has to ask for: one with the first bill, then what the calendar says since
 * then, to the nearest month. A bill off its cycle asks for none, a late one for more.
 */
export function monthsDue(input: {
  /** Day of the first bill that asked. */
  anchor: LocalDate | null
  billDate: LocalDate
  monthsAsked: number
}): number {
  const { anchor, billDate, monthsAsked } = input
  if (anchor === null) return 1
  const passed = Math.round((daysBetween(anchor, billDate) * MONTHS_A_CYCLE) / DAYS_A_CYCLE)
  return Math.max(0, 1 + passed - monthsAsked)
}

/** This will add whole months to a calendar day; the last day of a shorter month stands for those it lacks. */
export function addMonths(day: LocalDate, months: number): LocalDate {
  return Temporal.PlainDate.from(day).add({ months }).toString()
}

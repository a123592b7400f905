import { addDays, type LocalDate, Temporal } from '../../../platform/time.ts'

/** One billing of a cycle: its accounts are billed up to `periodEnd` (exclusive). */
export interface CycleWindow {
  cycleCode: string
  periodEnd: LocalDate
  opensOn: LocalDate
  closesOn: LocalDate
  accountingDate: LocalDate
}

/** Half-open. */
export interface Period {
  start: LocalDate
  end: LocalDate
}

/**
 * This will cut what is still unbilled into billing periods: at the end of every window that was missed, so that a late
 * bill holds one charge a period instead of one long one.
 */
export function duePeriods(from: LocalDate, until: LocalDate, windowEnds: readonly LocalDate[]): Period[] {
  if (from >= until) return []
  const cuts = [...new Set(windowEnds)].filter((day) => day > from && day < until).sort()
  const ends = [...cuts, until]
  return ends.map((end, index) => ({ start: ends[index - 1] ?? from, end }))
}

/**
 * This will make the monthly windows of a year for a cycle whose periods end on one day of the month (exclusive end).
 * A window opens on its period's end and stays open for `openDays`.
 */
export function monthlyWindows(
  cycleCode: string,
  firstEnd: LocalDate,
  months: number,
  openDays = 5,
): CycleWindow[] {
  const first = Temporal.PlainDate.from(firstEnd)
  return Array.from({ length: months }, (_, month) => {
    const periodEnd = first.add({ months: month }).toString()
    return {
      cycleCode,
      periodEnd,
      opensOn: periodEnd,
      closesOn: addDays(periodEnd, openDays),
      accountingDate: periodEnd,
    }
  })
}

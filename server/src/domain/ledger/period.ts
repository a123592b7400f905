import { type LocalDate, Temporal } from '../../platform/time.ts'

/** A stretch of the books, `[start, end)`. Nothing is posted before the end of a closed one. */
export interface AccountingPeriod {
  /** `2026-01`: fiscal year and number in it. */
  code: string
  start: LocalDate
  end: LocalDate
  status: 'open' | 'closed'
  /** All of it is in export batches. */
  exported: boolean
}

/**
 * This will cut a fiscal year into its twelve months. A year is named after the one in which it ends: 2026, begun in
 * July, is 2025-07-01 to 2026-07-01.
 */
export function monthsOfFiscalYear(
  fiscalYear: number,
  startMonth: number,
): Pick<AccountingPeriod, 'code' | 'start' | 'end'>[] {
  const year = startMonth === 1 ? fiscalYear : fiscalYear - 1
  const first = Temporal.PlainDate.from({ year, month: startMonth, day: 1 })
  return Array.from({ length: 12 }, (_, index) => ({
    code: `${fiscalYear}-${String(index + 1).padStart(2, '0')}`,
    start: first.add({ months: index }).toString(),
    end: first.add({ months: index + 1 }).toString(),
  }))
}

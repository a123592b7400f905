import type { Tx } from '../../platform/db/index.ts'
import { addDays, type LocalDate, Temporal } from '../../platform/time.ts'
import { insertHoliday, selectHolidays } from './store/work-calendar.ts'

/** The days on which a client's offices and banks work: Monday to Friday, less its holidays. */
export interface WorkCalendar {
  isWorkDay(day: LocalDate): boolean
  /** The day itself when it is a work day. */
  nextWorkDay(day: LocalDate): LocalDate
  /** The work day that follows `day` by a number of work days; 0 is the next work day. */
  addWorkDays(day: LocalDate, workDays: number): LocalDate
}

const SATURDAY = 6

/** This will make the calendar of a set of holidays. */
export function workCalendarOf(holidays: Iterable<LocalDate>): WorkCalendar {
  const closed = new Set(holidays)
  const isWorkDay = (day: LocalDate) => Temporal.PlainDate.from(day).dayOfWeek < SATURDAY && !closed.has(day)
  const nextWorkDay = (day: LocalDate): LocalDate => (isWorkDay(day) ? day : nextWorkDay(addDays(day, 1)))
  const addWorkDays = (day: LocalDate, workDays: number): LocalDate => {
    const first = nextWorkDay(day)
    return workDays <= 0 ? first : addWorkDays(addDays(first, 1), workDays - 1)
  }
  return { isWorkDay, nextWorkDay, addWorkDays }
}

/** This will read a client's work calendar. */
export async function workCalendar(tx: Tx, clientId: number): Promise<WorkCalendar> {
  return workCalendarOf(await selectHolidays(tx, clientId))
}

/** This will note a day on which the client's offices are closed. Again: the name is changed. */
export async function addHoliday(
  tx: Tx,
  input: { clientId: number; holiday: LocalDate; name: string },
): Promise<void> {
  await insertHoliday(tx, input)
}

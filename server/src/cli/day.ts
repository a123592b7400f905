import { InvalidArgumentError } from 'commander'
import { isLocalDate, type LocalDate } from '../platform/time.ts'

/** This will read a day that an option gives. Refuses what is no day of the calendar as wrong use. */
export function readDay(text: string): LocalDate {
  if (isLocalDate(text)) return text
  throw new InvalidArgumentError('a day of the calendar is written YYYY-MM-DD')
}

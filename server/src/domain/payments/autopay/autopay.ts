import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import { addDays, type Instant, type LocalDate, Temporal } from '../../../platform/time.ts'

/** On which day a bill is drawn. */
export type DrawRule =
  | { rule: 'due_date' }
  /** Before the due date. */
  | { rule: 'days_before'; days: number }
  /** The first such day of a month after the bill is complete, whatever its due date. */
  | { rule: 'fixed_day'; day: number }

export interface AutopayKey {
  customerId: number
  autopayNumber: number
}

/** Which method pays the bills of an account, from, to (half-open). */
export interface Autopay extends AutopayKey {
  accountNumber: number
  /** Whose method it is: the customer's own, or of somebody who pays for them. */
  payerCustomerId: number
  methodNumber: number
  startDate: LocalDate
  endDate: LocalDate | null
  drawRule: DrawRule
  /** A bill above it is not drawn. */
  limitCents: Cents | null
  /** Draws that came back since the last good one. */
  returns: number
  suspendedAt: Instant | null
  suspendReason: string | null
}

const LONGEST_DAYS = 28

/** This will refuse a draw rule that names no day: days before and days of the month run from 1 to 28. */
export function checkDrawRule(rule: DrawRule): void {
  const days = drawDaysOf(rule)
  if (days === null || (Number.isInteger(days) && days >= 1 && days <= LONGEST_DAYS)) return
  throw new Refusal('malformed', 'draw_rule_wrong', `The day of the draw must be 1 to ${LONGEST_DAYS}.`)
}

/** This will tell the day on which a bill is drawn: as the rule says, never before `earliest`. */
export function drawDateOf(rule: DrawRule, bill: { dueDate: LocalDate }, earliest: LocalDate): LocalDate {
  if (rule.rule === 'fixed_day') {
    const from = Temporal.PlainDate.from(earliest)
    const inMonth = from.with({ day: rule.day })
    const next = Temporal.PlainDate.compare(inMonth, from) < 0 ? inMonth.add({ months: 1 }) : inMonth
    return next.toString()
  }
  const day = rule.rule === 'due_date' ? bill.dueDate : addDays(bill.dueDate, -rule.days)
  return day < earliest ? earliest : day
}

/** This will say whether an autopay draws on a day: in force, not suspended. */
export function drawsOn(
  autopay: Pick<Autopay, 'startDate' | 'endDate' | 'suspendedAt'>,
  day: LocalDate,
): boolean {
  const { startDate, endDate, suspendedAt } = autopay
  return suspendedAt === null && startDate <= day && (endDate === null || day < endDate)
}

/** This will tell the number of a draw rule as it is stored; null when it has none. */
export function drawDaysOf(rule: DrawRule): number | null {
  if (rule.rule === 'days_before') return rule.days
  return rule.rule === 'fixed_day' ? rule.day : null
}

/** This will name an autopay as audit and events do. */
export function autopaySubject({ customerId, autopayNumber }: AutopayKey): string {
  return `autopay:${customerId}-${autopayNumber}`
}

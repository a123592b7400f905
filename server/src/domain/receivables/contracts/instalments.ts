import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount, sumCents } from '../../../platform/money.ts'
import { daysBetween, type LocalDate } from '../../../platform/time.ts'

/** This will split an amount into equal parts; the first ones carry the cents that do not divide: 100 by 3 is 34, 33, 33. */
export function splitEvenly(amountCents: Cents, count: number): Cents[] {
  const rest = amountCents % count
  const part = (amountCents - rest) / count
  return Array.from({ length: count }, (_, index) => part + (index < rest ? 1 : 0))
}

/** A part of an amount, to be paid by a day. */
export interface ScheduledPayment {
  dueDate: LocalDate
  amountCents: Cents
}

/** What a client allows of schedules of payments. */
export interface ScheduleLimits {
  maxPayments: number
  /** Of the last payment, after the first day. */
  maxDays: number
  minAmountCents: Cents
  /** How much of the whole the first payment is at least, 0 to 100. */
  frontLoadPercent: number
}

/**
 * This will refuse a schedule of payments that breaks a limit: not in order or in the past, not summing to the whole, too
 * many, too far, too small, or too little at first.
 */
export function requireSchedule(
  payments: readonly ScheduledPayment[],
  { amountCents, day, limits }: { amountCents: Cents; day: LocalDate; limits: ScheduleLimits },
): void {
  for (const payment of payments) requireAmount(payment.amountCents, 'A scheduled payment')
  const fault = scheduleFault(payments, amountCents, day, limits)
  if (fault) throw new Refusal('rule', fault[0], fault[1])
}

function scheduleFault(
  payments: readonly ScheduledPayment[],
  amountCents: Cents,
  day: LocalDate,
  limits: ScheduleLimits,
): [code: string, sentence: string] | undefined {
  const { maxPayments, maxDays, minAmountCents, frontLoadPercent } = limits
  const [first] = payments
  const dates = payments.map(({ dueDate }) => dueDate)
  if (!first || payments.length > maxPayments)
    return ['schedule_count', `A schedule has 1 to ${maxPayments} payments.`]
  if (dates.some((date, index) => date <= (dates[index - 1] ?? '')) || first.dueDate < day)
    return ['schedule_order', `Scheduled payments follow each other, from ${day} on.`]
  if (sumCents(payments.map((one) => one.amountCents)) !== amountCents)
    return ['schedule_sum', `The scheduled payments have to sum to ${amountCents} cents.`]
  if (dates.some((date) => daysBetween(day, date) > maxDays))
    return ['schedule_too_far', `The last payment is at most ${maxDays} days after ${day}.`]
  if (payments.some((one) => one.amountCents < Math.min(minAmountCents, amountCents)))
    return ['schedule_too_small', `Each payment is at least ${minAmountCents} cents.`]
  if (first.amountCents * 100 < amountCents * frontLoadPercent)
    return ['schedule_front_load', `The first payment is at least ${frontLoadPercent} % of the whole.`]
  return undefined
}

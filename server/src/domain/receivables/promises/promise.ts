import type { Cents } from '../../../platform/money.ts'
import { addDays, type LocalDate } from '../../../platform/time.ts'
import { type ScheduledPayment, splitEvenly } from '../contracts/instalments.ts'

/** Money that an account received on a day after a promise was made, less what of it was taken back since. */
export interface Receipt {
  day: LocalDate
  amountCents: Cents
}

/** A scheduled payment with what was received for it. */
export interface PromisedPayment extends ScheduledPayment {
  receivedCents: Cents
}

/** This will share what was received over the scheduled payments, the earliest first. */
export function receivedFor(payments: readonly ScheduledPayment[], receivedCents: Cents): PromisedPayment[] {
  let left = Math.max(0, receivedCents)
  return payments.map((payment) => {
    const own = Math.min(left, payment.amountCents)
    left -= own
    return { ...payment, receivedCents: own }
  })
}

/**
 * This will tell whether a promise is kept, broken or neither on a day: kept when all of it was received, broken when by
 * the grace of a scheduled payment less was received than promised until then.
 */
export function standingOf(
  payments: readonly ScheduledPayment[],
  receipts: readonly Receipt[],
  { day, graceDays }: { day: LocalDate; graceDays: number },
): 'kept' | 'broken' | 'open' {
  const receivedBy = (until: LocalDate) => sum(receipts.filter((one) => one.day <= until))
  let promised = 0
  for (const { dueDate, amountCents } of payments) {
    promised += amountCents
    const lastDay = addDays(dueDate, graceDays)
    if (lastDay < day && receivedBy(lastDay) < promised) return 'broken'
  }
  return sum(receipts) >= promised ? 'kept' : 'open'
}

const sum = (amounts: readonly { amountCents: Cents }[]) =>
  amounts.reduce((total, one) => total + one.amountCents, 0)

/**
 * This will propose a schedule: the first payment carries its front load, the others are equal; what does not divide is on
 * the first or the last.
 */
export function proposeSchedule(input: {
  amountCents: Cents
  dueDates: readonly LocalDate[]
  frontLoadPercent: number
  remainderOn: 'first' | 'last'
}): ScheduledPayment[] {
  const { amountCents, dueDates, frontLoadPercent, remainderOn } = input
  const count = dueDates.length
  if (count === 0) return []
  const equal = splitEvenly(amountCents, count)
  const least = Math.ceil((amountCents * frontLoadPercent) / 100)
  const first = equal[0] ?? 0
  const parts = first >= least ? equal : [least, ...splitEvenly(amountCents - least, count - 1)]
  const small = parts.slice(1).at(-1) ?? 0
  const tail = parts.slice(1).map(() => small)
  const rest = parts.slice(1).reduce((total, part) => total + part - small, 0)
  const leading = (parts[0] ?? 0) + (remainderOn === 'first' ? rest : 0)
  if (remainderOn === 'last' && tail.length > 0) tail[tail.length - 1] = small + rest
  return [leading, ...tail].map((part, index) => ({ dueDate: dueDates[index] ?? '', amountCents: part }))
}

import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { splitEvenly } from '../contracts/instalments.ts'
import type { ArrangementPolicy } from './policy.ts'

/** A part of an arrangement: with a bill, or due on a day. */
export interface PlannedInstalment {
  amountCents: Cents
  /** Absent: asked with a bill, one a month. */
  dueDate?: LocalDate
}

/** How the rest after a down payment is split: into so many parts, parts of so much, or as listed. */
export type Split = { count: number } | { partCents: Cents } | { parts: readonly PlannedInstalment[] }

/** This will split a debt: equal parts, or parts of one size and a smaller last one. Refuses parts that do not sum to it. */
export function splitDebt(amountCents: Cents, split: Split): PlannedInstalment[] {
  if ('count' in split) {
    if (!Number.isInteger(split.count) || split.count < 1)
      throw new Refusal(
        'malformed',
        'instalment_count',
        'The number of instalments is a whole number above zero.',
      )
    return splitEvenly(amountCents, split.count).map((part) => ({ amountCents: part }))
  }
  if ('partCents' in split) {
    requireAmount(split.partCents, 'An instalment')
    const whole = Math.floor(amountCents / split.partCents)
    const last = amountCents - whole * split.partCents
    const parts = Array.from({ length: Math.min(whole, MOST_PARTS) }, () => split.partCents)
    return [...parts, ...(last > 0 ? [last] : [])].map((part) => ({ amountCents: part }))
  }
  for (const part of split.parts) requireAmount(part.amountCents, 'An instalment')
  if (sumCents(split.parts.map((part) => part.amountCents)) === amountCents) return [...split.parts]
  throw new Refusal('rule', 'schedule_sum', `The instalments have to sum to ${amountCents} cents.`)
}

/** More than any client allows: keeps a slip of the pen from filling memory. */
const MOST_PARTS = 100

/** This will refuse instalments beyond a client's limits; a last part may be smaller than the least. */
export function requireInstalments(
  instalments: readonly PlannedInstalment[],
  { maxInstalments, minInstalmentCents }: ArrangementPolicy,
  day: LocalDate,
): void {
  if (instalments.length === 0 || instalments.length > maxInstalments)
    throw new Refusal('rule', 'schedule_count', `An arrangement has 1 to ${maxInstalments} instalments.`)
  if (instalments.slice(0, -1).some((one) => one.amountCents < minInstalmentCents))
    throw new Refusal(
      'rule',
      'schedule_too_small',
      `Each instalment is at least ${minInstalmentCents} cents.`,
    )
  const dates = instalments.flatMap(({ dueDate }) => (dueDate === undefined ? [] : [dueDate]))
  if (dates.some((date, index) => date <= (dates[index - 1] ?? '')) || (dates[0] ?? day) < day)
    throw new Refusal('rule', 'schedule_order', `Dated instalments follow each other, from ${day} on.`)
}

/** This will refuse a down payment that is not below the debt, or less than the client asks for. */
export function requireDownPayment(
  downPaymentCents: Cents,
  amountCents: Cents,
  { downPaymentPercent }: ArrangementPolicy,
): void {
  if (downPaymentCents !== 0) requireAmount(downPaymentCents, 'The down payment')
  if (downPaymentCents >= amountCents)
    throw new Refusal('rule', 'down_payment_whole', 'The down payment is less than the whole debt.')
  if (downPaymentCents * 100 < amountCents * downPaymentPercent)
    throw new Refusal('rule', 'schedule_front_load', `At least ${downPaymentPercent} % are paid at once.`)
}

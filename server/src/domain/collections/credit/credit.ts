import { type LocalDate, Temporal } from '../../../platform/time.ts'
import type { CollectionsPolicy } from '../policy.ts'

export type CreditKind =
  | 'returned_payment'
  | 'late_payment'
  | 'cut'
  | 'broken_promise'
  | 'write_off'
  | 'bankruptcy'
  | 'manual'

/** Points for (above zero) or against a billing account, for a time. */
export interface CreditEvent {
  customerId: number
  eventNumber: number
  accountNumber: number
  kind: CreditKind
  points: number
  cashOnlyPoints: number
  startDate: LocalDate
  /** The first day on which they no longer count. */
  endDate: LocalDate
  /** The same cause counts once: `payment:100000042-7`. */
  cause: string
  note: string
}

export interface CreditRating {
  score: number
  cashOnlyPoints: number
  /** Only cash is taken from it. */
  cashOnly: boolean
  /** Its score asks for a deposit. */
  depositDue: boolean
  /** What counts on the day. */
  events: CreditEvent[]
}

/** This will sum what counts on a day onto the score that every account begins with. */
export function creditRatingOf(
  events: readonly CreditEvent[],
  { credit }: Pick<CollectionsPolicy, 'credit'>,
  day: LocalDate,
): CreditRating {
  const counting = events.filter((one) => one.startDate <= day && day < one.endDate)
  const score = counting.reduce((sum, one) => sum + one.points, credit.startScore)
  const cashOnlyPoints = counting.reduce((sum, one) => sum + one.cashOnlyPoints, 0)
  return {
    score,
    cashOnlyPoints,
    cashOnly: cashOnlyPoints >= credit.cashOnlyFrom,
    depositDue: score < credit.depositBelow,
    events: counting,
  }
}

/** This will tell from which day on points no longer count. */
export function pointsEnd(startDate: LocalDate, months: number): LocalDate {
  return Temporal.PlainDate.from(startDate).add({ months }).toString()
}

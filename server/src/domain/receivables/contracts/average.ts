import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import { daysBetween, type LocalDate } from '../../../platform/time.ts'
import type { Agreement } from '../../agreements/index.ts'
import { selectChargeHistory } from '../store/budget.ts'
import { addMonths } from './months.ts'

/** What an agreement was charged in the last twelve months, and over how many days. */
export interface YearOfCharges {
  agreementId: number
  chargedCents: Cents
  /** The days that were charged: a year, or fewer from the start of service on. */
  days: number
}

const YEAR_DAYS = 365

/** This will read what agreements were charged in the twelve months up to and with a day. Those never charged are left out. */
export async function yearOfCharges(
  tx: Tx,
  customerId: number,
  agreements: readonly Pick<Agreement, 'agreementId' | 'startDate'>[],
  day: LocalDate,
): Promise<YearOfCharges[]> {
  const after = addMonths(day, -12)
  const history = await selectChargeHistory(tx, customerId, { after, until: day })
  return history.flatMap(({ agreementId, chargedCents, lastDay }) => {
    const agreement = agreements.find((one) => one.agreementId === agreementId)
    if (!agreement) return []
    const days = agreement.startDate <= after ? YEAR_DAYS : daysBetween(agreement.startDate, lastDay)
    return days > 0 ? [{ agreementId, chargedCents, days: Math.min(days, YEAR_DAYS) }] : []
  })
}

/** This will tell an average month of a span of charges, to the cent: a twelfth of a year, or of what a year would be. */
export function averageMonthCents({
  chargedCents,
  days,
}: Pick<YearOfCharges, 'chargedCents' | 'days'>): Cents {
  const [part, whole] = [BigInt(chargedCents) * BigInt(YEAR_DAYS), BigInt(days) * 12n]
  return Number((2n * part + whole) / (2n * whole))
}

/** This will round an amount up to a whole number of steps: 10120 by 100 is 10200. */
export function roundUp(amountCents: Cents, stepCents: number): Cents {
  return Math.ceil(amountCents / stepCents) * stepCents
}

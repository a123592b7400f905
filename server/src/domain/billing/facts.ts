import { decimal, decimalText, multiply } from '../../platform/decimal.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { BillableAgreement } from '../agreements/index.ts'
import type { RatingFacts, RatingHistory } from '../rating/index.ts'
import type { Period } from './cycle.ts'

const HUNDRED = decimal('100')

/** This will gather what rating must know of an agreement: the facts and exemptions in force when the period begins. */
export function factsOf(agreement: BillableAgreement, period: Period, history?: RatingHistory): RatingFacts {
  const values: Record<string, string> = {}
  let items: RatingFacts['items']
  for (const fact of agreement.facts) {
    if (!isInForce(fact, period)) continue
    if (fact.factCode === 'items') items = fact.value as RatingFacts['items']
    else values[fact.factCode] = typeof fact.value === 'string' ? fact.value : JSON.stringify(fact.value)
  }
  const exemptPercent: Record<string, string> = {}
  for (const { kind, taxCategory, share, ...dates } of agreement.exemptions)
    if (kind === 'tax' && taxCategory !== null && isInForce(dates, period))
      exemptPercent[taxCategory] = decimalText(multiply(decimal(share), HUNDRED))
  return { values, exemptPercent, ...(items && { items }), ...(history && { history }) }
}

function isInForce(row: { startDate: LocalDate; endDate: LocalDate | null }, { start }: Period): boolean {
  return row.startDate <= start && (row.endDate === null || row.endDate > start)
}

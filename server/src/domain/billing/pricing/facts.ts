import { decimal, decimalText, multiply, parseDecimal } from '../../../platform/decimal.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { BillableAgreement } from '../../agreements/index.ts'
import type { RatingFacts, RatingHistory } from '../../rating/index.ts'
import type { CalcRule } from '../../tariffs/index.ts'
import type { Period } from '../runs/cycle.ts'
import type { PlanVersion } from './plan.ts'

const HUNDRED = decimal('100')

/** Facts that set a price or a factor of the agreement's own: `price:RULE`, `price:RULE/PERIOD`, `factor:FACTOR`. */
const CONTRACTED = /^(price|factor):(.+)$/

/**
 * This will gather what rating must know of an agreement: the facts and exemptions in force when the period begins.
 * Refuses a contracted price or factor that is no number.
 */
export function factsOf(agreement: BillableAgreement, period: Period, history?: RatingHistory): RatingFacts {
  const values: Record<string, string> = {}
  const prices: Record<string, string> = {}
  const factors: Record<string, string> = {}
  let items: RatingFacts['items']
  for (const fact of agreement.facts) {
    if (!isInForce(fact, period)) continue
    const text = typeof fact.value === 'string' ? fact.value : JSON.stringify(fact.value)
    const [, kind, name] = CONTRACTED.exec(fact.factCode) ?? []
    if (fact.factCode === 'items') items = fact.value as RatingFacts['items']
    else if (kind === undefined || name === undefined) values[fact.factCode] = text
    else (kind === 'price' ? prices : factors)[name] = numberText(fact.factCode, text)
  }
  const exemptPercent: Record<string, string> = {}
  for (const { kind, taxCategory, share, ...dates } of agreement.exemptions)
    if (kind === 'tax' && taxCategory !== null && isInForce(dates, period))
      exemptPercent[taxCategory] = decimalText(multiply(decimal(share), HUNDRED))
  return {
    values,
    exemptPercent,
    ...(items && { items }),
    ...(Object.keys(prices).length > 0 && { prices }),
    ...(Object.keys(factors).length > 0 && { factors }),
    ...(history && { history }),
  }
}

function numberText(factCode: string, text: string): string {
  if (parseDecimal(text)) return text
  throw new Refusal(
    'rule',
    'contract_not_number',
    `The fact "${factCode}" of the agreement is "${text}", which is no number; correct it and bill again.`,
  )
}

/** Refuses a contracted price or factor that none of the plans takes: it would be billed at the tariff's without a word. */
export function refuseUntaken(facts: RatingFacts, versions: readonly PlanVersion[]): void {
  const plans = versions.map(({ compiled }) => compiled.version)
  const rules = new Set(plans.flatMap((plan) => plan.rules.flatMap(pricesOf)))
  const factors = new Set(
    plans.flatMap((plan) => plan.factors.filter(({ overridable }) => overridable).map(({ code }) => code)),
  )
  const untaken = [
    ...Object.keys(facts.prices ?? {}).flatMap((name) => (rules.has(name) ? [] : [`price:${name}`])),
    ...Object.keys(facts.factors ?? {}).flatMap((name) => (factors.has(name) ? [] : [`factor:${name}`])),
  ]
  if (untaken[0] === undefined) return
  const codes = [...new Set(versions.map(({ compiled }) => compiled.tariffCode))].join(', ')
  throw new Refusal(
    'rule',
    'contract_not_taken',
    `The agreement has contracted "${untaken[0]}", but plan ${codes} has no such price or overridable factor; correct or end the fact.`,
  )
}

/** The names of a rule's prices that a contract may replace: its own, and one for each time-of-use period. */
function pricesOf(rule: CalcRule): string[] {
  switch (rule.kind) {
    case 'flat_charge':
    case 'slab_set':
    case 'apply_to':
      return [rule.code]
    case 'service_quantity':
      return [rule.code, ...rule.prices.flatMap(({ tou }) => (tou ? [`${rule.code}/${tou}`] : []))]
    default:
      return []
  }
}

function isInForce(row: { startDate: LocalDate; endDate: LocalDate | null }, { start }: Period): boolean {
  return row.startDate <= start && (row.endDate === null || row.endDate > start)
}

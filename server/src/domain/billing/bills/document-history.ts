import type { ComparedPeriod, DocumentComparison, DocumentUsage } from '../../../formats/pdf/index.ts'
import {
  add,
  type Decimal,
  decimalOf,
  decimalText,
  divide,
  negate,
  round,
  subtract,
  ZERO,
} from '../../../platform/decimal.ts'
import { addDays, daysBetween, type LocalDate, Temporal } from '../../../platform/time.ts'
import type { Usage } from '../../usage/index.ts'
import type { Charge } from '../charges/charge.ts'
import { type Language, say, wordAmount } from './document-words.ts'

const MONTHS_SHOWN = 13

/** The consumption that a usage was made of: the first quantity without a time-of-use period or special kind. */
function consumptionOf(usage: Usage): { value: Decimal; unit: string } | undefined {
  const line = usage.quantities.find((quantity) => !quantity.kind && !quantity.touCode)
  return line && { value: decimalOf(line.quantity, line.scale), unit: line.unit }
}

/** This will draw the months up to a usage's own, the same month of last year first; undefined when it measures nothing. */
export function usageChart(usage: Usage, usages: readonly Usage[]): DocumentUsage | undefined {
  const own = consumptionOf(usage)
  if (!own) return undefined
  const months = new Map<string, { value: Decimal; estimated: boolean }>()
  for (const one of usages) {
    const used = consumptionOf(one)
    if (!used || used.unit !== own.unit) continue
    const month = monthOf(one.endDate)
    const before = months.get(month)
    const value = add(before?.value ?? ZERO, used.value)
    months.set(month, { value, estimated: one.estimated || (before?.estimated ?? false) })
  }
  const last = Temporal.PlainDate.from(`${monthOf(usage.endDate)}-01`)
  const bars = Array.from({ length: MONTHS_SHOWN }, (_, index) => {
    const date = last.subtract({ months: MONTHS_SHOWN - 1 - index }).toString()
    const known = months.get(date.slice(0, 7))
    if (!known) return { date, estimated: false }
    return { date, value: decimalText(round(known.value, 1)), estimated: known.estimated }
  })
  return { unit: own.unit, every: 'month', bars }
}

/** A period belongs to the month of its last day. */
function monthOf(end: LocalDate): string {
  return addDays(end, -1).slice(0, 7)
}

/** This will set a charge beside the one before it and the one of a year ago, by day. */
export function compare(
  charge: Charge,
  earlier: readonly Charge[],
  usages: readonly Usage[],
): DocumentComparison | undefined {
  const usage = usages.find((one) => one.usageId === charge.usageId)
  const own = usage && consumptionOf(usage)
  if (!own) return undefined
  const yearAgo = Temporal.PlainDate.from(charge.startDate).subtract({ years: 1 }).toString()
  const periodOf = (one: Charge | undefined) => one && comparedPeriod(one, usages)
  const lastPeriod = periodOf(chargeBefore(charge, earlier))
  const lastYear = periodOf(earlier.find((one) => one.startDate <= yearAgo && yearAgo < one.endDate))
  const thisPeriod = comparedPeriod(charge, usages)
  if (!thisPeriod) return undefined
  return { unit: own.unit, thisPeriod, ...(lastPeriod && { lastPeriod }), ...(lastYear && { lastYear }) }
}

function chargeBefore(charge: Charge, earlier: readonly Charge[]): Charge | undefined {
  return earlier.find((one) => one.endDate === charge.startDate)
}

function comparedPeriod(charge: Charge, usages: readonly Usage[]): ComparedPeriod | undefined {
  const usage = usages.find((one) => one.usageId === charge.usageId)
  const used = usage && consumptionOf(usage)
  if (!used) return undefined
  const days = daysBetween(charge.startDate, charge.endDate)
  return {
    period: { start: charge.startDate, end: charge.endDate },
    usagePerDay: decimalText(round(divide(used.value, decimalOf(days)), 1), 1),
    costPerDayCents: Math.round(charge.amountCents / days),
  }
}

/** This will say in one sentence how a charge differs from the one before: amount, usage, days. */
export function explainChange(
  charge: Charge,
  earlier: readonly Charge[],
  usages: readonly Usage[],
  language: Language,
): string | undefined {
  const before = chargeBefore(charge, earlier)
  if (!before) return undefined
  const difference = charge.amountCents - before.amountCents
  const word = difference > 0 ? 'more' : difference < 0 ? 'less' : 'same'
  const causes = [usageCause(charge, before, usages, language), daysCause(charge, before, language)]
  const said = causes.filter((cause) => cause !== undefined)
  const head = say(language, word, { amount: wordAmount(difference) })
  const joint = language === 'es' ? ' y ' : ' and '
  return said.length === 0 || difference === 0 ? `${head}.` : `${head}: ${said.join(joint)}.`
}

function usageCause(charge: Charge, before: Charge, usages: readonly Usage[], language: Language) {
  const [now, then] = [charge, before].map((one) => {
    const usage = usages.find((candidate) => candidate.usageId === one.usageId)
    return usage && consumptionOf(usage)
  })
  if (!now || !then || now.unit !== then.unit) return undefined
  const change = round(subtract(now.value, then.value), 1)
  if (change.units === 0n) return undefined
  const quantity = decimalText(change.units < 0n ? negate(change) : change)
  return say(language, change.units > 0n ? 'usedMore' : 'usedLess', { quantity, unit: now.unit })
}

function daysCause(charge: Charge, before: Charge, language: Language) {
  const days = daysBetween(charge.startDate, charge.endDate) - daysBetween(before.startDate, before.endDate)
  if (days === 0) return undefined
  return say(language, days > 0 ? 'longer' : 'shorter', { days: Math.abs(days) })
}

import { Refusal } from '../../../platform/errors.ts'
import type { RatingFacts } from '../../rating/index.ts'
import {
  dayWithoutValue,
  type SharedValues,
  sharedValuesSeen,
  type TariffVersion,
  yearWithoutHolidays,
} from '../../tariffs/index.ts'
import type { PlanVersion } from './plan.ts'

/**
 * This will give the shared values that an agreement is priced with, to be kept with its charge; undefined when its
 * plans take none. Refuses: a day without a value of a factor that prices it, a year without holidays.
 */
export function sharedValuesOf(
  versions: readonly PlanVersion[],
  facts: Omit<RatingFacts, 'history'>,
): SharedValues | undefined {
  let seen: SharedValues | undefined
  const values = facts.values ?? {}
  for (const { compiled, shared, start, end } of versions) {
    if (!shared) continue
    const { tariffCode, version } = compiled
    refuseUnvalued(tariffCode, version, shared, values, { start, end })
    const own = sharedValuesSeen(shared, version, values, { start, end })
    seen = {
      factors: merged(seen?.factors, own.factors),
      holidays: merged(seen?.holidays, own.holidays),
    }
  }
  return seen
}

/** Two parts of a charge may share a factor: each saw other days of it. */
function merged<Row>(
  known: Record<string, Row[]> | undefined,
  more: Record<string, Row[]>,
): Record<string, Row[]> {
  const all = { ...known }
  for (const [code, rows] of Object.entries(more)) {
    const present = new Set((all[code] ?? []).map((row) => JSON.stringify(row)))
    all[code] = [...(all[code] ?? []), ...rows.filter((row) => !present.has(JSON.stringify(row)))]
  }
  return all
}

function refuseUnvalued(
  tariffCode: string,
  version: TariffVersion,
  shared: SharedValues,
  facts: Readonly<Record<string, string>>,
  period: { start: string; end: string },
): void {
  const year = yearWithoutHolidays(shared, version, period)
  if (year !== undefined)
    throw new Refusal(
      'rule',
      'holidays_missing',
      `Tariff ${tariffCode} follows the holiday calendar "${version.holidayCalendar}", which holds no day of ${year}; add the holidays of that year.`,
    )
  const rules = version.rules.filter(({ when }) =>
    Object.entries(when ?? {}).every(([name, value]) => facts[name] === value),
  )
  const used = factorsNamed(rules)
  for (const factor of version.sharedFactors ?? []) {
    const day = used.has(factor.code) ? dayWithoutValue(shared, factor, facts, period) : undefined
    if (day === undefined) continue
    const of = factor.by === undefined ? '' : ` for ${factor.by} ${facts[factor.by] ?? '(not set)'}`
    throw new Refusal(
      'rule',
      'factor_value_missing',
      `Bill factor "${factor.code}" of tariff ${tariffCode} has no value${of} on ${day}; set one from that day or before.`,
    )
  }
}

function factorsNamed(rules: readonly unknown[]): Set<string> {
  const names = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value))
      if (key === 'factor' && typeof inner === 'string') names.add(inner)
      else look(inner)
  }
  look(rules)
  return names
}

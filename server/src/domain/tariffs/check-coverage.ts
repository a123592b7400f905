import { addDays } from '../../platform/time.ts'
import { inSeason } from './calendar.ts'
import type { TariffVersion } from './tariff.ts'

type Report = (path: string, message: string) => void

const LEAP_YEAR = '2024-01-01'

/** This will find days without a price or with two, factors without a value when the version begins, and unknown units. */
export function coverageFaults(version: TariffVersion, report: Report): void {
  for (const [index, rule] of version.rules.entries())
    if (rule.kind === 'service_quantity') {
      const codes = new Set(rule.prices.flatMap((row) => row.season ?? []))
      const everyDay = rule.prices.some((row) => row.season === undefined)
      if (codes.size > 0 && !everyDay)
        seasonFaults(version, [...codes], rule.seasons, `/rules/${index}/prices`, report)
    }
  factorFaults(version, report)
  unitFaults(version, report)
}

/** Days that no season of the prices holds, or two: the first of each. */
function seasonFaults(
  version: TariffVersion,
  priced: readonly string[],
  only: readonly string[] | undefined,
  place: string,
  report: Report,
): void {
  const seasonsOf = (codes: readonly string[]) => version.seasons.filter(({ code }) => codes.includes(code))
  const [own, within] = [seasonsOf(priced), only && seasonsOf(only)]
  const told = new Set<string>()
  for (let day = 0; day < 366; day++) {
    const date = addDays(LEAP_YEAR, day)
    if (within && !within.some((season) => inSeason(season, date))) continue
    const holding = own.filter((season) => inSeason(season, date)).map(({ code }) => code)
    if (holding.length === 1) continue
    const message =
      holding.length === 0
        ? `no season of these prices holds ${date.slice(5)}`
        : `seasons ${holding.join(' and ')} both hold ${date.slice(5)}`
    const kind = holding.join(' ')
    if (!told.has(kind)) report(place, message)
    told.add(kind)
  }
}

/** A factor must have a value on the first day of the version that prices with it. */
function factorFaults(version: TariffVersion, report: Report): void {
  const used = new Set(factorNames(version.rules))
  for (const [index, { code, values }] of version.factors.entries()) {
    const first = values.map(({ from }) => from).sort()[0]
    if (used.has(code) && first !== undefined && first > version.effectiveFrom)
      report(
        `/factors/${index}/values`,
        `factor "${code}" has no value from ${version.effectiveFrom}, when the version begins, to ${first}`,
      )
    const seen = new Set<string>()
    for (const [row, { from, where = {} }] of values.entries()) {
      const key = JSON.stringify([from, Object.entries(where).sort()])
      if (seen.has(key))
        report(`/factors/${index}/values/${row}`, `factor "${code}" has two values from ${from}`)
      seen.add(key)
    }
  }
}

function factorNames(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'factor' && typeof inner === 'string' ? [inner] : factorNames(inner),
  )
}

/** Units in which meters, registers and markets give quantities. */
const UNITS = [
  ...['Wh', 'kWh', 'MWh', 'W', 'kW', 'MW', 'VAh', 'kVAh', 'kVA', 'varh', 'kvarh', 'kvar', 'hp'],
  ...['Btu', 'therm', 'Dth', 'MJ', 'GJ', 'L', 'm3', 'cf', 'ccf', 'mcf', 'gal', 'kgal'],
]

/** A unit that is measured is one of those known; one that is computed is of the tariff's own making. */
function unitFaults(version: TariffVersion, report: Report): void {
  for (const [index, quantity] of version.quantities.entries()) {
    const measured =
      quantity.fn === 'usage' ? { unit: quantity.unit } : 'from' in quantity ? { from: quantity.from } : {}
    for (const [field, unit] of Object.entries(measured))
      if (typeof unit === 'string' && !UNITS.includes(unit))
        report(`/quantities/${index}/${field}`, `there is no unit "${unit}"`)
  }
}

/** This will list the units that usage may be measured in. */
export function knownUnits(): readonly string[] {
  return UNITS
}

import { compare, decimal } from '../../platform/decimal.ts'
import type { TariffVersion } from './tariff.ts'
import type { Band, Base, CalcRule, PriceRow } from './tariff-rule.ts'

type Report = (path: string, message: string) => void
type QuantityRule = Extract<CalcRule, { kind: 'service_quantity' }>

/** This will find rules that name what is not there, bases that come later, and steps that go down. */
export function ruleFaults(version: TariffVersion, report: Report): void {
  const earlier = new Set<string>()
  const classes = new Set<string>()
  for (const [index, rule] of version.rules.entries()) {
    const below: Report = (path, message) => report(`/rules/${index}${path}`, message)
    sharedFaults(version, rule, below)
    if (rule.kind === 'service_quantity') quantityRuleFaults(version, rule, below)
    if (rule.kind === 'slab_set')
      for (const [set, { bands }] of rule.sets.entries())
        bandFaults(version, bands, `/sets/${set}/bands`, below)
    if (rule.kind === 'service_quantity' || rule.kind === 'slab_set')
      if (!version.quantities.some((quantity) => quantity.code === rule.quantity))
        below('/quantity', `there is no quantity "${rule.quantity}"`)
    for (const line of named(rule, 'line'))
      if (!earlier.has(line)) below('', `there is no rule "${line}" before this one`)
    for (const [name, base] of basesOf(rule)) baseFaults(base, earlier, classes, `/${name}`, below)
    earlier.add(rule.code)
    classes.add(rule.class)
  }
}

function basesOf(rule: CalcRule): [string, Base][] {
  if (rule.kind === 'credit_bank')
    return [
      ['earns', rule.earns],
      ['offsets', rule.offsets],
    ]
  return 'base' in rule ? [['base', rule.base]] : []
}

function baseFaults(
  base: Base,
  earlier: ReadonlySet<string>,
  classes: ReadonlySet<string>,
  place: string,
  report: Report,
): void {
  for (const rule of [...(base.rules ?? []), ...(base.except ?? [])])
    if (!earlier.has(rule)) report(place, `there is no rule "${rule}" before this one`)
  if (base.classes && !base.classes.some((name) => classes.has(name)))
    report(place, `no rule before this one is of class ${base.classes.join(', ')}`)
}

function sharedFaults(version: TariffVersion, rule: CalcRule, report: Report): void {
  for (const season of rule.seasons ?? []) seasonFault(version, season, '/seasons', report)
  for (const factor of named(rule, 'factor'))
    if (![...version.factors, ...(version.sharedFactors ?? [])].some((known) => known.code === factor))
      report('', `there is no bill factor "${factor}"`)
}

/** This will list the names that prices anywhere in a rule or quantity give under a key. */
export function named(value: unknown, under: 'factor' | 'line'): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === under && typeof inner === 'string' ? [inner] : named(inner, under),
  )
}

function seasonFault(version: TariffVersion, season: string, place: string, report: Report): void {
  if (!version.seasons.some((known) => known.code === season)) report(place, `there is no season "${season}"`)
}

function quantityRuleFaults(version: TariffVersion, rule: QuantityRule, report: Report): void {
  const quantity = version.quantities.find((known) => known.code === rule.quantity)
  const mapCode = quantity && 'tou' in quantity ? quantity.tou : undefined
  const map = version.touMaps.find((known) => known.code === mapCode)
  for (const [index, row] of rule.prices.entries()) {
    const place = `/prices/${index}`
    if (row.season !== undefined) seasonFault(version, row.season, `${place}/season`, report)
    if (row.tou !== undefined && map && !map.periods.some((period) => period.code === row.tou))
      report(`${place}/tou`, `map "${map.code}" has no period "${row.tou}"`)
    bandFaults(version, row.bands, `${place}/bands`, report)
    const followsCurve = row.bands.some(({ price }) => typeof price === 'object' && 'curve' in price)
    if (followsCurve && row.bands.length > 1) report(`${place}/bands`, 'a price curve cannot have steps')
    const isOneFlow = quantity?.fn === 'usage' && ['delivered', 'received'].includes(quantity.flow)
    if (followsCurve && (row.tou !== undefined || (quantity && !isOneFlow)))
      report(
        `${place}/bands`,
        'a price curve prices all that is delivered or received, not a part or a difference',
      )
  }
  if (rule.fill === 'chronological' && rule.mode === 'volume')
    report('/fill', 'a volume price has no order in time: use graduated')
  const inTime = rule.fill === 'chronological' && rule.prices.some((row) => row.bands.length > 1)
  if (inTime && !hasTimes(version, quantity))
    report('/fill', 'steps fill in time order only for the unrounded delivered or received use of intervals')
  const unpriced = quantity?.fn === 'usage' && map ? unpricedPeriods(rule.prices, map.periods) : []
  for (const period of unpriced) report('/prices', `period "${period}" of map "${map?.code}" has no price`)
}

function hasTimes(
  version: TariffVersion,
  quantity: TariffVersion['quantities'][number] | undefined,
): boolean {
  if (quantity?.fn !== 'usage' || quantity.flow === 'net' || quantity.flow === 'surplus') return false
  return !version.rounding.quantities.some((row) => row.unit === quantity.unit)
}

function unpricedPeriods(rows: readonly PriceRow[], periods: readonly { code: string }[]): string[] {
  if (rows.some((row) => row.tou === undefined)) return []
  return periods.map(({ code }) => code).filter((code) => !rows.some((row) => row.tou === code))
}

/** Literal limits of one basis must go up; only the last band may be without end, or steps would never be reached. */
function bandFaults(version: TariffVersion, bands: readonly Band[], place: string, report: Report): void {
  for (const [index, band] of bands.entries()) {
    const at = `${place}/${index}`
    const before = bands[index - 1]
    if (before && !before.upTo) report(at, 'a step after one without end is never reached')
    const [low, high] = [before?.upTo, band.upTo]
    if (
      low &&
      high &&
      low.per === high.per &&
      typeof low.value === 'string' &&
      typeof high.value === 'string'
    )
      if (compare(decimal(high.value), decimal(low.value)) <= 0)
        report(`${at}/upTo`, `the step ends at ${high.value}, not above the ${low.value} of the one before`)
    if (band.upTo?.per.startsWith('kw'))
      if (!version.quantities.some((quantity) => quantity.code === band.upTo?.of))
        report(`${at}/upTo/of`, 'an hours-use limit must name the quantity that it multiplies')
    if (band.within) bandFaults(version, band.within, `${at}/within`, report)
  }
}

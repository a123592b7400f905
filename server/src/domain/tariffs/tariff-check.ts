import type { Fault } from '../../platform/errors.ts'
import { Refusal } from '../../platform/errors.ts'
import { isTimeZone } from '../../platform/time.ts'
import { coverageFaults } from './check-coverage.ts'
import { TariffDocument, type TariffVersion } from './tariff.ts'
import { named, ruleFaults } from './tariff-check-rules.ts'
import { touFaults } from './tariff-check-tou.ts'
import { parseFormula } from './tariff-formula.ts'

/** Adds a fault at a place below the one it was made for. */
export type Report = (path: string, message: string) => void

/** This will read a tariff document. Refuses one with faults, each with its place and reason. */
export function readTariff(json: unknown): TariffDocument {
  const parsed = TariffDocument.safeParse(json)
  const faults = parsed.success
    ? checkTariff(parsed.data)
    : parsed.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, message: issue.message }))
  if (parsed.success && faults.length === 0) return parsed.data
  const [first] = faults
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more faults)` : ''
  throw new Refusal(
    'rule',
    'tariff_faulty',
    `The tariff cannot be used: at ${first?.pointer}, ${first?.message}${more}.`,
    faults,
  )
}

/** This will list every fault of a tariff that its shape alone does not show: gaps, unknown names, order. */
export function checkTariff(tariff: TariffDocument): Fault[] {
  const faults: Fault[] = []
  const report: Report = (path, message) => faults.push({ pointer: path, message })
  if (tariff.timeZone !== undefined && !isTimeZone(tariff.timeZone))
    report('/timeZone', `"${tariff.timeZone}" is no IANA time zone`)
  for (const [index, version] of tariff.versions.entries()) {
    const place = `/versions/${index}`
    const earlier = tariff.versions[index - 1]
    if (earlier && earlier.effectiveFrom >= version.effectiveFrom)
      report(
        `${place}/effectiveFrom`,
        `versions must follow in time, but ${version.effectiveFrom} is not after ${earlier.effectiveFrom}`,
      )
    const below: Report = (path, message) => report(place + path, message)
    codeFaults(version, below)
    quantityFaults(version, below)
    touFaults(version, below)
    ruleFaults(version, below)
    coverageFaults(version, below)
  }
  return faults
}

const LISTS = ['seasons', 'touMaps', 'factors', 'quantities', 'rules'] as const

function codeFaults(version: TariffVersion, report: Report): void {
  for (const list of LISTS) {
    const seen = new Set<string>()
    for (const [index, { code }] of version[list].entries()) {
      if (seen.has(code)) report(`/${list}/${index}/code`, `the code "${code}" is used twice`)
      seen.add(code)
    }
  }
  for (const [index, { code }] of (version.sharedFactors ?? []).entries())
    if (version.factors.some((factor) => factor.code === code))
      report(`/sharedFactors/${index}/code`, `the code "${code}" is used twice`)
}

/** A quantity may use those written before it, so that none can use itself. */
function quantityFaults(version: TariffVersion, report: Report): void {
  const known = new Set<string>()
  for (const [index, quantity] of version.quantities.entries()) {
    const place = `/quantities/${index}`
    if ('tou' in quantity && quantity.tou && !version.touMaps.some((map) => map.code === quantity.tou))
      report(`${place}/tou`, `there is no time-of-use map "${quantity.tou}"`)
    if ('of' in quantity && !known.has(quantity.of))
      report(`${place}/of`, `there is no quantity "${quantity.of}" before this one`)
    for (const factor of named(quantity, 'factor'))
      if (![...version.factors, ...(version.sharedFactors ?? [])].some((row) => row.code === factor))
        report(place, `there is no bill factor "${factor}"`)
    if (quantity.fn === 'event_reduction' && quantity.highest > quantity.days)
      report(
        `${place}/highest`,
        `a baseline cannot take the ${quantity.highest} highest of ${quantity.days} days`,
      )
    if (quantity.fn === 'formula')
      formulaFaults(version, quantity.expression, known, `${place}/expression`, report)
    known.add(quantity.code)
  }
}

function formulaFaults(
  version: TariffVersion,
  expression: string,
  known: ReadonlySet<string>,
  place: string,
  report: Report,
): void {
  try {
    for (const name of parseFormula(expression).names)
      if (!known.has(name) && version.quantities.some((quantity) => quantity.code === name))
        report(place, `the quantity "${name}" must be written before the formula that uses it`)
  } catch (error) {
    report(place, error instanceof Error ? error.message : String(error))
  }
}

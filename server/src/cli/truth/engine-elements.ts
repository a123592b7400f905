import { decimal } from '../../platform/decimal.ts'
import type { Comparison } from './comparison.ts'
import { clock, monthSeason, monthsOf } from './engine-year.ts'
import { assertKnown, type ExactObject, list, object, text, texts } from './exact-json.ts'
import {
  channel,
  moneyOf,
  price,
  priced,
  type RuleInput,
  type VersionInput,
  windowMap,
  ZONE,
} from './neutral.ts'
import { Unsupported } from './unsupported.ts'

const ALWAYS = '1970-01-01'

const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** Elements of fixed, time-of-use energy and demand prices, over a year of a repeated day. */
export function annualElements(comparison: Comparison, given: ExactObject): void {
  const inputs = object(given.inputs)
  assertKnown(inputs, ['hourly_kw_pattern_24', 'hours', 'description'], 'inputs')
  assertKnown(object(given.rate), ['elements', 'vocabulary'], 'the rate')
  const pattern = texts(inputs.hourly_kw_pattern_24)
  const hours = Number(text(inputs.hours))
  const scale = Math.max(...pattern.map((kw) => decimal(kw).scale))
  const values = Float64Array.from({ length: hours }, (_, hour) =>
    Math.round(Number(pattern[hour % pattern.length]) * 10 ** scale),
  )
  const version = elementsVersion(list(object(given.rate).elements).map(object))
  for (const row of list(given.expected).map(object)) {
    assertKnown(row, ['clock', 'annual_cost'], 'expected')
    const said = text(row.clock)
    const timeZone = /[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+/.exec(said)?.[0] ?? ZONE
    const year = Number(/\b20\d\d\b/.exec(said + text(given.title))?.[0] ?? '2025')
    const usage = {
      kind: 'interval' as const,
      channels: [channel(values, scale, `${year}-01-01`, timeZone)],
    }
    const charges = monthsOf(year).map(({ start, end }) => price([version], { usage, start, end, timeZone }))
    comparison.number(said, text(row.annual_cost), moneyOf(charges.flatMap((charge) => charge.lines)))
  }
}

type Lists = 'seasons' | 'touMaps' | 'quantities'
type FilledVersion = VersionInput & { [list in Lists]: NonNullable<VersionInput[list]> }

const ELEMENT_FIELDS = ['name', 'rateElementType', 'classification', 'rateComponents']
const COMPONENT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  FixedPerMonth: ['charge'],
  FixedPerDay: ['charge'],
  Demand: ['charge', 'demandPeriod'],
  EnergyTimeOfUse: ['charge', 'months', 'daysOfWeek', 'exceptForDays', 'hourStarts'],
  DemandTimeOfUse: ['charge', 'months', 'daysOfWeek', 'exceptForDays', 'hourStarts', 'demandPeriod'],
}

function elementsVersion(elements: readonly ExactObject[]): VersionInput {
  const version: FilledVersion = {
    effectiveFrom: ALWAYS,
    seasons: [],
    touMaps: [],
    quantities: [],
    rules: [],
  }
  for (const [index, element] of elements.entries()) {
    assertKnown(element, ELEMENT_FIELDS, 'a rate element')
    const kind = text(element.rateElementType)
    const known = COMPONENT_FIELDS[kind]
    if (!known) throw new Unsupported(`no rule reads a rate element ${kind}`)
    for (const [part, component] of list(element.rateComponents).map(object).entries()) {
      assertKnown(component, ['name', ...known], `an element ${kind}`)
      addComponent(version, `e${index}-${part}`, kind, component)
    }
  }
  return version
}

function addComponent(version: FilledVersion, code: string, kind: string, component: ExactObject): void {
  const charge = text(component.charge)
  const isDemand = kind.startsWith('Demand')
  if (isDemand && text(component.demandPeriod, 'monthly') !== 'monthly')
    throw new Unsupported(`no rule bills a demand "${text(component.demandPeriod)}"`)
  if (kind === 'FixedPerMonth') version.rules.push(fixed(code, charge))
  else if (kind === 'FixedPerDay') version.rules.push({ ...fixed(code, charge), per: 'day' })
  else if (kind === 'Demand') {
    version.quantities.push({ code, fn: 'max_demand' })
    version.rules.push(priced(code, code, charge, { measuresPeak: true }))
  } else {
    addWindows(version, code, component)
    const tou = { code, tou: code }
    version.quantities.push(isDemand ? { ...tou, fn: 'max_demand' } : { ...tou, fn: 'usage', unit: 'kWh' })
    version.rules.push(priced(code, code, charge, { tou: 'in', measuresPeak: isDemand }))
  }
}

/** The hours of the days and months of a component, except on listed days. */
function addWindows(version: FilledVersion, code: string, component: ExactObject): void {
  if (list(component.exceptForDays).length > 0)
    throw new Unsupported('no rule leaves out single days (exceptForDays)')
  const months = texts(component.months).map(Number)
  const days = texts(component.daysOfWeek).map((day) => DAY_NAMES[Number(day)] ?? 'sun')
  version.seasons.push({ code, ranges: months.map((month) => monthSeason(month + 1, month + 1)) })
  const rows = texts(component.hourStarts).map((hour) => ({
    days,
    from: clock(Number(hour)),
    until: clock(Number(hour) + 1),
    seasons: [code],
  }))
  version.touMaps.push(windowMap(code, rows))
}

function fixed(code: string, amount: string): Extract<RuleInput, { kind: 'flat_charge' }> {
  return { kind: 'flat_charge', code, text: { en: code }, class: 'fixed', price: amount }
}

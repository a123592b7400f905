import { decimal, decimalText, sum } from '../../platform/decimal.ts'
import { startOfDaySeconds } from '../../platform/time.ts'
import { type CaseResult, Comparison } from './comparison.ts'
import { annualElements } from './engine-elements.ts'
import { toldLoad } from './engine-load.ts'
import { pricedWithLookback } from './engine-lookback.ts'
import { proseRate } from './engine-prose.ts'
import { windowedPeriods } from './engine-windows.ts'
import { monthsOf, total } from './engine-year.ts'
import {
  assertKnown,
  type ExactJson,
  type ExactObject,
  isNumber,
  list,
  object,
  text,
  texts,
} from './exact-json.ts'
import { moneyOf, price, priced, type RuleInput, type VersionInput, ZONE } from './neutral.ts'
import { Unsupported } from './unsupported.ts'

const ALWAYS = '1970-01-01'
const WHOLE_YEAR = { toleranceMinDays: 1, toleranceMaxDays: 366 }

const CASE_FIELDS = [
  'rate',
  'load',
  'first_interval',
  'interval_minutes',
  'inputs',
  'tolerance',
  'second_check',
  'timestamps',
  'unit',
  'expected',
]

/** This will price a case that another engine answered, by what its rate and inputs say. */
export function runEngineCase(folder: string, given: ExactObject): CaseResult {
  assertKnown(given, CASE_FIELDS, 'the case')
  const rateGiven = object(given.rate)
  if (rateGiven.periods) return windowedPeriods(folder, given)
  const comparison = new Comparison(isNumber(given.tolerance) ? given.tolerance : undefined)
  if (rateGiven.elements) annualElements(comparison, given)
  else if (rateGiven.coincident) coincident(comparison, given)
  else if (rateGiven.energyratestructure) annualTiers(comparison, given)
  else if (rateGiven.lookback_percent) pricedWithLookback(comparison, given)
  else if (rateGiven.flat_demand) proseRate(comparison, given)
  else throw new Unsupported(`no rule reads a rate of ${Object.keys(rateGiven).join(', ')}`)
  return comparison.result(text(given.id))
}

function coincident(comparison: Comparison, given: ExactObject): void {
  assertKnown(object(given.rate), ['coincident'], 'the rate')
  assertKnown(object(given.expected), ['annual_coincident_charge'], 'expected')
  const groups = list(object(given.rate).coincident).map(object)
  for (const group of groups) assertKnown(group, ['hours_1based', 'usd_per_kw'], 'a coincident group')
  const start = startOfDaySeconds('2023-01-01', ZONE)
  const events = Object.fromEntries(
    groups.map((group, index) => [
      `event-${index}`,
      texts(group.hours_1based).map((hour) => start + (Number(hour) - 1) * 3600),
    ]),
  )
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    billingPeriod: WHOLE_YEAR,
    quantities: groups.map((_, index) => ({
      code: `event-${index}`,
      fn: 'coincident_demand',
      event: `event-${index}`,
    })),
    rules: groups.map((group, index) =>
      priced(`event-${index}`, `event-${index}`, text(group.usd_per_kw), { measuresPeak: true }),
    ),
  }
  const usage = toldLoad(text(object(given.inputs).load), 8760)
  const charge = price([version], { usage, facts: { events }, start: '2023-01-01', end: '2024-01-01' })
  comparison.number(
    'annual_coincident_charge',
    text(object(given.expected).annual_coincident_charge),
    moneyOf(charge.lines),
  )
}

/** Tiers over twelve months of totals, given each or as an equal share of the year's. */
function annualTiers(comparison: Comparison, given: ExactObject): void {
  assertKnown(object(given.rate), ['energyratestructure'], 'the rate')
  assertKnown(object(given.expected), ['annual_energy_charge'], 'expected')
  const [tiers, ...periods] = list(object(given.rate).energyratestructure)
  if (periods.length > 0) throw new Unsupported('no rule places several periods of monthly totals')
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    quantities: [{ code: 'kwh', fn: 'usage', unit: 'kWh' }],
    rules: [
      {
        ...priced('energy', 'kwh', '0'),
        prices: [{ bands: list(tiers).map(object).map(bandOf) }],
      } as RuleInput,
    ],
  }
  const totals = monthlyTotals(object(given.inputs).monthly_kwh)
  const charges = monthsOf(2023).map(({ start, end }, month) => {
    const quantity = Math.round(Number(totals[month]) * 1000)
    const quantities = [{ unit: 'kWh', quantity, scale: 3 }]
    return price([version], { usage: { kind: 'quantities', quantities }, start, end })
  })
  comparison.number('annual_energy_charge', text(object(given.expected).annual_energy_charge), total(charges))
}

function monthlyTotals(given: ExactJson | undefined): number[] {
  if (Array.isArray(given) && given.length === 12) return texts(given).map(Number)
  const told = text(given)
  const annual = /([\d,]+) kWh in the year/.exec(told)?.[1]?.replaceAll(',', '')
  const each = isNumber(given) ? Number(given) : annual === undefined ? undefined : Number(annual) / 12
  if (each === undefined) throw new Unsupported(`no rule reads the usage "${told}"`)
  return Array.from({ length: 12 }, () => each)
}

function bandOf(tier: ExactObject) {
  assertKnown(tier, ['max', 'rate', 'adj', 'unit'], 'a tier')
  if (text(tier.unit, 'kWh') !== 'kWh') throw new Unsupported(`no rule reads a tier in ${text(tier.unit)}`)
  const unitPrice = decimalText(sum([decimal(text(tier.rate)), decimal(text(tier.adj, '0'))]))
  return tier.max ? { upTo: { value: text(tier.max) }, price: unitPrice } : { price: unitPrice }
}

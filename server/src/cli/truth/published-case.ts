import { decimal, decimalOf, decimalText, divide, multiply, sum } from '../../platform/decimal.ts'
import { addDays } from '../../platform/time.ts'
import { type CaseResult, Comparison } from './comparison.ts'
import { assertKnown, type ExactObject, isNumber, list, object, text, texts } from './exact-json.ts'
import { centsOf, FIRST_DAY, price, quantityOf, type RuleInput, type VersionInput } from './neutral.ts'
import { compareFigures } from './published-figures.ts'
import { neutralTariff } from './published-tariff.ts'
import { usageOf } from './published-units.ts'
import { Unsupported } from './unsupported.ts'

const CASE_FIELDS = ['inputs', 'rate', 'rounding', 'expected']

/** This will price a published bill from its neutral vocabulary of charges, and compare what the source prints. */
export function runPublishedCase(_folder: string, given: ExactObject): CaseResult {
  assertKnown(given, CASE_FIELDS, 'the case')
  const inputs = object(given.inputs)
  const expected = object(given.expected)
  const comparison = new Comparison()
  if (inputs.calculation_period_days && isNumber(inputs.kwh)) versionChange(comparison, inputs, expected)
  else if (inputs.step_boundaries_kwh) stepBoundaries(comparison, inputs, expected)
  else if (inputs.days_by_month) monthSplit(comparison, given, inputs, expected)
  else if (inputs.consumption_period_days) periodFactor(comparison, inputs, expected)
  else bill(comparison, given, inputs, expected)
  return comparison.result(text(given.id))
}

function bill(comparison: Comparison, given: ExactObject, inputs: ExactObject, expected: ExactObject): void {
  const tariff = neutralTariff(given)
  const charge = price([tariff.version], { usage: usageOf(inputs), facts: tariff.facts, ...periodOf(inputs) })
  compareFigures(comparison, expected, { charge, tariff })
}

function periodOf(inputs: ExactObject) {
  const start = text(inputs.from_date)
  const end = text(inputs.to_date_exclusive, text(inputs.to_date))
  if (!start) return { days: Number(text(inputs.days, '30')) }
  return isNumber(inputs.days) ? { start, days: Number(inputs.days) } : { start, end }
}

const ALWAYS = '1970-01-01'
const KWH = { code: 'kwh', fn: 'usage', unit: 'kWh' } as const

function energyRule(prices: Extract<RuleInput, { kind: 'service_quantity' }>['prices']): RuleInput {
  return {
    kind: 'service_quantity',
    code: 'energy',
    text: { en: 'Energy' },
    class: 'energy',
    quantity: 'kwh',
    prices,
  }
}

/** A register's use over two tariff versions: each takes its days' share, in whole kWh. */
function versionChange(comparison: Comparison, inputs: ExactObject, expected: ExactObject): void {
  assertKnown(
    expected,
    ['consumption_period_factor', 'calculation_period_factors', 'prorated_kwh'],
    'expected',
  )
  const parts = texts(inputs.calculation_period_days).map(Number)
  const days = Number(text(inputs.consumption_period_days))
  const version = (effectiveFrom: string): VersionInput => ({
    effectiveFrom,
    billingPeriod: { normalDays: text(inputs.normal_days) },
    rounding: { quantities: [{ unit: 'kWh', places: 0, mode: 'half_up' }] },
    quantities: [KWH],
    rules: [
      energyRule([{ bands: [{ price: '1' }] }]),
      { kind: 'flat_charge', code: 'factor', text: { en: 'Factor' }, class: 'fixed', price: '1' },
    ],
  })
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((a, b) => a + b, 0))
  const versions = starts.map((start) => version(start === 0 ? ALWAYS : addDays(FIRST_DAY, start)))
  const charge = price(versions, { usage: usageOf(inputs), days })
  const factors = charge.lines
    .filter((line) => line.ruleCode === 'factor')
    .map((line) => line.amountUnrounded)
  const shares = charge.quantities.map((row) => divide(row.initial, decimal(text(inputs.kwh))))
  const [factor, share] = [factors[0] ?? decimalOf(1), shares[0] ?? decimalOf(0)]
  comparison.number(
    'consumption_period_factor',
    text(expected.consumption_period_factor),
    divide(share, factor),
  )
  for (const [index, value] of texts(expected.calculation_period_factors).entries())
    comparison.number(`calculation_period_factor ${index + 1}`, value, factors[index])
  for (const [index, value] of texts(expected.prorated_kwh).entries())
    comparison.number(`prorated_kwh ${index + 1}`, value, charge.quantities[index]?.billable)
}

function stepBoundaries(comparison: Comparison, inputs: ExactObject, expected: ExactObject): void {
  assertKnown(expected, ['prorated_boundaries_kwh'], 'expected')
  const limits = texts(inputs.step_boundaries_kwh)
  const bands = [...limits.map((value) => ({ upTo: { value }, price: '1' })), { price: '1' }]
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    billingPeriod: { normalDays: text(inputs.normal_days) },
    quantities: [KWH],
    rules: [energyRule([{ bands }])],
  }
  const kwh = decimalText(multiply(sum(limits.map(decimal)), decimal('10')))
  const days = Number(text(inputs.calculation_period_days))
  const charge = price([version], { usage: usageOf({ kwh }), days })
  const ends = charge.lines.map((line) => line.band?.upTo)
  for (const [index, value] of texts(expected.prorated_boundaries_kwh).entries())
    comparison.number(
      `boundary ${index + 1}`,
      value,
      ends[index] === undefined ? undefined : decimal(ends[index]),
    )
}

/** Normal days over the days that were used, one inside the tolerance: what a charge for the period takes of its days. */
function periodFactor(comparison: Comparison, inputs: ExactObject, expected: ExactObject): void {
  assertKnown(inputs, ['consumption_period_days', 'normal_days', ...OFFSETS], 'inputs')
  assertKnown(expected, ['consumption_period_factor', 'consumption_period_factors'], 'expected')
  const normal = Number(text(inputs.normal_days, '30'))
  const [below = '0', above = below] = OFFSETS.flatMap((name) =>
    isNumber(inputs[name]) ? [inputs[name]] : [],
  )
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    billingPeriod: {
      normalDays: String(normal),
      toleranceMinDays: normal - Number(below),
      toleranceMaxDays: normal + Number(above),
    },
    rules: [{ kind: 'flat_charge', code: 'share', text: { en: 'Share' }, class: 'fixed', price: '1' }],
  }
  const factorOf = (days: string) => {
    const charge = price([version], { usage: { kind: 'quantities', quantities: [] }, days: Number(days) })
    return divide(decimalOf(1), charge.lines[0]?.amountUnrounded ?? decimalOf(1))
  }
  const days = [text(inputs.consumption_period_days), ...texts(inputs.consumption_period_days)].filter(
    Boolean,
  )
  const factors = [text(expected.consumption_period_factor), ...texts(expected.consumption_period_factors)]
  for (const [index, value] of factors.filter(Boolean).entries())
    comparison.number(`consumption_period_factor ${index + 1}`, value, factorOf(days[index] ?? ''))
}

const OFFSETS = [
  'minimum_offset_days',
  'min_offset_days',
  'maximum_offset_days',
  'max_offset_days',
  'tolerance_days',
]

/** A bill between two reads, split by days where the month (and with it the season) changes. */
function monthSplit(
  comparison: Comparison,
  given: ExactObject,
  inputs: ExactObject,
  expected: ExactObject,
): void {
  assertKnown(expected, ['days', 'customer_charge', 'kwh_per_day', 'kwh_split'], 'expected')
  const months = texts(inputs.days_by_month).map(Number)
  const start = addDays(text(inputs.from_date), 1)
  const end = addDays(text(inputs.to_date), 1)
  const edge = addDays(start, months[0] ?? 0).slice(5)
  const fixed = list(given.rate)
    .map(object)
    .find((row) => row.type === 'fixed')
  if (!fixed || !text(fixed.proration).includes('365/12'))
    throw new Unsupported(`no rule reads the proration "${text(fixed?.proration)}"`)
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    seasons: [
      { code: 'before', ranges: [{ from: '07-01', until: edge }] },
      { code: 'after', ranges: [{ from: edge, until: '07-01' }] },
    ],
    quantities: [KWH, { code: 'per-day', fn: 'formula', unit: 'kWh/day', expression: 'kwh / days' }],
    rules: [
      {
        kind: 'flat_charge',
        code: 'customer',
        text: { en: 'Customer charge' },
        class: 'fixed',
        price: text(fixed.amount),
        proration: 'average_month',
      },
      energyRule(['before', 'after'].map((season) => ({ season, bands: [{ price: '1' }] }))),
      {
        ...energyRule([{ bands: [{ price: '1' }] }]),
        code: 'per-day',
        quantity: 'per-day',
        memo: true,
      } as RuleInput,
    ],
  }
  const charge = price([version], { usage: usageOf(inputs), start, end })
  const split = charge.lines.filter((line) => line.ruleCode === 'energy').map((line) => line.quantity)
  comparison.number('days', text(expected.days), decimalOf(charge.parts[0]?.days ?? 0))
  comparison.number(
    'customer_charge',
    text(expected.customer_charge),
    centsOf(charge.lines.filter((line) => line.ruleCode === 'customer')),
  )
  comparison.number('kwh_per_day', text(expected.kwh_per_day), quantityOf(charge, 'per-day'))
  for (const [index, value] of texts(expected.kwh_split).entries())
    comparison.number(`kwh_split ${index + 1}`, value, split[index])
}

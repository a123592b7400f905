import type { RatedCharge, RatedLine } from '../../domain/rating/index.ts'
import {
  type Decimal,
  decimal,
  decimalOf,
  decimalText,
  divide,
  multiply,
  sum,
} from '../../platform/decimal.ts'
import { addDays } from '../../platform/time.ts'
import { type CaseResult, Comparison } from './comparison.ts'
import { type ExactObject, isNumber, list, object, text, texts } from './exact-json.ts'
import {
  centsOf,
  codeOf,
  FIRST_DAY,
  price,
  quantityOf,
  type RuleInput,
  type VersionInput,
} from './neutral.ts'
import { CONVERTED, type NeutralTariff, neutralTariff, usageOf } from './published-tariff.ts'
import { Unsupported } from './unsupported.ts'

/** This will price a published bill from its neutral vocabulary of charges, and compare what the source prints. */
export function runPublishedCase(_folder: string, given: ExactObject): CaseResult {
  const inputs = object(given.inputs)
  const expected = object(given.expected)
  const comparison = new Comparison()
  if (inputs.calculation_period_days && isNumber(inputs.kwh)) versionChange(comparison, inputs, expected)
  else if (inputs.step_boundaries_kwh) stepBoundaries(comparison, inputs, expected)
  else if (inputs.days_by_month) monthSplit(comparison, given, inputs, expected)
  else bill(comparison, given, inputs, expected)
  return comparison.result(text(given.id))
}

function bill(comparison: Comparison, given: ExactObject, inputs: ExactObject, expected: ExactObject): void {
  const tariff = neutralTariff(list(given.rate).map(object), inputs, expected, text(given.note))
  const charge = price([tariff.version], { usage: usageOf(inputs), facts: tariff.facts, ...periodOf(inputs) })
  compareLines(comparison, expected, tariff, charge)
  const actual = figures(charge)
  for (const [name, value] of Object.entries(expected)) {
    if (isNumber(value)) comparison.number(name, value, actual[figureOf(name)] ?? named(tariff, charge, name))
    if (name === 'lines') continue
    for (const [index, item] of list(value).entries())
      if (isNumber(item)) comparison.number(`${name} ${index + 1}`, item, stepFigures(charge, name)[index])
  }
}

function periodOf(inputs: ExactObject) {
  const [start, end] = [text(inputs.from_date), text(inputs.to_date_exclusive)]
  return start && end ? { start, end } : { days: Number(text(inputs.days, '30')) }
}

/** A printed line is the sum of the charges that its name begins, each taken by the longest such name. */
function compareLines(
  comparison: Comparison,
  expected: ExactObject,
  tariff: NeutralTariff,
  charge: RatedCharge,
): void {
  const printed = list(expected.lines).map((line) => texts(line) as [string, string])
  const taker = (line: RatedLine) =>
    printed
      .map(([name]) => name)
      .filter((name) => nameOf(tariff, line).startsWith(name))
      .sort((a, b) => b.length - a.length)[0]
  for (const [name, amount] of printed) {
    const own = charge.lines.filter((line) => taker(line) === name)
    comparison.number(name, amount, own.length > 0 ? centsOf(own) : undefined)
  }
}

function nameOf(tariff: NeutralTariff, line: RatedLine): string {
  const name = tariff.names.get(line.ruleCode) ?? line.ruleCode
  return line.band ? `${name} step ${line.band.number}` : name
}

/** A figure named after a charge: every word of the figure is in the charge's name. */
function named(tariff: NeutralTariff, charge: RatedCharge, figure: string): Decimal | undefined {
  const own = charge.lines.filter((line) => {
    const words = codeOf(tariff.names.get(line.ruleCode) ?? '').split('-')
    return codeOf(figure)
      .split('-')
      .every((word) => words.includes(word))
  })
  return own.length > 0 ? centsOf(own) : undefined
}

/** The figures of a converted quantity, whatever its unit. */
function figureOf(name: string): string {
  if (name.endsWith('_unrounded')) return 'unrounded'
  return /_(billed|whole)$/.test(name) ? 'whole' : name
}

/** Single figures that sources print, by the name the case gives them. */
function figures(charge: RatedCharge): Record<string, Decimal | undefined> {
  const all = centsOf(charge.lines)
  const energy = charge.lines.filter((line) => line.quantity?.unit === 'kWh' && line.glAccount !== 'credit')
  const billable = (unit: string) => charge.quantities.find((row) => row.unit === unit)
  const items = charge.lines.filter((line) => line.ruleCode === 'item-kwh')
  return {
    total: all,
    amount: all,
    charge: all,
    kwh: sum(items.map((line) => line.amountUnrounded)),
    kl: billable('kL')?.initial,
    billing_kw: sum(charge.quantities.filter((row) => row.unit === 'kW').map((row) => row.billable)),
    energy_charges: centsOf(energy),
    unrounded: billable(CONVERTED)?.initial,
    whole: billable(CONVERTED)?.billable,
  }
}

function stepFigures(charge: RatedCharge, name: string): Decimal[] {
  const steps = charge.lines.filter((line) => line.band && line.quantity)
  return steps.map((line) =>
    name.startsWith('amounts') ? line.amountUnrounded : (line.quantity ?? decimalOf(0)),
  )
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
  const [first = '0'] = texts(inputs.calculation_period_days)
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
  const versions = [version(ALWAYS), version(addDays(FIRST_DAY, Number(first)))]
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

/** A bill between two reads, split by days where the month (and with it the season) changes. */
function monthSplit(
  comparison: Comparison,
  given: ExactObject,
  inputs: ExactObject,
  expected: ExactObject,
): void {
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

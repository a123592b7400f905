import type { RatedCharge, RatedLine, RatedQuantity } from '../../domain/rating/index.ts'
import { add, type Decimal, round, sum, ZERO } from '../../platform/decimal.ts'
import type { Comparison } from './comparison.ts'
import { type ExactJson, type ExactObject, isNumber, list, object, text, texts } from './exact-json.ts'
import { centsOf, codeOf } from './neutral.ts'
import type { NeutralTariff } from './published-tariff.ts'
import { CONVERTED } from './published-units.ts'
import { Unsupported } from './unsupported.ts'

interface Priced {
  charge: RatedCharge
  tariff: NeutralTariff
}

/** This will compare every figure that a source prints. */
export function compareFigures(comparison: Comparison, expected: ExactObject, priced: Priced): void {
  for (const [name, value] of Object.entries(expected)) {
    if (name === 'note' || value === null) continue
    if (name === 'lines') compareLines(comparison, value, priced)
    else if (isNumber(value)) comparison.number(name, value, figure(priced, name))
    else if (Array.isArray(value)) compareSteps(comparison, name, texts(value), priced)
    else throw new Unsupported(`no rule compares what is expected of "${name}"`)
  }
}

/** A printed line is the sum of the charges that its name begins, each taken by the longest such name. */
function compareLines(comparison: Comparison, expected: ExactJson, { charge, tariff }: Priced): void {
  const printed = Array.isArray(expected)
    ? list(expected).map((line) => texts(line) as [string, string])
    : Object.entries(object(expected)).map(([name, amount]) => [name, text(amount)] as [string, string])
  const taker = (line: RatedLine) =>
    printed
      .map(([name]) => name)
      .filter((name) => printedName(tariff, line).startsWith(name))
      .sort((a, b) => b.length - a.length)[0]
  for (const [name, amount] of printed) {
    if (!isNumber(amount)) throw new Unsupported(`no rule compares the line "${name}"`)
    const own = charge.lines.filter((line) => taker(line) === name)
    const isCharge = [...tariff.names.values()].some((known) => known.startsWith(name))
    comparison.number(name, amount, own.length > 0 ? centsOf(own) : isCharge ? ZERO : undefined)
  }
}

function printedName(tariff: NeutralTariff, line: RatedLine): string {
  const name = tariff.names.get(line.ruleCode) ?? line.ruleCode
  return line.band ? `${name} step ${line.band.number}` : name
}

const TOTALS = [
  'total',
  'amount',
  'charge',
  'bill',
  'total-bill',
  'total-charge',
  'total-amount',
  'amount-due',
]
const SUBTOTALS = ['subtotal', 'before-tax', 'total-before-tax', 'subtotal-before-tax', 'net']

function figure(priced: Priced, written: string): Decimal | undefined {
  const name = codeOf(written.replace(/_usd$/, ''))
  const { charge } = priced
  if (TOTALS.includes(name)) return centsOf(charge.lines)
  if (SUBTOTALS.includes(name)) return centsOf(charge.lines.filter((line) => line.kind !== 'apply_to'))
  if (name === 'tax' || name === 'taxes')
    return centsOf(charge.lines.filter((line) => line.kind === 'apply_to'))
  if (name === 'days') return sum(charge.parts.map((part) => ({ units: BigInt(part.days), scale: 0 })))
  return quantityFigure(charge, name) ?? moneyFigure(priced, name)
}

/** `kwh_unrounded`, `billing_kw`, `therms`: a quantity by its unit, exact or as it was priced. */
function quantityFigure(charge: RatedCharge, name: string): Decimal | undefined {
  const isExact = /-(unrounded|exact)$/.test(name)
  const isBillable = /-(billed|whole|rounded)$|^(billing|billed|billable)-/.test(name)
  const unit = name
    .replace(/-(unrounded|exact|billed|whole|rounded)$/, '')
    .replace(/^(billing|billed|billable)-/, '')
  const items = charge.lines.filter((line) => line.ruleCode === 'item-kwh')
  if (items.length > 0 && unit === 'kwh') return sum(items.map((line) => line.amountUnrounded))
  const singular = (word: string) => codeOf(word).replace(/s$/, '')
  const rows = charge.quantities.filter((row) => singular(row.unit) === singular(unit))
  const made = charge.quantities.filter((row) => row.unit === CONVERTED)
  const isUnit = /^(kwh|therm|mj|gj|btu|mmbtu|ccf|m3|kw|kva|kvarh|kvar)s?$/.test(unit)
  const found = rows.length > 0 ? rows : isExact || isBillable || isUnit ? made : []
  if (found.length === 0) return undefined
  const take = (row: RatedQuantity) => (isExact ? row.initial : row.billable)
  return sum(found.map(take))
}

const FILLER = ['charge', 'charges', 'cost', 'amount', 'usd', 'fee', 'total']

/** A figure named after charges: every telling word of it is in the name of each, or in their unit. One figure is rounded once. */
function moneyFigure({ charge, tariff }: Priced, name: string): Decimal | undefined {
  const words = name.split('-')
  const isIn = (known: readonly string[]) => (word: string) => known.includes(word)
  const nameOf = (line: RatedLine) => codeOf(tariff.names.get(line.ruleCode) ?? '').split('-')
  const telling = words.filter((word) => !FILLER.includes(word))
  const taken =
    charge.lines.filter((line) => words.every(isIn(nameOf(line)))).length > 0
      ? charge.lines.filter((line) => words.every(isIn(nameOf(line))))
      : charge.lines.filter((line) => telling.length > 0 && telling.every(isIn(nameOf(line))))
  const own = taken.length > 0 ? taken : kindOf(charge, name)
  if (own.length === 0) return undefined
  const { level, mode } = { level: 'line', mode: 'half_up' as const, ...tariff.version.rounding }
  if (level === 'line') return centsOf(own)
  return round(own.map((line) => line.amountUnrounded).reduce(add, ZERO), 2, mode)
}

/** All that is charged for a kind of quantity: `energy_charges`, `demand_charge`. */
function kindOf(charge: RatedCharge, name: string): RatedLine[] {
  const units = /^energy/.test(name) ? ['kWh', CONVERTED] : /^demand/.test(name) ? ['kW', 'kVA'] : []
  return charge.lines.filter(
    (line) => line.quantity && units.includes(line.quantity.unit) && line.glAccount !== 'credit',
  )
}

/** Numbers of each step in turn: quantities, or money where the name says so; a step not reached is zero. */
function compareSteps(
  comparison: Comparison,
  name: string,
  expected: readonly string[],
  priced: Priced,
): void {
  const stepped = priced.charge.lines.filter((line) => line.band && line.quantity)
  const rules = [...new Set(stepped.map((line) => line.ruleCode))]
  const told = codeOf(name).split('-')
  const rule = rules.find((code) => code.split('-').every((word) => told.includes(word))) ?? rules[0]
  const bands = priced.tariff.version.rules.find((row) => row.code === rule)
  const count =
    bands?.kind === 'service_quantity' ? (bands.prices[0]?.bands.length ?? 0) : Number.POSITIVE_INFINITY
  const isMoney = /amount|charge|cost|usd/.test(name)
  for (const [index, value] of expected.entries()) {
    const own = stepped.filter((line) => line.ruleCode === rule && line.band?.number === index + 1)
    const exact = sum(own.map((line) => (isMoney ? line.amountUnrounded : (line.quantity ?? ZERO))))
    const actual = isMoney && !/unrounded|exact/.test(name) ? round(exact, 2) : exact
    comparison.number(`${name} ${index + 1}`, value, rule !== undefined && index < count ? actual : undefined)
  }
}

import type { RatingFacts, Usage, UsageQuantity } from '../../domain/rating/index.ts'
import { decimal } from '../../platform/decimal.ts'
import { type ExactObject, isNumber, list, object, text, texts } from './exact-json.ts'
import { codeOf, type QuantityInput, type RuleInput, type VersionInput } from './neutral.ts'
import { Unsupported } from './unsupported.ts'

/** A tariff version made from neutral charges, the facts it needs, and the printed name of each rule. */
export interface NeutralTariff {
  version: VersionInput
  facts: RatingFacts
  names: Map<string, string>
}

/** Code and unit of what a conversion makes. */
export const CONVERTED = 'converted'

type Band = Extract<RuleInput, { kind: 'service_quantity' }>['prices'][number]['bands'][number]

/**
 * This will read the neutral vocabulary of published bills. A source that prints lines rounds each; one that
 * prints a single figure for several prices rounds their sum. A figure in whole units beside an unrounded one
 * says that quantities are rounded.
 */
export function neutralTariff(
  charges: readonly ExactObject[],
  inputs: ExactObject,
  expected: ExactObject,
  note: string,
): NeutralTariff {
  const quantities = new Map<string, QuantityInput>()
  const names = new Map<string, string>()
  const rules: RuleInput[] = []
  for (const charge of mergeTou(charges)) {
    names.set(codeOf(text(charge.name)), text(charge.name))
    rules.push(...rulesOf(charge, inputs, quantities))
  }
  const isWhole = Object.keys(expected).some((name) => /_(billed|whole)$/.test(name))
  const whole = isWhole ? [{ unit: CONVERTED, places: 0, mode: 'half_up' as const }] : []
  return {
    version: {
      effectiveFrom: '1970-01-01',
      rounding: { level: 'lines' in expected ? 'line' : 'rule', mode: roundingOf(note), quantities: whole },
      billingPeriod: billingPeriodOf(charges),
      quantities: [...quantities.values()],
      rules,
    },
    facts: factsOf(inputs),
    names,
  }
}

/** How a source rounds, where its note says so. */
function roundingOf(note: string): 'half_up' | 'half_even' | 'truncate' {
  if (/half[- ]even|banker/i.test(note)) return 'half_even'
  return /truncat|rounds? down|rounded down/i.test(note) ? 'truncate' : 'half_up'
}

/** Bills are whole periods unless a charge is prorated by days / a number of days. */
function billingPeriodOf(charges: readonly ExactObject[]) {
  const normal = charges
    .map((charge) => /days\s*\/\s*(\d+)\b/.exec(text(charge.proration))?.[1])
    .find(Boolean)
  if (normal)
    return { normalDays: normal, toleranceMinDays: Number(normal), toleranceMaxDays: Number(normal) }
  return { toleranceMinDays: 1, toleranceMaxDays: 400 }
}

function prorationOf(charge: ExactObject): 'normal' | 'average_month' | 'calendar_month' {
  const told = text(charge.proration)
  if (told.includes('365/12')) return 'average_month'
  return /days in (the )?month/.test(told) ? 'calendar_month' : 'normal'
}

/** Charges of the same unit that differ only by time-of-use period are one charge with a price for each. */
function mergeTou(charges: readonly ExactObject[]): ExactObject[] {
  const timed = Map.groupBy(
    charges.filter((charge) => charge.tou),
    (charge) => text(charge.uom),
  )
  const merged = [...timed.values()].map((own) => ({ ...own[0], prices: own }))
  return [...merged, ...charges.filter((charge) => !charge.tou)]
}

function factsOf(inputs: ExactObject): RatingFacts {
  const values = Object.fromEntries(Object.entries(inputs).filter(([, value]) => isNumber(value))) as Record<
    string,
    string
  >
  const items = list(inputs.lamps).map((row) => {
    const [item = '', count = '0'] = texts(row)
    return { item, count: Number(count) }
  })
  return { values, items }
}

/** This will make register quantities of a case's inputs; a split by names is a split by time of use. */
export function usageOf(inputs: ExactObject): Usage {
  const quantities: UsageQuantity[] = []
  const put = (unit: string, value: string, more: Partial<UsageQuantity> = {}) => {
    const { units, scale } = decimal(value)
    quantities.push({ unit, quantity: Number(units), scale, ...more })
  }
  if (isNumber(inputs.kwh)) put('kWh', inputs.kwh)
  for (const [tou, value] of Object.entries(object(inputs.kwh))) put('kWh', text(value), { tou })
  if (isNumber(inputs.kw)) put('kW', inputs.kw)
  if (isNumber(inputs.export_kwh)) put('kWh', inputs.export_kwh, { flow: 'received' })
  return { kind: 'quantities', quantities }
}

function rulesOf(
  charge: ExactObject,
  inputs: ExactObject,
  quantities: Map<string, QuantityInput>,
): RuleInput[] {
  const isCredit = text(charge.uom).endsWith(' export')
  const base = {
    code: codeOf(text(charge.name)),
    text: { en: text(charge.name) },
    class: isCredit ? 'credit' : 'charge',
  }
  const quantity = () => quantityFor(charge, inputs, quantities)
  switch (text(charge.type)) {
    case 'fixed':
      return [{ ...base, kind: 'flat_charge', price: text(charge.amount), proration: prorationOf(charge) }]
    case 'fixed_per_day':
      return [{ ...base, kind: 'flat_charge', price: text(charge.amount), per: 'day' }]
    case 'quantity':
      return [{ ...base, kind: 'service_quantity', quantity: quantity(), prices: pricesOf(charge) }]
    case 'tiered':
      return [
        { ...base, kind: 'service_quantity', quantity: quantity(), prices: [{ bands: bandsOf(charge) }] },
      ]
    case 'percent_of':
    case 'gross_up': {
      const percent = text(charge.percent, text(charge.rate))
      const rules = texts(charge.of).map(codeOf)
      return [{ ...base, kind: 'apply_to', percent, base: { rules }, grossUp: charge.type === 'gross_up' }]
    }
    case 'item':
      return itemRules(base, charge)
    case 'conversion':
      return [converted(base, charge, inputs, quantities)]
    case 'slab_set_by_total':
      return [
        { ...base, kind: 'slab_set', quantity: quantity(), sets: list(charge.sets).map(object).map(setOf) },
      ]
    default:
      throw new Unsupported(`no rule reads a charge of type "${text(charge.type)}"`)
  }
}

function pricesOf(charge: ExactObject) {
  if (!charge.prices) return [{ bands: [{ price: text(charge.price) }] }]
  return list(charge.prices)
    .map(object)
    .map((row) => ({
      tou: codeOf(text(row.tou)).replaceAll('-', '_'),
      bands: [{ price: text(row.price) }],
    }))
}

const LIMITS = { up_to: 'bill', up_to_per_day: 'day', up_to_per_year: 'year' } as const

function bandsOf(charge: ExactObject): Band[] {
  return list(charge.steps)
    .map(object)
    .map((step): Band => {
      const found = Object.entries(LIMITS).find(([name]) => isNumber(step[name]))
      const unitPrice = text(step.price)
      return found
        ? { upTo: { value: text(step[found[0]]), per: found[1] }, price: unitPrice }
        : { price: unitPrice }
    })
}

function setOf(set: ExactObject) {
  return {
    ...(isNumber(set.total_up_to) ? { upTo: { value: set.total_up_to } } : {}),
    ...(isNumber(set.fixed) ? { fixed: set.fixed } : {}),
    bands: bandsOf(set),
  }
}

/** Units other than metered kWh and kW, from the inputs that hold them. */
const UNIT_FORMULAS: Record<string, string> = {
  '100cf': 'water_cf / 100',
  kL: 'read_present - read_previous',
}

function quantityFor(
  charge: ExactObject,
  inputs: ExactObject,
  quantities: Map<string, QuantityInput>,
): string {
  const unit = text(charge.uom, 'kWh')
  const isGiven = unit.toLowerCase() in inputs || inputOf(unit, inputs) !== ''
  if (quantities.has(CONVERTED) && !isGiven && !charge.quantity) return CONVERTED
  const metered = ['kWh', 'kWh export', 'kW'].includes(unit)
  const written = text(charge.quantity) || UNIT_FORMULAS[unit] || (metered ? '' : inputOf(unit, inputs))
  if (written) {
    const code = `${codeOf(text(charge.name))}-quantity`
    const expression = written.replace(/round(\d)\(([^()]*)\)/g, 'round($2, $1)')
    quantities.set(code, { code, fn: 'formula', unit, expression })
    return code
  }
  const exported = unit.endsWith(' export')
  const code = codeOf(unit)
  if (unit === 'kW') quantities.set(code, { code, fn: 'max_demand' })
  else if (unit === 'kWh' || exported)
    quantities.set(code, {
      code,
      fn: 'usage',
      unit: 'kWh',
      flow: exported ? 'received' : 'delivered',
      ...(charge.prices ? { tou: 'periods' } : {}),
    })
  else throw new Unsupported(`no rule makes the unit "${unit}" of ${Object.keys(inputs).join(', ')}`)
  return code
}

/** The input that holds a unit: named like it, in the singular or plural. */
function inputOf(unit: string, inputs: ExactObject): string {
  const name = unit.toLowerCase()
  return Object.keys(inputs).find((key) => [name, `${name}s`].includes(key.toLowerCase())) ?? ''
}

function itemRules(base: Pick<RuleInput, 'code' | 'text' | 'class'>, charge: ExactObject): RuleInput[] {
  const columns = texts(charge.columns)
  const column = (name: string) => columns.findIndex((heading) => heading.startsWith(name))
  const table = (name: string) =>
    list(charge.table).map((row) => {
      const cells = texts(row)
      return { item: cells[column('item')] ?? '', price: cells[column(name)] ?? '0' }
    })
  const energy = { code: 'item-kwh', text: { en: 'kWh of items' }, class: 'memo', memo: true }
  return [
    { ...base, kind: 'item', table: table('usd') },
    ...(column('kwh') < 0 ? [] : [{ ...energy, kind: 'item' as const, table: table('kwh') }]),
  ]
}

/** A formula whose names stand for inputs: exactly, as their ending, or by their initials. */
function converted(
  base: Pick<RuleInput, 'code' | 'text' | 'class'>,
  charge: ExactObject,
  inputs: ExactObject,
  quantities: Map<string, QuantityInput>,
): RuleInput {
  const known = Object.keys(inputs)
  const initials = (name: string) =>
    name
      .split('_')
      .map((word) => word[0])
      .join('')
  const resolve = (name: string) =>
    known.find((key) => key === name) ??
    known.find((key) => key.endsWith(`_${name}`)) ??
    known.find((key) => initials(key) === name) ??
    name
  const expression = text(charge.formula).replace(/[a-z_][a-z0-9_]*/gi, resolve)
  quantities.set(CONVERTED, { code: CONVERTED, fn: 'formula', unit: CONVERTED, expression })
  return { ...base, kind: 'service_quantity', quantity: CONVERTED, prices: [{ bands: [{ price: '0' }] }] }
}

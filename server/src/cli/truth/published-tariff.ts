import type { RatingFacts } from '../../domain/rating/index.ts'
import { decimal, decimalText, multiply } from '../../platform/decimal.ts'
import { assertKnown, type ExactObject, isNumber, list, object, text, texts } from './exact-json.ts'
import { codeOf, type QuantityInput, type RuleInput, type VersionInput } from './neutral.ts'
import { roundingOf, wholeUnits } from './published-rounding.ts'
import { CONVERTED, caseFormula, isMetered, unitFormula } from './published-units.ts'
import { Unsupported } from './unsupported.ts'

/** A tariff version made from neutral charges, the facts it needs, and the printed name of each rule. */
export interface NeutralTariff {
  version: VersionInput
  facts: RatingFacts
  names: Map<string, string>
}

type Band = Extract<RuleInput, { kind: 'service_quantity' }>['prices'][number]['bands'][number]
type Base = Pick<RuleInput, 'code' | 'text' | 'class'>

interface Draft {
  inputs: ExactObject
  quantities: Map<string, QuantityInput>
  names: Map<string, string>
}

/**
 * This will read the neutral vocabulary of published bills. A source that prints lines rounds each; one that
 * prints a single figure for several prices rounds their sum.
 */
export function neutralTariff(given: ExactObject): NeutralTariff {
  const inputs = object(given.inputs)
  const charges = list(given.rate).map(object)
  const draft: Draft = { inputs, quantities: new Map(), names: new Map() }
  const rules: RuleInput[] = []
  for (const charge of charges) {
    rules.push(...rulesOf(draft, charge))
    draft.names.set(codeOf(text(charge.name)), text(charge.name))
  }
  return {
    version: {
      effectiveFrom: '1970-01-01',
      rounding: {
        level: 'lines' in object(given.expected) ? 'line' : 'rule',
        mode: roundingOf(given),
        quantities: wholeUnits(given),
      },
      billingPeriod: billingPeriodOf(charges, inputs),
      quantities: [...draft.quantities.values()],
      rules,
    },
    facts: factsOf(inputs),
    names: draft.names,
  }
}

const NORMAL_DAYS = /days\s*\/\s*normal/

/** Bills are whole periods unless a charge is prorated by days / a number of days. */
function billingPeriodOf(charges: readonly ExactObject[], inputs: ExactObject) {
  const normal = charges
    .map((charge) => {
      const told = text(charge.proration)
      return NORMAL_DAYS.test(told) ? text(inputs.normal_days) : /days\s*\/\s*(\d+)$/.exec(told)?.[1]
    })
    .find(Boolean)
  if (!normal) return { toleranceMinDays: 1, toleranceMaxDays: 400 }
  return { normalDays: normal, toleranceMinDays: Number(normal), toleranceMaxDays: Number(normal) }
}

function prorationOf(charge: ExactObject): 'normal' | 'average_month' | 'calendar_month' {
  const told = text(charge.proration, 'none').trim()
  if (told.includes('365/12')) return 'average_month'
  if (/days in (the |each )?(calendar )?month/.test(told)) return 'calendar_month'
  if (told === 'none' || NORMAL_DAYS.test(told) || /days\s*\/\s*\d+$/.test(told)) return 'normal'
  throw new Unsupported(`no rule reads the proration "${told}"`)
}

function factsOf(inputs: ExactObject): RatingFacts {
  const numbers = Object.entries(inputs).filter(([, value]) => isNumber(value))
  const items = [...list(inputs.lamps), ...list(inputs.items)].map((row) => {
    const [item = '', count = '0'] = texts(row)
    return { item, count: Number(count) }
  })
  return { values: Object.fromEntries(numbers) as Record<string, string>, items }
}

const SHARED_WORDS = ['name', 'type', 'taxable', 'proration']
const PRICED_WORDS = ['uom', 'quantity', 'tou', 'season']
const WORDS: Readonly<Record<string, readonly string[]>> = {
  fixed: ['amount', 'quantity'],
  fixed_per_day: ['amount', 'quantity'],
  quantity: ['price', ...PRICED_WORDS],
  tiered: ['steps', ...PRICED_WORDS],
  percent_of: ['percent', 'rate', 'of'],
  gross_up: ['percent', 'rate', 'of'],
  minimum: ['amount', 'of'],
  maximum: ['amount', 'of'],
  item: ['table', 'columns'],
  conversion: ['formula', 'uom'],
  slab_set_by_total: ['sets', ...PRICED_WORDS],
}

function rulesOf(draft: Draft, charge: ExactObject): RuleInput[] {
  const type = text(charge.type)
  const words = WORDS[type]
  if (!words) throw new Unsupported(`no rule reads a charge of type "${type}"`)
  assertKnown(charge, [...SHARED_WORDS, ...words], `the charge "${text(charge.name)}"`)
  const isCredit = text(charge.uom).endsWith(' export')
  const base: Base = {
    code: codeOf(text(charge.name)),
    text: { en: text(charge.name) },
    class: isCredit ? 'credit' : 'charge',
  }
  const proration = prorationOf(charge)
  switch (type) {
    case 'fixed':
    case 'fixed_per_day':
      return [fixedRule(draft, base, charge, type === 'fixed_per_day')]
    case 'quantity':
    case 'tiered': {
      const bands = type === 'tiered' ? bandsOf(draft, list(charge.steps)) : [{ price: text(charge.price) }]
      const tou = charge.tou === undefined ? {} : { tou: text(charge.tou) }
      const quantity = quantityFor(draft, charge)
      return [{ ...base, kind: 'service_quantity', quantity, prices: [{ ...tou, bands }] }]
    }
    case 'percent_of':
    case 'gross_up':
      return [
        {
          ...base,
          kind: 'apply_to',
          percent: percentOf(charge),
          base: baseOf(draft, charge),
          grossUp: type === 'gross_up',
        },
      ]
    case 'minimum':
    case 'maximum':
      return [{ ...base, kind: type, amount: text(charge.amount), base: baseOf(draft, charge) }]
    case 'item':
      return itemRules(base, charge, proration)
    case 'conversion':
      return [converted(draft, base, charge)]
    default: {
      const sets = list(charge.sets).map((set) => setOf(draft, object(set)))
      return [{ ...base, kind: 'slab_set', quantity: quantityFor(draft, charge), sets }]
    }
  }
}

/** A fixed amount, or one for each of a counted quantity: kW contracted, meters. */
function fixedRule(draft: Draft, base: Base, charge: ExactObject, perDay: boolean): RuleInput {
  const times = text(charge.quantity)
  if (times && !isNumber(draft.inputs[times]))
    throw new Unsupported(`no rule counts the quantity "${times}" of a fixed charge`)
  return {
    ...base,
    kind: 'flat_charge',
    price: text(charge.amount),
    per: perDay ? 'day' : 'bill',
    proration: prorationOf(charge),
    ...(times ? { times: { fact: times } } : {}),
  }
}

/** A percent as told; a `rate` below one is a share. */
function percentOf(charge: ExactObject): string {
  if (isNumber(charge.percent)) return charge.percent
  const rate = text(charge.rate)
  if (!isNumber(rate)) throw new Unsupported(`no rule reads the percent of "${text(charge.name)}"`)
  return Math.abs(Number(rate)) < 1 ? decimalText(multiply(decimal(rate), decimal('100'))) : rate
}

const EVERYTHING = ['all', 'subtotal', 'everything', 'total']

function baseOf(draft: Draft, charge: ExactObject) {
  const named = Array.isArray(charge.of) ? texts(charge.of) : charge.of === undefined ? [] : [text(charge.of)]
  if (named.length === 0 || named.every((name) => EVERYTHING.includes(name.toLowerCase()))) return {}
  const stranger = named.find((name) => !draft.names.has(codeOf(name)))
  if (stranger !== undefined) throw new Unsupported(`no charge before it is named "${stranger}"`)
  return { rules: named.map(codeOf) }
}

const LIMITS = {
  up_to: 'bill',
  up_to_per_month: 'bill',
  up_to_per_day: 'day',
  up_to_per_year: 'year',
  up_to_per_kw: 'kw',
  up_to_kwh_per_kw: 'kw',
} as const

function bandsOf(draft: Draft, steps: readonly unknown[]): Band[] {
  return (steps as ExactObject[]).map((given): Band => {
    const step = object(given)
    assertKnown(step, [...Object.keys(LIMITS), 'price'], 'a step')
    const found = Object.entries(LIMITS).find(([name]) => isNumber(step[name]))
    const price = text(step.price)
    if (!found) return { price }
    const upTo = { value: text(step[found[0]]), per: found[1] }
    if (found[1] !== 'kw') return { upTo, price }
    return { upTo: { ...upTo, of: quantityFor(draft, { name: 'hours use', uom: 'kW' }) }, price }
  })
}

function setOf(draft: Draft, set: ExactObject) {
  assertKnown(set, ['total_up_to', 'fixed', 'steps'], 'a slab set')
  return {
    ...(isNumber(set.total_up_to) ? { upTo: { value: set.total_up_to } } : {}),
    ...(isNumber(set.fixed) ? { fixed: set.fixed } : {}),
    bands: bandsOf(draft, list(set.steps)),
  }
}

/** The code of the quantity that a charge prices: metered, converted, or made by a formula over the inputs. */
function quantityFor({ inputs, quantities }: Draft, charge: ExactObject): string {
  const unit = text(charge.uom, 'kWh')
  const metered = isMetered(unit, inputs)
  const made = unitFormula(unit, inputs)
  if (quantities.has(CONVERTED) && !metered && !made && !charge.quantity) return CONVERTED
  const written = text(charge.quantity) || (metered ? '' : made)
  if (written) {
    const code = codeOf(`${text(charge.name)} quantity`)
    quantities.set(code, { code, fn: 'formula', unit, expression: caseFormula(written, inputs) })
    return code
  }
  if (!metered) throw new Unsupported(`no rule makes the unit "${unit}" of ${Object.keys(inputs).join(', ')}`)
  const tou = charge.tou === undefined ? {} : { tou: 'periods' }
  const code = codeOf(charge.tou === undefined ? unit : `${unit} by period`)
  const flow = unit === 'kWh export' ? 'received' : 'delivered'
  if (unit === 'kW') quantities.set(code, { code, fn: 'max_demand', ...tou })
  else quantities.set(code, { code, fn: 'usage', unit: 'kWh', flow, ...tou })
  return code
}

function itemRules(base: Base, charge: ExactObject, proration: ReturnType<typeof prorationOf>): RuleInput[] {
  const columns = texts(charge.columns)
  const column = (name: string) => columns.findIndex((heading) => heading.startsWith(name))
  const unread = columns.find((heading) => !/^(item|usd|kwh)/.test(heading))
  if (unread || column('item') < 0 || column('usd') < 0)
    throw new Unsupported(`no rule reads a table of the columns ${columns.join(', ')}`)
  const table = (name: string) =>
    list(charge.table).map((row) => {
      const cells = texts(row)
      return { item: cells[column('item')] ?? '', price: cells[column(name)] ?? '0' }
    })
  const energy = { code: 'item-kwh', text: { en: 'kWh of items' }, class: 'memo', memo: true }
  const rule = { kind: 'item' as const, proration }
  return [
    { ...base, ...rule, table: table('usd') },
    ...(column('kwh') < 0 ? [] : [{ ...energy, ...rule, table: table('kwh') }]),
  ]
}

/** A formula that turns what was metered into what is priced. */
function converted({ inputs, quantities }: Draft, base: Base, charge: ExactObject): RuleInput {
  const expression = caseFormula(text(charge.formula), inputs)
  quantities.set(CONVERTED, { code: CONVERTED, fn: 'formula', unit: CONVERTED, expression })
  return { ...base, kind: 'service_quantity', quantity: CONVERTED, prices: [{ bands: [{ price: '0' }] }] }
}

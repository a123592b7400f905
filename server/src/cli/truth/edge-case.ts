import type { DayClass } from '../../domain/tariffs/index.ts'
import { registeredUse } from '../../domain/usage/index.ts'
import {
  add,
  type Decimal,
  decimal,
  decimalOf,
  divide,
  multiply,
  round,
  subtract,
  sum,
} from '../../platform/decimal.ts'
import { addDays, daysBetween, startOfDaySeconds } from '../../platform/time.ts'
import { type CaseResult, Comparison } from './comparison.ts'
import { assertKnown, type ExactObject, isNumber, list, object, text, texts } from './exact-json.ts'
import {
  centsOf,
  channel,
  FIRST_DAY,
  price,
  priced,
  quantityOf,
  type RuleInput,
  type VersionInput,
  windowMap,
} from './neutral.ts'
import { Unsupported } from './unsupported.ts'

const ALWAYS = '1970-01-01'
const KWH = { code: 'kwh', fn: 'usage', unit: 'kWh' } as const

/** This will price an arithmetic edge case by what its inputs say. */
export function runEdgeCase(_folder: string, given: ExactObject): CaseResult {
  assertKnown(given, ['inputs', 'expected'], 'the case')
  const { note: _note, ...expected } = object(given.expected)
  const actual = actualOf(object(given.inputs), Object.keys(expected))
  const comparison = new Comparison()
  for (const [name, value] of Object.entries(expected))
    if (value !== null) comparison.value(name, value, actual[name])
  return comparison.result(text(given.id))
}

type Actual = Record<string, Decimal | undefined>
type Reader = (inputs: ExactObject, asked: readonly string[]) => Actual

/** What tells one kind of case from another, and the inputs that its reader knows. */
const READERS: readonly { tell: RegExp; known: RegExp; read: Reader }[] = [
  {
    tell: /^load$/,
    known: /^(load|time_zone|local_date|from_date|to_date_exclusive|\w*(window|peak|night|day|evening)\w*)$/,
    read: constantLoad,
  },
  { tell: /^per_day$/, known: /^(per_day|from_date|to_date_exclusive)$/, read: dailyCharge },
  {
    tell: /^kw_\d+min$/,
    known: /^kw_\d+min$/,
    read: (inputs, asked) => {
      const [name = '', kw] = Object.entries(inputs)[0] ?? []
      return demandWindows(texts(kw), Number(/\d+/.exec(name)?.[0]), asked)
    },
  },
  {
    tell: /^meter_\w+_kw$/,
    known: /^meter_\w+_kw$/,
    read: (inputs) => totalised(Object.values(inputs).map((kw) => texts(kw))),
  },
  {
    tell: /^estimated_kwh$/,
    known: /^(estimated_kwh|actual_kwh|price|fixed|tax_percent)$/,
    read: cancelAndRebill,
  },
  {
    tell: /^steps?_kwh_per_normal$/,
    known: /^(kwh|days|normal_days|steps?_kwh_per_normal|prices)$/,
    read: shortPeriod,
  },
  { tell: /^price_per_/, known: /^(ccf|mcf|cf|m3|\w+_factor|price_per_\w+)$/, read: gas },
  { tell: /^dials$/, known: /^(dials|multiplier|previous|present)$/, read: rollover },
  { tell: /^old$/, known: /^(old|new)$/, read: (inputs) => exchange(object(inputs.old), object(inputs.new)) },
]

function actualOf(inputs: ExactObject, asked: readonly string[]): Actual {
  const names = Object.keys(inputs)
  const reader = READERS.find(({ tell }) => names.some((name) => tell.test(name)))
  if (!reader) throw new Unsupported(`no rule reads the inputs ${names.join(', ')}`)
  const stranger = names.find((name) => !reader.known.test(name))
  if (stranger) throw new Unsupported(`no rule reads the input "${stranger}"`)
  return reader.read(inputs, asked)
}

const SLOT_SECONDS = 900
const WINDOW = /(\d\d:\d\d)-(\d\d:\d\d)/

/** A constant load over local days, in a window of the clock and outside it. */
function constantLoad(inputs: ExactObject): Actual {
  const timeZone = text(inputs.time_zone)
  const start = text(inputs.local_date, text(inputs.from_date))
  const end = inputs.to_date_exclusive ? text(inputs.to_date_exclusive) : addDays(start, 1)
  const [name = '', told] = Object.entries(inputs).find(([, value]) => WINDOW.test(text(value))) ?? []
  const slots = (startOfDaySeconds(end, timeZone) - startOfDaySeconds(start, timeZone)) / SLOT_SECONDS
  const kw = /^constant (\d+(?:\.\d+)?) kW$/.exec(text(inputs.load))?.[1]
  if (kw === undefined) throw new Unsupported(`no rule reads the load "${text(inputs.load)}"`)
  const quarter = multiply(decimal(kw), decimal('0.25'))
  const values = new Float64Array(slots).fill(Number(quarter.units))
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    touMaps: [windowMap('clock', windowRows(text(told)))],
    quantities: [{ ...KWH, tou: 'clock' }],
    rules: [priced('energy', 'kwh', '1')],
  }
  const channels = [channel(values, quarter.scale, start, timeZone, SLOT_SECONDS)]
  const charge = price([version], { usage: { kind: 'interval', channels }, start, end, timeZone })
  const inside = name.replace(/_window$/, '')
  const outside = quantityOf(charge, 'kwh', 'out')
  return {
    hours: multiply(decimalOf(charge.quality.count), decimal('0.25')),
    kwh: quantityOf(charge, 'kwh'),
    [`${inside}_kwh`]: quantityOf(charge, 'kwh', 'in'),
    [`off_${inside}_kwh`]: outside,
    other_kwh: outside,
  }
}

const DAYS_TOLD: Readonly<Record<string, DayClass[]>> = {
  '': ['every'],
  'every day': ['every'],
  'Mon-Fri': ['weekday'],
  weekdays: ['weekday'],
  'Sat-Sun': ['weekend'],
  weekends: ['weekend'],
}

/** `22:00-06:00 local, Mon-Fri`: a window over midnight is two. */
function windowRows(told: string) {
  if (told === '') return []
  const [, from = '', until = ''] = WINDOW.exec(told) ?? []
  const when = told
    .replace(WINDOW, '')
    .replace(/\blocal\b/, '')
    .replace(/^[\s,]+|[\s,]+$/g, '')
  const days = DAYS_TOLD[when]
  if (!days) throw new Unsupported(`no rule reads the window "${told}"`)
  if (from < until) return [{ days, from, until }]
  return [
    { days, from, until: '24:00' },
    { days, from: '00:00', until },
  ]
}

function dailyCharge(inputs: ExactObject): Actual {
  const [start, end] = [text(inputs.from_date), text(inputs.to_date_exclusive)]
  const rules: RuleInput[] = [
    {
      kind: 'flat_charge',
      code: 'daily',
      text: { en: 'Daily' },
      class: 'fixed',
      price: text(inputs.per_day),
      per: 'day',
    },
  ]
  const charge = price([{ effectiveFrom: ALWAYS, rules }], {
    usage: { kind: 'quantities', quantities: [] },
    start,
    end,
  })
  return { days: decimalOf(daysBetween(start, end)), amount: centsOf(charge.lines) }
}

/** kW of equal intervals from midnight as energy, the rest of the day without use. */
function day(kw: readonly string[], intervalSeconds: number) {
  const hours = divide(decimalOf(intervalSeconds), decimalOf(3600))
  const energies = kw.map((value) => multiply(decimal(value), hours))
  const scale = Math.min(9, Math.max(0, ...energies.map((energy) => energy.scale)))
  const values = new Float64Array(86_400 / intervalSeconds)
  for (const [index, energy] of energies.entries())
    values[index] = Number(round(energy, scale, 'half_even').units)
  return channel(values, scale, FIRST_DAY, undefined, intervalSeconds)
}

/** `max_30min_sliding` is the highest average of any 30 minutes; a block begins with a multiple of its length. */
function demandWindows(kw: readonly string[], minutes: number, asked: readonly string[]): Actual {
  const quantities = asked.map((code) => {
    const [, windowMinutes, how] = /^max_(\d+)min(?:_(block|sliding))?$/.exec(code) ?? []
    if (!windowMinutes) throw new Unsupported(`no rule reads the peak "${code}"`)
    const sliding = how === 'sliding'
    return { code, fn: 'max_demand' as const, windowMinutes: Number(windowMinutes), sliding }
  })
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    quantities,
    rules: quantities.map(({ code }) => priced(`rule-${codeText(code)}`, code, '1', { measuresPeak: true })),
  }
  const usage = { kind: 'interval' as const, channels: [day(kw, minutes * 60)] }
  const charge = price([version], { usage, days: 1 })
  return Object.fromEntries(quantities.map(({ code }) => [code, quantityOf(charge, code)]))
}

function codeText(code: string): string {
  return code.replaceAll('_', '-')
}

function totalised(meters: readonly (readonly string[])[]): Actual {
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    quantities: [{ code: 'kw', fn: 'max_demand' }],
    rules: [priced('demand', 'kw', '1', { measuresPeak: true })],
  }
  const peak = (channels: ReturnType<typeof day>[]) =>
    quantityOf(price([version], { usage: { kind: 'interval', channels }, days: 1 }), 'kw')
  const days = meters.map((kw) => day(kw, 3600))
  return {
    coincident_max: peak(days),
    sum_of_noncoincident_max: sum(days.map((one) => peak([one]))),
  }
}

function kwhUsage(kwh: string, unit = 'kWh') {
  const { units, scale } = decimal(kwh)
  return { kind: 'quantities' as const, quantities: [{ unit, quantity: Number(units), scale }] }
}

function cancelAndRebill(inputs: ExactObject): Actual {
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    quantities: [KWH],
    rules: [
      priced('energy', 'kwh', text(inputs.price)),
      {
        kind: 'flat_charge',
        code: 'fixed',
        text: { en: 'Fixed' },
        class: 'fixed',
        price: text(inputs.fixed, '0'),
      },
      {
        kind: 'apply_to',
        code: 'tax',
        text: { en: 'Tax' },
        class: 'tax',
        percent: text(inputs.tax_percent, '0'),
        base: {},
      },
    ],
  }
  const bill = (kwh: string) => centsOf(price([version], { usage: kwhUsage(kwh) }).lines)
  const original = bill(text(inputs.estimated_kwh))
  const rebill = bill(text(inputs.actual_kwh))
  return { original, rebill, net_adjustment: subtract(rebill, original) }
}

/** Steps written for a normal period, over another number of days. */
function shortPeriod(inputs: ExactObject): Actual {
  const prices = texts(inputs.prices)
  const told = [inputs.step_kwh_per_normal, ...list(inputs.steps_kwh_per_normal)]
  const ends = [...told, ...list(inputs.step_kwh_per_normal)].map((end) => text(end)).filter(Boolean)
  const bands = prices.map((unitPrice, index) => {
    const end = ends[index]
    return end === undefined ? { price: unitPrice } : { upTo: { value: end }, price: unitPrice }
  })
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    billingPeriod: { normalDays: text(inputs.normal_days) },
    quantities: [KWH],
    rules: [{ ...priced('energy', 'kwh', '0'), prices: [{ bands }] } as RuleInput],
  }
  const charge = price([version], { usage: kwhUsage(text(inputs.kwh)), days: Number(text(inputs.days)) })
  const limits = charge.lines.map((line) => line.band?.upTo)
  const limitOf = (index: number) => (limits[index] === undefined ? undefined : decimal(limits[index]))
  return {
    step_limit: limitOf(0),
    ...Object.fromEntries(ends.map((_, index) => [`step_limit_${index + 1}`, limitOf(index)])),
    amount: centsOf(charge.lines),
  }
}

/** A volume times its factors, priced exact and in whole units. */
function gas(inputs: ExactObject): Actual {
  const names = Object.keys(inputs)
  const volume = names.find((name) => /^(ccf|mcf|cf|m3)$/.test(name)) ?? ''
  const priceName = names.find((name) => name.startsWith('price_per_')) ?? ''
  const unit = priceName.replace('price_per_', '')
  const factors = names.filter((name) => name.endsWith('_factor'))
  const version = (places?: number): VersionInput => ({
    effectiveFrom: ALWAYS,
    rounding: { quantities: places === undefined ? [] : [{ unit, places, mode: 'half_up' }] },
    quantities: [
      { code: volume, fn: 'usage', unit: volume },
      { code: 'converted', fn: 'formula', unit, expression: [volume, ...factors].join(' * ') },
    ],
    rules: [priced('gas', 'converted', text(inputs[priceName]))],
  })
  const values = Object.fromEntries(factors.map((name) => [name, text(inputs[name])]))
  const pricing = { usage: kwhUsage(text(inputs[volume]), volume), facts: { values } }
  const exact = price([version()], pricing)
  const whole = price([version(0)], pricing)
  const billed = whole.quantities.find((row) => row.code === 'converted')?.billable
  return {
    [`${unit}s_unrounded`]: quantityOf(exact, 'converted'),
    [`${unit}_unrounded`]: quantityOf(exact, 'converted'),
    [`${unit}s_whole`]: billed,
    [`${unit}_whole`]: billed,
    amount_on_whole: centsOf(whole.lines),
    amount_on_unrounded: centsOf(exact.lines),
  }
}

function rollover(inputs: ExactObject, asked: readonly string[]): Actual {
  const { registered, quantity } = registeredUse({
    previous: decimal(text(inputs.previous)),
    present: decimal(text(inputs.present)),
    dials: Number(text(inputs.dials)),
    multiplier: decimal(text(inputs.multiplier, '1')),
  })
  const units = asked.filter((name) => /^(kwh|kvarh|ccf|mcf|cf|m3|kl|quantity)$/.test(name))
  return { registered, ...Object.fromEntries(units.map((unit) => [unit, quantity])) }
}

/** The use of a period in which one meter followed another. */
function exchange(old: ExactObject, next: ExactObject): Actual {
  const use = (meter: ExactObject, from: string, to: string) => {
    assertKnown(meter, [from, to, 'multiplier', 'dials'], 'a meter')
    return registeredUse({
      previous: decimal(text(meter[from])),
      present: decimal(text(meter[to])),
      multiplier: decimal(text(meter.multiplier, '1')),
      ...(isNumber(meter.dials) ? { dials: Number(meter.dials) } : {}),
    }).quantity
  }
  return { kwh: add(use(old, 'start', 'removal'), use(next, 'install', 'end')) }
}

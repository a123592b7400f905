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
import { type ExactObject, isNumber, object, text, texts } from './exact-json.ts'
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
  const inputs = object(given.inputs)
  const expected = object(given.expected)
  const actual = actualOf(inputs, Object.keys(expected))
  const comparison = new Comparison()
  for (const [name, value] of Object.entries(expected))
    if (isNumber(value)) comparison.number(name, value, actual[name])
  return comparison.result(text(given.id))
}

type Actual = Record<string, Decimal | undefined>

function actualOf(inputs: ExactObject, asked: readonly string[]): Actual {
  if (inputs.load) return constantLoad(inputs)
  if (inputs.per_day) return dailyCharge(inputs)
  const sampled = Object.keys(inputs).find((name) => /^kw_\d+min$/.test(name))
  if (sampled) return demandWindows(texts(inputs[sampled]), Number(/\d+/.exec(sampled)?.[0]), asked)
  const meters = Object.keys(inputs).filter((name) => /^meter_\w+_kw$/.test(name))
  if (meters.length > 0) return totalised(meters.map((name) => texts(inputs[name])))
  if (inputs.estimated_kwh) return cancelAndRebill(inputs)
  if (inputs.step_kwh_per_normal) return shortPeriod(inputs)
  if (inputs.price_per_therm) return gas(inputs)
  if (inputs.dials) return rollover(inputs)
  if (inputs.old) return exchange(object(inputs.old), object(inputs.new))
  throw new Unsupported(`no rule reads the inputs ${Object.keys(inputs).join(', ')}`)
}

const SLOT_SECONDS = 900

/** A constant load over local days, in a window of the clock and outside it. */
function constantLoad(inputs: ExactObject): Actual {
  const timeZone = text(inputs.time_zone)
  const start = text(inputs.local_date, text(inputs.from_date))
  const end = inputs.to_date_exclusive ? text(inputs.to_date_exclusive) : addDays(start, 1)
  const [name = '', window = ''] =
    Object.entries(inputs).find(([, value]) => /\d\d:\d\d-\d\d:\d\d/.test(text(value))) ?? []
  const [, from = '', until = ''] = /(\d\d:\d\d)-(\d\d:\d\d)/.exec(text(window)) ?? []
  const days: DayClass[] = text(window).includes('Mon-Fri') ? ['weekday'] : ['every']
  const slots = (startOfDaySeconds(end, timeZone) - startOfDaySeconds(start, timeZone)) / SLOT_SECONDS
  const kw = decimal(/\d+(\.\d+)?/.exec(text(inputs.load))?.[0] ?? '0')
  const quarter = multiply(kw, decimal('0.25'))
  const values = new Float64Array(slots).fill(Number(quarter.units))
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    touMaps: [windowMap('clock', [{ days, from, until }])],
    quantities: [{ ...KWH, tou: 'clock' }],
    rules: [priced('energy', 'kwh', '1')],
  }
  const channels = [channel(values, quarter.scale, start, timeZone, SLOT_SECONDS)]
  const charge = price([version], { usage: { kind: 'interval', channels }, start, end, timeZone })
  const inside = text(name).replace(/_window$/, '')
  const outside = quantityOf(charge, 'kwh', 'out')
  return {
    hours: multiply(decimalOf(charge.quality.count), decimal('0.25')),
    kwh: quantityOf(charge, 'kwh'),
    [`${inside}_kwh`]: quantityOf(charge, 'kwh', 'in'),
    [`off_${inside}_kwh`]: outside,
    other_kwh: outside,
  }
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
        price: text(inputs.fixed),
      },
      {
        kind: 'apply_to',
        code: 'tax',
        text: { en: 'Tax' },
        class: 'tax',
        percent: text(inputs.tax_percent),
        base: {},
      },
    ],
  }
  const bill = (kwh: string) => centsOf(price([version], { usage: kwhUsage(kwh) }).lines)
  const original = bill(text(inputs.estimated_kwh))
  const rebill = bill(text(inputs.actual_kwh))
  return { original, rebill, net_adjustment: subtract(rebill, original) }
}

function shortPeriod(inputs: ExactObject): Actual {
  const [low = '0', high = '0'] = texts(inputs.prices)
  const step = { value: text(inputs.step_kwh_per_normal), per: 'bill' as const }
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    billingPeriod: { normalDays: text(inputs.normal_days) },
    quantities: [KWH],
    rules: [
      {
        ...priced('energy', 'kwh', low),
        prices: [{ bands: [{ upTo: step, price: low }, { price: high }] }],
      } as RuleInput,
    ],
  }
  const charge = price([version], { usage: kwhUsage(text(inputs.kwh)), days: Number(text(inputs.days)) })
  const limit = charge.lines.find((line) => line.band?.upTo)?.band?.upTo
  return { step_limit: limit === undefined ? undefined : decimal(limit), amount: centsOf(charge.lines) }
}

function gas(inputs: ExactObject): Actual {
  const expression = 'ccf * pressure_factor * btu_factor'
  const version = (places?: number): VersionInput => ({
    effectiveFrom: ALWAYS,
    rounding: { quantities: places === undefined ? [] : [{ unit: 'therm', places, mode: 'half_up' }] },
    quantities: [
      { code: 'ccf', fn: 'usage', unit: 'ccf' },
      { code: 'therms', fn: 'formula', unit: 'therm', expression },
    ],
    rules: [priced('gas', 'therms', text(inputs.price_per_therm))],
  })
  const values = { pressure_factor: text(inputs.pressure_factor), btu_factor: text(inputs.btu_factor) }
  const pricing = { usage: kwhUsage(text(inputs.ccf), 'ccf'), facts: { values } }
  const exact = price([version()], pricing)
  const whole = price([version(0)], pricing)
  return {
    therms_unrounded: quantityOf(exact, 'therms'),
    therms_whole: whole.quantities.find((row) => row.code === 'therms')?.billable,
    amount_on_whole: centsOf(whole.lines),
    amount_on_unrounded: centsOf(exact.lines),
  }
}

function rollover(inputs: ExactObject): Actual {
  const { registered, quantity } = registeredUse({
    previous: decimal(text(inputs.previous)),
    present: decimal(text(inputs.present)),
    dials: Number(text(inputs.dials)),
    multiplier: decimal(text(inputs.multiplier)),
  })
  return { registered, kwh: quantity, ccf: quantity, m3: quantity, quantity }
}

/** The use of a period in which one meter followed another. */
function exchange(old: ExactObject, next: ExactObject): Actual {
  const use = (meter: ExactObject, from: string, to: string) =>
    registeredUse({
      previous: decimal(text(meter[from])),
      present: decimal(text(meter[to])),
      multiplier: decimal(text(meter.multiplier)),
    }).quantity
  return { kwh: add(use(old, 'start', 'removal'), use(next, 'install', 'end')) }
}

import { registeredUse } from '../../domain/usage/index.ts'
import { add, type Decimal, decimal, decimalOf, parseDecimal, subtract } from '../../platform/decimal.ts'
import { addDays, daysBetween, startOfDaySeconds } from '../../platform/time.ts'
import { type CaseResult, Comparison, Unsupported } from './comparison.ts'
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

const ALWAYS = '1970-01-01'
const KWH = { code: 'kwh', fn: 'usage', unit: 'kWh' } as const

/** This will price an arithmetic edge case by what its inputs say. */
export function runEdgeCase(_folder: string, given: ExactObject): CaseResult {
  const inputs = object(given.inputs)
  const expected = object(given.expected)
  const actual = actualOf(inputs)
  const comparison = new Comparison()
  for (const [name, value] of Object.entries(expected))
    if (isNumber(value)) comparison.number(name, value, actual[name])
  return comparison.result(text(given.id))
}

type Actual = Record<string, Decimal | undefined>

function actualOf(inputs: ExactObject): Actual {
  if (inputs.load) return constantLoad(inputs)
  if (inputs.per_day) return dailyCharge(inputs)
  if (inputs.kw_15min) return demandWindows(texts(inputs.kw_15min))
  if (inputs.meter_a_kw) return totalised(texts(inputs.meter_a_kw), texts(inputs.meter_b_kw))
  if (inputs.estimated_kwh) return cancelAndRebill(inputs)
  if (inputs.step_kwh_per_normal) return shortPeriod(inputs)
  if (inputs.price_per_therm) return gas(inputs)
  if (inputs.dials) return rollover(inputs)
  if (inputs.old) return exchange(object(inputs.old), object(inputs.new))
  throw new Unsupported(`no rule reads the inputs ${Object.keys(inputs).join(', ')}`)
}

/** A constant load over local days, in a window of the clock and outside it. */
function constantLoad(inputs: ExactObject): Actual {
  const timeZone = text(inputs.time_zone)
  const start = text(inputs.local_date, text(inputs.from_date))
  const end = inputs.to_date_exclusive ? text(inputs.to_date_exclusive) : addDays(start, 1)
  const window = text(inputs.night_window, text(inputs.peak))
  const [, from = '', until = ''] = /(\d\d:\d\d)-(\d\d:\d\d)/.exec(window) ?? []
  const days = window.includes('Mon-Fri') ? (['weekday'] as const) : (['every'] as const)
  const hours = (startOfDaySeconds(end, timeZone) - startOfDaySeconds(start, timeZone)) / 3600
  const kw = Number(/\d+/.exec(text(inputs.load))?.[0])
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    touMaps: [windowMap('clock', [{ days: [...days], from, until }])],
    quantities: [{ ...KWH, tou: 'clock' }],
    rules: [priced('energy', 'kwh', '1')],
  }
  const usage = {
    kind: 'interval' as const,
    channels: [channel(new Float64Array(hours).fill(kw), 0, start, timeZone)],
  }
  const charge = price([version], { usage, start, end, timeZone })
  const inside = quantityOf(charge, 'kwh', 'in')
  const outside = quantityOf(charge, 'kwh', 'out')
  return {
    hours: decimalOf(charge.quality.count),
    kwh: quantityOf(charge, 'kwh'),
    night_kwh: inside,
    peak_kwh: inside,
    other_kwh: outside,
    off_peak_kwh: outside,
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

/** kW of equal intervals from midnight, as energy x 10^-scale, the rest of the day without use. */
function day(kw: readonly string[], intervalSeconds: number) {
  const values = new Float64Array(86_400 / intervalSeconds)
  for (const [index, value] of kw.entries())
    values[index] = Number(parseDecimal(value)?.units ?? 0n) * (intervalSeconds / 36)
  return channel(values, 2, FIRST_DAY, undefined, intervalSeconds)
}

function demandWindows(kw: readonly string[]): Actual {
  const windows = {
    max_15min: { windowMinutes: 15 },
    max_30min_block: { windowMinutes: 30 },
    max_30min_sliding: { windowMinutes: 30, sliding: true },
    max_60min_block: { windowMinutes: 60 },
  }
  const quantities = Object.entries(windows).map(([code, window]) => ({
    code,
    fn: 'max_demand' as const,
    ...window,
  }))
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    quantities,
    rules: quantities.map(({ code }) => priced(`rule-${codeText(code)}`, code, '1', { measuresPeak: true })),
  }
  const charge = price([version], { usage: { kind: 'interval', channels: [day(kw, 900)] }, days: 1 })
  return Object.fromEntries(quantities.map(({ code }) => [code, quantityOf(charge, code)]))
}

function codeText(code: string): string {
  return code.replaceAll('_', '-')
}

function totalised(a: readonly string[], b: readonly string[]): Actual {
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    quantities: [{ code: 'kw', fn: 'max_demand' }],
    rules: [priced('demand', 'kw', '1', { measuresPeak: true })],
  }
  const peak = (...meters: (readonly string[])[]) =>
    quantityOf(
      price([version], { usage: { kind: 'interval', channels: meters.map((kw) => day(kw, 3600)) }, days: 1 }),
      'kw',
    )
  return {
    coincident_max: peak(a, b),
    sum_of_noncoincident_max: add(peak(a), peak(b)),
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
  return { registered, kwh: quantity }
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

import { join } from 'node:path'
import type { RatedCharge } from '../../domain/rating/index.ts'
import type { DayClass } from '../../domain/tariffs/index.ts'
import { type Decimal, decimal, decimalText, multiply, sum } from '../../platform/decimal.ts'
import { startOfDaySeconds } from '../../platform/time.ts'
import { type CaseResult, Comparison } from './comparison.ts'
import { type ExactJson, type ExactObject, isNumber, list, object, text, texts } from './exact-json.ts'
import { channels, readColumn } from './load.ts'
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
const DAY_SECONDS = 86_400
const WHOLE_YEAR = { toleranceMinDays: 1, toleranceMaxDays: 366 }

/** This will price a case that another engine answered, by what its rate and inputs say. */
export function runEngineCase(folder: string, given: ExactObject): CaseResult {
  const rateGiven = object(given.rate)
  if (rateGiven.periods) return windowedPeriods(folder, given)
  const comparison = new Comparison(isNumber(given.tolerance) ? given.tolerance : undefined)
  if (rateGiven.elements) annualElements(comparison, given)
  else if (rateGiven.coincident) coincident(comparison, given)
  else if (rateGiven.energyratestructure) annualTiers(comparison, given)
  else if (rateGiven.lookback_percent) lookback(comparison, given)
  else if (rateGiven.flat_demand) proseRate(comparison, given)
  else throw new Unsupported(`no rule reads a rate of ${Object.keys(rateGiven).join(', ')}`)
  return comparison.result(text(given.id))
}

function monthsOf(year: number): { start: string; end: string; month: string }[] {
  const first = (month: number) =>
    month > 12 ? `${year + 1}-01-01` : `${year}-${String(month).padStart(2, '0')}-01`
  return Array.from({ length: 12 }, (_, index) => ({
    start: first(index + 1),
    end: first(index + 2),
    month: first(index + 1).slice(0, 7),
  }))
}

function monthSeason(from: number, until: number) {
  const day = (month: number) => `${String(((month - 1) % 12) + 1).padStart(2, '0')}-01`
  return { from: day(from), until: day(until + 1) }
}

/** Windows of hour-ending clock hours, each an energy price or a demand price of its own. */
function windowedPeriods(folder: string, given: ExactObject): CaseResult {
  const expected = object(given.expected)
  const comparison = new Comparison(isNumber(expected.tolerance) ? expected.tolerance : undefined)
  const year = Number(text(given.first_interval).slice(0, 4))
  const load = readColumn(join(folder, text(given.load)))
  const start = startOfDaySeconds(`${year}-01-01`, ZONE)
  const yearSeconds = load.length * Number(text(given.interval_minutes)) * 60
  const usage = { kind: 'interval' as const, channels: channels(load, undefined, start, yearSeconds, true) }
  const version = windowedVersion(list(object(given.rate).periods).map(object))
  const charges = new Map(
    monthsOf(year).map(({ month, ...period }) => [month, price([version], { usage, ...period })]),
  )
  for (const line of list(expected.lines).map(object)) {
    const code = `period-${text(line.billing_period)}`
    const lines = charges.get(text(line.month))?.lines.filter((row) => row.ruleCode === code) ?? []
    comparison.number(`${text(line.month)} ${code}`, text(line.amount), moneyOf(lines))
  }
  return comparison.result(text(given.id))
}

function windowedVersion(periods: readonly ExactObject[]): VersionInput {
  const rows = periods.map((period) => {
    const code = `period-${text(period.billing_period)}`
    const hours = excluding(period).map(([from, until]) => ({ from: clock(from), until: clock(until) }))
    const day = text(period.days)
    const days: DayClass[] = [day === 'weekday' || day === 'weekend' ? day : 'every']
    const range = monthSeason(Number(text(period.start_month)), Number(text(period.end_month)))
    const allYear = range.from === range.until
    return { period, code, hours, days, season: allYear ? undefined : { code, ranges: [range] } }
  })
  return {
    effectiveFrom: ALWAYS,
    seasons: rows.flatMap(({ season }) => season ?? []),
    touMaps: rows.map(({ code, hours, days, season }) =>
      windowMap(
        code,
        hours.map((hour) => ({ ...hour, days, ...(season ? { seasons: [code] } : {}) })),
      ),
    ),
    quantities: rows.map(({ code, period }) =>
      text(period.charge) === 'demand'
        ? { code, fn: 'max_demand', tou: code }
        : { code, fn: 'usage', unit: 'kWh', tou: code },
    ),
    rules: rows.map(({ code, period }) => {
      const measuresPeak = text(period.charge) === 'demand'
      return priced(code, code, text(period.price), { tou: 'in', measuresPeak })
    }),
  }
}

function excluding(period: ExactObject): [number, number][] {
  const [from, until] = [Number(text(period.start_hour_ending)) - 1, Number(text(period.end_hour_ending))]
  if (!isNumber(period.excluding_start)) return [[from, until]]
  const [cut, rest] = [Number(period.excluding_start) - 1, Number(text(period.excluding_end))]
  return (
    [
      [from, cut],
      [rest, until],
    ] as [number, number][]
  ).filter(([a, b]) => a < b)
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** Elements of fixed, time-of-use energy and demand prices, over a year of a repeated day. */
function annualElements(comparison: Comparison, given: ExactObject): void {
  const pattern = texts(object(given.inputs).hourly_kw_pattern_24)
  const hours = Number(text(object(given.inputs).hours))
  const scale = Math.max(...pattern.map((kw) => decimal(kw).scale))
  const values = Float64Array.from({ length: hours }, (_, hour) =>
    Math.round(Number(pattern[hour % pattern.length]) * 10 ** scale),
  )
  const version = elementsVersion(list(object(given.rate).elements).map(object))
  for (const row of list(given.expected).map(object)) {
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

function elementsVersion(elements: readonly ExactObject[]): VersionInput {
  const version: FilledVersion = {
    effectiveFrom: ALWAYS,
    seasons: [],
    touMaps: [],
    quantities: [],
    rules: [],
  }
  for (const [index, element] of elements.entries())
    for (const [part, component] of list(element.rateComponents).map(object).entries()) {
      const code = `e${index}-${part}`
      const kind = text(element.rateElementType)
      if (kind === 'FixedPerMonth') version.rules.push(fixed(code, text(component.charge)))
      else if (kind === 'FixedPerDay')
        version.rules.push({ ...fixed(code, text(component.charge)), per: 'day' })
      else if (kind === 'Demand') {
        version.quantities.push({ code, fn: 'max_demand' })
        version.rules.push(priced(code, code, text(component.charge), { measuresPeak: true }))
      } else if (kind === 'EnergyTimeOfUse') {
        const months = texts(component.months).map(Number)
        version.seasons.push({ code, ranges: months.map((month) => monthSeason(month + 1, month + 1)) })
        const days = texts(component.daysOfWeek).map((day) => DAY_NAMES[Number(day)] ?? 'sun')
        const rows = texts(component.hourStarts).map((hour) => ({
          days: [...days, 'holiday' as const],
          from: clock(Number(hour)),
          until: clock(Number(hour) + 1),
          seasons: [code],
        }))
        version.touMaps.push(windowMap(code, rows))
        version.quantities.push({ code, fn: 'usage', unit: 'kWh', tou: code })
        version.rules.push(priced(code, code, text(component.charge), { tou: 'in' }))
      } else throw new Unsupported(`no rule reads a rate element ${kind}`)
    }
  return version
}

function fixed(code: string, amount: string): Extract<RuleInput, { kind: 'flat_charge' }> {
  return { kind: 'flat_charge', code, text: { en: code }, class: 'fixed', price: amount }
}

/** Hourly kW of a year told in words: a base and hours (counted from 1) that differ. */
function toldLoad(told: string, hours: number) {
  const base = /^(?:flat )?(\d+(?:\.\d+)?) kW/.exec(told)?.[1] ?? (/^zero/.test(told) ? '0' : undefined)
  if (base === undefined) throw new Unsupported(`no rule reads the load "${told}"`)
  const values = new Float64Array(hours).fill(Number(base))
  const other = /hour (\d+) of .*?(?:which is|=) (\d+) kW/.exec(told)
  if (other) values[Number(other[1]) - 1] = Number(other[2])
  return { kind: 'interval' as const, channels: [channel(values, 0, '2023-01-01')] }
}

function coincident(comparison: Comparison, given: ExactObject): void {
  const groups = list(object(given.rate).coincident).map(object)
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

/** Tiers over twelve equal months of a year's total. */
function annualTiers(comparison: Comparison, given: ExactObject): void {
  const told = text(object(given.inputs).monthly_kwh)
  const annual = /([\d,]+) kWh in the year/.exec(told)?.[1]?.replaceAll(',', '')
  if (annual === undefined) throw new Unsupported(`no rule reads the usage "${told}"`)
  const [tiers] = list(object(given.rate).energyratestructure)
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
  const monthly = { unit: 'kWh', quantity: Math.round((Number(annual) / 12) * 1000), scale: 3 }
  const charges = monthsOf(2023).map(({ start, end }) =>
    price([version], { usage: { kind: 'quantities', quantities: [monthly] }, start, end }),
  )
  comparison.number('annual_energy_charge', text(object(given.expected).annual_energy_charge), total(charges))
}

function bandOf(tier: ExactObject) {
  const unitPrice = decimalText(sum([decimal(text(tier.rate)), decimal(text(tier.adj, '0'))]))
  return tier.max ? { upTo: { value: text(tier.max) }, price: unitPrice } : { price: unitPrice }
}

function total(charges: readonly RatedCharge[]): Decimal {
  return moneyOf(charges.flatMap((charge) => charge.lines))
}

const COLD = [10, 11, 12, 1, 2, 3]

/** Flat demand prices of cold and warm months on a peak that later months of the year remember. */
function lookback(comparison: Comparison, given: ExactObject): void {
  const rateGiven = object(given.rate)
  const prices = object(rateGiven.flat_demand_usd_per_kw_by_month)
  const percent = decimalText(multiply(decimal(text(rateGiven.lookback_percent)), decimal('100')))
  const season = (code: string, months: number[]) => ({
    code,
    ranges: months.map((month) => monthSeason(month, month)),
  })
  const warm = [4, 5, 6, 7, 8, 9]
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    seasons: [season('cold', COLD), season('warm', warm)],
    quantities: [
      { code: 'peak', fn: 'max_demand' },
      {
        code: 'billed',
        fn: 'billing_demand',
        of: 'peak',
        lookbackMonths: 11,
        percentByMonth: Array.from({ length: 12 }, () => percent),
        includeCurrentByMonth: Array.from({ length: 12 }, () => true),
      },
    ],
    rules: [
      priced('cold', 'billed', text(prices.six_cold_months), { measuresPeak: true, seasons: ['cold'] }),
      priced('warm', 'billed', text(prices.six_warm_months), { measuresPeak: true, seasons: ['warm'] }),
    ],
  }
  const usage = toldLoad(text(object(given.inputs).load), 8760)
  const charges: RatedCharge[] = []
  for (const { start, end } of monthsOf(2023)) {
    const history = charges.at(-1)?.carry
    charges.push(price([version], { usage, start, end, ...(history ? { facts: { history } } : {}) }))
  }
  comparison.number('annual_demand_charge', text(object(given.expected).annual_demand_charge), total(charges))
}

const WINDOW = /(\d+(?:\.\d+)?) \$\/kWh? .*?\((\d\d:\d\d)-(\d\d:\d\d)\)/
const PRICE = /(\d+(?:\.\d+)?)/

/** A rate told in words: weekday energy with a window, weekend energy, flat and windowed demand. */
function proseRate(comparison: Comparison, given: ExactObject): void {
  const told = object(given.rate)
  const [, peakPrice = '', from = '', until = ''] = WINDOW.exec(text(told.energy_weekday)) ?? []
  const offPrice = /else (\d+(?:\.\d+)?)/.exec(text(told.energy_weekday))?.[1] ?? ''
  const [, demandPrice = '', demandFrom = '', demandUntil = ''] =
    WINDOW.exec(text(told.tou_demand_weekday)) ?? []
  const weekendPrice = priceOf(told.energy_weekend)
  const days = ['weekday' as const]
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    touMaps: [
      {
        code: 'energy',
        periods: ['peak', 'off', 'weekend'].map((code) => ({ code, text: { en: code } })),
        rows: [
          { days, from, until, period: 'peak' },
          { days: ['weekend'], from: '00:00', until: '24:00', period: 'weekend' },
        ],
        otherwise: 'off',
      },
      windowMap('demand', [{ days, from: demandFrom, until: demandUntil }]),
    ],
    quantities: [
      { code: 'kwh', fn: 'usage', unit: 'kWh', tou: 'energy' },
      { code: 'peak', fn: 'max_demand' },
      { code: 'window-peak', fn: 'max_demand', tou: 'demand' },
    ],
    rules: [
      priced('peak-energy', 'kwh', peakPrice, { tou: 'peak' }),
      priced('off-energy', 'kwh', offPrice, { tou: 'off' }),
      priced('weekend-energy', 'kwh', weekendPrice, { tou: 'weekend' }),
      priced('flat-demand', 'peak', priceOf(told.flat_demand), { measuresPeak: true, class: 'demand' }),
      priced('window-demand', 'window-peak', demandPrice, { tou: 'in', measuresPeak: true, class: 'demand' }),
    ],
  }
  for (const row of list(given.expected).map(object)) {
    const year = Number(text(row.year))
    const days =
      (startOfDaySeconds(`${year + 1}-01-01`, ZONE) - startOfDaySeconds(`${year}-01-01`, ZONE)) / DAY_SECONDS
    const values = toldLoad(text(object(given.inputs).load), days * 24).channels[0]?.values as Float64Array
    const usage = { kind: 'interval' as const, channels: [channel(values, 0, `${year}-01-01`)] }
    const charges = monthsOf(year).map(({ start, end }) => price([version], { usage, start, end }))
    for (const name of ['energy', 'demand'])
      comparison.number(
        `${year} ${name}`,
        text(row[name]),
        moneyOf(charges.flatMap((charge) => charge.lines.filter((line) => line.glAccount === name))),
      )
  }
}

function priceOf(told: ExactJson | undefined): string {
  return PRICE.exec(text(told))?.[1] ?? ''
}

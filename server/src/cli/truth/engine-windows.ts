import { join } from 'node:path'
import type { DayClass } from '../../domain/tariffs/index.ts'
import { startOfDaySeconds } from '../../platform/time.ts'
import { type CaseResult, Comparison } from './comparison.ts'
import { clock, monthSeason, monthsOf } from './engine-year.ts'
import { assertKnown, type ExactObject, isNumber, list, object, text } from './exact-json.ts'
import { channels, readColumn } from './load.ts'
import { moneyOf, price, priced, type VersionInput, windowMap, ZONE } from './neutral.ts'
import { Unsupported } from './unsupported.ts'

const ALWAYS = '1970-01-01'

/** Windows of hour-ending clock hours, each an energy price or a demand price of its own. */
export function windowedPeriods(folder: string, given: ExactObject): CaseResult {
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

const DAYS: Readonly<Record<string, DayClass[]>> = {
  weekday: ['weekday'],
  weekend: ['weekend'],
  all: ['every'],
  every: ['every'],
  both: ['every'],
  '': ['every'],
}

const PERIOD_FIELDS = [
  'billing_period',
  'start_month',
  'end_month',
  'start_hour_ending',
  'end_hour_ending',
  'excluding_start',
  'excluding_end',
  'days',
  'price',
  'charge',
  'name',
]

function windowedVersion(periods: readonly ExactObject[]): VersionInput {
  const rows = periods.map((period) => {
    assertKnown(period, PERIOD_FIELDS, 'a period')
    if (!['energy', 'demand'].includes(text(period.charge)))
      throw new Unsupported(`no rule charges a period by "${text(period.charge)}"`)
    const code = `period-${text(period.billing_period)}`
    const hours = excluding(period).map(([from, until]) => ({ from: clock(from), until: clock(until) }))
    const days = DAYS[text(period.days)]
    if (!days) throw new Unsupported(`no rule reads the days "${text(period.days)}"`)
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

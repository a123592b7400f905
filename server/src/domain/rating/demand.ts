import {
  compare,
  type Decimal,
  decimal,
  decimalOf,
  decimalText,
  divide,
  greatest,
  multiply,
  ZERO,
} from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { DerivedQuantity } from '../tariffs/index.ts'
import type { PeakRecord } from './charge.ts'
import { daySlots, peakOf, type SlotRange, windowSums } from './peak.ts'
import type { Vector } from './quantity.ts'
import { billMonth, type PartContext, type Span } from './span.ts'
import { assertCovered, flowOf, missingUsage, slotAt } from './usage.ts'

type MaxDemandRule = Extract<DerivedQuantity, { fn: 'max_demand' }>

const HOUR_SECONDS = 3600

/** This will find the highest average power of a span, in all and by time-of-use period. Energy per hour: kWh -> kW. */
export function maxDemand(context: PartContext, rule: MaxDemandRule, span: Span): Vector {
  if (context.input.usage.kind === 'quantities') return registeredDemand(context, rule)
  const flow = flowOf(context, { unit: rule.from }, rule.flow)
  if (!flow) throw missingUsage(rule.from)
  assertCovered(flow, rule.from, span)
  const width = Math.max(1, Math.round(((rule.windowMinutes ?? 0) * 60) / flow.intervalSeconds))
  const windowEnds = windowSums(flow, span, width, rule.sliding ?? false)
  const power = ({ units, scale }: Decimal): Decimal =>
    divide(
      multiply({ units, scale: scale + flow.scale }, decimalOf(HOUR_SECONDS)),
      decimalOf(width * flow.intervalSeconds),
    )
  const days = () => daySlots(flow, span)
  if (rule.tou === undefined) {
    const { fromSeconds, untilSeconds } = span.calendar
    const whole: SlotRange = [slotAt(flow, fromSeconds), slotAt(flow, untilSeconds)]
    const peak = peakOf(windowEnds, [whole], rule, days)
    return { unit: rule.unit, total: power(peak) }
  }
  const map = context.tariff.touMap(rule.tou)
  const runs = span.calendar.touRuns(rule.tou)
  const ranges = map.periods.map((): [number, number][] => [])
  for (let run = 0; run < runs.period.length; run++) {
    const from = slotAt(flow, runs.fromSeconds[run] as number)
    ranges[runs.period[run] as number]?.push([from, slotAt(flow, runs.untilSeconds[run] as number)])
  }
  const byTou = new Map<string, Decimal>()
  for (const [index, { code }] of map.periods.entries()) {
    const own = ranges[index] ?? []
    if (own.length > 0) byTou.set(code, power(peakOf(windowEnds, own, rule, days)))
  }
  return { unit: rule.unit, ...(rule.singlePeak ? onlyHighest(byTou) : peaks(byTou)), map }
}

function peaks(byTou: ReadonlyMap<string, Decimal>) {
  return { total: [...byTou.values()].reduce(greatest, ZERO), byTou, isPeak: true }
}

/** Keeps the peak of the period that holds the highest one; the other periods bill nothing. */
function onlyHighest(byTou: Map<string, Decimal>) {
  const { total } = peaks(byTou)
  const holder = highestPeriod(byTou)
  const single = new Map([...byTou].map(([tou, value]) => [tou, tou === holder ? value : ZERO]))
  return { total, byTou: single, isPeak: true }
}

/** The period of the highest peak; of equal ones the first. */
function highestPeriod(byTou: ReadonlyMap<string, Decimal>): string | undefined {
  const { total } = peaks(byTou)
  return [...byTou].find(([, value]) => compare(value, total) === 0)?.[0]
}

function registeredDemand(context: PartContext, rule: MaxDemandRule): Vector {
  const { usage } = context.input
  const rows =
    usage.kind === 'quantities'
      ? usage.quantities.filter((row) => row.unit === rule.unit && (row.flow ?? 'delivered') === rule.flow)
      : []
  if (rows.length === 0) throw missingUsage(rule.unit)
  const total = rows.map((row) => decimalOf(row.quantity, row.scale)).reduce(greatest, ZERO)
  if (rule.tou === undefined) return { unit: rule.unit, total }
  const byTou = new Map<string, Decimal>()
  for (const row of rows) {
    if (row.tou === undefined) continue
    byTou.set(row.tou, greatest(byTou.get(row.tou) ?? ZERO, decimalOf(row.quantity, row.scale)))
  }
  return { unit: rule.unit, total, byTou, isPeak: true }
}

/**
 * This will find the demand to bill: the greatest of the floor, the percent of its month of this and each
 * earlier peak that the look-back reaches, and this month's own peak where it counts. Periods that do not
 * feed the ratchet keep their own peaks. The peak is handed on in `carry`.
 */
export function billingDemand(
  context: PartContext,
  rule: Extract<DerivedQuantity, { fn: 'billing_demand' }>,
  span: Span,
): Vector {
  const actual = context.quantity(rule.of, span)
  const fed = rule.touPeriods
  const peak =
    fed && actual.byTou
      ? [...actual.byTou].flatMap(([tou, kw]) => (fed.includes(tou) ? [kw] : [])).reduce(greatest, ZERO)
      : actual.total
  const month = billMonth(context)
  remember(context, { month, quantity: rule.code }, peak)
  const percentOf = (of: string) =>
    divide(context.tariff.number(rule.percentByMonth[monthIndex(of)] ?? '0'), decimalOf(100))
  const earlier = (context.input.facts?.history?.peaks ?? []).filter(
    (row) =>
      row.quantity === rule.code && row.month < month && monthsApart(row.month, month) <= rule.lookbackMonths,
  )
  const candidates = [
    rule.floor === undefined ? ZERO : context.tariff.number(rule.floor),
    multiply(peak, percentOf(month)),
    ...(rule.includeCurrentByMonth[monthIndex(month)] ? [peak] : []),
    ...earlier.map((row) => multiply(decimal(row.value), percentOf(row.month))),
  ]
  const total = candidates.reduce(greatest)
  if (!actual.byTou) return { unit: actual.unit, total }
  const holder = rule.singlePeak ? highestPeriod(actual.byTou) : undefined
  const byTou = new Map(
    [...actual.byTou].map(([tou, kw]) => {
      const billed = fed === undefined || fed.includes(tou) ? total : kw
      return [tou, holder === undefined || tou === holder ? billed : ZERO]
    }),
  )
  return { unit: actual.unit, total, byTou, isPeak: true }
}

function remember(context: PartContext, key: Omit<PeakRecord, 'value'>, peak: Decimal): void {
  const { peaks: rows } = context.carry
  const known = rows.find((row) => row.month === key.month && row.quantity === key.quantity)
  const value = decimalText(peak)
  if (!known) rows.push({ ...key, value })
  else if (compare(peak, decimal(known.value)) > 0) known.value = value
}

function monthIndex(month: string): number {
  return Number(month.slice(5)) - 1
}

function monthsApart(from: string, to: string): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + monthIndex(to) - monthIndex(from)
}

/** This will find the highest average power in the intervals that hold the stamps of an event. */
export function coincidentDemand(
  context: PartContext,
  rule: Extract<DerivedQuantity, { fn: 'coincident_demand' }>,
  span: Span,
): Vector {
  const flow = flowOf(context, { unit: rule.from }, 'delivered')
  if (!flow) throw missingUsage(rule.from)
  assertCovered(flow, rule.from, span)
  const stamps = context.input.facts?.events?.[rule.event]
  if (!stamps)
    throw new Refusal(
      'rule',
      'event_missing',
      `The tariff bills the demand at the event "${rule.event}", whose times in ${span.start} to ${span.end} are not known: load them first.`,
    )
  const { fromSeconds, untilSeconds } = span.calendar
  const inside = stamps.filter((stamp) => stamp >= fromSeconds && stamp < untilSeconds)
  const energy = inside.map(
    (stamp) => flow.values[Math.floor((stamp - flow.startSeconds) / flow.intervalSeconds)] ?? 0,
  )
  const hours = multiply(decimalOf(Math.max(0, ...energy), flow.scale), decimalOf(HOUR_SECONDS))
  return { unit: rule.unit, total: divide(hours, decimalOf(flow.intervalSeconds)) }
}

import {
  add,
  type Decimal,
  decimalOf,
  decimalText,
  divide,
  greatest,
  multiply,
  subtract,
  sum,
  ZERO,
} from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import { daysBetween } from '../../platform/time.ts'
import type { DerivedQuantity } from '../tariffs/index.ts'
import type { Vector } from './quantity.ts'
import type { PartContext, Span } from './span.ts'
import { assertCovered, type FlowKey, flowOf, missingUsage, slotAt, sumSlots } from './usage.ts'

type UsageQuantityRule = Extract<DerivedQuantity, { fn: 'usage' }>

/** What of a usage quantity one direction needs. */
interface FlowRule extends FlowKey {
  tou?: string | undefined
}

/** This will add up a flow over a span, by the periods of a map where the tariff names one. */
export function usageOf(context: PartContext, rule: UsageQuantityRule, span: Span): Vector {
  if (rule.flow === 'delivered' || rule.flow === 'received') return flowVector(context, rule, rule.flow, span)
  const delivered = flowVector(context, rule, 'delivered', span)
  const received = flowVector(context, rule, 'received', span)
  const [from, less] = rule.flow === 'net' ? [delivered, received] : [received, delivered]
  const difference = (a: Decimal, b: Decimal) => greatest(ZERO, subtract(a, b))
  if (!from.byTou || !less.byTou) return { unit: rule.unit, total: difference(from.total, less.total) }
  const byTou = new Map<string, Decimal>()
  for (const [tou, value] of from.byTou) byTou.set(tou, difference(value, less.byTou.get(tou) ?? ZERO))
  return { unit: rule.unit, total: sum(byTou.values()), byTou }
}

/** This will add up one direction of a flow. No received channel is nothing received. */
export function flowVector(
  context: PartContext,
  rule: FlowRule,
  direction: 'delivered' | 'received',
  span: Span,
): Vector {
  if (context.input.usage.kind === 'quantities') return fromRegisters(context, rule, direction, span)
  const flow = flowOf(context, rule, direction)
  if (!flow && direction === 'received') return { unit: rule.unit, total: ZERO, byTou: new Map() }
  if (!flow) throw missingUsage(rule.unit)
  assertCovered(flow, rule.unit, span)
  if (rule.tou === undefined) {
    const { fromSeconds, untilSeconds } = span.calendar
    const total = sumSlots(flow.values, slotAt(flow, fromSeconds), slotAt(flow, untilSeconds))
    return { unit: rule.unit, total: decimalOf(total, flow.scale) }
  }
  const map = context.tariff.touMap(rule.tou)
  const runs = span.calendar.touRuns(rule.tou)
  const amounts = new Float64Array(runs.period.length)
  const totals = new Float64Array(map.periods.length)
  const seen = new Uint8Array(map.periods.length)
  for (let run = 0; run < amounts.length; run++) {
    const from = slotAt(flow, runs.fromSeconds[run] as number)
    const amount = sumSlots(flow.values, from, slotAt(flow, runs.untilSeconds[run] as number))
    const period = runs.period[run] as number
    amounts[run] = amount
    totals[period] = (totals[period] as number) + amount
    seen[period] = 1
  }
  const byTou = new Map<string, Decimal>()
  for (const [index, { code }] of map.periods.entries())
    if (seen[index]) byTou.set(code, decimalOf(totals[index] as number, flow.scale))
  const total = sum(byTou.values())
  return { unit: rule.unit, total, byTou, map, runs: { period: runs.period, amounts, scale: flow.scale } }
}

/** Registers cover the whole bill: a span takes its days' share, so that the shares add up exactly. */
function fromRegisters(
  context: PartContext,
  rule: FlowRule,
  direction: 'delivered' | 'received',
  span: Span,
): Vector {
  const { usage } = context.input
  const matching =
    usage.kind === 'quantities'
      ? usage.quantities.filter(
          (row) =>
            row.unit === rule.unit &&
            (row.flow ?? 'delivered') === direction &&
            row.sqi === rule.sqi &&
            (rule.loop === undefined || row.loop === rule.loop),
        )
      : []
  if (matching.length === 0 && direction === 'delivered') throw missingUsage(rule.unit)
  const negative = matching.find((row) => row.quantity < 0)
  if (negative)
    throw new Refusal(
      'rule',
      'usage_negative',
      `A ${rule.unit} register counted ${decimalText(decimalOf(negative.quantity, negative.scale))}: correct its reading, or tell the digits of its dial if it rolled over.`,
    )
  const share = span.days === context.billDays ? (value: Decimal) => value : shareOf(context, span)
  const byTou = new Map<string, Decimal>()
  for (const row of matching)
    if (row.tou !== undefined)
      byTou.set(row.tou, add(byTou.get(row.tou) ?? ZERO, share(decimalOf(row.quantity, row.scale))))
  const whole = matching.filter((row) => row.tou === undefined)
  if (rule.tou !== undefined && byTou.size === 0 && whole.length > 0)
    throw new Refusal(
      'rule',
      'usage_without_tou',
      `The tariff prices ${rule.unit} by time of use, but the usage has only totals: send intervals or one quantity a period.`,
    )
  const total =
    rule.tou === undefined && whole.length > 0
      ? sum(whole.map((row) => share(decimalOf(row.quantity, row.scale))))
      : sum(byTou.values())
  return rule.tou === undefined ? { unit: rule.unit, total } : { unit: rule.unit, total, byTou }
}

/** A share of a register is given to this many digits: mWh of a kWh, as finely as anything is measured. */
const SHARE_SCALE = 6

/** The days' share of what a register counted over the whole bill; adjoining spans add up exactly. */
function shareOf(context: PartContext, span: Span): (value: Decimal) => Decimal {
  const { start } = context.input.period
  const before = decimalOf(daysBetween(start, span.start))
  const after = decimalOf(daysBetween(start, span.end))
  const days = decimalOf(context.billDays)
  const until = (value: Decimal, share: Decimal) => divide(multiply(value, share), days, SHARE_SCALE)
  return (value) => subtract(until(value, after), until(value, before))
}

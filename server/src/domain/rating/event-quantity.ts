import { add, type Decimal, decimalOf, divide, greatest, subtract, ZERO } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import { addDays } from '../../platform/time.ts'
import { type DerivedQuantity, holidaysOf, weekdayOf } from '../tariffs/index.ts'
import type { EventWindow } from './charge.ts'
import { clockDays } from './clock.ts'
import type { Vector } from './quantity.ts'
import type { PartContext, Span } from './span.ts'
import { type Flow, flowOf, missingUsage, slotAt, sumSlots } from './usage.ts'

type EventUsageRule = Extract<DerivedQuantity, { fn: 'event_usage' }>
type EventReductionRule = Extract<DerivedQuantity, { fn: 'event_reduction' }>

/** This will add up what was delivered inside the windows of an event. */
export function eventUsage(context: PartContext, rule: EventUsageRule, span: Span): Vector {
  const flow = deliveredFlow(context, rule.unit)
  const units = windowsIn(context, rule.event, span).map((window) => used(flow, window))
  return { unit: rule.unit, total: decimalOf(sumOf(units), flow.scale) }
}

/** This will add up how far each window of an event stayed below its baseline; a window above it counts nothing. */
export function eventReduction(context: PartContext, rule: EventReductionRule, span: Span): Vector {
  const flow = deliveredFlow(context, rule.unit)
  let total = ZERO
  for (const window of windowsIn(context, rule.event, span)) {
    const saved = subtract(baseline(context, rule, flow, window), decimalOf(used(flow, window), flow.scale))
    total = add(total, greatest(ZERO, saved))
  }
  return { unit: rule.unit, total }
}

function deliveredFlow(context: PartContext, unit: string): Flow {
  const flow = flowOf(context, { unit }, 'delivered')
  if (!flow) throw missingUsage(unit)
  return flow
}

function eventsOf(context: PartContext, event: string): readonly EventWindow[] {
  const windows = context.input.facts?.windows?.[event]
  if (windows) return windows
  throw new Refusal(
    'rule',
    'event_missing',
    `Tariff ${context.tariff.tariffCode} prices the windows of the event "${event}", which are not known for this agreement: load its calendar, empty if there was none.`,
  )
}

/** Windows that begin in the span: an event over midnight belongs to where it begins. */
function windowsIn(context: PartContext, event: string, { calendar }: Span): EventWindow[] {
  return eventsOf(context, event).filter(
    ({ fromSeconds }) => fromSeconds >= calendar.fromSeconds && fromSeconds < calendar.untilSeconds,
  )
}

function used(flow: Flow, { fromSeconds, untilSeconds }: EventWindow): number {
  const [from, to] = [slotAt(flow, fromSeconds), slotAt(flow, untilSeconds)]
  if (from >= 0 && to <= flow.values.length) return sumSlots(flow.values, from, to)
  throw new Refusal(
    'rule',
    'usage_incomplete',
    `The intervals do not reach over the event that begins at epoch second ${fromSeconds}: load what is missing first.`,
  )
}

/** The mean of the same clock hours on the highest of the last ordinary weekdays before the event. */
function baseline(context: PartContext, rule: EventReductionRule, flow: Flow, window: EventWindow): Decimal {
  const energies: number[] = []
  for (const day of ordinaryDays(context, rule, window)) energies.push(used(flow, day))
  const taken = energies.sort((a, b) => b - a).slice(0, rule.highest)
  return divide(decimalOf(sumOf(taken), flow.scale), decimalOf(taken.length))
}

/** How far back a baseline looks for ordinary days at most. */
const SEARCH_DAYS = 90

/** The window's clock hours on each of the last weekdays that were no holiday and held no event. */
function ordinaryDays(context: PartContext, rule: EventReductionRule, window: EventWindow): EventWindow[] {
  const { timeZone } = context.input
  const events = eventsOf(context, rule.event)
  const at = dayOf(context, window)
  const offset = window.fromSeconds - at.fromSeconds
  const found: EventWindow[] = []
  for (let back = 1; back <= SEARCH_DAYS && found.length < rule.days; back++) {
    const day = addDays(at.day, -back)
    const [piece] = clockDays(timeZone, day, addDays(day, 1))[0]?.pieces ?? []
    const fromSeconds = (piece?.fromSeconds ?? 0) + offset
    const same = { fromSeconds, untilSeconds: fromSeconds + window.untilSeconds - window.fromSeconds }
    if (isOrdinary(context, day) && !events.some((event) => overlaps(event, same))) found.push(same)
  }
  return found
}

function overlaps(a: EventWindow, b: EventWindow): boolean {
  return a.fromSeconds < b.untilSeconds && b.fromSeconds < a.untilSeconds
}

function isOrdinary({ tariff }: PartContext, day: string): boolean {
  const weekday = weekdayOf(day)
  if (weekday === 'sat' || weekday === 'sun') return false
  return !holidaysOf(tariff.version.holidays, Number(day.slice(0, 4))).has(day)
}

function dayOf(context: PartContext, { fromSeconds }: EventWindow): { day: string; fromSeconds: number } {
  for (const { day, pieces } of context.part.calendar.days) {
    const [first] = pieces
    const last = pieces.at(-1)
    if (first && last && first.fromSeconds <= fromSeconds && fromSeconds < last.untilSeconds)
      return { day, fromSeconds: first.fromSeconds }
  }
  throw new Error('an event window of the span lies outside the part')
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

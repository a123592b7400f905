import { type Decimal, decimalOf, divide } from '../../platform/decimal.ts'
import type { DerivedQuantity } from '../tariffs/index.ts'
import type { Span } from './span.ts'
import { type Flow, slotAt, sumSlots } from './usage.ts'

type MaxDemandRule = Extract<DerivedQuantity, { fn: 'max_demand' }>

/** Slots `[from, to)` in which windows end that count. */
export type SlotRange = readonly [from: number, to: number]

/**
 * For each slot the sum of the window that ends with it; NaN where none does. Blocks count from the start
 * of the span; a window never reaches before it, nor from one meter to the next.
 */
export function windowSums(flow: Flow, span: Span, width: number, sliding: boolean): ArrayLike<number> {
  if (width === 1) return flow.values
  const from = slotAt(flow, span.calendar.fromSeconds)
  const to = slotAt(flow, span.calendar.untilSeconds)
  const sums = new Float64Array(flow.values.length).fill(Number.NaN)
  const exchanges = (flow.exchangesSeconds ?? []).map((seconds) => slotAt(flow, seconds))
  for (let end = from + width; end <= to; end += sliding ? 1 : width)
    if (!exchanges.some((slot) => slot > end - width && slot < end))
      sums[end - 1] = sumSlots(flow.values, end - width, end)
  return sums
}

/** This will find the peak that a rule bills among window sums, in the units of the sums. */
export function peakOf(
  sums: ArrayLike<number>,
  ranges: readonly SlotRange[],
  rule: MaxDemandRule,
  days: () => readonly SlotRange[],
): Decimal {
  const { rank = 1, each = 'window', take = 'highest' } = rule
  if (rank === 1 && each === 'window') return decimalOf(highest(sums, ranges))
  const candidates =
    each === 'day' ? days().flatMap((day) => dailyPeak(sums, ranges, day)) : all(sums, ranges)
  const ordered = candidates.sort((a, b) => b - a)
  if (take === 'sum') return decimalOf(total(ordered))
  if (take === 'highest') return decimalOf(ordered[rank - 1] ?? 0)
  const taken = ordered.slice(0, rank)
  return taken.length === 0 ? decimalOf(0) : divide(decimalOf(total(taken)), decimalOf(taken.length))
}

function highest(sums: ArrayLike<number>, ranges: readonly SlotRange[]): number {
  let best = 0
  for (const [from, to] of ranges)
    for (let i = from; i < to; i++) if ((sums[i] as number) > best) best = sums[i] as number
  return best
}

function all(sums: ArrayLike<number>, ranges: readonly SlotRange[]): number[] {
  const found: number[] = []
  for (const [from, to] of ranges)
    for (let i = from; i < to; i++) if (!Number.isNaN(sums[i])) found.push(sums[i] as number)
  return found
}

/** The peak of a day among the ranges that reach into it; none when none does. */
function dailyPeak(
  sums: ArrayLike<number>,
  ranges: readonly SlotRange[],
  [dayFrom, dayTo]: SlotRange,
): number[] {
  const own = ranges
    .map(([from, to]): SlotRange => [Math.max(from, dayFrom), Math.min(to, dayTo)])
    .filter(([from, to]) => from < to)
  return own.length === 0 ? [] : [highest(sums, own)]
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** This will give the slots of each local day of a span. */
export function daySlots(flow: Flow, span: Span): SlotRange[] {
  return span.calendar.days.map(({ pieces }): SlotRange => {
    const from = pieces[0]?.fromSeconds ?? 0
    const until = pieces.at(-1)?.untilSeconds ?? from
    return [slotAt(flow, from), slotAt(flow, until)]
  })
}

import { add, type Decimal, round, subtract, sum, ZERO } from '../../platform/decimal.ts'
import type { DerivedQuantity } from '../tariffs/index.ts'
import { addsUp } from './formula-quantity.ts'
import { cut, quantityChanges } from './price.ts'
import type { Vector } from './quantity.ts'
import { type PartContext, type Span, spanOf } from './span.ts'

/** Computes a quantity over a span, unrounded. */
export type Compute = (context: PartContext, rule: DerivedQuantity, span: Span) => Vector

/**
 * This will round a quantity by the tariff's policy. Where seasons, factors or versions split what adds up over the
 * bill, each span takes what the rounded running sum grows by, so that the spans sum to the rounded whole.
 */
export function roundedQuantity(
  context: PartContext,
  rule: DerivedQuantity,
  span: Span,
  vector: Vector,
  compute: Compute,
): Vector {
  const policy = policyOf(context, vector.unit)
  if (!policy) return vector
  const toPlaces = (value: Decimal) => round(round(value, EXACT_PLACES), policy.places, policy.mode)
  const isSplit = span.days !== context.billDays && addsUp(context, rule, span)
  const until = isSplit ? runningSum(context, rule.code, span.end, compute) : vector
  const before = isSplit ? runningSum(context, rule.code, span.start, compute) : undefined
  const grown = (now: Decimal | undefined, then: Decimal | undefined) =>
    subtract(toPlaces(now ?? ZERO), toPlaces(then ?? ZERO))
  if (!vector.byTou) return { unit: vector.unit, total: grown(until?.total, before?.total) }
  const byTou = new Map(
    [...vector.byTou.keys()].map((tou) => [tou, grown(until?.byTou?.get(tou), before?.byTou?.get(tou))]),
  )
  return vector.isPeak
    ? { unit: vector.unit, total: toPlaces(vector.total), byTou, isPeak: true }
    : { unit: vector.unit, total: sum(byTou.values()), byTou }
}

/** Parts that were divided sum to their whole only up to the last digits of a division; rounding up must not see those. */
const EXACT_PLACES = 12

function policyOf({ tariff }: PartContext, unit: string) {
  return tariff.version.rounding.quantities.find((row) => row.unit === unit)
}

/** What a quantity came to before a day, unrounded, from the start of the bill or of the version that first has it. */
function runningSum(context: PartContext, code: string, day: string, compute: Compute): Vector | undefined {
  const { tariff, part, previous, input } = context
  const rule = tariff.version.quantities.find((row) => row.code === code)
  if (!rule) return undefined
  const earlier =
    previous && isPriced(previous, code) ? runningSum(previous, code, previous.part.end, compute) : undefined
  if (day <= part.start) return earlier
  // Apart from the bill's own, so that nothing is reported twice.
  const apart: PartContext = {
    ...context,
    vectors: new Map(),
    quantities: [],
    quantity: (inner, span) => quantityApart(inner, span),
  }
  const quantityApart = (inner: string, span: Span) => {
    const other = tariff.quantity(inner)
    return roundedQuantity(apart, other, span, compute(apart, other, span), compute)
  }
  const own = cut(part.start, day, quantityChanges(context, code)).map(({ start, end }) =>
    compute(apart, rule, spanOf(tariff, input.timeZone, start, end)),
  )
  return own.reduce(plus, earlier?.unit === own[0]?.unit ? earlier : undefined)
}

function isPriced({ vectors, part }: PartContext, code: string): boolean {
  return [...vectors.keys()].some((key) => key.startsWith(`${code} `) && key.endsWith(` ${part.end}`))
}

function plus(sumSoFar: Vector | undefined, { unit, total, byTou }: Vector): Vector {
  const totals = new Map(sumSoFar?.byTou)
  for (const [tou, value] of byTou ?? []) totals.set(tou, add(totals.get(tou) ?? ZERO, value))
  return {
    unit,
    total: add(sumSoFar?.total ?? ZERO, total),
    ...(byTou ? { byTou: totals } : {}),
  }
}

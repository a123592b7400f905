import {
  add,
  type Decimal,
  decimalText,
  isZero,
  multiply,
  negate,
  subtract,
  sum,
  ZERO,
} from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { CalcRule, PriceRow } from '../tariffs/index.ts'
import type { PriceCurve } from './charge.ts'
import { type Filled, fill, fillInTimeOrder, fillProportionally } from './fill.ts'
import { addLine } from './line.ts'
import { type Block, blocksOf, contractPrice, curveOf, priceOf, type RuleSpan, ruleSpans } from './price.ts'
import type { Vector } from './quantity.ts'
import { type PartContext, periodShare, prorated, type Span } from './span.ts'
import { flowOf, slotAt } from './usage.ts'

type QuantityRule = Extract<CalcRule, { kind: 'service_quantity' }>
type SlabRule = Extract<CalcRule, { kind: 'slab_set' }>

/** This will price a quantity in its blocks, by season and time-of-use period. */
export function applyServiceQuantity(context: PartContext, rule: QuantityRule): void {
  for (const span of ruleSpans(context, rule)) {
    const vector = context.quantity(rule.quantity, span)
    const rows = rule.prices.filter((row) => row.season === undefined || row.season === span.season)
    const priced = rows.map((row) => ({ row, blocks: blocksOf(context, row.bands, span, rule.measuresPeak) }))
    const inTimeOrder =
      rule.fill === 'chronological' && vector.runs && priced.some(({ blocks }) => blocks.length > 1)
    const filled = inTimeOrder ? chronological(vector, priced) : shares(rule, vector, priced)
    for (const { row, pieces, own } of filled) {
      const curve = curveOf(context, row.bands[0]?.price ?? '0')
      if (curve) addCurveLine(context, rule, span, row, own, curve)
      else for (const piece of pieces) addBlockLine(context, rule, span, vector, row, piece)
    }
  }
}

interface PricedRow {
  row: PriceRow
  blocks: Block[]
}
interface FilledRow {
  row: PriceRow
  own: Decimal
  pieces: Filled[]
}

/** The quantity a row prices: its period's, or all that no other row names. */
function ownOf(vector: Vector, row: PriceRow, rows: readonly PricedRow[]): Decimal {
  if (row.tou !== undefined) return vector.byTou?.get(row.tou) ?? ZERO
  const named = rows.flatMap((other) => other.row.tou ?? [])
  return named.length === 0
    ? vector.total
    : subtract(vector.total, sum(named.map((tou) => vector.byTou?.get(tou) ?? ZERO)))
}

function shares(rule: QuantityRule, vector: Vector, rows: readonly PricedRow[]): FilledRow[] {
  const owns = rows.map(({ row }) => ownOf(vector, row, rows))
  const together = rule.measuresPeak ? undefined : sum(owns)
  return rows.map(({ row, blocks }, index) => {
    const own = owns[index] ?? ZERO
    const pieces =
      together === undefined || rule.fill === 'per_tou' || rows.length === 1
        ? fill(blocks, own, rule.mode)
        : fillProportionally(blocks, own, together, rule.mode)
    return { row, own, pieces }
  })
}

function chronological(vector: Vector, rows: readonly PricedRow[]): FilledRow[] {
  const { runs, map } = vector
  if (!runs || !map) throw new Error('a fill in time order needs runs of a map')
  const ofPeriod = map.periods.map(
    ({ code }) => rows.find(({ row }) => row.tou === code) ?? rows.find(({ row }) => row.tou === undefined),
  )
  const byPeriod = fillInTimeOrder(
    ofPeriod.map((found) => found?.blocks),
    runs,
  )
  return rows.map((found) => {
    const pieces = new Map<Block, Decimal>()
    for (const [period, filled] of byPeriod) {
      if (ofPeriod[period] !== found) continue
      for (const { block, quantity } of filled) pieces.set(block, add(pieces.get(block) ?? ZERO, quantity))
    }
    const list = [...pieces].map(([block, quantity]) => ({ block, quantity }))
    return { row: found.row, own: sum(pieces.values()), pieces: list }
  })
}

function addBlockLine(
  context: PartContext,
  rule: QuantityRule,
  span: RuleSpan,
  vector: Vector,
  row: PriceRow,
  { block, quantity }: Filled,
): void {
  if (isZero(quantity)) return
  const price = contractPrice(context, rule, block.price, span, row.tou)
  const share = rule.measuresPeak ? periodShare(context, span, 'normal') : undefined
  const whole = multiply(quantity, price)
  const own = share ? prorated(whole, share) : whole
  const amount = rule.credit ? negate(own) : own
  const isStepped = row.bands.length > 1 || row.bands[0]?.within !== undefined
  const band = isStepped
    ? { number: block.number, ...(block.end ? { upTo: decimalText(block.end) } : {}) }
    : undefined
  const tou = row.tou === undefined ? {} : { tou: row.tou }
  addLine(context, rule, span, {
    quantity: { ...quantity, unit: vector.unit, ...tou },
    price: { value: decimalText(price), per: vector.unit },
    ...(band ? { band } : {}),
    ...intervalsOf(context, span, row.tou),
    amount,
    proration: share?.proration,
  })
}

/** The epoch range of a span, for lines that intervals feed. */
function intervalsOf({ input }: PartContext, { calendar }: Span, tou?: string) {
  if (input.usage.kind !== 'interval') return {}
  const { fromSeconds, untilSeconds } = calendar
  return {
    intervals: { fromSeconds, toSeconds: untilSeconds, ...(tou === undefined ? {} : { tou }) },
  }
}

/** Each interval at its own price: the exact sum of products. */
function addCurveLine(
  context: PartContext,
  rule: QuantityRule,
  span: RuleSpan,
  row: PriceRow,
  own: Decimal,
  curve: PriceCurve,
): void {
  const quantity = context.tariff.quantity(rule.quantity)
  if (quantity.fn !== 'usage') throw new Error(`rule ${rule.code}: only usage can follow a price curve`)
  if (quantity.flow === 'net' || quantity.flow === 'surplus' || row.tou !== undefined)
    throw new Error(`rule ${rule.code}: a price curve prices all of one flow`)
  const flow = flowOf(context, quantity, quantity.flow)
  if (!flow) return
  let units = 0n
  const until = slotAt(flow, span.calendar.untilSeconds)
  for (let i = slotAt(flow, span.calendar.fromSeconds); i < until; i++) {
    const seconds = flow.startSeconds + i * flow.intervalSeconds
    const at = Math.floor((seconds - curve.startSeconds) / curve.intervalSeconds)
    const price = curve.values[at]
    if (price === undefined) throw curveIncomplete(rule.code, span)
    units += BigInt(flow.values[i] as number) * BigInt(price)
  }
  const sumOfProducts = { units, scale: flow.scale + curve.scale }
  const amount = rule.credit ? negate(sumOfProducts) : sumOfProducts
  addLine(context, rule, span, {
    quantity: { ...own, unit: quantity.unit, ...(row.tou === undefined ? {} : { tou: row.tou }) },
    ...intervalsOf(context, span, row.tou),
    amount,
  })
}

function curveIncomplete(rule: string, { start, end }: RuleSpan): Refusal {
  return new Refusal(
    'rule',
    'curve_incomplete',
    `The price curve of the rule "${rule}" does not reach over ${start} to ${end}: load the prices that are missing first.`,
  )
}

/** This will price a whole quantity by the slab set that its total chooses. */
export function applySlabSet(context: PartContext, rule: SlabRule): void {
  for (const span of ruleSpans(context, rule)) {
    const vector = context.quantity(rule.quantity, span)
    const ends = rule.sets.map((set) => ({
      set,
      end: blocksOf(context, [{ upTo: set.upTo, price: '0' }], span)[0]?.end,
    }))
    const chosen = ends.find(({ end }) => end === undefined || subtract(vector.total, end).units <= 0n)?.set
    if (!chosen) continue
    const row: PriceRow = { bands: chosen.bands }
    const asQuantity: QuantityRule = {
      ...rule,
      kind: 'service_quantity',
      prices: [row],
      fill: 'proportional',
      mode: 'graduated',
      measuresPeak: false,
      credit: false,
    }
    for (const piece of fill(blocksOf(context, chosen.bands, span), vector.total, 'graduated'))
      addBlockLine(context, asQuantity, span, vector, row, piece)
    if (chosen.fixed === undefined) continue
    const share = periodShare(context, span, 'normal')
    const price = priceOf(context, chosen.fixed, span)
    const amount = prorated(price, share)
    addLine(context, rule, span, {
      price: { value: decimalText(price), per: 'bill' },
      amount,
      proration: share.proration,
    })
  }
}

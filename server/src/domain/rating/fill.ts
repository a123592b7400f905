import {
  add,
  compare,
  type Decimal,
  divide,
  isZero,
  least,
  multiply,
  subtract,
  ZERO,
} from '../../platform/decimal.ts'
import type { Block } from './price.ts'
import type { RunAmounts } from './quantity.ts'

/** What fell into one block. */
export interface Filled {
  block: Block
  quantity: Decimal
}

/** This will pour a quantity into blocks from the first on; `volume` puts all of it into the block it reaches. */
export function fill(blocks: readonly Block[], quantity: Decimal, mode: 'graduated' | 'volume'): Filled[] {
  if (mode === 'volume') {
    const reached =
      blocks.find(({ end }) => end === undefined || compare(quantity, end) <= 0) ?? blocks.at(-1)
    return reached ? [{ block: reached, quantity }] : []
  }
  const filled: Filled[] = []
  let at = ZERO
  for (const block of blocks) {
    const end = block.end === undefined ? quantity : least(block.end, quantity)
    if (compare(end, at) <= 0) continue
    filled.push({ block, quantity: subtract(end, at) })
    at = end
  }
  return filled
}

/**
 * This will give a period's share of each block that the total of all periods fills. The last block takes
 * the remainder, so that the shares add up to the period's own quantity exactly.
 */
export function fillProportionally(
  blocks: readonly Block[],
  own: Decimal,
  total: Decimal,
  mode: 'graduated' | 'volume',
): Filled[] {
  if (isZero(total)) return []
  const whole = fill(blocks, total, mode)
  let rest = own
  return whole.map(({ block, quantity }, index) => {
    const share = index === whole.length - 1 ? rest : divide(multiply(own, quantity), total)
    rest = subtract(rest, share)
    return { block, quantity: share }
  })
}

/**
 * This will pour runs into blocks in time order: each is priced in its own period, at the block then open.
 * `blocks[p]` are those of period index p; undefined periods are not priced but do fill.
 */
export function fillInTimeOrder(
  blocks: readonly (readonly Block[] | undefined)[],
  runs: RunAmounts,
): Map<number, Filled[]> {
  const byPeriod = new Map<number, Map<Block, Decimal>>()
  let at = ZERO
  for (let run = 0; run < runs.amounts.length; run++) {
    const period = runs.period[run] as number
    const amount: Decimal = { units: BigInt(runs.amounts[run] as number), scale: runs.scale }
    const until = add(at, amount)
    const into = byPeriod.get(period) ?? new Map<Block, Decimal>()
    byPeriod.set(period, into)
    for (const block of blocks[period] ?? []) {
      if (block.end !== undefined && compare(block.end, at) <= 0) continue
      const end = block.end === undefined ? until : least(block.end, until)
      into.set(block, add(into.get(block) ?? ZERO, subtract(end, at)))
      at = end
      if (compare(at, until) >= 0) break
    }
    at = until
  }
  return new Map(
    [...byPeriod].map(([period, into]) => [
      period,
      [...into]
        .map(([block, quantity]) => ({ block, quantity }))
        .sort((a, b) => a.block.number - b.block.number),
    ]),
  )
}

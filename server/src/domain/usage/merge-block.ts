import { decodeBlock, decodeQuality } from './block-codec.ts'
import type { DayBlock, Recorded } from './interval.ts'
import { expandQuality, type QualityRun, qualityRuns } from './quality.ts'

export interface MergedBlock extends Recorded {
  values: ArrayLike<number>
  quality: readonly QualityRun[]
}

/**
 * This will lay a day's new intervals over those known already. An interval that the new block does not have keeps
 * what was known; one with another value or quality is a correction.
 */
export function mergeBlock(
  known: { interval_count: number; encoded: Uint8Array; quality: Uint8Array | null },
  block: DayBlock,
): MergedBlock {
  const count = known.interval_count
  const values = decodeBlock(known.encoded, count)
  const qualities = expandQuality(decodeQuality(known.quality), count)
  const incoming = expandQuality(block.quality ?? [], count)
  const counts: Recorded = { taken: 0, same: 0, corrected: 0 }
  for (let index = 0; index < count; index++) {
    const quality = incoming[index] ?? 'missing'
    if (quality === 'missing') continue
    const value = block.values[index] ?? 0
    if (qualities[index] === 'missing') counts.taken++
    else if (values[index] === value && qualities[index] === quality) counts.same++
    else counts.corrected++
    values[index] = value
    qualities[index] = quality
  }
  return { ...counts, values, quality: qualityRuns(qualities) }
}

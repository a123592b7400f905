import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant } from '../../../platform/time.ts'
import { lockServicePoints } from '../../metering/index.ts'
import { encodeBlock, encodeQuality } from '../block-codec.ts'
import type { DayBlock, Recorded } from '../interval.ts'
import { mergeBlock } from '../merge-block.ts'
import { countQuality, type QualityRun } from '../quality.ts'
import {
  type BlockRow,
  ensurePartitions,
  insertBlocks,
  type NewBlockRow,
  selectCurrentBlocks,
  supersedeBlocks,
} from '../store/block.ts'

/**
 * This will record days of intervals. Values that are there already change nothing; other values make a new version
 * of their day and keep the old one; a day is filled up by what comes later. Refuses two blocks of one day, and a day
 * cut into other intervals than the one already there. Locks the service points; a few thousand blocks at a time.
 */
export async function recordBlocks(
  tx: Tx,
  input: { blocks: readonly DayBlock[]; source: string; now: Instant },
): Promise<Recorded> {
  const { blocks } = input
  const counts: Recorded = { taken: 0, same: 0, corrected: 0 }
  if (blocks.length === 0) return counts
  await lockServicePoints(
    tx,
    blocks.map((block) => block.servicePointId),
  )
  await ensurePartitions(
    tx,
    blocks.map((block) => block.localDay),
  )
  const known = await currentByKey(tx, blocks)
  const superseded: BlockRow[] = []
  const added: NewBlockRow[] = []
  for (const block of blocks) {
    const current = known.get(blockKey(block))
    const merged = current ? mergeBlock(checkGrid(current, block), block) : firstVersion(block)
    counts.taken += merged.taken
    counts.same += merged.same
    counts.corrected += merged.corrected
    if (merged.taken + merged.corrected === 0) continue
    if (current) superseded.push(current)
    added.push(toRow(block, merged, (current?.version ?? 0) + 1, input))
  }
  await supersedeBlocks(tx, superseded, input.now)
  await insertBlocks(tx, added)
  return counts
}

async function currentByKey(tx: Tx, blocks: readonly DayBlock[]): Promise<Map<string, BlockRow>> {
  const keys = new Set(blocks.map(blockKey))
  if (keys.size < blocks.length)
    throw new Refusal(
      'malformed',
      'block_twice',
      'A day of a series is recorded once at a time; merge its intervals first.',
    )
  const rows = await selectCurrentBlocks(tx, blocks)
  return new Map(rows.map((row) => [`${row.service_point_id} ${row.series_number} ${row.local_day}`, row]))
}

function blockKey(block: DayBlock): string {
  return `${block.servicePointId} ${block.seriesNumber} ${block.localDay}`
}

function checkGrid(current: BlockRow, block: DayBlock): BlockRow {
  if (
    current.start_seconds !== block.startSeconds ||
    current.interval_seconds !== block.intervalSeconds ||
    current.interval_count !== block.values.length
  )
    throw new Refusal(
      'rule',
      'block_other_grid',
      `${block.localDay} at service point ${block.servicePointId} has ${current.interval_count} intervals of ${current.interval_seconds} s from ${current.start_seconds}; the new ones are cut otherwise.`,
    )
  return current
}

function firstVersion(block: DayBlock) {
  const quality = block.quality ?? []
  const taken = block.values.length - countQuality(quality, 'missing')
  return { taken, same: 0, corrected: 0, values: block.values, quality }
}

function toRow(
  block: DayBlock,
  { values, quality }: { values: ArrayLike<number>; quality: readonly QualityRun[] },
  version: number,
  { source, now }: { source: string; now: Instant },
): NewBlockRow {
  let total = 0
  for (let index = 0; index < values.length; index++) total += values[index] ?? 0
  return {
    service_point_id: block.servicePointId,
    series_number: block.seriesNumber,
    local_day: block.localDay,
    version,
    start_seconds: block.startSeconds,
    interval_seconds: block.intervalSeconds,
    interval_count: values.length,
    total,
    encoded: encodeBlock(values),
    quality: encodeQuality(quality),
    source,
    recorded_at: now,
  }
}

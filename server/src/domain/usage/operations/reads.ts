import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant } from '../../../platform/time.ts'
import { lockServicePoints } from '../../metering/index.ts'
import type { Recorded } from '../interval.ts'
import { insertReads, type RegisterRead, selectCurrentReads, supersedeReads } from '../store/read.ts'

/**
 * This will record dial readings. The same reading again changes nothing; another one for the same moment is a new
 * version. Refuses two readings of one register at one moment, and a reading that is no whole number of its series'
 * smallest step. Locks the service points.
 */
export async function recordReads(
  tx: Tx,
  input: { reads: readonly RegisterRead[]; source: string; now: Instant },
): Promise<Recorded> {
  const { reads } = input
  const counts: Recorded = { taken: 0, same: 0, corrected: 0 }
  if (reads.length === 0) return counts
  if (new Set(reads.map(readKey)).size < reads.length)
    throw new Refusal(
      'malformed',
      'read_twice',
      'A register is read once at a moment; leave one of the readings out.',
    )
  const wrong = reads.find((read) => !Number.isSafeInteger(read.reading) || read.reading < 0)
  if (wrong) throw new Refusal('malformed', 'reading_malformed', `${wrong.reading} is not a dial reading.`)
  await lockServicePoints(
    tx,
    reads.map((read) => read.servicePointId),
  )
  const current = new Map((await selectCurrentReads(tx, reads)).map((read) => [readKey(read), read]))
  const changed = reads.filter((read) => {
    const known = current.get(readKey(read))
    return known?.reading !== read.reading || known.quality !== read.quality
  })
  const corrections = changed.filter((read) => current.has(readKey(read)))
  counts.corrected = corrections.length
  counts.taken = changed.length - corrections.length
  counts.same = reads.length - changed.length
  await supersedeReads(tx, corrections, input.now)
  await insertReads(
    tx,
    changed.map((read) => ({ ...read, version: (current.get(readKey(read))?.version ?? 0) + 1 })),
    input,
  )
  return counts
}

function readKey(read: RegisterRead): string {
  return `${read.servicePointId} ${read.seriesNumber} ${read.deviceId} ${read.readAt}`
}

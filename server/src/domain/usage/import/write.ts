import type { Database, Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { addDays, type Instant, Temporal } from '../../../platform/time.ts'
import { ensureSeries, meterAt, type SeriesKey } from '../../metering/index.ts'
import type { ImportedSeries } from '../import-report.ts'
import type { DayBlock } from '../interval.ts'
import { recordBlocks } from '../operations/blocks.ts'
import { recordReads } from '../operations/reads.ts'
import { countQuality } from '../quality.ts'
import type { RegisterRead } from '../store/read.ts'
import { cutDays } from './cut-days.ts'
import type { Planned } from './plan.ts'

export interface WriteContext {
  source: string
  now: Instant
  /** Told after each committed part, in values of the file. */
  onWritten: (count: number) => void
}

/** Days written in one transaction: a hundred thousand quarter hours. */
const DAYS_AT_ONCE = 1_000
const READS_AT_ONCE = 10_000

/** This will write intervals, a thousand days a transaction; days written before a crash are found to be the same. */
export async function writeIntervals(
  db: Database,
  planned: Planned,
  { source, now, onWritten }: WriteContext,
): Promise<ImportedSeries> {
  const { point, converter, intervalSeconds } = planned
  const key = { ...seriesKey(planned, 'interval'), intervalSeconds, scale: converter.scale }
  const seriesNumber = await db.transaction((tx) => ensureSeries(tx, key))
  const report = { ...newReport(planned), seriesNumber, intervalSeconds }
  let blocks: DayBlock[] = []
  const flush = async () => {
    const batch = blocks
    blocks = []
    const recorded = await db.transaction((tx) => recordBlocks(tx, { blocks: batch, source, now }))
    report.taken += recorded.taken
    report.same += recorded.same
    report.corrected += recorded.corrected
    onWritten(recorded.taken + recorded.same + recorded.corrected)
  }
  const own = { servicePointId: point.servicePointId, seriesNumber, intervalSeconds }
  const edges = { first: 0, last: 0, present: 0 }
  for (const day of cutDays(planned, converter)) {
    edges.present += day.values.length - countQuality(day.quality, 'missing')
    blocks.push({ ...own, ...day })
    if (blocks.length === DAYS_AT_ONCE) await flush()
  }
  if (blocks.length > 0) await flush()
  report.missing = slotsBetween(planned) - edges.present
  return report
}

/** Intervals that lie between the first and the last of the file, both included. */
function slotsBetween({ series, from, to, intervalSeconds, grid }: Planned): number {
  if (intervalSeconds === 86_400) return grid.days.length
  return ((series.startSeconds[to - 1] ?? 0) - (series.startSeconds[from] ?? 0)) / intervalSeconds + 1
}

/**
 * This will write dial readings of the meter that is at the point when they were taken. Refuses a moment at which no
 * meter is there.
 */
export async function writeReads(
  db: Database,
  planned: Planned,
  { source, now, onWritten }: WriteContext,
): Promise<ImportedSeries> {
  const { point, converter } = planned
  const key = { ...seriesKey(planned, 'register'), scale: converter.scale }
  const report = newReport(planned)
  const reads = await db.transaction(async (tx) => {
    const { deviceId } = await meterOf(tx, planned)
    return readsOf(planned, {
      deviceId,
      seriesNumber: await ensureSeries(tx, key),
      servicePointId: point.servicePointId,
    })
  })
  for (let first = 0; first < reads.length; first += READS_AT_ONCE) {
    const batch = reads.slice(first, first + READS_AT_ONCE)
    const recorded = await db.transaction((tx) => recordReads(tx, { reads: batch, source, now }))
    report.taken += recorded.taken
    report.same += recorded.same
    report.corrected += recorded.corrected
    onWritten(batch.length)
  }
  return { ...report, ...(reads[0] ? { seriesNumber: reads[0].seriesNumber } : {}) }
}

async function meterOf(tx: Tx, { point, series, from, to }: Planned): Promise<{ deviceId: number }> {
  const at = (index: number) => meterAt(tx, point.servicePointId, instantOf(series.startSeconds[index] ?? 0))
  const [first, last] = [await at(from), await at(to - 1)]
  if (first && first.deviceId === last?.deviceId) return first
  throw new Refusal(
    'rule',
    'register_without_meter',
    'Dial readings belong to a meter, and the service point has no meter, or not the same one, over all of them.',
  )
}

function readsOf(
  { series, from, to, converter }: Planned,
  register: Pick<RegisterRead, 'deviceId' | 'servicePointId' | 'seriesNumber'>,
): RegisterRead[] {
  const reads: RegisterRead[] = []
  for (let index = from; index < to; index++) {
    const quality = series.qualities[index]
    reads.push({
      ...register,
      readAt: instantOf(series.startSeconds[index] ?? 0),
      reading: converter.convert(series.values[index] ?? 0),
      quality: quality === 'estimated' || quality === 'edited' ? quality : 'measured',
    })
  }
  return reads
}

function instantOf(seconds: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
}

function seriesKey({ point, converter, flow }: Planned, kind: SeriesKey['kind']): SeriesKey {
  return { servicePointId: point.servicePointId, kind, unit: converter.unit, flow }
}

/** This will begin the report of what is planned, with nothing written yet. */
export function newReport({ series, point, converter, flow, grid }: Planned): ImportedSeries {
  const [startDay] = grid.days
  const lastDay = grid.days.at(-1)
  return {
    name: series.name,
    servicePointId: point.servicePointId,
    unit: converter.unit,
    flow,
    ...(startDay === undefined || lastDay === undefined ? {} : { startDay, endDay: addDays(lastDay, 1) }),
    taken: 0,
    same: 0,
    corrected: 0,
    missing: 0,
    refused: 0,
  }
}

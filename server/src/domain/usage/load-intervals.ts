import type { Tx } from '../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { getServicePoint, type Series, seriesOfServicePoints } from '../metering/index.ts'
import { decodeBlock, decodeQuality } from './block-codec.ts'
import { type DayGrid, dayGrid, intervalsOfDay } from './day-grid.ts'
import type { IntervalRequest, IntervalSeries } from './interval.ts'
import type { QualityRun } from './quality.ts'
import { type DayBlob, selectBlocks, selectBlockVersions } from './store/block.ts'

/**
 * This will load intervals for any number of requests with two queries; the answer is in the order of the requests,
 * undefined where nothing of that quantity has ever been recorded. Of several interval lengths, the one that has most
 * days wins, then the shorter. With `asOf`, values are those known at that moment.
 */
export async function loadIntervals(
  tx: Tx,
  requests: readonly IntervalRequest[],
  asOf?: Instant,
): Promise<(IntervalSeries | undefined)[]> {
  const pointIds = [...new Set(requests.map((request) => request.servicePointId))]
  const byPoint = Map.groupBy(await seriesOfServicePoints(tx, pointIds), (series) => series.servicePointId)
  const wanted = requests.flatMap((request) =>
    (byPoint.get(request.servicePointId) ?? [])
      .filter((one) => one.kind === 'interval' && one.unit === request.unit && one.flow === request.flow)
      .map((series) => ({ request, series, seriesNumber: series.seriesNumber, ...periodOf(request) })),
  )
  const found = await selectBlocks(tx, [...distinct(wanted).values()], asOf)
  const blobs = new Map(found.map((one) => [`${one.servicePointId} ${one.seriesNumber}`, one.days]))
  const candidates = Map.groupBy(wanted, (one) => one.request)
  return requests.map((request) => {
    const { days, starts } = dayGrid(request.timeZone, request.startDay, request.endDay)
    const offers = (candidates.get(request) ?? []).map(({ series }) => ({
      series,
      blobs: (blobs.get(`${series.servicePointId} ${series.seriesNumber}`) ?? []).filter(
        (blob) => blob.localDay >= request.startDay && blob.localDay < request.endDay,
      ),
    }))
    offers.sort(
      (a, b) =>
        b.blobs.length - a.blobs.length || (a.series.intervalSeconds ?? 0) - (b.series.intervalSeconds ?? 0),
    )
    const [best] = offers
    return best && assemble(best.series, { days, starts }, best.blobs, request)
  })
}

/** This will load exactly the versions of blocks that a usage was made of, as its source says. */
export async function loadSource(
  tx: Tx,
  source: {
    servicePointId: number
    seriesNumber: number
    startDay: LocalDate
    endDay: LocalDate
    blockVersions: readonly number[] | null
  },
): Promise<IntervalSeries | undefined> {
  const point = await getServicePoint(tx, source.servicePointId)
  const series = (await seriesOfServicePoints(tx, [source.servicePointId])).find(
    (one) => one.seriesNumber === source.seriesNumber,
  )
  const grid = dayGrid(point.timeZone, source.startDay, source.endDay)
  const versions = source.blockVersions ?? grid.days.map(() => 1)
  return series && assemble(series, grid, await selectBlockVersions(tx, source, grid.days, versions), source)
}

function periodOf({ servicePointId, startDay, endDay }: IntervalRequest) {
  return { servicePointId, startDay, endDay }
}

/** A series asked for twice, for overlapping periods, is read once over both. */
function distinct<
  One extends { servicePointId: number; seriesNumber: number; startDay: string; endDay: string },
>(wanted: readonly One[]): Map<string, One> {
  const spans = new Map<string, One>()
  for (const one of wanted) {
    const key = `${one.servicePointId} ${one.seriesNumber}`
    const span = spans.get(key) ?? one
    const [startDay = one.startDay] = [one.startDay, span.startDay].sort()
    const endDay = [one.endDay, span.endDay].sort().at(-1) ?? one.endDay
    spans.set(key, { ...span, startDay, endDay })
  }
  return spans
}

function assemble(
  series: Series,
  grid: DayGrid,
  blobs: readonly DayBlob[],
  { startDay, endDay }: { startDay: LocalDate; endDay: LocalDate },
): IntervalSeries {
  const intervalSeconds = series.intervalSeconds ?? 0
  const counts = grid.days.map((_, index) => intervalsOfDay(grid, index, intervalSeconds) ?? 0)
  const values = new Float64Array(counts.reduce((sum, count) => sum + count, 0))
  const byDay = new Map(blobs.map((blob) => [blob.localDay, blob]))
  const quality: QualityRun[] = []
  const blockVersions: number[] = []
  let offset = 0
  for (const [index, day] of grid.days.entries()) {
    const count = counts[index] ?? 0
    const blob = byDay.get(day)
    blockVersions.push(blob?.version ?? 0)
    if (blob?.count === count) {
      decodeBlock(blob.encoded, count, values, offset)
      if (blob.quality) for (const run of decodeQuality(blob.quality, offset)) pushRun(quality, run)
    } else pushRun(quality, { from: offset, to: offset + count, quality: 'missing' })
    offset += count
  }
  return {
    servicePointId: series.servicePointId,
    seriesNumber: series.seriesNumber,
    unit: series.unit,
    flow: series.flow,
    scale: series.scale,
    intervalSeconds,
    startSeconds: grid.starts[0] ?? 0,
    values,
    quality,
    startDay,
    endDay,
    blockVersions,
  }
}

function pushRun(runs: QualityRun[], run: QualityRun): void {
  const last = runs.at(-1)
  if (last && last.to === run.from && last.quality === run.quality) last.to = run.to
  else runs.push(run)
}

import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { daysBetween, type LocalDate } from '../../platform/time.ts'
import { type AgreementPoint, agreementsOfCustomers } from '../agreements/index.ts'
import { clientOf } from '../customers/index.ts'
import { type Series, seriesOfServicePoints } from '../metering/index.ts'
import { dayGrid, expandQuality, type IntervalSeries, loadIntervals } from '../usage/index.ts'
import { type ChannelRecord, type Grain, type IntervalsRecord, worse } from './interval-record.ts'
import { touFinder, touRunsOf } from './interval-tou.ts'

/** The longest range of each grain: what a screen can draw and an answer can carry. */
const MOST_DAYS: Readonly<Record<Grain, number>> = { interval: 400, hour: 400, day: 1_500, month: 3_700 }

export interface IntervalsInput {
  customerId: number
  agreementId: number
  from: LocalDate
  /** Exclusive. */
  to: LocalDate
  grain: Grain
}

/**
 * This will give what was measured for an agreement over `[from, to)`, as measured or summed by local hour, day or month.
 * A point counts only on the days on which it serves the agreement. Refuses an empty or too long range.
 */
export async function getIntervals(tx: Tx, input: IntervalsInput): Promise<IntervalsRecord> {
  checkRange(input)
  const { customerId, agreementId, from, to, grain } = input
  const agreement = (await agreementsOfCustomers(tx, [customerId])).find(
    (one) => one.agreementId === agreementId,
  )
  if (!agreement) throw new Refusal('not_found', 'account_not_found', 'There is no such account.')
  const points = agreement.points.filter((point) => point.startDate < to && (point.endDate ?? to) > from)
  const series = await seriesOfServicePoints(
    tx,
    points.map((point) => point.servicePointId),
  )
  const requests = points.flatMap((point) => requestsOf(point, series, input))
  const loaded = await loadIntervals(tx, requests)
  const timeZone = points[0]?.timeZone ?? 'UTC'
  const span = { clientId: clientOf(customerId), timeZone, from, to }
  const runs = grain === 'interval' ? [] : await touRunsOf(tx, agreement.plans, span)
  const channels = loaded.flatMap((one) => (one ? [toChannel(one, timeZone, grain, runs)] : []))
  return { timeZone, from, to, grain, channels }
}

function checkRange({ from, to, grain }: IntervalsInput): void {
  if (to <= from)
    throw new Refusal('rule', 'range_empty', `The range ends on ${to}; it must end after ${from}.`, [
      { pointer: '/to', in: 'query', message: 'must be after from' },
    ])
  if (daysBetween(from, to) <= MOST_DAYS[grain]) return
  throw new Refusal(
    'rule',
    'range_too_long',
    `At grain ${grain} a range has at most ${MOST_DAYS[grain]} days; ask for less, or for a coarser grain.`,
    [{ pointer: '/to', in: 'query', message: 'is too far from from' }],
  )
}

function requestsOf(point: AgreementPoint, series: readonly Series[], { from, to }: IntervalsInput) {
  const quantities = new Map(
    series
      .filter((one) => one.servicePointId === point.servicePointId && one.kind === 'interval')
      .map((one) => [`${one.unit} ${one.flow}`, one]),
  )
  const startDay = point.startDate > from ? point.startDate : from
  const endDay = point.endDate !== null && point.endDate < to ? point.endDate : to
  return [...quantities.values()].map(({ unit, flow }) => ({
    servicePointId: point.servicePointId,
    unit,
    flow,
    timeZone: point.timeZone,
    startDay,
    endDay,
  }))
}

function toChannel(
  series: IntervalSeries,
  timeZone: string,
  grain: Grain,
  runs: Parameters<typeof touFinder>[0],
): ChannelRecord {
  const { servicePointId, unit, flow, intervalSeconds, scale, values } = series
  const channel: ChannelRecord = {
    servicePointId,
    unit,
    flow,
    intervalSeconds,
    scale,
    startSeconds: [],
    values: [],
    quality: [],
    timesOfUse: [],
  }
  const quality = expandQuality(series.quality, values.length)
  const bucketOf = bucketing(series, timeZone, grain)
  const touAt = touFinder(runs)
  const sums = new Map<string, number[]>()
  for (const [index, value] of values.entries()) {
    const seconds = series.startSeconds + index * intervalSeconds
    const each = quality[index] ?? 'measured'
    addTo(channel, bucketOf(seconds), value, each)
    if (runs.length > 0 && each !== 'missing')
      addToTou(sums, touAt(seconds), channel.values.length - 1, value)
  }
  channel.timesOfUse = [...sums].map(([touCode, own]) => ({
    touCode,
    values: Array.from(channel.values, (_, bucket) => own[bucket] ?? 0),
  }))
  return channel
}

/** Intervals come in order, so that only the last bucket can still grow. */
function addTo(
  channel: ChannelRecord,
  start: number,
  value: number,
  quality: ChannelRecord['quality'][number],
): void {
  const known = quality === 'missing' ? null : value
  const last = channel.startSeconds.length - 1
  if (channel.startSeconds[last] !== start) {
    channel.startSeconds.push(start)
    channel.values.push(known)
    channel.quality.push(quality)
    return
  }
  const sum = channel.values[last] ?? null
  channel.values[last] = known === null ? sum : (sum ?? 0) + known
  channel.quality[last] = worse(channel.quality[last] ?? 'measured', quality)
}

function addToTou(sums: Map<string, number[]>, code: string, bucket: number, value: number): void {
  const own = sums.get(code) ?? []
  own[bucket] = (own[bucket] ?? 0) + value
  sums.set(code, own)
}

/** Where the bucket of a moment begins. Hours count from local midnight, so that a 25-hour day has 25. */
function bucketing(series: IntervalSeries, timeZone: string, grain: Grain): (seconds: number) => number {
  if (grain === 'interval') return (seconds) => seconds
  const { days, starts } = dayGrid(timeZone, series.startDay, series.endDay)
  let day = 0
  let month = starts[0] ?? 0
  return (seconds) => {
    while (seconds >= (starts[day + 1] ?? Number.POSITIVE_INFINITY) && day < days.length - 1) {
      day++
      if (days[day]?.endsWith('-01')) month = starts[day] ?? month
    }
    const start = starts[day] ?? seconds
    if (grain === 'month') return month
    return grain === 'day' ? start : start + Math.floor((seconds - start) / 3600) * 3600
  }
}

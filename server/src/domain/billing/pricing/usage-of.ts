import type { Tx } from '../../../platform/db/index.ts'
import { decimal, decimalOf, divide, trim } from '../../../platform/decimal.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, startOfDaySeconds } from '../../../platform/time.ts'
import type { AgreementPoint, BillableAgreement } from '../../agreements/index.ts'
import type { Usage, UsageChannel, UsageQuantity } from '../../rating/index.ts'
import {
  actOnUsages,
  createUsage,
  type IntervalSeries,
  type NewUsage,
  type UsageQuantity as StoredQuantity,
  type Usage as StoredUsage,
  type UsageSource,
} from '../../usage/index.ts'
import { integerOf } from '../charges/charge.ts'
import type { Period } from '../runs/cycle.ts'
import type { PricedCharge } from './pricing.ts'

/** The measurements behind a usage: which series counted, how, and which versions of its days were read. */
export interface GatheredSource {
  series: IntervalSeries
  sign: 1 | -1
  percent: string
  /** When another meter took over inside the period. */
  exchangesSeconds?: readonly number[] | undefined
}

/** What an agreement used in a period, ready for rating. */
export interface GatheredUsage {
  timeZone: string
  usage: Usage
  /** Empty when the usage was posted or came from the market. */
  sources: readonly GatheredSource[]
  /** A stored usage that is charged as it is. */
  usageId?: number
  /** What registers counted, with their readings. */
  registered?: readonly StoredQuantity[]
}

const HUNDRED = decimalOf(100)

/**
 * This will put together what was measured for an agreement. A point that serves only part of the period, or with a
 * sign or percent, counts with what is its share.
 * Refuses: no point, nothing measured.
 */
export function measuredUsage(
  agreement: BillableAgreement,
  period: Period,
  seriesOf: (point: AgreementPoint) => readonly IntervalSeries[],
  exchangesOf: (point: AgreementPoint) => readonly number[],
): GatheredUsage {
  const points = agreement.points.filter((point) => overlaps(point, period))
  const [first] = points
  if (!first) {
    throw new Refusal(
      'rule',
      'service_point_missing',
      `No service point serves the agreement from ${period.start} to ${period.end}; add the point it is measured at.`,
    )
  }
  const span = spanOf(period, first.timeZone)
  const sources = points.flatMap((point) => {
    const inside = exchangesOf(point).filter(
      (seconds) => seconds > span.startSeconds && seconds < span.endSeconds,
    )
    const { sign, percent } = point
    const exchanges = inside.length > 0 ? { exchangesSeconds: inside } : {}
    return seriesOf(point).map((series) => ({ series, sign, percent, ...exchanges }))
  })
  if (sources.every(({ series }) => series.blockVersions.every((version) => version === 0))) {
    throw new Refusal(
      'rule',
      'usage_none',
      `Nothing was measured from ${period.start} to ${period.end}; import the readings of the period.`,
    )
  }
  const usage: Usage = { kind: 'interval', channels: sources.map((source) => toChannel(source, span)) }
  return { timeZone: first.timeZone, usage, sources }
}

type Dated = Pick<AgreementPoint, 'startDate' | 'endDate'>

/** This will give the days of a period on which a point serves the agreement. */
export function servedDays(point: Dated, { start, end }: Period): Period {
  return {
    start: point.startDate > start ? point.startDate : start,
    end: point.endDate !== null && point.endDate < end ? point.endDate : end,
  }
}

/** Epoch seconds, half-open. */
export interface Span {
  startSeconds: number
  endSeconds: number
}

/** This will give the instants of a period's days. */
export function spanOf({ start, end }: Period, timeZone: string): Span {
  return { startSeconds: startOfDaySeconds(start, timeZone), endSeconds: startOfDaySeconds(end, timeZone) }
}

/** This will say whether a point serves the agreement on any day of a period. */
export function overlaps(point: Dated, { start, end }: Period): boolean {
  return point.startDate < end && (point.endDate === null || point.endDate > start)
}

/**
 * This will give rating a source's intervals, each times sign and percent, exactly. A point that served only some days
 * adds nothing on the others.
 */
export function toChannel(
  { series, sign, percent, exchangesSeconds }: GatheredSource,
  span: Span,
): UsageChannel {
  const { unit, flow, intervalSeconds } = series
  const share = trim(divide(decimal(percent), HUNDRED, 6))
  const factor = Number(share.units) * sign
  const scale = series.scale + share.scale
  const values = factor === 1 ? series.values : series.values.map((value) => value * factor)
  if (flow === 'net') {
    throw new Refusal(
      'unsupported',
      'net_channel',
      'A net channel cannot be billed; record what was delivered and received apart.',
    )
  }
  const exchanges = exchangesSeconds ? { exchangesSeconds } : {}
  return { unit, flow, intervalSeconds, scale, ...fitted(series, values, span), ...exchanges }
}

function fitted(
  { startSeconds, intervalSeconds, quality }: IntervalSeries,
  values: Float64Array,
  span: Span,
) {
  const slots = Math.round((span.endSeconds - span.startSeconds) / intervalSeconds)
  if (values.length >= slots) return { startSeconds, values, quality }
  const offset = Math.round((startSeconds - span.startSeconds) / intervalSeconds)
  const padded = new Float64Array(slots)
  padded.set(values, offset)
  const runs = quality.map((run) => ({ ...run, from: run.from + offset, to: run.to + offset }))
  return { startSeconds: span.startSeconds, values: padded, quality: runs }
}

/** This will put together what the registers of an agreement counted. */
export function registeredUsage(
  agreement: BillableAgreement,
  registered: readonly StoredQuantity[],
): GatheredUsage {
  const timeZone = agreement.points[0]?.timeZone ?? 'UTC'
  const usage: Usage = { kind: 'quantities', quantities: registered.map(toRatingQuantity) }
  return { timeZone, usage, sources: [], registered }
}

/** This will put together a usage that somebody else measured. */
export function postedUsage(agreement: BillableAgreement, stored: StoredUsage): GatheredUsage {
  const timeZone = agreement.points[0]?.timeZone ?? 'UTC'
  const quantities = stored.quantities.map(toRatingQuantity)
  return { timeZone, usage: { kind: 'quantities', quantities }, sources: [], usageId: stored.usageId }
}

/** This will give rating a quantity as it was counted or posted. */
export function toRatingQuantity(stored: StoredQuantity): UsageQuantity {
  const { unit, touCode, kind, quantity, scale, estimated } = stored
  return {
    unit,
    ...(touCode && { tou: touCode }),
    ...(kind === 'received' ? { flow: kind } : kind && { sqi: kind }),
    quantity,
    scale,
    ...(estimated && { estimated }),
  }
}

/** This will store the usages of charges, or take the stored ones for them, and return their ids in the same order. */
export async function saveUsages(tx: Tx, priced: readonly PricedCharge[], now: Instant): Promise<number[]> {
  const measured = priced.filter(({ usage }) => usage.usageId === undefined)
  const created = await createUsage(tx, { usages: measured.map((charge) => toNewUsage(charge, now)), now })
  const taken = priced.flatMap(({ agreement, usage }) =>
    usage.usageId === undefined ? [] : [{ customerId: agreement.customerId, usageId: usage.usageId }],
  )
  await actOnUsages(tx, taken, 'charge')
  let next = 0
  return priced.map(({ usage }) => usage.usageId ?? created[next++]?.usageId ?? 0)
}

function toNewUsage({ agreement, period, usage, rated }: PricedCharge, now: Instant): NewUsage {
  return {
    customerId: agreement.customerId,
    agreementId: agreement.agreementId,
    startDate: period.start,
    endDate: period.end,
    source: 'measured',
    status: 'charged',
    estimated: rated.quality.estimated > 0,
    asOf: now,
    quantities: [...totalsOf(usage), ...rated.quantities.map(toBillable)],
    sources: usage.sources.map(toSource),
  }
}

/** What was consumed and fed in, whole: kind '' delivered, 'received' received. */
function totalsOf({ usage, registered }: GatheredUsage): readonly StoredQuantity[] {
  if (usage.kind !== 'interval') return registered ?? []
  const totals = new Map<string, StoredQuantity>()
  for (const { unit, flow, scale, values } of usage.channels) {
    const key = `${unit} ${flow} ${scale}`
    const total = totals.get(key) ?? { unit, kind: flow === 'delivered' ? '' : flow, quantity: 0, scale }
    total.quantity += sumOf(values)
    totals.set(key, total)
  }
  return [...totals.values()]
}

function sumOf(values: Int32Array | Float64Array): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index] as number
  return sum
}

function toBillable({
  code,
  unit,
  tou,
  billable,
}: PricedCharge['rated']['quantities'][number]): StoredQuantity {
  const { value, scale } = integerOf(billable)
  return { unit, ...(tou && { touCode: tou }), kind: code, quantity: value, scale }
}

function toSource({ series, sign, percent }: GatheredSource): UsageSource {
  const { servicePointId, seriesNumber, startDay, endDay, blockVersions } = series
  const versions = blockVersions.every((version) => version === 1) ? null : blockVersions
  return { servicePointId, seriesNumber, sign, percent, startDay, endDay, blockVersions: versions }
}

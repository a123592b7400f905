import type { Tx } from '../../../platform/db/index.ts'
import { add, type Decimal, decimal, decimalOf, trim, ZERO } from '../../../platform/decimal.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, startOfDaySeconds, Temporal } from '../../../platform/time.ts'
import type { AgreementPoint } from '../../agreements/index.ts'
import { installHistory, type MeterAt, type Series } from '../../metering/index.ts'
import { loadReads, type RegisterRead, registeredUse, type UsageQuantity } from '../../usage/index.ts'
import type { Period } from '../runs/cycle.ts'

/** How far from the end of a period a reading may be taken, in days. */
const READ_WINDOW_DAYS = 5

export interface RegisterRequest {
  point: AgreementPoint
  period: Period
  registers: readonly Series[]
}

/** What registers of points counted, by request; reads and meters come with two statements. */
export async function readRegisters(
  tx: Tx,
  requests: readonly RegisterRequest[],
): Promise<(request: RegisterRequest) => UsageQuantity[]> {
  if (requests.length === 0) return () => []
  const reads = await loadReads(
    tx,
    requests.map(({ point, period }) => {
      const [from, until] = boundaries(point, period)
      const window = { hours: READ_WINDOW_DAYS * 24 }
      return { servicePointId: point.servicePointId, from: from.subtract(window), until: until.add(window) }
    }),
  )
  const bySeries = Map.groupBy(reads, (read) => `${read.servicePointId} ${read.seriesNumber}`)
  const pointIds = [...new Set(requests.map(({ point }) => point.servicePointId))]
  const meters = Map.groupBy(await installHistory(tx, pointIds), (meter) => meter.servicePointId)
  return (request) =>
    request.registers.map((register) =>
      registerQuantity(
        register,
        bySeries.get(`${register.servicePointId} ${register.seriesNumber}`) ?? [],
        meters.get(register.servicePointId) ?? [],
        request,
      ),
    )
}

function boundaries({ timeZone }: AgreementPoint, { start, end }: Period): [Instant, Instant] {
  const at = (day: string) => Temporal.Instant.fromEpochMilliseconds(startOfDaySeconds(day, timeZone) * 1000)
  return [at(start), at(end)]
}

/**
 * This will give what one register counted in a period: between the readings nearest to its ends, meter by meter when
 * one was exchanged, times sign and percent of the point. Refuses when an end has no reading within five days.
 */
export function registerQuantity(
  register: Series,
  reads: readonly RegisterRead[],
  meters: readonly MeterAt[],
  { point, period }: Pick<RegisterRequest, 'point' | 'period'>,
): UsageQuantity {
  const [from, until] = boundaries(point, period)
  const [first, last] = [nearest(reads, from), nearest(reads, until)]
  if (!first || !last || Temporal.Instant.compare(first.readAt, last.readAt) >= 0) {
    throw new Refusal(
      'rule',
      'reading_missing',
      `The ${register.unit} register has no reading within ${READ_WINDOW_DAYS} days of ${first ? period.end : period.start}; import or enter it.`,
    )
  }
  const between = reads.filter(
    (read) =>
      Temporal.Instant.compare(read.readAt, first.readAt) >= 0 &&
      Temporal.Instant.compare(read.readAt, last.readAt) <= 0,
  )
  const byMeter = [...Map.groupBy(between, (read) => read.deviceId)]
  let counted: Decimal = ZERO
  for (const [deviceId, own] of byMeter) counted = add(counted, meterUse(register, deviceId, own, meters))
  const share = decimal(point.percent)
  const used = trim({
    units: counted.units * share.units * BigInt(point.sign),
    scale: counted.scale + share.scale + 2,
  })
  const badge = meters.find((meter) => meter.deviceId === last.deviceId)?.badge
  return {
    unit: register.unit,
    ...(register.touCode && { touCode: register.touCode }),
    ...(register.flow === 'received' && { kind: 'received' }),
    quantity: Number(used.units),
    scale: used.scale,
    ...(badge && { meterBadge: badge }),
    ...(byMeter.length === 1 && { beginReading: first.reading, endReading: last.reading }),
    ...(between.some((read) => read.quality === 'estimated') && { estimated: true }),
  }
}

function nearest(reads: readonly RegisterRead[], at: Instant): RegisterRead | undefined {
  const distance = (read: RegisterRead) => Math.abs(read.readAt.epochMilliseconds - at.epochMilliseconds)
  const within = reads.filter((read) => distance(read) <= READ_WINDOW_DAYS * 86_400_000)
  return within.sort((a, b) => distance(a) - distance(b))[0]
}

function meterUse(
  register: Series,
  deviceId: number,
  reads: readonly RegisterRead[],
  meters: readonly MeterAt[],
): Decimal {
  const [first, last] = [reads[0], reads.at(-1)]
  if (!first || !last) return ZERO
  const channel = meters
    .find((meter) => meter.deviceId === deviceId)
    ?.channels.find(
      (one) =>
        one.kind === 'register' &&
        one.unit === register.unit &&
        one.flow === register.flow &&
        (one.touCode ?? undefined) === (register.touCode ?? undefined),
    )
  return registeredUse({
    previous: decimalOf(first.reading, register.scale),
    present: decimalOf(last.reading, register.scale),
    multiplier: decimal(channel?.multiplier ?? '1'),
    ...(channel?.dials && { dials: channel.dials }),
  }).quantity
}

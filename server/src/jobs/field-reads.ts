import type { FieldRead } from '../domain/field/index.ts'
import { installsOfBadge, type Series, seriesOfServicePoints } from '../domain/metering/index.ts'
import { type RegisterRead, recordReads } from '../domain/usage/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { parseDecimal, round } from '../platform/decimal.ts'
import { Refusal } from '../platform/errors.ts'
import { type Instant, Temporal } from '../platform/time.ts'
import type { Subscriber } from './subscribers.ts'

/** What crews read at meters is usage data. */
export const fieldReadsSubscriber: Subscriber = {
  name: 'field_reads',
  types: ['field.completed'],
  async handle(tx, events, { clientId, now }) {
    for (const { payload } of events) {
      const told = payload as { reads?: FieldRead[]; servicePointId: number | null; completedAt: string }
      const { servicePointId, reads = [] } = told
      if (servicePointId === null || reads.length === 0) continue
      const readAt = Temporal.Instant.from(told.completedAt)
      const series = await seriesOfServicePoints(tx, [servicePointId])
      const found: RegisterRead[] = []
      for (const read of reads)
        found.push(await toRead(tx, read, { clientId, servicePointId, readAt, series }))
      await recordReads(tx, { reads: found, source: 'field', now })
    }
  },
}

async function toRead(
  tx: Tx,
  { badge, unit, touCode, reading }: FieldRead,
  at: { clientId: number; servicePointId: number; readAt: Instant; series: readonly Series[] },
): Promise<RegisterRead> {
  const { clientId, servicePointId, readAt } = at
  const register = at.series.find(
    (one) => one.kind === 'register' && one.unit === unit && one.touCode === touCode,
  )
  const installs = await installsOfBadge(tx, clientId, badge)
  const device = installs.find((one) => one.servicePointId === servicePointId)
  const value = parseDecimal(reading)
  if (!register || !device || !value)
    throw new Refusal(
      'rule',
      'field_read_unknown',
      `Meter ${badge} has no register of ${unit} at service point ${servicePointId} that reads "${reading}".`,
    )
  const { deviceId } = device
  const { seriesNumber, scale } = register
  const units = Number(round(value, scale).units)
  return { servicePointId, seriesNumber, deviceId, readAt, reading: units, quality: 'measured' }
}

import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { ServiceKind } from '../quantity.ts'
import type { Series, SeriesKey } from '../series.ts'
import type { ServicePoint } from '../service-point.ts'

export async function insertServicePoint(
  tx: Tx,
  point: Omit<ServicePoint, 'servicePointId'> & { utilityCode?: string; voltage?: string; now: Instant },
): Promise<number> {
  const row = await tx
    .insertInto('service_point')
    .values({
      client_id: point.clientId,
      premise_id: point.premiseId,
      service_kind: point.serviceKind,
      time_zone: point.timeZone,
      status: point.status,
      external_number: point.externalNumber,
      utility_code: point.utilityCode ?? null,
      voltage: point.voltage ?? null,
      created_at: point.now,
    })
    .returning('service_point_id')
    .executeTakeFirstOrThrow()
  return row.service_point_id
}

/** The state of a point, and of the meter that is on it now. */
export async function updateConnected(tx: Tx, servicePointId: number, connected: boolean): Promise<void> {
  const status = connected ? 'connected' : 'disconnected'
  await tx
    .updateTable('service_point')
    .set({ status })
    .where('service_point_id', '=', servicePointId)
    .execute()
  await tx
    .updateTable('install_event')
    .set({ switched_on: connected })
    .where('service_point_id', '=', servicePointId)
    .where('removed_at', 'is', null)
    .execute()
}

/** Locks in the order of ids, so that two transactions never wait for each other. */
export async function lockServicePoints(tx: Tx, servicePointIds: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ service_point_id: number }>`
    select service_point_id from service_point where service_point_id = any(${servicePointIds}::bigint[])
    order by service_point_id for no key update`.execute(tx)
  return rows.map((row) => row.service_point_id)
}

export async function selectServicePoints(
  tx: Tx,
  servicePointIds: readonly number[],
): Promise<ServicePoint[]> {
  if (servicePointIds.length === 0) return []
  const rows = await servicePoints(tx).where('service_point_id', 'in', servicePointIds).execute()
  return rows.map(servicePointFromRow)
}

export async function selectServicePointsOfPremise(tx: Tx, premiseId: number): Promise<ServicePoint[]> {
  const rows = await servicePoints(tx)
    .where('premise_id', '=', premiseId)
    .orderBy('service_point_id')
    .execute()
  return rows.map(servicePointFromRow)
}

export async function selectServicePointsByExternalNumber(
  tx: Tx,
  clientId: number,
  externalNumber: string,
): Promise<ServicePoint[]> {
  const rows = await servicePoints(tx)
    .where('external_number', '=', externalNumber)
    .where('client_id', '=', clientId)
    .orderBy('service_point_id')
    .execute()
  return rows.map(servicePointFromRow)
}

function servicePoints(tx: Tx) {
  return tx
    .selectFrom('service_point')
    .select([
      'service_point_id',
      'client_id',
      'premise_id',
      'service_kind',
      'time_zone',
      'status',
      'external_number',
    ])
}

type ServicePointRow = Awaited<ReturnType<ReturnType<typeof servicePoints>['execute']>>[number]

function servicePointFromRow(row: ServicePointRow): ServicePoint {
  return {
    servicePointId: row.service_point_id,
    clientId: row.client_id,
    premiseId: row.premise_id,
    serviceKind: row.service_kind as ServiceKind,
    timeZone: row.time_zone,
    status: row.status as ServicePoint['status'],
    externalNumber: row.external_number,
  }
}

export async function selectSeries(tx: Tx, servicePointIds: readonly number[]): Promise<Series[]> {
  if (servicePointIds.length === 0) return []
  const rows = await tx
    .selectFrom('series')
    .selectAll()
    .where('service_point_id', '=', sql<number>`any(${servicePointIds}::int8[])`)
    .orderBy('service_point_id')
    .orderBy('series_number')
    .execute()
  return rows.map((row) => ({
    servicePointId: row.service_point_id,
    seriesNumber: row.series_number,
    kind: row.kind as Series['kind'],
    unit: row.unit,
    flow: row.flow as Series['flow'],
    ...(row.tou_code === null ? {} : { touCode: row.tou_code }),
    ...(row.interval_seconds === null ? {} : { intervalSeconds: row.interval_seconds }),
    scale: row.scale,
  }))
}

export async function insertSeries(
  tx: Tx,
  series: SeriesKey & { seriesNumber: number; scale: number },
): Promise<void> {
  await tx
    .insertInto('series')
    .values({
      service_point_id: series.servicePointId,
      series_number: series.seriesNumber,
      kind: series.kind,
      unit: series.unit,
      flow: series.flow,
      tou_code: series.touCode ?? null,
      interval_seconds: series.intervalSeconds ?? null,
      scale: series.scale,
    })
    .execute()
}

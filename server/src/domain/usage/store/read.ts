import { sql } from 'kysely'
import { insertRows } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'

/** A cumulative dial reading: an integer of unit x 10^-scale of its series, before the channel's multiplier. */
export interface RegisterRead {
  servicePointId: number
  seriesNumber: number
  deviceId: number
  readAt: Instant
  reading: number
  quality: 'measured' | 'estimated' | 'edited' | 'customer'
}

export type StoredRead = RegisterRead & { version: number }

const READ = sql`r.service_point_id as "servicePointId", r.series_number as "seriesNumber",
  r.device_id as "deviceId", r.read_at as "readAt", r.reading, r.quality, r.version`

export async function selectReads(
  tx: Tx,
  requests: readonly { servicePointId: number; from: Instant; until: Instant }[],
): Promise<StoredRead[]> {
  const { rows } = await sql<StoredRead>`
    select ${READ}
    from unnest(${requests.map((request) => request.servicePointId)}::bigint[],
                ${requests.map((request) => request.from)}::timestamptz[],
                ${requests.map((request) => request.until)}::timestamptz[]) k (service_point_id, from_at, until_at)
    join register_read r using (service_point_id)
    where r.superseded_at is null and r.read_at between k.from_at and k.until_at
    order by r.service_point_id, r.series_number, r.read_at`.execute(tx)
  return rows
}

export async function selectCurrentReads(tx: Tx, reads: readonly RegisterRead[]): Promise<StoredRead[]> {
  const { rows } = await sql<StoredRead>`
    select ${READ} from ${readKeys(reads)}
    join register_read r using (service_point_id, series_number, device_id, read_at)
    where r.superseded_at is null`.execute(tx)
  return rows
}

export async function supersedeReads(tx: Tx, reads: readonly RegisterRead[], at: Instant): Promise<void> {
  if (reads.length === 0) return
  await sql`
    update register_read r set superseded_at = ${at}::timestamptz
    from ${readKeys(reads)}
    where r.service_point_id = k.service_point_id and r.series_number = k.series_number
      and r.device_id = k.device_id and r.read_at = k.read_at and r.superseded_at is null`.execute(tx)
}

export async function insertReads(
  tx: Tx,
  reads: readonly StoredRead[],
  { source, now }: { source: string; now: Instant },
): Promise<void> {
  await insertRows(
    tx,
    'register_read',
    {
      service_point_id: 'int8',
      series_number: 'int2',
      read_at: 'timestamptz',
      version: 'int2',
      device_id: 'int8',
      reading: 'int8',
      quality: 'text',
      source: 'text',
      recorded_at: 'timestamptz',
    },
    reads.map((read) => ({
      service_point_id: read.servicePointId,
      series_number: read.seriesNumber,
      read_at: read.readAt,
      version: read.version,
      device_id: read.deviceId,
      reading: read.reading,
      quality: read.quality,
      source,
      recorded_at: now,
    })),
  )
}

function readKeys(reads: readonly RegisterRead[]) {
  return sql`unnest(${reads.map((read) => read.servicePointId)}::bigint[],
    ${reads.map((read) => read.seriesNumber)}::smallint[], ${reads.map((read) => read.deviceId)}::bigint[],
    ${reads.map((read) => read.readAt)}::timestamptz[]) k (service_point_id, series_number, device_id, read_at)`
}

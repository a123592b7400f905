import { sql } from 'kysely'
import { insertRows } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'

export interface BlockRow {
  service_point_id: number
  series_number: number
  local_day: LocalDate
  version: number
  start_seconds: number
  interval_seconds: number
  interval_count: number
  encoded: Buffer
  quality: Buffer | null
}

export type NewBlockRow = Omit<BlockRow, 'encoded' | 'quality'> & {
  total: number
  encoded: Uint8Array
  quality: Uint8Array | null
  source: string
  recorded_at: Instant
}

const COLUMNS = sql`b.service_point_id, b.series_number, b.local_day, b.version, b.start_seconds,
  b.interval_seconds, b.interval_count, b.encoded, b.quality`

export async function ensurePartitions(tx: Tx, days: Iterable<LocalDate>): Promise<void> {
  const months = [...new Set([...days].map((day) => `${day.slice(0, 7)}-01`))].sort()
  for (const month of months) await sql`select ensure_interval_partition(${month}::date)`.execute(tx)
}

export async function selectCurrentBlocks(
  tx: Tx,
  keys: readonly { servicePointId: number; seriesNumber: number; localDay: LocalDate }[],
): Promise<BlockRow[]> {
  const days = keys.map((key) => key.localDay)
  const { rows } = await sql<BlockRow>`
    select ${COLUMNS}
    from unnest(${keys.map((key) => key.servicePointId)}::bigint[], ${keys.map((key) => key.seriesNumber)}::smallint[],
                ${days}::date[]) k (service_point_id, series_number, local_day)
    join interval_block b using (service_point_id, series_number, local_day)
    where b.superseded_at is null
      and b.local_day >= ${least(days)}::date and b.local_day <= ${greatest(days)}::date`.execute(tx)
  return rows
}

/** What a day's block holds, without where it lies in time: the grid of the zone says that. */
export interface DayBlob {
  localDay: LocalDate
  version: number
  count: number
  encoded: Uint8Array
  quality: Uint8Array | null
}

export interface SeriesBlobs {
  servicePointId: number
  seriesNumber: number
  days: DayBlob[]
}

/**
 * Blocks of series over `[startDay, endDay)`: the current ones, or those that were current at `asOf`. A series comes
 * as one row, its days end to end: many short rows would take longer to read than to decode.
 */
export async function selectBlocks(
  tx: Tx,
  requests: readonly {
    servicePointId: number
    seriesNumber: number
    startDay: LocalDate
    endDay: LocalDate
  }[],
  asOf: Instant | undefined,
): Promise<SeriesBlobs[]> {
  if (requests.length === 0) return []
  const starts = requests.map((request) => request.startDay)
  const ends = requests.map((request) => request.endDay)
  const known =
    asOf === undefined
      ? sql`b.superseded_at is null`
      : sql`b.recorded_at <= ${asOf}::timestamptz and (b.superseded_at is null or b.superseded_at > ${asOf}::timestamptz)`
  // The outer bounds let the planner leave out whole months.
  const { rows } = await sql<{ servicePointId: number; seriesNumber: number; days: string; encoded: Buffer }>`
    select b.service_point_id as "servicePointId", b.series_number as "seriesNumber",
           string_agg(concat_ws(' ', b.local_day, b.version, b.interval_count, octet_length(b.encoded),
             encode(b.quality, 'hex')), ',' order by b.local_day) as days,
           string_agg(b.encoded, ''::bytea order by b.local_day) as encoded
    from unnest(${requests.map((request) => request.servicePointId)}::bigint[],
                ${requests.map((request) => request.seriesNumber)}::smallint[],
                ${starts}::date[], ${ends}::date[]) k (service_point_id, series_number, start_day, end_day)
    join interval_block b using (service_point_id, series_number)
    where ${known} and b.local_day >= k.start_day and b.local_day < k.end_day
      and b.local_day >= ${least(starts)}::date and b.local_day < ${greatest(ends)}::date
    group by b.service_point_id, b.series_number`.execute(tx)
  return rows.map(({ days, encoded, ...series }) => ({ ...series, days: cutBlobs(days, encoded) }))
}

function cutBlobs(days: string, encoded: Buffer): DayBlob[] {
  let position = 0
  return days.split(',').map((day) => {
    const [localDay = '', version, count, length, quality] = day.split(' ')
    const start = position
    position += Number(length)
    return {
      localDay,
      version: Number(version),
      count: Number(count),
      encoded: encoded.subarray(start, position),
      quality: quality === undefined ? null : Buffer.from(quality, 'hex'),
    }
  })
}

/** Exactly these versions of the blocks of a series, one a day from `startDay`; 0 leaves a day out. */
export async function selectBlockVersions(
  tx: Tx,
  source: { servicePointId: number; seriesNumber: number },
  days: readonly LocalDate[],
  versions: readonly number[],
): Promise<DayBlob[]> {
  if (days.length === 0) return []
  const { rows } = await sql<DayBlob>`
    select b.local_day as "localDay", b.version, b.interval_count as count, b.encoded, b.quality
    from unnest(${days}::date[], ${versions}::smallint[]) k (local_day, version)
    join interval_block b using (local_day, version)
    where b.service_point_id = ${source.servicePointId} and b.series_number = ${source.seriesNumber}
      and b.local_day >= ${least(days)}::date and b.local_day <= ${greatest(days)}::date`.execute(tx)
  return rows
}

export async function supersedeBlocks(tx: Tx, blocks: readonly BlockRow[], at: Instant): Promise<void> {
  if (blocks.length === 0) return
  const days = blocks.map((block) => block.local_day)
  await sql`
    update interval_block b set superseded_at = ${at}::timestamptz
    from unnest(${blocks.map((block) => block.service_point_id)}::bigint[],
                ${blocks.map((block) => block.series_number)}::smallint[], ${days}::date[],
                ${blocks.map((block) => block.version)}::smallint[])
         k (service_point_id, series_number, local_day, version)
    where b.service_point_id = k.service_point_id and b.series_number = k.series_number
      and b.local_day = k.local_day and b.version = k.version
      and b.local_day >= ${least(days)}::date and b.local_day <= ${greatest(days)}::date`.execute(tx)
}

export async function insertBlocks(tx: Tx, blocks: readonly NewBlockRow[]): Promise<void> {
  await insertRows(
    tx,
    'interval_block',
    {
      service_point_id: 'int8',
      series_number: 'int2',
      local_day: 'date',
      version: 'int2',
      start_seconds: 'int8',
      interval_seconds: 'int4',
      interval_count: 'int2',
      total: 'int8',
      encoded: 'bytea',
      quality: 'bytea',
      source: 'text',
      recorded_at: 'timestamptz',
    },
    blocks,
  )
}

function least(days: readonly LocalDate[]): LocalDate {
  return days.toSorted()[0] ?? ''
}

function greatest(days: readonly LocalDate[]): LocalDate {
  return days.toSorted().at(-1) ?? ''
}

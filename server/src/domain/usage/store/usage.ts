import { sql } from 'kysely'
import { insertRows } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { AgreementKey } from '../../agreements/index.ts'
import type { NewUsage, Usage, UsageKey, UsageQuantity, UsageSource, UsageStatus } from '../usage.ts'

/** The last usage number of each customer; who asks holds the customers' locks. */
export async function selectLastUsageIds(
  tx: Tx,
  customerIds: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ customer_id: number; last: number | null }>`
    select c.customer_id, (select max(u.usage_id) from usage u where u.customer_id = c.customer_id) as last
    from unnest(${customerIds}::bigint[]) c (customer_id)`.execute(tx)
  return new Map(rows.map((row) => [row.customer_id, row.last ?? 0]))
}

export async function insertUsages(
  tx: Tx,
  usages: readonly (NewUsage & UsageKey)[],
  now: Instant,
): Promise<void> {
  await insertRows(
    tx,
    'usage',
    {
      customer_id: 'int8',
      usage_id: 'int4',
      agreement_id: 'int4',
      start_date: 'date',
      end_date: 'date',
      source: 'text',
      status: 'text',
      estimated: 'bool',
      as_of: 'timestamptz',
      created_at: 'timestamptz',
    },
    usages.map((usage) => ({
      customer_id: usage.customerId,
      usage_id: usage.usageId,
      agreement_id: usage.agreementId,
      start_date: usage.startDate,
      end_date: usage.endDate,
      source: usage.source,
      status: usage.status,
      estimated: usage.estimated ?? false,
      as_of: usage.asOf,
      created_at: now,
    })),
  )
  await insertQuantities(tx, usages)
  await insertSources(tx, usages)
}

async function insertQuantities(tx: Tx, usages: readonly (NewUsage & UsageKey)[]): Promise<void> {
  await insertRows(
    tx,
    'usage_quantity',
    {
      customer_id: 'int8',
      usage_id: 'int4',
      line_number: 'int2',
      loop: 'text',
      unit: 'text',
      tou_code: 'text',
      kind: 'text',
      quantity: 'int8',
      scale: 'int2',
      meter_badge: 'text',
      begin_reading: 'int8',
      end_reading: 'int8',
      estimated: 'bool',
    },
    usages.flatMap((usage) =>
      usage.quantities.map((line, index) => ({
        customer_id: usage.customerId,
        usage_id: usage.usageId,
        line_number: index + 1,
        loop: line.loop ?? '',
        unit: line.unit,
        tou_code: line.touCode ?? '',
        kind: line.kind ?? '',
        quantity: line.quantity,
        scale: line.scale,
        meter_badge: line.meterBadge,
        begin_reading: line.beginReading,
        end_reading: line.endReading,
        estimated: line.estimated ?? false,
      })),
    ),
  )
}

/** As JSON, because the versions are an array in a column. */
async function insertSources(tx: Tx, usages: readonly (NewUsage & UsageKey)[]): Promise<void> {
  const rows = usages.flatMap((usage) =>
    (usage.sources ?? []).map((source, index) => ({
      customer_id: usage.customerId,
      usage_id: usage.usageId,
      source_number: index + 1,
      service_point_id: source.servicePointId,
      series_number: source.seriesNumber,
      sign: source.sign,
      percent: source.percent,
      start_day: source.startDay,
      end_day: source.endDay,
      block_versions: source.blockVersions,
    })),
  )
  if (rows.length === 0) return
  await sql`
    insert into usage_source
    select customer_id, usage_id, source_number, service_point_id, series_number, sign, percent,
           start_day, end_day, block_versions
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      customer_id bigint, usage_id int, source_number smallint, service_point_id bigint, series_number smallint,
      sign smallint, percent numeric, start_day date, end_day date, block_versions smallint[])`.execute(tx)
}

/** Live usages of an agreement that share a day with `[start, end)`. */
export async function selectLiveUsages(
  tx: Tx,
  key: AgreementKey,
  start: LocalDate,
  end: LocalDate,
): Promise<{ usageId: number; startDate: LocalDate; endDate: LocalDate }[]> {
  const { rows } = await sql<{ usageId: number; startDate: LocalDate; endDate: LocalDate }>`
    select usage_id as "usageId", start_date as "startDate", end_date as "endDate" from usage
    where customer_id = ${key.customerId} and agreement_id = ${key.agreementId}
      and status in ('ready', 'charged') and start_date < ${end}::date and end_date > ${start}::date`.execute(
    tx,
  )
  return rows
}

export async function selectReadyPosted(tx: Tx, customerIds: readonly number[]): Promise<UsageKey[]> {
  const { rows } = await sql<UsageKey>`
    select customer_id as "customerId", usage_id as "usageId" from usage
    where customer_id = any(${customerIds}::bigint[]) and status = 'ready' and source <> 'measured'`.execute(
    tx,
  )
  return rows
}

export async function selectStatuses(
  tx: Tx,
  keys: readonly UsageKey[],
): Promise<(UsageKey & { status: UsageStatus })[]> {
  const { rows } = await sql<UsageKey & { status: UsageStatus }>`
    select customer_id as "customerId", usage_id as "usageId", status
    from unnest(${keys.map((key) => key.customerId)}::bigint[], ${keys.map((key) => key.usageId)}::int[])
         k (customer_id, usage_id)
    join usage using (customer_id, usage_id)`.execute(tx)
  return rows
}

export async function updateStatuses(
  tx: Tx,
  changes: readonly (UsageKey & { status: UsageStatus })[],
): Promise<void> {
  await sql`
    update usage u set status = k.status
    from unnest(${changes.map((key) => key.customerId)}::bigint[], ${changes.map((key) => key.usageId)}::int[],
                ${changes.map((key) => key.status)}::text[]) k (customer_id, usage_id, status)
    where u.customer_id = k.customer_id and u.usage_id = k.usage_id`.execute(tx)
}

interface UsageRow extends Omit<Usage, 'quantities' | 'sources'> {
  quantities: (UsageQuantity & { meterBadge?: string | null })[] | null
  sources: UsageSource[] | null
}

/** Usages with quantities and sources, by period; of an agreement, or named ones. */
export async function selectUsages(
  tx: Tx,
  of: AgreementKey | { keys: readonly UsageKey[] },
): Promise<Usage[]> {
  const which =
    'keys' in of
      ? sql`(u.customer_id, u.usage_id) in (
          select * from unnest(${of.keys.map((key) => key.customerId)}::bigint[],
                               ${of.keys.map((key) => key.usageId)}::int[]))`
      : sql`u.customer_id = ${of.customerId} and u.agreement_id = ${of.agreementId}`
  const { rows } = await sql<UsageRow>`
    select u.customer_id as "customerId", u.usage_id as "usageId", u.agreement_id as "agreementId",
           u.start_date as "startDate", u.end_date as "endDate", u.source, u.status, u.estimated,
           u.as_of as "asOf", u.created_at as "createdAt",
      (select jsonb_agg(jsonb_build_object('loop', q.loop, 'unit', q.unit, 'touCode', q.tou_code, 'kind', q.kind,
                'quantity', q.quantity, 'scale', q.scale, 'meterBadge', q.meter_badge,
                'beginReading', q.begin_reading, 'endReading', q.end_reading, 'estimated', q.estimated)
                order by q.line_number)
       from usage_quantity q where q.customer_id = u.customer_id and q.usage_id = u.usage_id) as quantities,
      (select jsonb_agg(jsonb_build_object('servicePointId', s.service_point_id, 'seriesNumber', s.series_number,
                'sign', s.sign, 'percent', s.percent::text, 'startDay', s.start_day, 'endDay', s.end_day,
                'blockVersions', s.block_versions) order by s.source_number)
       from usage_source s where s.customer_id = u.customer_id and s.usage_id = u.usage_id) as sources
    from usage u where ${which}
    order by u.customer_id, u.start_date, u.usage_id`.execute(tx)
  return rows.map((row) => ({
    ...row,
    quantities: (row.quantities ?? []).map(present),
    sources: row.sources ?? [],
  }))
}

function present(line: object): UsageQuantity {
  return Object.fromEntries(
    Object.entries(line).filter(([, value]) => value !== null),
  ) as unknown as UsageQuantity
}

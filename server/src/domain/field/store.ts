import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import type { FieldActivity, FieldStatus } from './activity.ts'

const COLUMNS = sql`
  client_id as "clientId", activity_id as "activityId", kind, premise_id as "premiseId", service_point_id as "servicePointId",
  customer_id as "customerId", agreement_id as "agreementId", status, guarded, cause, requested_for as "requestedFor",
  window_start as "windowStart", window_end as "windowEnd", crew, instructions, hold_reason as "holdReason",
  external_id as "externalId", dispatched_at as "dispatchedAt", completed_at as "completedAt", result,
  cancel_reason as "cancelReason", created_at as "createdAt", created_by as "createdBy"`

type NewRow = Pick<
  FieldActivity,
  | 'clientId'
  | 'kind'
  | 'premiseId'
  | 'servicePointId'
  | 'customerId'
  | 'agreementId'
  | 'guarded'
  | 'cause'
  | 'requestedFor'
  | 'instructions'
  | 'externalId'
  | 'createdAt'
  | 'createdBy'
>

/** Undefined: the same work for the same cause is there already. */
export async function insertActivity(tx: Tx, row: NewRow): Promise<number | undefined> {
  const { rows } = await sql<{ activityId: number }>`
    insert into field_activity (client_id, kind, premise_id, service_point_id, customer_id, agreement_id, status, guarded,
                                cause, requested_for, instructions, external_id, created_at, created_by)
    values (${row.clientId}, ${row.kind}, ${row.premiseId}, ${row.servicePointId}, ${row.customerId}, ${row.agreementId},
            'pending', ${row.guarded}, ${row.cause}, ${row.requestedFor}, ${row.instructions}, ${row.externalId},
            ${row.createdAt}, ${row.createdBy})
    on conflict (client_id, cause, kind) where status <> 'cancelled' and result ->> 'outcome' is distinct from 'not_possible'
    do nothing
    returning activity_id as "activityId"`.execute(tx)
  return rows[0]?.activityId
}

export async function selectByCause(tx: Tx, key: Pick<FieldActivity, 'clientId' | 'cause' | 'kind'>) {
  const { rows } = await sql<FieldActivity>`
    select ${COLUMNS} from field_activity
     where client_id = ${key.clientId} and cause = ${key.cause} and kind = ${key.kind} and status <> 'cancelled'
       and result ->> 'outcome' is distinct from 'not_possible'`.execute(tx)
  return rows[0]
}

export async function lockActivity(
  tx: Tx,
  clientId: number,
  activityId: number,
): Promise<FieldActivity | undefined> {
  const { rows } = await sql<FieldActivity>`
    select ${COLUMNS} from field_activity
     where client_id = ${clientId} and activity_id = ${activityId} for no key update`.execute(tx)
  return rows[0]
}

type Change = Partial<
  Pick<
    FieldActivity,
    | 'status'
    | 'requestedFor'
    | 'windowStart'
    | 'windowEnd'
    | 'crew'
    | 'holdReason'
    | 'externalId'
    | 'dispatchedAt'
    | 'completedAt'
    | 'result'
    | 'cancelReason'
  >
>

export async function updateActivity(
  tx: Tx,
  activity: Pick<FieldActivity, 'clientId' | 'activityId'>,
  change: Change,
): Promise<void> {
  const { status, requestedFor, windowStart, windowEnd, crew, holdReason, externalId } = change
  await tx
    .updateTable('field_activity')
    .set({
      ...(status !== undefined && { status }),
      ...(requestedFor !== undefined && { requested_for: requestedFor }),
      ...(windowStart !== undefined && { window_start: windowStart }),
      ...(windowEnd !== undefined && { window_end: windowEnd }),
      ...(crew !== undefined && { crew }),
      ...(holdReason !== undefined && { hold_reason: holdReason }),
      ...(externalId !== undefined && { external_id: externalId }),
      ...(change.dispatchedAt !== undefined && { dispatched_at: change.dispatchedAt }),
      ...(change.completedAt !== undefined && { completed_at: change.completedAt }),
      ...(change.result !== undefined && { result: JSON.stringify(change.result) }),
      ...(change.cancelReason !== undefined && { cancel_reason: change.cancelReason }),
    })
    .where('client_id', '=', activity.clientId)
    .where('activity_id', '=', activity.activityId)
    .execute()
}

export interface FieldFilter {
  clientId: number
  activityIds?: readonly number[]
  servicePointId?: number
  premiseId?: number
  customerId?: number
  agreementId?: number
  statuses?: readonly FieldStatus[]
  cause?: string
  limit: number
  offset: number
}

export async function selectActivities(
  tx: Tx,
  filter: FieldFilter,
): Promise<{ activities: FieldActivity[]; total: number }> {
  const conditions = [
    sql`client_id = ${filter.clientId}`,
    ...(filter.activityIds ? [sql`activity_id = any(${filter.activityIds}::int8[])`] : []),
    ...(filter.servicePointId ? [sql`service_point_id = ${filter.servicePointId}`] : []),
    ...(filter.premiseId ? [sql`premise_id = ${filter.premiseId}`] : []),
    ...(filter.customerId ? [sql`customer_id = ${filter.customerId}`] : []),
    ...(filter.agreementId ? [sql`agreement_id = ${filter.agreementId}`] : []),
    ...(filter.statuses ? [sql`status = any(${filter.statuses}::text[])`] : []),
    ...(filter.cause ? [sql`cause = ${filter.cause}`] : []),
  ]
  const { rows } = await sql<FieldActivity & { total: number }>`
    select ${COLUMNS}, count(*) over () as total from field_activity where ${sql.join(conditions, sql` and `)}
     order by requested_for desc, activity_id desc limit ${filter.limit} offset ${filter.offset}`.execute(tx)
  return { activities: rows.map(({ total: _, ...activity }) => activity), total: rows[0]?.total ?? 0 }
}

import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import type { Instant } from '../../platform/time.ts'
import type { NewWorkItem, WorkItem } from './work-item.ts'

export async function insertWorkItems(tx: Tx, items: readonly NewWorkItem[]): Promise<void> {
  if (items.length === 0) return
  const column = <T>(pick: (item: NewWorkItem) => T) => items.map(pick)
  await sql`
    insert into work_item (client_id, kind, subject, customer_id, reason_code, reason, remedy, detail, status, priority,
                           due_date, run_id, created_at, closed_at, closed_by)
    select u.*, case when status = 'done' then created_at end, case when status = 'done' then 'system' end
      from unnest(${column((i) => i.clientId)}::int4[], ${column((i) => i.kind)}::text[],
        ${column((i) => i.subject)}::text[], ${column((i) => i.customerId ?? null)}::int8[],
        ${column((i) => i.reasonCode)}::text[], ${column((i) => i.reason)}::text[], ${column((i) => i.remedy)}::text[],
        ${column((i) => JSON.stringify(i.detail ?? {}))}::jsonb[], ${column((i) => (i.closed ? 'done' : 'open'))}::text[],
        ${column((i) => i.priority ?? 3)}::int2[], ${column((i) => i.dueDate ?? null)}::date[],
        ${column((i) => i.runId ?? null)}::int4[], ${column((i) => i.createdAt)}::timestamptz[])
      as u(client_id, kind, subject, customer_id, reason_code, reason, remedy, detail, status, priority, due_date,
           run_id, created_at)
    on conflict (client_id, kind, subject, reason_code) where status = 'open'
    do update set reason = excluded.reason, remedy = excluded.remedy, detail = excluded.detail,
                  run_id = excluded.run_id`.execute(tx)
}

/** Closes the open items of these subjects; returns how many. */
export async function closeOpenItems(
  tx: Tx,
  input: { clientId: number; kind: string; subjects: readonly string[]; closedAt: Instant; closedBy: string },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update work_item set status = 'done', closed_at = ${input.closedAt}, closed_by = ${input.closedBy}
     where client_id = ${input.clientId} and kind = ${input.kind} and status = 'open'
       and subject = any(${input.subjects}::text[])`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function closeItem(
  tx: Tx,
  input: {
    clientId: number
    itemId: number
    status: 'done' | 'cancelled'
    closedAt: Instant
    closedBy: string
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update work_item set status = ${input.status}, closed_at = ${input.closedAt}, closed_by = ${input.closedBy}
     where client_id = ${input.clientId} and item_id = ${input.itemId} and status = 'open'`.execute(tx)
  return Number(numAffectedRows ?? 0) === 1
}

const itemColumns = sql`
  client_id as "clientId", item_id as "itemId", kind, subject, customer_id as "customerId", reason_code as "reasonCode",
  reason, remedy, detail, status, priority, assigned_to as "assignedTo", due_date as "dueDate", run_id as "runId",
  created_at as "createdAt", closed_at as "closedAt", closed_by as "closedBy"`

export async function selectItem(tx: Tx, clientId: number, itemId: number): Promise<WorkItem | undefined> {
  const { rows } = await sql<WorkItem>`
    select ${itemColumns} from work_item where client_id = ${clientId} and item_id = ${itemId}`.execute(tx)
  return rows[0]
}

export interface WorkItemFilter {
  clientId: number
  status?: WorkItem['status']
  kind?: string
  customerId?: number
  runId?: number
  limit: number
  offset: number
}

export async function selectItems(
  tx: Tx,
  filter: WorkItemFilter,
): Promise<{ items: WorkItem[]; total: number }> {
  const conditions = sql.join(
    [
      sql`client_id = ${filter.clientId}`,
      ...(filter.status ? [sql`status = ${filter.status}`] : []),
      ...(filter.kind ? [sql`kind = ${filter.kind}`] : []),
      ...(filter.customerId ? [sql`customer_id = ${filter.customerId}`] : []),
      ...(filter.runId ? [sql`run_id = ${filter.runId}`] : []),
    ],
    sql` and `,
  )
  const { rows } = await sql<WorkItem & { total: number }>`
    select ${itemColumns}, count(*) over () as total from work_item where ${conditions}
     order by (status <> 'open'), priority, item_id limit ${filter.limit} offset ${filter.offset}`.execute(tx)
  return { items: rows.map(({ total: _, ...item }) => item), total: rows[0]?.total ?? 0 }
}

import { sql } from 'kysely'
import {
  type BulkType,
  insertRows,
  type NextNumber,
  numbersAfter,
  type Tx,
} from '../../../platform/db/index.ts'
import type { Adjustment, AdjustmentKey } from '../adjustments/adjustment.ts'

const COLUMNS = {
  customer_id: 'int8',
  adjustment_id: 'int4',
  agreement_id: 'int4',
  account_number: 'int2',
  adjustment_type: 'text',
  purpose: 'text',
  status: 'text',
  amount_cents: 'int8',
  effective_date: 'date',
  accounting_date: 'date',
  due_date: 'date',
  on_bill: 'bool',
  cause: 'text',
  comment: 'text',
  fault_code: 'text',
  fault: 'text',
  side: 'text',
  sibling_customer_id: 'int8',
  sibling_adjustment_id: 'int4',
  entry_id: 'int4',
  cancel_entry_id: 'int4',
  cancel_reason: 'text',
  created_at: 'timestamptz',
  created_by: 'text',
  approved_by: 'text',
} as const satisfies Record<string, BulkType>

export function nextAdjustmentIds(tx: Tx, customerIds: readonly number[]): Promise<NextNumber> {
  return numbersAfter(tx, 'adjustment', 'adjustment_id', customerIds)
}

export function insertAdjustments(tx: Tx, adjustments: readonly Adjustment[]): Promise<void> {
  const rows = adjustments.map((one) => ({
    customer_id: one.customerId,
    adjustment_id: one.adjustmentId,
    agreement_id: one.agreementId,
    account_number: one.accountNumber,
    adjustment_type: one.type,
    purpose: one.purpose,
    status: one.status,
    amount_cents: one.amountCents,
    effective_date: one.effectiveDate,
    accounting_date: one.accountingDate,
    due_date: one.dueDate,
    on_bill: one.onBill,
    cause: one.cause,
    comment: one.comment,
    fault_code: one.faultCode,
    fault: one.fault,
    side: one.side,
    sibling_customer_id: one.siblingCustomerId,
    sibling_adjustment_id: one.siblingAdjustmentId,
    entry_id: one.entryId,
    cancel_entry_id: one.cancelEntryId,
    cancel_reason: one.cancelReason,
    created_at: one.createdAt,
    created_by: one.createdBy,
    approved_by: one.approvedBy,
  }))
  return insertRows(tx, 'adjustment', COLUMNS, rows)
}

/** Everything about it that can change after it was made. */
export async function updateAdjustment(tx: Tx, one: Adjustment): Promise<void> {
  await sql`
    update adjustment set status = ${one.status}, amount_cents = ${one.amountCents},
           accounting_date = ${one.accountingDate}, fault_code = ${one.faultCode}, fault = ${one.fault},
           entry_id = ${one.entryId}, cancel_entry_id = ${one.cancelEntryId}, cancel_reason = ${one.cancelReason},
           created_by = ${one.createdBy}, approved_by = ${one.approvedBy}
     where customer_id = ${one.customerId} and adjustment_id = ${one.adjustmentId}`.execute(tx)
}

const adjustmentColumns = sql`
  customer_id as "customerId", adjustment_id as "adjustmentId", agreement_id as "agreementId",
  account_number as "accountNumber", adjustment_type as type, purpose, status, amount_cents as "amountCents",
  effective_date as "effectiveDate", accounting_date as "accountingDate", due_date as "dueDate", on_bill as "onBill",
  cause, comment, fault_code as "faultCode", fault, side, sibling_customer_id as "siblingCustomerId",
  sibling_adjustment_id as "siblingAdjustmentId", entry_id as "entryId", cancel_entry_id as "cancelEntryId",
  cancel_reason as "cancelReason", created_at as "createdAt", created_by as "createdBy", approved_by as "approvedBy"`

export async function selectAdjustment(tx: Tx, key: AdjustmentKey): Promise<Adjustment | undefined> {
  const { rows } = await sql<Adjustment>`
    select ${adjustmentColumns} from adjustment
     where customer_id = ${key.customerId} and adjustment_id = ${key.adjustmentId} and status <> 'deleted'`.execute(
    tx,
  )
  return rows[0]
}

/** The live adjustment of a type that a cause made. */
export async function selectAdjustmentByCause(tx: Tx, customerId: number, type: string, cause: string) {
  const { rows } = await sql<Adjustment>`
    select ${adjustmentColumns} from adjustment
     where customer_id = ${customerId} and adjustment_type = ${type} and cause = ${cause}
       and status not in ('cancelled', 'deleted')`.execute(tx)
  return rows[0]
}

export interface AdjustmentFilter {
  customerId: number
  agreementId?: number
  accountNumber?: number
  status?: Adjustment['status']
  type?: string
  limit?: number
  offset?: number
}

/** Latest first. */
export async function selectAdjustments(
  tx: Tx,
  filter: AdjustmentFilter,
): Promise<{ adjustments: Adjustment[]; total: number }> {
  const conditions = sql.join(
    [
      sql`customer_id = ${filter.customerId} and status <> 'deleted'`,
      ...(filter.agreementId ? [sql`agreement_id = ${filter.agreementId}`] : []),
      ...(filter.accountNumber ? [sql`account_number = ${filter.accountNumber}`] : []),
      ...(filter.status ? [sql`status = ${filter.status}`] : []),
      ...(filter.type ? [sql`adjustment_type = ${filter.type}`] : []),
    ],
    sql` and `,
  )
  const { rows } = await sql<Adjustment & { total: number }>`
    select ${adjustmentColumns}, count(*) over () as total from adjustment where ${conditions}
     order by adjustment_id desc limit ${filter.limit ?? 100} offset ${filter.offset ?? 0}`.execute(tx)
  return { adjustments: rows.map(({ total: _, ...one }) => one), total: Number(rows[0]?.total ?? 0) }
}

export interface AdjustmentText {
  customerId: number
  entryId: number
  agreementId: number
  adjustmentId: number
  type: string
  text: { en: string; es: string }
  onBill: boolean
  comment: string | null
  cancelled: boolean
}

/** What a bill says of the entries that adjustments made, or undid. */
export async function selectTextsOfEntries(
  tx: Tx,
  entries: readonly { customerId: number; entryId: number }[],
): Promise<AdjustmentText[]> {
  const { rows } = await sql<AdjustmentText>`
    select e.customer_id as "customerId", e.entry_id as "entryId", a.agreement_id as "agreementId",
           a.adjustment_id as "adjustmentId", a.adjustment_type as type,
           jsonb_build_object('en', t.name_en, 'es', t.name_es) as text, a.on_bill as "onBill", a.comment,
           a.cancel_entry_id is not distinct from e.entry_id as cancelled
      from unnest(${entries.map((e) => e.customerId)}::int8[], ${entries.map((e) => e.entryId)}::int4[])
             as e(customer_id, entry_id)
      join adjustment a on a.customer_id = e.customer_id and e.entry_id in (a.entry_id, a.cancel_entry_id)
      join adjustment_type t on t.client_id = a.customer_id / 100000000 and t.adjustment_type = a.adjustment_type
     order by 1, 2, 4`.execute(tx)
  return rows
}

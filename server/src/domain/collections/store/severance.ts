import { sql } from 'kysely'
import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { Severance, SeveranceKey } from '../severance/severance.ts'

const SEVERANCE = sql`
  customer_id as "customerId", severance_id as "severanceId", agreement_id as "agreementId",
  account_number as "accountNumber", process_id as "processId", status, noticed_on as "noticedOn", cut_from as "cutFrom",
  cut_activity_id as "cutActivityId", cut_ordered_at as "cutOrderedAt", cut_dispatched_at as "cutDispatchedAt",
  cut_on as "cutOn", fee_adjustment_id as "feeAdjustmentId", reconnect_activity_id as "reconnectActivityId",
  reconnected_on as "reconnectedOn", final_billed_on as "finalBilledOn", ended_on as "endedOn", end_reason as "endReason"`

export async function insertSeverance(
  tx: Tx,
  one: Pick<
    Severance,
    'customerId' | 'agreementId' | 'accountNumber' | 'processId' | 'noticedOn' | 'cutFrom'
  >,
): Promise<number> {
  const next = await numbersAfter(tx, 'severance', 'severance_id', [one.customerId])
  const severanceId = next(one.customerId)
  await sql`
    insert into severance (customer_id, severance_id, agreement_id, account_number, process_id, status, noticed_on, cut_from)
    values (${one.customerId}, ${severanceId}, ${one.agreementId}, ${one.accountNumber}, ${one.processId}, 'active',
            ${one.noticedOn}, ${one.cutFrom})`.execute(tx)
  return severanceId
}

export async function selectSeverances(
  tx: Tx,
  customerIds: readonly number[],
  { active = false } = {},
): Promise<Severance[]> {
  const only = active ? sql`and status = 'active'` : sql``
  const { rows } = await sql<Severance>`
    select ${SEVERANCE} from severance where customer_id = any(${customerIds}::int8[]) ${only}
     order by customer_id, severance_id`.execute(tx)
  return rows
}

export async function updateSeverance(
  tx: Tx,
  key: SeveranceKey,
  change: Partial<Omit<Severance, keyof SeveranceKey | 'agreementId' | 'accountNumber' | 'processId'>>,
): Promise<void> {
  const { status, cutActivityId, cutOrderedAt, cutDispatchedAt, cutOn, feeAdjustmentId } = change
  const { reconnectActivityId, reconnectedOn, finalBilledOn, endedOn, endReason } = change
  await tx
    .updateTable('severance')
    .set({
      ...(status !== undefined && { status }),
      ...(cutActivityId !== undefined && { cut_activity_id: cutActivityId }),
      ...(cutOrderedAt !== undefined && { cut_ordered_at: cutOrderedAt }),
      ...(cutDispatchedAt !== undefined && { cut_dispatched_at: cutDispatchedAt }),
      ...(cutOn !== undefined && { cut_on: cutOn }),
      ...(feeAdjustmentId !== undefined && { fee_adjustment_id: feeAdjustmentId }),
      ...(reconnectActivityId !== undefined && { reconnect_activity_id: reconnectActivityId }),
      ...(reconnectedOn !== undefined && { reconnected_on: reconnectedOn }),
      ...(finalBilledOn !== undefined && { final_billed_on: finalBilledOn }),
      ...(endedOn !== undefined && { ended_on: endedOn }),
      ...(endReason !== undefined && { end_reason: endReason }),
    })
    .where('customer_id', '=', key.customerId)
    .where('severance_id', '=', key.severanceId)
    .execute()
}

/** Customers of a client whose cut is ordered and not done. */
export async function selectCustomersToBeCut(tx: Tx, clientId: number): Promise<number[]> {
  const first = clientId * 100_000_000
  const { rows } = await sql<{ customerId: number }>`
    select distinct customer_id as "customerId" from severance
     where customer_id between ${first} and ${first + 99_999_999} and status = 'active' and cut_activity_id is not null
       and cut_on is null order by 1`.execute(tx)
  return rows.map((row) => row.customerId)
}

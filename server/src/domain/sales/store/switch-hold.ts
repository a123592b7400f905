import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'

/** Service at a point must not go to anybody else for a time. */
export interface SwitchHold {
  clientId: number
  servicePointId: number
  holdNumber: number
  reason: string
  startDate: LocalDate
  endDate: LocalDate | null
}

export async function insertHold(
  tx: Tx,
  hold: SwitchHold & { createdAt: Instant; createdBy: string },
): Promise<void> {
  await sql`
    insert into switch_hold (client_id, service_point_id, hold_number, reason, start_date, end_date, created_at, created_by)
    values (${hold.clientId}, ${hold.servicePointId}, ${hold.holdNumber}, ${hold.reason}, ${hold.startDate},
            ${hold.endDate}, ${hold.createdAt}, ${hold.createdBy})`.execute(tx)
}

export async function updateHoldEnd(tx: Tx, hold: SwitchHold, endDate: LocalDate): Promise<void> {
  await sql`
    update switch_hold set end_date = ${endDate}
     where client_id = ${hold.clientId} and service_point_id = ${hold.servicePointId}
       and hold_number = ${hold.holdNumber}`.execute(tx)
}

export async function selectHolds(
  tx: Tx,
  clientId: number,
  servicePointIds: readonly number[],
): Promise<SwitchHold[]> {
  const { rows } = await sql<SwitchHold>`
    select client_id as "clientId", service_point_id as "servicePointId", hold_number as "holdNumber", reason,
           start_date as "startDate", end_date as "endDate"
      from switch_hold where client_id = ${clientId} and service_point_id = any(${servicePointIds}::bigint[])
     order by service_point_id, hold_number`.execute(tx)
  return rows
}

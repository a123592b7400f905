import { sql } from 'kysely'
import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { CreditEvent } from '../credit/credit.ts'

/** Undefined: the cause has counted already. */
export async function insertCreditEvent(
  tx: Tx,
  one: Omit<CreditEvent, 'eventNumber'> & { createdAt: Instant; createdBy: string },
): Promise<number | undefined> {
  const next = await numbersAfter(tx, 'credit_event', 'event_number', [one.customerId])
  const { rows } = await sql<{ eventNumber: number }>`
    insert into credit_event (customer_id, event_number, account_number, kind, points, cash_only_points, start_date,
                              end_date, cause, note, created_at, created_by)
    values (${one.customerId}, ${next(one.customerId)}, ${one.accountNumber}, ${one.kind}, ${one.points},
            ${one.cashOnlyPoints}, ${one.startDate}, ${one.endDate}, ${one.cause}, ${one.note}, ${one.createdAt},
            ${one.createdBy})
    on conflict (customer_id, cause, kind) do nothing
    returning event_number as "eventNumber"`.execute(tx)
  return rows[0]?.eventNumber
}

export async function selectCreditEvents(
  tx: Tx,
  customerId: number,
  accountNumber: number,
): Promise<CreditEvent[]> {
  const { rows } = await sql<CreditEvent>`
    select customer_id as "customerId", event_number as "eventNumber", account_number as "accountNumber", kind, points,
           cash_only_points as "cashOnlyPoints", start_date as "startDate", end_date as "endDate", cause, note
      from credit_event where customer_id = ${customerId} and account_number = ${accountNumber}
     order by event_number`.execute(tx)
  return rows
}

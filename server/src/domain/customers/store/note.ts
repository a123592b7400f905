import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Alert, LogEntry } from '../note.ts'

export async function insertAlert(tx: Tx, alert: Alert): Promise<number> {
  const { rows } = await sql<{ alert_number: number }>`
    insert into customer_alert (customer_id, alert_number, kind, text, start_date, end_date, created_by, created_at,
                                account_number)
    select ${alert.customerId}, coalesce(max(alert_number), 0) + 1, ${alert.kind}, ${alert.text},
           ${alert.startDate}::date, ${alert.endDate ?? null}::date, ${alert.actor.actor}, ${alert.now}::timestamptz,
           ${alert.accountNumber ?? null}::smallint
    from customer_alert where customer_id = ${alert.customerId}
    returning alert_number`.execute(tx)
  return rows[0]?.alert_number ?? 0
}

export async function insertLog(tx: Tx, entry: LogEntry): Promise<number> {
  const { rows } = await sql<{ log_number: number }>`
    insert into contact_log (customer_id, log_number, agreement_id, account_number, at, actor, kind, text, subject)
    select ${entry.customerId}, coalesce(max(log_number), 0) + 1, ${entry.agreementId ?? null}::int,
           ${entry.accountNumber ?? null}::smallint, ${entry.at}::timestamptz, ${entry.actor.actor},
           ${entry.kind}, ${entry.text}, ${entry.subject ?? null}::text
    from contact_log where customer_id = ${entry.customerId}
    returning log_number`.execute(tx)
  return rows[0]?.log_number ?? 0
}

export async function selectAlerts(tx: Tx, customerId: number) {
  return await tx
    .selectFrom('customer_alert')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('alert_number')
    .execute()
}

export async function selectLog(tx: Tx, customerId: number, limit: number) {
  return await tx
    .selectFrom('contact_log')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('log_number', 'desc')
    .limit(limit)
    .execute()
}

export async function selectLogOf(tx: Tx, customerId: number, subject: string) {
  return await tx
    .selectFrom('contact_log')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('subject', '=', subject)
    .orderBy('log_number', 'desc')
    .execute()
}

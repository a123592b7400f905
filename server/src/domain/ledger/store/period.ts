import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { AccountingPeriod } from '../period.ts'

/** Waits until every transaction that has posted to the client's books is over, and keeps others from posting. */
export async function lockBooks(tx: Tx, clientId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('books'), ${clientId})`.execute(tx)
}

/** Keeps periods from closing and opening again until the transaction ends, as posting does. */
export async function holdBooksOpen(tx: Tx, clientId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('books'), ${clientId})`.execute(tx)
}

export async function selectPeriods(tx: Tx, clientId: number): Promise<AccountingPeriod[]> {
  const { rows } = await sql<AccountingPeriod>`
    select period_code as code, start_date as start, end_date as end, status, exported
      from accounting_period where client_id = ${clientId} order by start_date`.execute(tx)
  return rows
}

/** The latest business day whose recurring work has begun; the days before it are worked through. Null: none ever was. */
export async function selectWorkedDay(tx: Tx, clientId: number): Promise<LocalDate | null> {
  const { rows } = await sql<{ day: LocalDate | null }>`
    select max(done_through) as day from daily_step where client_id = ${clientId}`.execute(tx)
  return rows[0]?.day ?? null
}

export async function insertPeriods(
  tx: Tx,
  clientId: number,
  periods: readonly Pick<AccountingPeriod, 'code' | 'start' | 'end'>[],
): Promise<void> {
  await tx
    .insertInto('accounting_period')
    .values(
      periods.map(({ code, start, end }) => ({
        client_id: clientId,
        period_code: code,
        start_date: start,
        end_date: end,
        status: 'open',
      })),
    )
    .execute()
}

export async function updateClosed(
  tx: Tx,
  clientId: number,
  code: string,
  closedAt: Instant | null,
): Promise<void> {
  await tx
    .updateTable('accounting_period')
    .set({ status: closedAt ? 'closed' : 'open', closed_at: closedAt, exported: false })
    .where('client_id', '=', clientId)
    .where('period_code', '=', code)
    .execute()
}

export async function updateExported(tx: Tx, clientId: number, through: LocalDate): Promise<void> {
  await sql`
    update accounting_period set exported = true
     where client_id = ${clientId} and status = 'closed' and not exported and end_date <= ${through}::date + 1`.execute(
    tx,
  )
}

import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { ExportBatch, ExportLine, ExportPosting } from '../journal-export.ts'

/** Batches of a client are made one at a time. */
export async function lockExports(tx: Tx, clientId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('journal_export'), ${clientId})`.execute(tx)
}

export async function nextBatchNumber(tx: Tx, clientId: number): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(batch_number), 0) + 1 as next from journal_export where client_id = ${clientId}`.execute(
    tx,
  )
  return rows[0]?.next ?? 1
}

/**
 * Every entry that can be seen, up to a day, and is in no batch. What commits later is for the next batch. Periods that
 * are closed and exported hold nothing more.
 */
export async function insertExportEntries(
  tx: Tx,
  batch: { clientId: number; batchNumber: number; through: LocalDate },
): Promise<number> {
  const { clientId, batchNumber, through } = batch
  const { numAffectedRows } = await sql`
    insert into journal_export_entry (customer_id, entry_id, batch_number)
    select e.customer_id, e.entry_id, ${batchNumber}
      from journal_entry e
     where e.customer_id / 100000000 = ${clientId} and e.accounting_date <= ${through}
       and e.accounting_date >= coalesce((select max(end_date) from accounting_period
                                           where client_id = ${clientId} and exported), '-infinity')
       and not exists (select from journal_export_entry x
                        where x.customer_id = e.customer_id and x.entry_id = e.entry_id)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function insertExport(
  tx: Tx,
  batch: {
    clientId: number
    batchNumber: number
    through: LocalDate
    entries: number
    now: Instant
    by: string
  },
): Promise<void> {
  const { clientId, batchNumber } = batch
  await sql`
    insert into journal_export (client_id, batch_number, through_date, entries, amount_cents, created_at, created_by)
    select ${clientId}, ${batchNumber}, ${batch.through}, ${batch.entries}, coalesce(sum(p.amount_cents), 0), ${batch.now}, ${batch.by}
      from journal_export_entry x join posting p using (customer_id, entry_id)
     where x.customer_id / 100000000 = ${clientId} and x.batch_number = ${batchNumber}`.execute(tx)
  await sql`
    insert into journal_export_line (client_id, batch_number, accounting_date, ledger_code, account_string, debit_cents, credit_cents)
    select ${clientId}, ${batchNumber}, m.accounting_date, m.code, s.account_string, m.debit, m.credit
      from (select e.accounting_date, v.code, sum(v.debit) as debit, sum(v.credit) as credit
              from journal_export_entry x
              join journal_entry e using (customer_id, entry_id)
              join posting p using (customer_id, entry_id)
             cross join lateral (values (p.debit_code, p.amount_cents, 0), (p.credit_code, 0, p.amount_cents)) as v(code, debit, credit)
             where x.customer_id / 100000000 = ${clientId} and x.batch_number = ${batchNumber}
             group by e.accounting_date, v.code) m
      join ledger_account a on a.client_id = ${clientId} and a.ledger_code = m.code
     cross join lateral (select g.account_string from general_ledger_string g
                          where g.client_id = a.client_id and g.agency_id = a.agency_id
                            and g.general_ledger_id = a.general_ledger_id and g.start_date <= m.accounting_date
                          order by g.start_date desc limit 1) s`.execute(tx)
}

export async function selectExports(tx: Tx, clientId: number): Promise<ExportBatch[]> {
  const { rows } = await sql<ExportBatch>`
    select batch_number as "batchNumber", through_date as "throughDate", entries, amount_cents as "amountCents",
           created_at as "createdAt"
      from journal_export where client_id = ${clientId} order by batch_number`.execute(tx)
  return rows
}

export async function selectExportLines(
  tx: Tx,
  clientId: number,
  batchNumber: number,
): Promise<ExportLine[]> {
  const { rows } = await sql<ExportLine>`
    select accounting_date as "accountingDate", account_string as "accountString",
           sum(debit_cents)::bigint as "debitCents", sum(credit_cents)::bigint as "creditCents"
      from journal_export_line where client_id = ${clientId} and batch_number = ${batchNumber}
     group by 1, 2 order by 1, account_string collate "C"`.execute(tx)
  return rows
}

/** The postings of the next entries of a batch, after an entry. */
export async function selectExportPostings(
  tx: Tx,
  page: {
    clientId: number
    batchNumber: number
    after: { customerId: number; entryId: number }
    entries: number
  },
): Promise<ExportPosting[]> {
  const { clientId, batchNumber, after, entries } = page
  const { rows } = await sql<ExportPosting>`
    with page as (
      select customer_id, entry_id from journal_export_entry
       where customer_id / 100000000 = ${clientId} and batch_number = ${batchNumber}
         and (customer_id, entry_id) > (${after.customerId}::bigint, ${after.entryId}::int)
       order by customer_id, entry_id limit ${entries})
    select e.accounting_date as "accountingDate", e.effective_date as "effectiveDate", e.customer_id as "customerId",
           e.entry_id as "entryId", p.line_number as "lineNumber", e.kind, e.reference, p.agreement_id as "agreementId",
           p.debit_code as "debitCode", d.account_string as "debitString",
           p.credit_code as "creditCode", c.account_string as "creditString", p.amount_cents as "amountCents"
      from page
      join journal_entry e using (customer_id, entry_id)
      join posting p using (customer_id, entry_id)
      join journal_export_line d on d.client_id = ${clientId} and d.batch_number = ${batchNumber}
       and d.accounting_date = e.accounting_date and d.ledger_code = p.debit_code
      join journal_export_line c on c.client_id = ${clientId} and c.batch_number = ${batchNumber}
       and c.accounting_date = e.accounting_date and c.ledger_code = p.credit_code
     order by e.customer_id, e.entry_id, p.line_number`.execute(tx)
  return rows
}

import { sql } from 'kysely'
import {
  type BulkType,
  insertRows,
  type NextNumber,
  numbersAfter,
  type Tx,
} from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { LedgerAccount } from '../chart.ts'
import type { NewEntry, Posting } from '../entry.ts'

export type StoredEntry = NewEntry & { entryId: number; reversesEntryId?: number }

const ENTRY_COLUMNS = {
  customer_id: 'int8',
  entry_id: 'int4',
  kind: 'text',
  reference: 'text',
  effective_date: 'date',
  accounting_date: 'date',
  reverses_entry_id: 'int4',
  clearing_event: 'text',
  created_at: 'timestamptz',
} as const satisfies Record<string, BulkType>

const POSTING_COLUMNS = {
  customer_id: 'int8',
  entry_id: 'int4',
  line_number: 'int2',
  debit_code: 'text',
  credit_code: 'text',
  amount_cents: 'int8',
  agreement_id: 'int4',
  account_number: 'int2',
  debt_class: 'text',
  payoff_cents: 'int8',
  current_cents: 'int8',
} as const satisfies Record<string, BulkType>

export function nextEntryIds(tx: Tx, customerIds: readonly number[]): Promise<NextNumber> {
  return numbersAfter(tx, 'journal_entry', 'entry_id', customerIds)
}

export async function insertEntries(tx: Tx, entries: readonly StoredEntry[]): Promise<void> {
  await insertRows(tx, 'journal_entry', ENTRY_COLUMNS, entries.map(entryRow))
  await insertRows(
    tx,
    'posting',
    POSTING_COLUMNS,
    entries.flatMap((entry) => entry.postings.map((posting, index) => postingRow(entry, posting, index + 1))),
  )
}

function entryRow(entry: StoredEntry) {
  return {
    customer_id: entry.customerId,
    entry_id: entry.entryId,
    kind: entry.kind,
    reference: entry.reference,
    effective_date: entry.effectiveDate,
    accounting_date: entry.accountingDate,
    reverses_entry_id: entry.reversesEntryId,
    clearing_event: entry.clearingEvent,
    created_at: entry.createdAt,
  }
}

function postingRow(entry: StoredEntry, posting: Posting, lineNumber: number) {
  return {
    customer_id: entry.customerId,
    entry_id: entry.entryId,
    line_number: lineNumber,
    debit_code: posting.debitCode,
    credit_code: posting.creditCode,
    amount_cents: posting.amountCents,
    agreement_id: posting.receivable?.agreementId,
    account_number: posting.receivable?.accountNumber,
    debt_class: posting.receivable?.debtClass,
    payoff_cents: posting.receivable?.payoffCents,
    current_cents: posting.receivable?.currentCents,
  }
}

interface PostingRow {
  debit_code: string
  credit_code: string
  amount_cents: number
  agreement_id: number | null
  account_number: number
  debt_class: string
  payoff_cents: number
  current_cents: number
}

export async function selectPostings(tx: Tx, customerId: number, entryId: number): Promise<Posting[]> {
  const { rows } = await sql<PostingRow>`
    select debit_code, credit_code, amount_cents, agreement_id, account_number, debt_class, payoff_cents, current_cents
      from posting where customer_id = ${customerId} and entry_id = ${entryId} order by line_number`.execute(
    tx,
  )
  return rows.map((row) => ({
    debitCode: row.debit_code,
    creditCode: row.credit_code,
    amountCents: row.amount_cents,
    ...(row.agreement_id !== null && {
      receivable: {
        agreementId: row.agreement_id,
        accountNumber: row.account_number,
        debtClass: row.debt_class,
        payoffCents: row.payoff_cents,
        currentCents: row.current_cents,
      },
    }),
  }))
}

export async function selectEntryReference(tx: Tx, customerId: number, entryId: number) {
  const { rows } = await sql<{ reference: string; reversed: boolean }>`
    select reference, exists (select from journal_entry r where r.customer_id = e.customer_id
                                 and r.reverses_entry_id = e.entry_id) as reversed
      from journal_entry e where customer_id = ${customerId} and entry_id = ${entryId}`.execute(tx)
  return rows[0]
}

export async function insertAccounts(
  tx: Tx,
  clientId: number,
  accounts: readonly LedgerAccount[],
): Promise<void> {
  await sql`
    insert into ledger_account (client_id, ledger_code, name, kind, control)
    select ${clientId}, * from unnest(${accounts.map((a) => a.code)}::text[], ${accounts.map((a) => a.name)}::text[],
      ${accounts.map((a) => a.kind)}::text[], ${accounts.map((a) => a.control)}::bool[])
    on conflict do nothing`.execute(tx)
}

export async function selectAccountCodes(tx: Tx, clientId: number): Promise<Set<string>> {
  const { rows } = await sql<{ ledger_code: string }>`
    select ledger_code from ledger_account where client_id = ${clientId}`.execute(tx)
  return new Set(rows.map((row) => row.ledger_code))
}

/** Which of these days lie in a closed period of a client's books. */
export async function selectClosedDays(
  tx: Tx,
  days: readonly { clientId: number; day: LocalDate }[],
): Promise<{ clientId: number; day: LocalDate }[]> {
  const { rows } = await sql<{ clientId: number; day: LocalDate }>`
    select d.client_id as "clientId", d.day
      from unnest(${days.map((d) => d.clientId)}::int[], ${days.map((d) => d.day)}::date[]) as d(client_id, day)
      join accounting_period p on p.client_id = d.client_id and p.status = 'closed'
       and d.day >= p.start_date and d.day < p.end_date`.execute(tx)
  return rows
}

export async function upsertClosedPeriod(tx: Tx, clientId: number, start: LocalDate, end: LocalDate) {
  await sql`
    insert into accounting_period (client_id, start_date, end_date, status)
    values (${clientId}, ${start}, ${end}, 'closed')
    on conflict (client_id, start_date) do update set status = 'closed'
      where accounting_period.end_date = excluded.end_date`.execute(tx)
}

export interface AccountBalance {
  code: string
  name: string
  kind: string
  debitCents: number
  creditCents: number
  /** Debit less credit. */
  balanceCents: number
}

export async function selectTrialBalance(
  tx: Tx,
  clientId: number,
  asOf?: LocalDate,
): Promise<AccountBalance[]> {
  const low = clientId * 100_000_000
  const { rows } = await sql<AccountBalance>`
    with moved as (
      select p.debit_code as code, p.amount_cents as debit, 0::bigint as credit, e.accounting_date
        from posting p join journal_entry e using (customer_id, entry_id)
       where p.customer_id >= ${low} and p.customer_id < ${low + 100_000_000}
      union all
      select p.credit_code, 0, p.amount_cents, e.accounting_date
        from posting p join journal_entry e using (customer_id, entry_id)
       where p.customer_id >= ${low} and p.customer_id < ${low + 100_000_000})
    select a.ledger_code as code, a.name, a.kind, coalesce(sum(m.debit), 0)::bigint as "debitCents",
           coalesce(sum(m.credit), 0)::bigint as "creditCents",
           coalesce(sum(m.debit - m.credit), 0)::bigint as "balanceCents"
      from ledger_account a
      left join moved m on m.code = a.ledger_code and (${asOf ?? null}::date is null or m.accounting_date <= ${asOf ?? null}::date)
     where a.client_id = ${clientId}
     group by a.ledger_code, a.name, a.kind order by a.ledger_code`.execute(tx)
  return rows
}

export async function selectReceivable(tx: Tx, customerId: number) {
  const { rows } = await sql<{ agreementId: number; payoffCents: number; currentCents: number }>`
    select agreement_id as "agreementId", sum(payoff_cents)::bigint as "payoffCents", sum(current_cents)::bigint as "currentCents"
      from posting where customer_id = ${customerId} and agreement_id is not null
     group by agreement_id order by agreement_id`.execute(tx)
  return rows
}

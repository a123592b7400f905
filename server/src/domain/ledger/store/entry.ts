import { sql } from 'kysely'
import {
  type BulkType,
  insertRows,
  type NextNumber,
  numbersAfter,
  prepared,
  type Tx,
} from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
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
  const { rows } = await sql<{ reference: string; accountingDate: LocalDate; reversed: boolean }>`
    select reference, accounting_date as "accountingDate", exists (select from journal_entry r where r.customer_id = e.customer_id
                                 and r.reverses_entry_id = e.entry_id) as reversed
      from journal_entry e where customer_id = ${customerId} and entry_id = ${entryId}`.execute(tx)
  return rows[0]
}

/** What a posting must not meet: the day before which the books are closed, and accounts that take none. */
export async function selectPostingBounds(
  tx: Tx,
  clientId: number,
  codes: readonly string[],
): Promise<{ openFrom: LocalDate | null; unusable: string[] }> {
  const { rows } = await sql<{ openFrom: LocalDate | null; unusable: string[] }>`${prepared('posting_bounds')}
    select books_open_from(${clientId}::int) as "openFrom",
           array(select c.code from unnest(${codes}::text[]) as c(code)
                  where not exists (select from ledger_account a
                                     where a.client_id = ${clientId}::int and a.ledger_code = c.code and a.active)) as unusable`.execute(
    tx,
  )
  return rows[0] ?? { openFrom: null, unusable: [] }
}

import { type RawBuilder, sql } from 'kysely'
import { type BulkType, insertRows, type Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'

export interface AccountBalance {
  code: string
  name: string
  kind: string
  debitCents: number
  creditCents: number
  /** Debit less credit. */
  balanceCents: number
}

/** The frozen balances of the last closed period that ends by a day, and the movements since. */
function movedUntil(clientId: number, asOf: LocalDate | undefined): RawBuilder<unknown> {
  const last = sql`${asOf ?? null}::date`
  return sql`
    base as (
      select max(end_date) as end_date from ledger_balance
       where client_id = ${clientId} and (${last} is null or end_date <= ${last} + 1)),
    moved as (
      select ledger_code as code, debit_cents as debit, credit_cents as credit
        from ledger_balance join base using (end_date) where client_id = ${clientId}
      union all
      select x.code, x.debit, x.credit
        from journal_entry e
        join posting p using (customer_id, entry_id)
       cross join lateral (values (p.debit_code, p.amount_cents, 0), (p.credit_code, 0, p.amount_cents)) as x(code, debit, credit)
       where e.customer_id / 100000000 = ${clientId}
         and e.accounting_date >= coalesce((select end_date from base), '-infinity')
         and (${last} is null or e.accounting_date <= ${last}))`
}

export async function selectTrialBalance(
  tx: Tx,
  clientId: number,
  asOf?: LocalDate,
): Promise<AccountBalance[]> {
  const { rows } = await sql<AccountBalance>`
    with ${movedUntil(clientId, asOf)}
    select a.ledger_code as code, a.name, a.kind, coalesce(sum(m.debit), 0)::bigint as "debitCents",
           coalesce(sum(m.credit), 0)::bigint as "creditCents",
           coalesce(sum(m.debit - m.credit), 0)::bigint as "balanceCents"
      from ledger_account a left join moved m on m.code = a.ledger_code
     where a.client_id = ${clientId}
     group by a.ledger_code, a.name, a.kind order by a.ledger_code`.execute(tx)
  return rows
}

/** Where a page of movements begins: after this one. */
export interface MovementKey {
  accountingDate: LocalDate
  customerId: number
  entryId: number
  lineNumber: number
}

export interface Movement extends MovementKey {
  effectiveDate: LocalDate
  kind: string
  reference: string
  /** The account on the other side. */
  otherCode: string
  agreementId: number | null
  /** Above zero: debit. */
  amountCents: number
}

const KEY = sql`(e.accounting_date, e.customer_id, e.entry_id, p.line_number)`
const keyOf = (key: MovementKey) =>
  sql`(${key.accountingDate}::date, ${key.customerId}::bigint, ${key.entryId}::int, ${key.lineNumber}::smallint)`

/** Movements of one account after a key, in the order of the books. */
export async function selectMovements(
  tx: Tx,
  page: { clientId: number; code: string; after: MovementKey; to: LocalDate; limit: number },
): Promise<Movement[]> {
  const { clientId, code, after, to, limit } = page
  const { rows } = await sql<Movement>`
    select e.accounting_date as "accountingDate", e.customer_id as "customerId", e.entry_id as "entryId",
           p.line_number as "lineNumber", e.effective_date as "effectiveDate", e.kind, e.reference,
           case ${code} when p.debit_code then p.credit_code else p.debit_code end as "otherCode",
           p.agreement_id as "agreementId",
           case ${code} when p.debit_code then p.amount_cents else -p.amount_cents end as "amountCents"
      from journal_entry e join posting p using (customer_id, entry_id)
     where e.customer_id / 100000000 = ${clientId} and ${code} in (p.debit_code, p.credit_code)
       and e.accounting_date >= ${after.accountingDate} and e.accounting_date < ${to} and ${KEY} > ${keyOf(after)}
     order by ${KEY} limit ${limit}`.execute(tx)
  return rows
}

/** What one account was moved by within a day, up to and with a key. */
export async function selectMovedWithin(
  tx: Tx,
  { clientId, code, until }: { clientId: number; code: string; until: MovementKey },
): Promise<number> {
  const { rows } = await sql<{ cents: number }>`
    select coalesce(sum(case ${code} when p.debit_code then p.amount_cents else -p.amount_cents end), 0)::bigint as cents
      from journal_entry e join posting p using (customer_id, entry_id)
     where e.customer_id / 100000000 = ${clientId} and ${code} in (p.debit_code, p.credit_code)
       and e.accounting_date = ${until.accountingDate} and ${KEY} <= ${keyOf(until)}`.execute(tx)
  return rows[0]?.cents ?? 0
}

const BALANCE_COLUMNS = {
  client_id: 'int4',
  end_date: 'date',
  ledger_code: 'text',
  debit_cents: 'int8',
  credit_cents: 'int8',
} as const satisfies Record<string, BulkType>

export async function insertBalances(
  tx: Tx,
  clientId: number,
  end: LocalDate,
  balances: readonly AccountBalance[],
): Promise<void> {
  const rows = balances.map(({ code, debitCents, creditCents }) => ({
    client_id: clientId,
    end_date: end,
    ledger_code: code,
    debit_cents: debitCents,
    credit_cents: creditCents,
  }))
  await insertRows(tx, 'ledger_balance', BALANCE_COLUMNS, rows)
}

export async function deleteBalances(tx: Tx, clientId: number, end: LocalDate): Promise<void> {
  await sql`delete from ledger_balance where client_id = ${clientId} and end_date = ${end}`.execute(tx)
}

export interface ReceivableBalance {
  agreementId: number
  /** What is owed. */
  payoffCents: number
  /** What is asked for now. */
  currentCents: number
}

export async function selectReceivable(
  tx: Tx,
  customerId: number,
  asOf?: LocalDate,
): Promise<ReceivableBalance[]> {
  const { rows } = await sql<ReceivableBalance>`
    select p.agreement_id as "agreementId", sum(p.payoff_cents)::bigint as "payoffCents",
           sum(p.current_cents)::bigint as "currentCents"
      from posting p join journal_entry e using (customer_id, entry_id)
     where p.customer_id = ${customerId} and p.agreement_id is not null
       and (${asOf ?? null}::date is null or e.effective_date <= ${asOf ?? null})
     group by p.agreement_id order by p.agreement_id`.execute(tx)
  return rows
}

import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'

/** The highest numbers of customers' entries, items and settlements. */
export interface BooksMark {
  customerId: number
  entryId: number
  itemId: number
  settlementId: number
}

export async function selectMarks(tx: Tx, customerIds: readonly number[]): Promise<BooksMark[]> {
  const { rows } = await sql<BooksMark>`
    select c.id as "customerId",
           coalesce((select max(entry_id) from journal_entry e where e.customer_id = c.id), 0) as "entryId",
           coalesce((select max(item_id) from open_item i where i.customer_id = c.id), 0) as "itemId",
           coalesce((select max(settlement_id) from settlement s where s.customer_id = c.id), 0) as "settlementId"
      from unnest(${customerIds}::int8[]) as c(id) order by c.id`.execute(tx)
  return rows
}

export interface PostedEntry {
  customerId: number
  entryId: number
  kind: string
  reference: string
  effectiveDate: string
  accountingDate: string
  postings: unknown
}

export async function selectEntriesAfter(tx: Tx, marks: readonly BooksMark[]): Promise<PostedEntry[]> {
  const { rows } = await sql<PostedEntry>`
    select e.customer_id as "customerId", e.entry_id as "entryId", e.kind, e.reference,
           e.effective_date as "effectiveDate", e.accounting_date as "accountingDate",
           (select jsonb_agg(jsonb_build_array(p.debit_code, p.credit_code, p.amount_cents, p.agreement_id, p.account_number,
                                               p.debt_class, p.payoff_cents, p.current_cents) order by p.line_number)
              from posting p where p.customer_id = e.customer_id and p.entry_id = e.entry_id) as postings
      from unnest(${marks.map((m) => m.customerId)}::int8[], ${marks.map((m) => m.entryId)}::int4[]) as m(id, after)
      join journal_entry e on e.customer_id = m.id and e.entry_id > m.after
     order by 1, 2`.execute(tx)
  return rows
}

export interface PostedItem {
  customerId: number
  itemId: number
  agreementId: number
  kind: string
  reference: string
  aroseOn: string
  dueDate: string | null
  deferred: boolean
  amountCents: number
  unsettledCents: number
}

export async function selectItemsAfter(tx: Tx, marks: readonly BooksMark[]): Promise<PostedItem[]> {
  const { rows } = await sql<PostedItem>`
    select i.customer_id as "customerId", i.item_id as "itemId", i.agreement_id as "agreementId", i.kind, i.reference,
           i.arose_on as "aroseOn", i.due_date as "dueDate", i.deferred, i.amount_cents as "amountCents",
           i.unsettled_cents as "unsettledCents"
      from unnest(${marks.map((m) => m.customerId)}::int8[], ${marks.map((m) => m.itemId)}::int4[]) as m(id, after)
      join open_item i on i.customer_id = m.id and i.item_id > m.after
     order by 1, 2`.execute(tx)
  return rows
}

export interface PostedSettlement {
  customerId: number
  settlementId: number
  debitItemId: number
  creditItemId: number
  amountCents: number
}

export async function selectSettlementsAfter(
  tx: Tx,
  marks: readonly BooksMark[],
): Promise<PostedSettlement[]> {
  const { rows } = await sql<PostedSettlement>`
    select s.customer_id as "customerId", s.settlement_id as "settlementId", s.debit_item_id as "debitItemId",
           s.credit_item_id as "creditItemId", s.amount_cents as "amountCents"
      from unnest(${marks.map((m) => m.customerId)}::int8[], ${marks.map((m) => m.settlementId)}::int4[]) as m(id, after)
      join settlement s on s.customer_id = m.id and s.settlement_id > m.after
     order by 1, 2`.execute(tx)
  return rows
}

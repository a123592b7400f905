import { sql } from 'kysely'
import {
  type BulkType,
  insertRows,
  type NextNumber,
  numbersAfter,
  type Tx,
} from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { Match, NewItem, OpenItem } from '../open-item.ts'

const ITEM_COLUMNS = {
  customer_id: 'int8',
  item_id: 'int4',
  agreement_id: 'int4',
  account_number: 'int2',
  debt_class: 'text',
  kind: 'text',
  reference: 'text',
  entry_id: 'int4',
  bill_id: 'int4',
  arose_on: 'date',
  due_date: 'date',
  deferred: 'bool',
  amount_cents: 'int8',
  unsettled_cents: 'int8',
} as const satisfies Record<string, BulkType>

export function nextItemIds(tx: Tx, customerIds: readonly number[]): Promise<NextNumber> {
  return numbersAfter(tx, 'open_item', 'item_id', customerIds)
}

export function insertItems(tx: Tx, items: readonly (NewItem & { itemId: number })[]): Promise<void> {
  const rows = items.map((item) => ({
    customer_id: item.customerId,
    item_id: item.itemId,
    agreement_id: item.agreementId,
    account_number: item.accountNumber,
    debt_class: item.debtClass,
    kind: item.kind,
    reference: item.reference,
    entry_id: item.entryId,
    bill_id: item.billId,
    arose_on: item.aroseOn,
    due_date: item.dueDate,
    deferred: item.deferred ?? false,
    amount_cents: item.amountCents,
    unsettled_cents: item.amountCents + (item.settlesCents ?? 0),
  }))
  return insertRows(tx, 'open_item', ITEM_COLUMNS, rows)
}

const itemColumns = sql`
  customer_id as "customerId", item_id as "itemId", agreement_id as "agreementId", account_number as "accountNumber",
  debt_class as "debtClass", kind, reference, entry_id as "entryId", bill_id as "billId", arose_on as "aroseOn",
  due_date as "dueDate", deferred, amount_cents as "amountCents", unsettled_cents as "unsettledCents"`

export async function selectItemsOfAgreement(tx: Tx, customerId: number, agreementId: number) {
  const { rows } = await sql<OpenItem>`
    select ${itemColumns} from open_item
     where customer_id = ${customerId} and agreement_id = ${agreementId} order by item_id`.execute(tx)
  return rows
}

export async function selectItemsByReference(tx: Tx, customerId: number, kind: string, reference: string) {
  const { rows } = await sql<OpenItem>`
    select ${itemColumns} from open_item
     where customer_id = ${customerId} and kind = ${kind} and reference = ${reference} order by item_id`.execute(
    tx,
  )
  return rows
}

/** Items with a rest, of several customers; those of an agreement whose credits may pay its debits. */
export async function selectUnsettled(tx: Tx, customerIds: readonly number[]): Promise<OpenItem[]> {
  const { rows } = await sql<OpenItem>`
    select ${itemColumns} from open_item
     where customer_id = any(${customerIds}::int8[]) and unsettled_cents <> 0 order by customer_id, item_id`.execute(
    tx,
  )
  return rows
}

/** Items asked for that no bill has shown yet. */
export async function selectUnbilled(tx: Tx, customerIds: readonly number[]): Promise<OpenItem[]> {
  const { rows } = await sql<OpenItem>`
    select ${itemColumns} from open_item
     where customer_id = any(${customerIds}::int8[]) and bill_id is null and not deferred order by customer_id, item_id`.execute(
    tx,
  )
  return rows
}

export async function selectItemsOfEntry(tx: Tx, customerId: number, entryId: number): Promise<OpenItem[]> {
  const { rows } = await sql<OpenItem>`
    select ${itemColumns} from open_item
     where customer_id = ${customerId} and entry_id = ${entryId} order by item_id`.execute(tx)
  return rows
}

export async function selectItemsOfBill(tx: Tx, customerId: number, billId: number): Promise<OpenItem[]> {
  const { rows } = await sql<OpenItem>`
    select ${itemColumns} from open_item
     where customer_id = ${customerId} and bill_id = ${billId} order by item_id`.execute(tx)
  return rows
}

export async function updateBillOfItems(
  tx: Tx,
  shown: readonly { customerId: number; itemId: number; billId: number; dueDate: LocalDate | null }[],
): Promise<void> {
  if (shown.length === 0) return
  await sql`
    update open_item i set bill_id = s.bill_id, due_date = coalesce(i.due_date, s.due_date)
      from unnest(${shown.map((s) => s.customerId)}::int8[], ${shown.map((s) => s.itemId)}::int4[],
                  ${shown.map((s) => s.billId)}::int4[], ${shown.map((s) => s.dueDate)}::date[])
             as s(customer_id, item_id, bill_id, due_date)
     where i.customer_id = s.customer_id and i.item_id = s.item_id`.execute(tx)
}

export async function clearBillOfItems(
  tx: Tx,
  bill: { customerId: number; billId: number; dueDate: LocalDate },
): Promise<void> {
  await sql`
    update open_item set bill_id = null, due_date = nullif(due_date, ${bill.dueDate}::date)
     where customer_id = ${bill.customerId} and bill_id = ${bill.billId}`.execute(tx)
}

/** The entries that moved overpayments when a bill was completed, and still stand. */
export async function selectTransfersOfBill(
  tx: Tx,
  key: { customerId: number; billId: number },
): Promise<number[]> {
  const { rows } = await sql<{ entryId: number }>`
    select distinct e.entry_id as "entryId" from open_item i join journal_entry e using (customer_id, entry_id)
     where i.customer_id = ${key.customerId} and i.bill_id = ${key.billId} and e.kind = 'transfer'
       and e.reference ~ '^transfer:[0-9]+-[0-9]+-[0-9]+$'
       and exists (select from posting p where p.customer_id = e.customer_id and p.entry_id = e.entry_id
                      and 'overpayment' in (p.debit_code, p.credit_code))
       and not exists (select from journal_entry r where r.customer_id = e.customer_id and r.reverses_entry_id = e.entry_id)
     order by 1`.execute(tx)
  return rows.map((row) => row.entryId)
}

/** What is left between two items after every settlement and its undoing. */
export async function selectMatchesOfItem(tx: Tx, customerId: number, itemId: number): Promise<Match[]> {
  const { rows } = await sql<Match>`
    select debit_item_id as "debitItemId", credit_item_id as "creditItemId", sum(amount_cents)::bigint as "amountCents"
      from settlement
     where customer_id = ${customerId} and (debit_item_id = ${itemId} or credit_item_id = ${itemId})
     group by debit_item_id, credit_item_id having sum(amount_cents) <> 0
     order by debit_item_id, credit_item_id`.execute(tx)
  return rows
}

export type CustomerMatch = Match & { customerId: number }

/** Matches with a negative amount undo earlier ones. New credits were inserted with the rest that is left of them. */
export async function insertSettlements(
  tx: Tx,
  matches: readonly CustomerMatch[],
  settledAt: Instant,
  { newCredits = false } = {},
): Promise<void> {
  if (matches.length === 0) return
  const next = await numbersAfter(
    tx,
    'settlement',
    'settlement_id',
    matches.map((match) => match.customerId),
  )
  const columns = {
    customer_id: 'int8',
    settlement_id: 'int4',
    debit_item_id: 'int4',
    credit_item_id: 'int4',
    amount_cents: 'int8',
    settled_at: 'timestamptz',
  } as const
  const rows = matches.map((match) => ({
    customer_id: match.customerId,
    settlement_id: next(match.customerId),
    debit_item_id: match.debitItemId,
    credit_item_id: match.creditItemId,
    amount_cents: match.amountCents,
    settled_at: settledAt,
  }))
  await insertRows(tx, 'settlement', columns, rows)
  await moveUnsettled(tx, matches, newCredits)
}

async function moveUnsettled(tx: Tx, matches: readonly CustomerMatch[], debitsOnly: boolean): Promise<void> {
  const moved = matches.flatMap(({ customerId, debitItemId, creditItemId, amountCents }) => [
    { customerId, itemId: debitItemId, change: -amountCents },
    ...(debitsOnly ? [] : [{ customerId, itemId: creditItemId, change: amountCents }]),
  ])
  await sql`
    update open_item i set unsettled_cents = i.unsettled_cents + m.change
      from (select customer_id, item_id, sum(change)::int8 as change
              from unnest(${moved.map((m) => m.customerId)}::int8[], ${moved.map((m) => m.itemId)}::int4[],
                          ${moved.map((m) => m.change)}::int8[]) as u(customer_id, item_id, change)
             group by customer_id, item_id) as m
     where i.customer_id = m.customer_id and i.item_id = m.item_id`.execute(tx)
}

export interface AgreementBalance {
  customerId: number
  agreementId: number
  /** The billing account that the agreement is on now. */
  accountNumber: number
  /** All that is owed; less than zero: the company owes the customer. */
  payoffCents: number
  /** Asked for now. */
  currentCents: number
  pastDueCents: number
}

export async function selectBalances(
  tx: Tx,
  customerIds: readonly number[],
  asOf: LocalDate,
): Promise<AgreementBalance[]> {
  const { rows } = await sql<AgreementBalance>`
    select i.customer_id as "customerId", i.agreement_id as "agreementId", a.account_number as "accountNumber",
           sum(i.unsettled_cents)::bigint as "payoffCents",
           coalesce(sum(i.unsettled_cents) filter (where not i.deferred), 0)::bigint as "currentCents",
           coalesce(sum(i.unsettled_cents) filter (where not i.deferred and i.unsettled_cents > 0 and i.due_date < ${asOf}), 0)::bigint as "pastDueCents"
      from open_item i join agreement a on a.customer_id = i.customer_id and a.agreement_id = i.agreement_id
     where i.customer_id = any(${customerIds}::int8[]) and i.unsettled_cents <> 0
     group by 1, 2, 3 order by 1, 2`.execute(tx)
  return rows
}

import { sql } from 'kysely'
import {
  type BulkType,
  insertRows,
  type NextNumber,
  numbersAfter,
  type Tx,
} from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import type { ContractKey, ContractKind } from '../contracts/contract.ts'

export type AskKind = 'put_off' | 'month' | 'true_up' | 'instalment' | 'release' | 'taken_back' | 'refund'

/** What a contract asked for (above zero) or put off (below) of an agreement. */
export interface AskRow extends ContractKey {
  askNumber: number
  agreementId: number
  kind: AskKind
  amountCents: Cents
  askedOn: LocalDate
  dueDate: LocalDate | null
  billId: number | null
  instalmentNumber: number | null
  /** Of a budget: how many it is for, and what the bill charged. */
  months: number | null
  chargedCents: Cents | null
  entryId: number | null
}

/** An ask with what the bill that asks calls it. */
export type WordedAsk = AskRow & { text: { en: string; es: string } | null }

const COLUMNS = {
  customer_id: 'int8',
  ask_number: 'int4',
  contract_number: 'int4',
  agreement_id: 'int4',
  kind: 'text',
  amount_cents: 'int8',
  asked_on: 'date',
  due_date: 'date',
  bill_id: 'int4',
  instalment_number: 'int2',
  months: 'int2',
  charged_cents: 'int8',
  entry_id: 'int4',
  text: 'jsonb',
} as const satisfies Record<string, BulkType>

export function nextAskNumbers(tx: Tx, customerIds: readonly number[]): Promise<NextNumber> {
  return numbersAfter(tx, 'contract_ask', 'ask_number', customerIds)
}

export function insertAsks(tx: Tx, asks: readonly WordedAsk[]): Promise<void> {
  const rows = asks.map((ask) => ({
    customer_id: ask.customerId,
    ask_number: ask.askNumber,
    contract_number: ask.contractNumber,
    agreement_id: ask.agreementId,
    kind: ask.kind,
    amount_cents: ask.amountCents,
    asked_on: ask.askedOn,
    due_date: ask.dueDate,
    bill_id: ask.billId,
    instalment_number: ask.instalmentNumber,
    months: ask.months,
    charged_cents: ask.chargedCents,
    entry_id: ask.entryId,
    text: ask.text && JSON.stringify(ask.text),
  }))
  return insertRows(tx, 'contract_ask', COLUMNS, rows)
}

const askColumns = sql`
  customer_id as "customerId", ask_number as "askNumber", contract_number as "contractNumber",
  agreement_id as "agreementId", kind, amount_cents as "amountCents", asked_on as "askedOn", due_date as "dueDate",
  bill_id as "billId", instalment_number as "instalmentNumber", months, charged_cents as "chargedCents",
  entry_id as "entryId"`

/** What stands of the asks of customers' contracts, in order. */
export async function selectAsks(
  tx: Tx,
  customerId: number,
  filter: { contractNumber?: number; billId?: number; agreementId?: number },
): Promise<AskRow[]> {
  const { contractNumber = null, billId = null, agreementId = null } = filter
  const { rows } = await sql<AskRow>`
    select ${askColumns} from contract_ask
     where customer_id = ${customerId} and not undone
       and (${contractNumber}::int4 is null or contract_number = ${contractNumber})
       and (${billId}::int4 is null or bill_id = ${billId})
       and (${agreementId}::int4 is null or agreement_id = ${agreementId})
     order by ask_number`.execute(tx)
  return rows
}

/** What a bill calls what it asked for, by the entry that asked or took it back. */
export interface AskText {
  entryId: number
  agreementId: number
  text: { en: string; es: string }
  cancelled: boolean
}

export async function selectAskTexts(
  tx: Tx,
  entries: readonly { customerId: number; entryId: number }[],
): Promise<AskText[]> {
  const { rows } = await sql<AskText>`
    select e.entry_id as "entryId", a.agreement_id as "agreementId", a.text, e.entry_id = a.cancel_entry_id as cancelled
      from unnest(${entries.map((one) => one.customerId)}::int8[], ${entries.map((one) => one.entryId)}::int4[])
             as e(customer_id, entry_id)
      join contract_ask a on a.customer_id = e.customer_id and e.entry_id in (a.entry_id, a.cancel_entry_id)
     where a.text is not null`.execute(tx)
  return rows.map((row) => ({ ...row, cancelled: row.cancelled ?? false }))
}

export async function updateAskUndone(
  tx: Tx,
  ask: Pick<AskRow, 'customerId' | 'askNumber'>,
  cancelEntryId: number | null,
): Promise<void> {
  await sql`
    update contract_ask set undone = true, cancel_entry_id = ${cancelEntryId}
     where customer_id = ${ask.customerId} and ask_number = ${ask.askNumber}`.execute(tx)
}

/** What the asks of one contract came to on one agreement. */
export interface AskSum extends ContractKey {
  agreementId: number
  /** Signed: below zero, so much is put off. */
  askedCents: Cents
  /** Months that bills asked for: of a budget, or instalments with bills. */
  months: number
  /** Days of the first and the last bill that asked. */
  anchor: LocalDate | null
  lastAskedOn: LocalDate | null
}

export async function selectAskSums(tx: Tx, customerIds: readonly number[]): Promise<AskSum[]> {
  const { rows } = await sql<AskSum>`
    select customer_id as "customerId", contract_number as "contractNumber", agreement_id as "agreementId",
           sum(amount_cents)::bigint as "askedCents",
           coalesce(sum(case when kind = 'instalment' then 1 else months end) filter (where bill_id is not null), 0)::int as months,
           min(asked_on) filter (where bill_id is not null and kind in ('month', 'true_up', 'instalment')) as anchor,
           max(asked_on) filter (where bill_id is not null) as "lastAskedOn"
      from contract_ask where customer_id = any(${customerIds}::int8[]) and not undone
     group by 1, 2, 3`.execute(tx)
  return rows
}

/** A contract that the next bill of its account may have to ask for. */
export interface AskableContract extends ContractKey {
  kind: Exclude<ContractKind, 'promise'>
  /** The account that the agreement is on now. */
  accountNumber: number
  agreementId: number
  agreementKind: string
  debtClass: string
  agreementStatus: string
  agreementEndDate: LocalDate | null
  /** Of a budget: what it asks each month. */
  monthlyCents: Cents | null
  budgetMonths: number | null
  trueUp: 'roll' | 'settle' | null
}

/** Active budgets, arrangements and deposits of accounts, one row an agreement: what makes a bill ask for more or less. */
export async function selectAskable(
  tx: Tx,
  accounts: readonly AccountKey[],
  day: LocalDate,
): Promise<AskableContract[]> {
  const { rows } = await sql<AskableContract>`
    select c.customer_id as "customerId", c.contract_number as "contractNumber", c.kind,
           g.account_number as "accountNumber", g.agreement_id as "agreementId", g.kind as "agreementKind",
           g.debt_class as "debtClass", g.status as "agreementStatus", g.end_date as "agreementEndDate",
           b.amount_cents as "monthlyCents", p.months as "budgetMonths", p.true_up as "trueUp"
      from unnest(${accounts.map((one) => one.customerId)}::int8[], ${accounts.map((one) => one.accountNumber)}::int2[])
             as k(customer_id, account_number)
      join payment_contract c on c.customer_id = k.customer_id and c.status = 'active' and c.kind <> 'promise'
      left join budget_plan p on p.customer_id = c.customer_id and p.contract_number = c.contract_number
      left join budget_amount b on b.customer_id = p.customer_id and b.contract_number = p.contract_number
       and b.start_date <= ${day} and (b.end_date is null or b.end_date > ${day})
      join agreement g on g.customer_id = c.customer_id and g.agreement_id = coalesce(b.agreement_id, c.agreement_id)
       and g.account_number = k.account_number
     order by 1, 2, g.agreement_id`.execute(tx)
  return rows
}

/** What a contract asked for or put off, and whether that was undone. */
export interface Activity extends AskRow {
  undone: boolean
}

export async function selectActivity(tx: Tx, key: ContractKey): Promise<Activity[]> {
  const { rows } = await sql<Activity>`
    select ${askColumns}, undone from contract_ask
     where customer_id = ${key.customerId} and contract_number = ${key.contractNumber} order by ask_number`.execute(
    tx,
  )
  return rows
}

import { sql } from 'kysely'
import {
  type BulkType,
  insertRows,
  type NextNumber,
  numbersAfter,
  type Tx,
} from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type {
  Contract,
  ContractKey,
  ContractKind,
  ContractStatus,
  Instalment,
} from '../contracts/contract.ts'

const contractColumns = sql`
  c.customer_id as "customerId", c.contract_number as "contractNumber", c.kind, c.account_number as "accountNumber",
  c.agreement_id as "agreementId", c.covers_agreement_id as "coversAgreementId", c.status, c.start_date as "startDate",
  c.end_date as "endDate", c.end_reason as "endReason", c.amount_cents as "amountCents", c.debt_classes as "debtClasses",
  c.requested_by as "requestedBy", c.note, c.created_at as "createdAt", c.created_by as "createdBy"`

export function nextContractNumbers(tx: Tx, customerIds: readonly number[]): Promise<NextNumber> {
  return numbersAfter(tx, 'payment_contract', 'contract_number', customerIds)
}

export async function insertContract(tx: Tx, contract: Contract): Promise<void> {
  await sql`
    insert into payment_contract (customer_id, contract_number, kind, account_number, agreement_id, covers_agreement_id,
      status, start_date, end_date, end_reason, amount_cents, debt_classes, requested_by, note, created_at, created_by)
    values (${contract.customerId}, ${contract.contractNumber}, ${contract.kind}, ${contract.accountNumber},
      ${contract.agreementId}, ${contract.coversAgreementId}, ${contract.status}, ${contract.startDate},
      ${contract.endDate}, ${contract.endReason}, ${contract.amountCents}, ${contract.debtClasses}::text[],
      ${contract.requestedBy}, ${contract.note}, ${contract.createdAt}, ${contract.createdBy})`.execute(tx)
}

export async function selectContract(tx: Tx, key: ContractKey): Promise<Contract | undefined> {
  const { rows } = await sql<Contract>`
    select ${contractColumns} from payment_contract c
     where customer_id = ${key.customerId} and contract_number = ${key.contractNumber}`.execute(tx)
  return rows[0]
}

/** Every contract of customers, newest first. */
export async function selectContracts(
  tx: Tx,
  customerIds: readonly number[],
  filter: { kinds?: readonly ContractKind[]; activeOnly?: boolean } = {},
): Promise<Contract[]> {
  const kinds = filter.kinds ? sql`and c.kind = any(${filter.kinds}::text[])` : sql``
  const active = filter.activeOnly ? sql`and c.status = 'active'` : sql``
  const { rows } = await sql<Contract>`
    select ${contractColumns} from payment_contract c
     where c.customer_id = any(${customerIds}::int8[]) ${kinds} ${active}
     order by c.customer_id, c.contract_number desc`.execute(tx)
  return rows
}

/** Customers of a client with active contracts of some kinds, a page at a time. */
export async function selectCustomersWithContracts(
  tx: Tx,
  page: { first: number; last: number; kinds: readonly ContractKind[]; limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ customerId: number }>`
    select distinct customer_id as "customerId" from payment_contract
     where customer_id between ${page.first} and ${page.last} and status = 'active'
       and kind = any(${page.kinds}::text[])
     order by 1 limit ${page.limit}`.execute(tx)
  return rows.map((row) => row.customerId)
}

export async function updateContract(
  tx: Tx,
  key: ContractKey,
  change: {
    status: ContractStatus
    endDate: LocalDate | null
    endReason: string | null
  },
): Promise<void> {
  await sql`
    update payment_contract set status = ${change.status}, end_reason = ${change.endReason},
           end_date = greatest(${change.endDate}::date, case when ${change.endDate}::date is null then null else start_date end)
     where customer_id = ${key.customerId} and contract_number = ${key.contractNumber}`.execute(tx)
}

export async function updateContractTerms(
  tx: Tx,
  key: ContractKey,
  terms: { amountCents: number; note: string | null },
): Promise<void> {
  await sql`
    update payment_contract set amount_cents = ${terms.amountCents}, note = coalesce(${terms.note}, note)
     where customer_id = ${key.customerId} and contract_number = ${key.contractNumber}`.execute(tx)
}

/** Which service a contract is about. */
export async function updateCovers(tx: Tx, key: ContractKey, agreementId: number): Promise<void> {
  await sql`
    update payment_contract set covers_agreement_id = ${agreementId}
     where customer_id = ${key.customerId} and contract_number = ${key.contractNumber}`.execute(tx)
}

const INSTALMENT_COLUMNS = {
  customer_id: 'int8',
  contract_number: 'int4',
  instalment_number: 'int2',
  due_date: 'date',
  amount_cents: 'int8',
} as const satisfies Record<string, BulkType>

export function insertInstalments(tx: Tx, instalments: readonly Instalment[]): Promise<void> {
  const rows = instalments.map((one) => ({
    customer_id: one.customerId,
    contract_number: one.contractNumber,
    instalment_number: one.instalmentNumber,
    due_date: one.dueDate,
    amount_cents: one.amountCents,
  }))
  return insertRows(tx, 'contract_instalment', INSTALMENT_COLUMNS, rows)
}

export async function cancelInstalments(
  tx: Tx,
  key: ContractKey,
  instalmentNumbers: readonly number[],
): Promise<void> {
  await sql`
    update contract_instalment set cancelled = true
     where customer_id = ${key.customerId} and contract_number = ${key.contractNumber}
       and instalment_number = any(${instalmentNumbers}::int2[])`.execute(tx)
}

/** An instalment with what was asked for it and what of that is still open. */
export interface InstalmentState extends Instalment {
  cancelled: boolean
  askedOn: LocalDate | null
  /** Of what was asked: its own due date. */
  askedDueDate: LocalDate | null
  billId: number | null
  openCents: number | null
}

/** The instalments of contracts, cancelled ones too, in order. */
export async function selectInstalments(
  tx: Tx,
  contracts: readonly ContractKey[],
): Promise<InstalmentState[]> {
  if (contracts.length === 0) return []
  const { rows } = await sql<InstalmentState>`
    select i.customer_id as "customerId", i.contract_number as "contractNumber", i.instalment_number as "instalmentNumber",
           i.due_date as "dueDate", i.amount_cents as "amountCents", i.cancelled, a.asked_on as "askedOn",
           a.due_date as "askedDueDate", a.bill_id as "billId", o.unsettled_cents as "openCents"
      from unnest(${contracts.map((one) => one.customerId)}::int8[], ${contracts.map((one) => one.contractNumber)}::int4[])
             as k(customer_id, contract_number)
      join contract_instalment i using (customer_id, contract_number)
      left join contract_ask a on a.customer_id = i.customer_id and a.contract_number = i.contract_number
       and a.instalment_number = i.instalment_number and not a.undone
      left join open_item o on o.customer_id = a.customer_id and o.entry_id = a.entry_id
       and o.agreement_id = a.agreement_id and not o.deferred
     order by 1, 2, i.due_date nulls last, 3`.execute(tx)
  return rows
}

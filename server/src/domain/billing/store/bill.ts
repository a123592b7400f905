import { sql } from 'kysely'
import { type BulkType, insertRows, type Tx } from '../../../platform/db/index.ts'
import type { Bill, BillKey, BillRouting } from '../bills/bill.ts'

const BILL_COLUMNS = {
  customer_id: 'int8',
  bill_id: 'int4',
  account_number: 'int2',
  status: 'text',
  bill_date: 'date',
  due_date: 'date',
  start_date: 'date',
  end_date: 'date',
  previous_cents: 'int8',
  credits_cents: 'int8',
  charges_cents: 'int8',
  amount_due_cents: 'int8',
  language: 'text',
  run_id: 'int4',
  replaces_bill_id: 'int4',
  completed_at: 'timestamptz',
} as const satisfies Record<string, BulkType>

const ROUTING_COLUMNS = {
  customer_id: 'int8',
  bill_id: 'int4',
  routing_number: 'int2',
  method: 'text',
  name: 'text',
  address: 'jsonb',
  copies: 'int2',
  status: 'text',
} as const satisfies Record<string, BulkType>

export function insertBills(tx: Tx, bills: readonly Bill[]): Promise<void> {
  const rows = bills.map((bill) => ({
    customer_id: bill.customerId,
    bill_id: bill.billId,
    account_number: bill.accountNumber,
    status: bill.status,
    bill_date: bill.billDate,
    due_date: bill.dueDate,
    start_date: bill.startDate,
    end_date: bill.endDate,
    previous_cents: bill.previousCents,
    credits_cents: bill.creditsCents,
    charges_cents: bill.chargesCents,
    amount_due_cents: bill.amountDueCents,
    language: bill.language,
    run_id: bill.runId,
    replaces_bill_id: bill.replacesBillId,
    completed_at: bill.completedAt,
  }))
  return insertRows(tx, 'bill', BILL_COLUMNS, rows)
}

export function insertRoutings(tx: Tx, routings: readonly (BillKey & BillRouting)[]): Promise<void> {
  const rows = routings.map((routing) => ({
    customer_id: routing.customerId,
    bill_id: routing.billId,
    routing_number: routing.routingNumber,
    method: routing.method,
    name: routing.name,
    address: JSON.stringify(routing.address),
    copies: routing.copies,
    status: routing.status,
  }))
  return insertRows(tx, 'bill_routing', ROUTING_COLUMNS, rows)
}

const billColumns = sql`
  b.customer_id as "customerId", b.bill_id as "billId", b.account_number as "accountNumber", b.status,
  b.bill_date as "billDate", b.due_date as "dueDate", b.start_date as "startDate", b.end_date as "endDate",
  b.previous_cents as "previousCents", b.credits_cents as "creditsCents", b.charges_cents as "chargesCents",
  b.amount_due_cents as "amountDueCents", b.language, b.run_id as "runId", b.replaces_bill_id as "replacesBillId",
  b.completed_at as "completedAt"`

export async function selectBill(tx: Tx, key: BillKey): Promise<Bill | undefined> {
  const { rows } = await sql<Bill>`
    select ${billColumns} from bill b where customer_id = ${key.customerId} and bill_id = ${key.billId}`.execute(
    tx,
  )
  return rows[0]
}

/** The bills of an account, latest first. */
export async function selectBillsOfAccount(
  tx: Tx,
  account: { customerId: number; accountNumber: number },
  limit: number,
): Promise<Bill[]> {
  const { rows } = await sql<Bill>`
    select ${billColumns} from bill b
     where customer_id = ${account.customerId} and account_number = ${account.accountNumber}
     order by bill_date desc, bill_id desc limit ${limit}`.execute(tx)
  return rows
}

export interface LastBill {
  customerId: number
  accountNumber: number
  amountDueCents: number
}

/** What the last complete bill of each account of these customers asked for. */
export async function selectLastBills(tx: Tx, customerIds: readonly number[]): Promise<LastBill[]> {
  const { rows } = await sql<LastBill>`
    select a.customer_id as "customerId", a.account_number as "accountNumber", last.amount_due_cents as "amountDueCents"
      from billing_account a
      join lateral (select amount_due_cents from bill b
                     where b.customer_id = a.customer_id and b.account_number = a.account_number and b.status = 'complete'
                     order by bill_id desc limit 1) last on true
     where a.customer_id = any(${customerIds}::int8[])`.execute(tx)
  return rows
}

export async function selectRoutings(tx: Tx, key: BillKey): Promise<BillRouting[]> {
  const { rows } = await sql<BillRouting>`
    select routing_number as "routingNumber", method, name, address, copies, status
      from bill_routing where customer_id = ${key.customerId} and bill_id = ${key.billId}
     order by routing_number`.execute(tx)
  return rows
}

import { sql } from 'kysely'
import { type BulkType, insertRows, type Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { Bill, BillKey, BillRouting } from '../bills/bill.ts'

const BILL_COLUMNS = {
  customer_id: 'int8',
  bill_id: 'int4',
  account_number: 'int2',
  status: 'text',
  kind: 'text',
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

/** Bills that were begun, or reopened, keep their number and take the new figures. */
export async function saveBills(tx: Tx, bills: readonly Bill[], open: readonly BillKey[]): Promise<void> {
  const known = new Set(open.map(({ customerId, billId }) => `${customerId}-${billId}`))
  const isKnown = ({ customerId, billId }: BillKey) => known.has(`${customerId}-${billId}`)
  await insertRows(tx, 'bill', BILL_COLUMNS, bills.filter((bill) => !isKnown(bill)).map(toRow))
  for (const bill of bills.filter(isKnown)) await updateBill(tx, bill)
}

export function insertBill(tx: Tx, bill: Bill): Promise<void> {
  return insertRows(tx, 'bill', BILL_COLUMNS, [toRow(bill)])
}

async function updateBill(tx: Tx, bill: Bill): Promise<void> {
  await sql`
    update bill set status = ${bill.status}, kind = ${bill.kind}, bill_date = ${bill.billDate}, due_date = ${bill.dueDate},
           start_date = ${bill.startDate}, end_date = ${bill.endDate}, previous_cents = ${bill.previousCents},
           credits_cents = ${bill.creditsCents}, charges_cents = ${bill.chargesCents},
           amount_due_cents = ${bill.amountDueCents}, language = ${bill.language}, run_id = ${bill.runId},
           completed_at = ${bill.completedAt}, cancel_reason = null
     where customer_id = ${bill.customerId} and bill_id = ${bill.billId}`.execute(tx)
}

export async function updateBillStatus(
  tx: Tx,
  key: BillKey,
  status: Bill['status'],
  reason: string,
): Promise<void> {
  await sql`
    update bill set status = ${status}, cancel_reason = ${reason}
     where customer_id = ${key.customerId} and bill_id = ${key.billId}`.execute(tx)
}

/** What left with the bill is not there while it is open again. */
export async function deleteWaitingCopies(tx: Tx, key: BillKey): Promise<void> {
  await sql`
    delete from bill_routing
     where customer_id = ${key.customerId} and bill_id = ${key.billId} and status = 'waiting'`.execute(tx)
  await sql`delete from bill_message where customer_id = ${key.customerId} and bill_id = ${key.billId}`.execute(
    tx,
  )
}

/** Bills of these customers that were begun, or reopened, and are not complete. */
export async function selectOpenBills(tx: Tx, customerIds: readonly number[]): Promise<Bill[]> {
  const { rows } = await sql<Bill>`
    select ${billColumns} from bill b
     where customer_id = any(${customerIds}::int8[]) and status in ('pending', 'reopened')`.execute(tx)
  return rows
}

export async function selectCreditNoteOf(tx: Tx, key: BillKey): Promise<Bill | undefined> {
  const { rows } = await sql<Bill>`
    select ${billColumns} from bill b
     where customer_id = ${key.customerId} and replaces_bill_id = ${key.billId} and status = 'credit_note'`.execute(
    tx,
  )
  return rows[0]
}

function toRow(bill: Bill) {
  return {
    customer_id: bill.customerId,
    bill_id: bill.billId,
    account_number: bill.accountNumber,
    status: bill.status,
    kind: bill.kind,
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
  }
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
  b.kind, b.bill_date as "billDate", b.due_date as "dueDate", b.start_date as "startDate", b.end_date as "endDate",
  b.previous_cents as "previousCents", b.credits_cents as "creditsCents", b.charges_cents as "chargesCents",
  b.amount_due_cents as "amountDueCents", b.language, b.run_id as "runId", b.replaces_bill_id as "replacesBillId",
  b.completed_at as "completedAt", b.cancel_reason as "cancelReason"`

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

/** What the last complete bill, or credit note, of each account of these customers asked for. */
export async function selectLastBills(tx: Tx, customerIds: readonly number[]): Promise<LastBill[]> {
  const { rows } = await sql<LastBill>`
    select a.customer_id as "customerId", a.account_number as "accountNumber", last.amount_due_cents as "amountDueCents"
      from billing_account a
      join lateral (select amount_due_cents from bill b
                     where b.customer_id = a.customer_id and b.account_number = a.account_number
                       and b.status in ('complete', 'credit_note')
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

export async function updateRoutings(
  tx: Tx,
  routings: readonly (BillKey & { routingNumber: number })[],
  status: BillRouting['status'],
  now: Instant,
): Promise<void> {
  await sql`
    update bill_routing r
       set status = ${status}, sent_at = ${status === 'sent' ? now : null}::timestamptz
      from unnest(${routings.map((one) => one.customerId)}::int8[], ${routings.map((one) => one.billId)}::int4[],
                  ${routings.map((one) => one.routingNumber)}::int2[]) as u(customer_id, bill_id, routing_number)
     where r.customer_id = u.customer_id and r.bill_id = u.bill_id and r.routing_number = u.routing_number`.execute(
    tx,
  )
}

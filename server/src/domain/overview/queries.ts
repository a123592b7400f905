import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { billActivity, lineDetails } from '../billing/index.ts'
import { attentionOf } from './attention.ts'
import type { BillRecord, ChargeLineListed } from './bill-record.ts'
import type { CustomerRecord, CustomerSummaryRecord } from './customer-record.ts'
import type { PaymentRecord } from './payment-record.ts'
import type { AccountRecord, AttentionRecord, PageOf, TimelineRecord } from './record.ts'
import type { HomeRecord, RunRecord, WorkItemRecord } from './run-record.ts'
import { selectAccountRecord } from './store/account.ts'
import { type BillKeyInAccount, selectBill } from './store/bill.ts'
import { type ChargeLinesKey, selectChargeLinesOf } from './store/charge.ts'
import { selectCustomer, selectCustomerSummary } from './store/customer.ts'
import { selectPayment } from './store/payment.ts'
import { selectHome, selectRuns, selectWorkItems } from './store/run.ts'
import { selectTimeline } from './store/timeline.ts'
import { toTimelineRecord } from './timeline.ts'

interface AgreementKey {
  customerId: number
  agreementId: number
}

function found<T>(record: T | undefined, code: string, what: string): T {
  if (record !== undefined) return record
  throw new Refusal('not_found', code, `There is no such ${what}.`)
}

/** This will give everything that the header of an account shows. Refuses `account_not_found`. */
export async function getAccountRecord(tx: Tx, key: AgreementKey, now: Instant): Promise<AccountRecord> {
  return found(await selectAccountRecord(tx, key, now), 'account_not_found', 'account')
}

/** This will say what calls for attention at an account, at most five things. Refuses `account_not_found`. */
export async function getAttention(tx: Tx, key: AgreementKey, now: Instant): Promise<AttentionRecord[]> {
  return attentionOf(await getAccountRecord(tx, key, now))
}

/** This will give a customer with contacts, alerts, sets and billing accounts. Refuses `customer_not_found`. */
export async function getCustomerRecord(tx: Tx, customerId: number, now: Instant): Promise<CustomerRecord> {
  return found(await selectCustomer(tx, customerId, now), 'customer_not_found', 'customer')
}

/** This will give a customer at a glance. Refuses `customer_not_found`. */
export async function getCustomerSummary(
  tx: Tx,
  customerId: number,
  now: Instant,
): Promise<CustomerSummaryRecord> {
  return found(await selectCustomerSummary(tx, customerId, now), 'customer_not_found', 'customer')
}

/** This will give a bill with every line. Refuses `bill_not_found`. */
export async function getBillRecord(tx: Tx, key: BillKeyInAccount): Promise<BillRecord> {
  const bill = found(await selectBill(tx, key), 'bill_not_found', 'bill')
  const ids = bill.charges.map((charge) => charge.chargeId)
  const detailOf = await lineDetails(tx, key.customerId, ids)
  const charges = bill.charges.map((charge) => ({
    ...charge,
    lines: charge.lines.map((line) => ({ ...line, detail: detailOf(line) })),
  }))
  const credits = bill.status === 'complete' ? await billActivity(tx, key) : []
  return { ...bill, credits, charges }
}

/** This will list lines of an agreement's charges, latest charge first, each with its text in a language. */
export async function listChargeLines(
  tx: Tx,
  key: ChargeLinesKey & { language: 'en' | 'es' },
  page: PageOf,
): Promise<{ rows: ChargeLineListed[]; total: number }> {
  const { rows, total } = await selectChargeLinesOf(tx, key, page)
  const ids = [...new Set(rows.map(({ chargeId }) => chargeId))]
  const detailOf = await lineDetails(tx, key.customerId, ids)
  return { rows: rows.map((line) => ({ ...line, text: detailOf(line).text[key.language] })), total }
}

/** This will give a payment with its tenders, shares and whatever the same money made. Refuses `payment_unknown`. */
export async function getPaymentRecord(
  tx: Tx,
  key: { customerId: number; paymentNumber: number },
): Promise<PaymentRecord> {
  return found(await selectPayment(tx, key), 'payment_unknown', 'payment')
}

/** This will give a bill run and how far it is. Refuses `bill_run_not_found`. */
export async function getRunRecord(tx: Tx, clientId: number, runId: number): Promise<RunRecord> {
  const { rows } = await selectRuns(tx, { clientId, runId, page: 1, pageSize: 1 })
  return found(rows[0], 'bill_run_not_found', 'bill run')
}

/** This will give a work item. Refuses `work_item_not_found`. */
export async function getWorkItemRecord(tx: Tx, clientId: number, itemId: number): Promise<WorkItemRecord> {
  const { rows } = await selectWorkItems(tx, { clientId, itemId, page: 1, pageSize: 1 })
  return found(rows[0], 'work_item_not_found', 'work item')
}

/** This will count what needs somebody today. */
export async function getHome(tx: Tx, clientId: number, now: Instant): Promise<HomeRecord> {
  return found(await selectHome(tx, clientId, now), 'client_not_found', 'client')
}

export interface TimelineInput extends AgreementKey {
  now: Instant
  /** The cursor of the last event seen. */
  before?: string
  kinds?: readonly string[]
  limit: number
}

/** This will tell what happened at an account, latest first. Refuses `account_not_found`, `cursor_malformed`. */
export async function getTimeline(tx: Tx, input: TimelineInput): Promise<TimelineRecord[]> {
  const { customerId, agreementId, limit, kinds } = input
  const before = input.before === undefined ? undefined : readCursor(input.before)
  const account = await getAccountRecord(tx, input, input.now)
  const { accountNumber, timeZone, today } = account
  const rows = await selectTimeline(tx, {
    customerId,
    agreementId,
    accountNumber,
    timeZone,
    today,
    limit,
    ...(kinds && { kinds }),
    ...(before && { before }),
  })
  return rows.map((row) => toTimelineRecord(row, customerId))
}

function readCursor(cursor: string): { date: LocalDate; key: string } {
  const match = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))~(\w[\w.]{0,200})$/.exec(cursor)
  if (match?.[1] && match[2]) return { date: match[1], key: match[2] }
  throw new Refusal(
    'malformed',
    'cursor_malformed',
    'Send a cursor exactly as an event of this timeline gave it.',
    [{ pointer: '/before', in: 'query', message: 'is no cursor' }],
  )
}

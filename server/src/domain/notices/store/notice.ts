import { sql } from 'kysely'
import { type BulkType, insertRows, type Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { Notice, NoticeKey, NoticeStatus, Telling } from '../notice.ts'
import type { Channel } from '../templates/template.ts'

const COLUMNS = {
  customer_id: 'int8',
  notice_number: 'int4',
  account_number: 'int2',
  person_id: 'int8',
  template_code: 'text',
  channel: 'text',
  language: 'text',
  cause: 'text',
  name: 'text',
  address: 'jsonb',
  subject: 'text',
  body: 'text',
  content_hash: 'bytea',
  bill_id: 'int4',
  routing_number: 'int2',
  status: 'text',
  reason: 'text',
  due_at: 'timestamptz',
  queued_at: 'timestamptz',
  done_at: 'timestamptz',
} as const satisfies Record<string, BulkType>

export function insertNotices(tx: Tx, notices: readonly (Notice & { contentHash: Buffer })[]): Promise<void> {
  const rows = notices.map((notice) => ({
    customer_id: notice.customerId,
    notice_number: notice.noticeNumber,
    account_number: notice.accountNumber,
    person_id: notice.personId,
    template_code: notice.templateCode,
    channel: notice.channel,
    language: notice.language,
    cause: notice.cause,
    name: notice.name,
    address: JSON.stringify(notice.address),
    subject: notice.subject,
    body: notice.body,
    content_hash: notice.contentHash,
    bill_id: notice.billId,
    routing_number: notice.routingNumber,
    status: notice.status,
    reason: notice.reason,
    due_at: notice.dueAt,
    queued_at: notice.queuedAt,
    done_at: notice.doneAt,
  }))
  return insertRows(tx, 'notice', COLUMNS, rows)
}

const noticeColumns = sql`
  n.customer_id as "customerId", n.notice_number as "noticeNumber", n.account_number as "accountNumber",
  n.person_id as "personId", n.template_code as "templateCode", n.channel, n.language, n.cause, n.name, n.address,
  n.subject, n.body, n.bill_id as "billId", n.routing_number as "routingNumber", n.status, n.reason, n.attempts,
  n.last_error as "lastError", n.due_at as "dueAt", n.queued_at as "queuedAt", n.done_at as "doneAt"`

type Told = Pick<Telling, 'customerId' | 'accountNumber' | 'cause' | 'templateCode'>

/** One telling as one text. */
export function toldKey({ customerId, accountNumber, cause, templateCode }: Told): string {
  return `${customerId} ${accountNumber} ${cause} ${templateCode}`
}

/** Which of these tellings have notices already, by `toldKey`. */
export async function selectTold(tx: Tx, tellings: readonly Told[]): Promise<string[]> {
  const { rows } = await sql<Told>`
    select distinct n.customer_id as "customerId", n.account_number as "accountNumber", n.cause,
           n.template_code as "templateCode"
      from unnest(${tellings.map((t) => t.customerId)}::int8[], ${tellings.map((t) => t.cause)}::text[])
        as t(customer_id, cause)
      join notice n on n.customer_id = t.customer_id and n.cause = t.cause`.execute(tx)
  return rows.map(toldKey)
}

export async function selectNotice(tx: Tx, key: NoticeKey): Promise<Notice | undefined> {
  const { rows } = await sql<Notice>`
    select ${noticeColumns} from notice n
     where n.customer_id = ${key.customerId} and n.notice_number = ${key.noticeNumber}`.execute(tx)
  return rows[0]
}

export async function selectNoticesOf(tx: Tx, customerId: number, limit: number): Promise<Notice[]> {
  const { rows } = await sql<Notice>`
    select ${noticeColumns} from notice n where n.customer_id = ${customerId}
     order by n.notice_number desc limit ${limit}`.execute(tx)
  return rows
}

/** Each attempt puts the next one off: 1, 2, 4 ... minutes, at most four hours. */
export async function takeNotices(
  tx: Tx,
  input: { channel: Channel; clientId?: number; limit: number; now: Instant },
): Promise<Notice[]> {
  const { channel, clientId, limit, now } = input
  const own =
    clientId === undefined
      ? sql`true`
      : sql`customer_id >= ${clientId} * 100000000::int8 and customer_id < (${clientId} + 1) * 100000000::int8`
  const { rows } = await sql<Notice>`
    with taken as (
      select customer_id, notice_number from notice
       where status = 'queued' and channel = ${channel} and due_at <= ${now} and ${own}
       order by due_at, customer_id, notice_number limit ${limit} for update skip locked)
    update notice n set attempts = n.attempts + 1,
           due_at = ${now}::timestamptz + least(power(2, n.attempts), 240) * interval '1 minute'
      from taken t where t.customer_id = n.customer_id and t.notice_number = n.notice_number
    returning ${noticeColumns}`.execute(tx)
  return rows.sort((a, b) => a.customerId - b.customerId || a.noticeNumber - b.noticeNumber)
}

/** Letters of a client that wait, locked until the transaction ends; others' are left out. */
export async function takeLetters(
  tx: Tx,
  { clientId, limit }: { clientId: number; limit: number },
): Promise<Notice[]> {
  const { rows } = await sql<Notice>`
    select ${noticeColumns} from notice n
     where n.status = 'queued' and n.channel = 'letter'
       and n.customer_id >= ${clientId} * 100000000::int8 and n.customer_id < (${clientId} + 1) * 100000000::int8
     order by n.queued_at, n.customer_id, n.notice_number limit ${limit} for update skip locked`.execute(tx)
  return rows
}

/** Ends a queued notice; false when it had ended already. */
export async function finish(
  tx: Tx,
  key: NoticeKey,
  end: { status: NoticeStatus; reason: string | null; error: string | null; now: Instant },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update notice set status = ${end.status}, reason = ${end.reason}, last_error = ${end.error}, done_at = ${end.now}
     where customer_id = ${key.customerId} and notice_number = ${key.noticeNumber} and status = 'queued'`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0) === 1
}

export async function noteError(tx: Tx, key: NoticeKey, error: string): Promise<void> {
  await sql`
    update notice set last_error = ${error}
     where customer_id = ${key.customerId} and notice_number = ${key.noticeNumber}`.execute(tx)
}

export async function requeue(
  tx: Tx,
  { customerId, noticeNumber, address, now }: NoticeKey & { address: Notice['address']; now: Instant },
): Promise<void> {
  await sql`
    update notice set status = 'queued', reason = null, attempts = 0, done_at = null, due_at = ${now},
           address = ${JSON.stringify(address)}::jsonb
     where customer_id = ${customerId} and notice_number = ${noticeNumber}`.execute(tx)
}

export async function suppressOfBills(
  tx: Tx,
  bills: readonly { customerId: number; billId: number }[],
  reason: string,
  now: Instant,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update notice n set status = 'suppressed', reason = ${reason}, done_at = ${now}
      from unnest(${bills.map((b) => b.customerId)}::int8[], ${bills.map((b) => b.billId)}::int4[]) as b(customer_id, bill_id)
     where n.customer_id = b.customer_id and n.bill_id = b.bill_id and n.status = 'queued'`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** How many notices wait or failed, by channel. */
export async function countNotices(
  tx: Tx,
): Promise<{ channel: Channel; status: NoticeStatus; notices: number }[]> {
  const { rows } = await sql<{ channel: Channel; status: NoticeStatus; notices: number }>`
    select channel, status, count(*)::int as notices from notice
     where status in ('queued', 'failed') group by channel, status order by channel, status`.execute(tx)
  return rows
}

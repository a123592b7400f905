import { sql } from 'kysely'
import type { Tx } from './db/index.ts'
import { Refusal } from './errors.ts'
import type { OutboxEvent } from './outbox.ts'

/** Where a reader of the feed stands: transaction and event, `4711-812`. */
export type FeedCursor = string

export interface FeedPage {
  events: OutboxEvent[]
  /** Give it as `after` to read on; the same as before when there is nothing new. */
  next: FeedCursor
}

export const FEED_START: FeedCursor = '0-0'
const LONGEST_PAGE = 1000

/**
 * This will page through a client's events in an order that never changes. An event appears once every transaction that
 * began before its own has ended, so that none can be committed behind a reader. Refuses `cursor_malformed`.
 */
export async function eventFeed(
  tx: Tx,
  input: { clientId: number; after?: FeedCursor; types?: readonly string[]; limit?: number },
): Promise<FeedPage> {
  const { clientId, after = FEED_START, types } = input
  const [transaction, event] = readCursor(after)
  const limit = Math.max(1, Math.min(input.limit ?? 100, LONGEST_PAGE))
  const { rows } = await sql<OutboxEvent & { transactionId: string }>`
    select client_id as "clientId", event_id as "eventId", at, type, subject, payload, transaction_id::text as "transactionId"
      from outbox_event
     where client_id = ${clientId} and (transaction_id, event_id) > (${transaction}::xid8, ${event}::int8)
       and transaction_id < audit_transaction(pg_snapshot_xmin(pg_current_snapshot()))
       and (${types === undefined} or type = any(${types ?? []}::text[]))
     order by transaction_id, event_id limit ${limit}`.execute(tx)
  const last = rows.at(-1)
  return {
    events: rows.map(({ transactionId: _, ...own }) => own),
    next: last ? `${last.transactionId}-${last.eventId}` : after,
  }
}

function readCursor(cursor: FeedCursor): [transaction: string, event: string] {
  const match = /^(\d{1,18})-(\d{1,18})$/.exec(cursor)
  if (match?.[1] && match[2]) return [match[1], match[2]]
  throw new Refusal(
    'malformed',
    'cursor_malformed',
    'The cursor is none that the feed gave; give the last answer\'s "next", or none to begin at the start.',
  )
}

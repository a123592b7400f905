import { insertRows, type Tx } from './db/index.ts'
import type { Instant } from './time.ts'

/** Something that happened, told to whoever subscribes: `bill.completed`. */
export interface NewEvent {
  clientId: number
  at: Instant
  /** Noun and past participle. */
  type: string
  /** `bill:100000042-3` */
  subject: string
  payload: Record<string, unknown>
}

/** An event as it waits in the outbox. */
export interface OutboxEvent extends NewEvent {
  eventId: number
}

const COLUMNS = {
  client_id: 'int4',
  at: 'timestamptz',
  type: 'text',
  subject: 'text',
  payload: 'jsonb',
} as const

/** This will put events into the outbox inside the caller's transaction: they exist exactly when the act does. */
export function emit(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  const rows = events.map(({ clientId, at, type, subject, payload }) => ({
    client_id: clientId,
    at,
    type,
    subject,
    payload: JSON.stringify(payload),
  }))
  return insertRows(tx, 'outbox_event', COLUMNS, rows)
}

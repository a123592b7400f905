import { sql } from 'kysely'
import type { Tx } from './db/index.ts'
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

/** This will put events into the outbox inside the caller's transaction: they exist exactly when the act does. */
export async function emit(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const column = (pick: (event: NewEvent) => string | number) => events.map(pick)
  // The transaction's number is asked for once; as the column's default it costs more than all else of a row.
  await sql`
    insert into outbox_event (client_id, at, type, subject, payload, transaction_id)
    select client_id, at, type, subject, payload, (select audit_transaction(pg_current_xact_id()))
      from unnest(${column((e) => e.clientId)}::int4[], ${column((e) => e.at.toString())}::timestamptz[],
        ${column((e) => e.type)}::text[], ${column((e) => e.subject)}::text[],
        ${column((e) => JSON.stringify(e.payload))}::jsonb[])
      with ordinality as u(client_id, at, type, subject, payload, n)
     order by n`.execute(tx)
}

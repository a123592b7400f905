import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { OutboxEvent } from '../platform/outbox.ts'
import type { Instant, LocalDate } from '../platform/time.ts'

export async function selectDoneThrough(tx: Tx, clientId: number): Promise<Map<string, LocalDate>> {
  const { rows } = await sql<{ step: string; day: LocalDate }>`
    select step, done_through as day from daily_step where client_id = ${clientId}`.execute(tx)
  return new Map(rows.map(({ step, day }) => [step, day]))
}

export async function upsertDoneThrough(
  tx: Tx,
  clientId: number,
  step: string,
  day: LocalDate,
): Promise<void> {
  await sql`
    insert into daily_step (client_id, step, done_through) values (${clientId}, ${step}, ${day})
    on conflict (client_id, step) do update set done_through = greatest(daily_step.done_through, excluded.done_through)`.execute(
    tx,
  )
}

/** Takes the oldest events that wait, so that no other worker takes them too. */
export async function takeEvents(tx: Tx, now: Instant, limit: number): Promise<OutboxEvent[]> {
  const { rows } = await sql<OutboxEvent>`
    select client_id as "clientId", event_id as "eventId", at, type, subject, payload
      from outbox_event
     where handled_at is null and (retry_at is null or retry_at <= ${now})
     order by client_id, event_id limit ${limit}
       for update skip locked`.execute(tx)
  return rows
}

export async function markHandled(tx: Tx, events: readonly OutboxEvent[], now: Instant): Promise<void> {
  await sql`
    update outbox_event o set handled_at = ${now}
      from unnest(${events.map((e) => e.clientId)}::int4[], ${events.map((e) => e.eventId)}::int8[]) as e(client_id, event_id)
     where o.client_id = e.client_id and o.event_id = e.event_id`.execute(tx)
}

/** Counts a failed attempt, after which the event waits twice as long as after the one before; answers how many there were. */
export async function markFailed(
  tx: Tx,
  event: OutboxEvent,
  now: Instant,
  firstWaitSeconds: number,
): Promise<number> {
  const { rows } = await sql<{ attempts: number }>`
    update outbox_event set attempts = attempts + 1,
           retry_at = ${now}::timestamptz + ${firstWaitSeconds}::int * power(2, attempts) * interval '1 second'
     where client_id = ${event.clientId} and event_id = ${event.eventId}
    returning attempts`.execute(tx)
  return rows[0]?.attempts ?? 0
}

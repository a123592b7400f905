import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { OutboxEvent } from '../../../platform/outbox.ts'
import type { Instant } from '../../../platform/time.ts'
import type { Endpoint, EndpointKey } from '../webhooks/endpoint.ts'

export interface DeliveryKey extends EndpointKey {
  eventId: number
}

export interface Delivery extends DeliveryKey {
  type: string
  status: 'waiting' | 'delivered' | 'failed'
  attempts: number
  dueAt: Instant
  lastStatus: number | null
  lastError: string | null
  queuedAt: Instant
  doneAt: Instant | null
}

/** The client's row is the lock under which endpoints are numbered. */
export async function insertEndpoint(
  tx: Tx,
  endpoint: Pick<Endpoint, 'clientId' | 'url' | 'description' | 'eventTypes'> & { now: Instant },
): Promise<number> {
  const { clientId, url, description, eventTypes, now } = endpoint
  await sql`select from client where client_id = ${clientId} for update`.execute(tx)
  const { rows } = await sql<{ endpointId: number }>`
    insert into webhook_endpoint (client_id, endpoint_id, url, description, event_types, status, created_at)
    select ${clientId}, coalesce(max(endpoint_id), 0) + 1, ${url}, ${description}, ${eventTypes}::text[], 'active', ${now}
      from webhook_endpoint where client_id = ${clientId}
    returning endpoint_id as "endpointId"`.execute(tx)
  return rows[0]?.endpointId ?? 0
}

export async function updateEndpoint(
  tx: Tx,
  endpoint: Pick<Endpoint, 'clientId' | 'endpointId' | 'url' | 'eventTypes' | 'status' | 'statusReason'>,
): Promise<void> {
  const { clientId, endpointId, url, eventTypes, status, statusReason } = endpoint
  await sql`
    update webhook_endpoint set url = ${url}, event_types = ${eventTypes}::text[], status = ${status},
           status_reason = ${statusReason}, failing_since = null
     where client_id = ${clientId} and endpoint_id = ${endpointId}`.execute(tx)
}

const endpointColumns = sql`
  client_id as "clientId", endpoint_id as "endpointId", url, description, event_types as "eventTypes", status,
  status_reason as "statusReason", failing_since as "failingSince", created_at as "createdAt"`

/** One endpoint, or all of a client. */
export async function selectEndpoints(
  tx: Tx,
  { clientId, endpointId }: { clientId: number; endpointId?: number },
): Promise<Endpoint[]> {
  const { rows } = await sql<Endpoint>`
    select ${endpointColumns} from webhook_endpoint
     where client_id = ${clientId} and (${endpointId === undefined} or endpoint_id = ${endpointId ?? 0})
     order by endpoint_id`.execute(tx)
  return rows
}

export async function insertSecret(tx: Tx, key: EndpointKey, encrypted: Buffer, now: Instant): Promise<void> {
  await sql`
    insert into webhook_secret (client_id, endpoint_id, secret_number, encrypted, created_at)
    select ${key.clientId}, ${key.endpointId}, coalesce(max(secret_number), 0) + 1, ${encrypted}, ${now}
      from webhook_secret where client_id = ${key.clientId} and endpoint_id = ${key.endpointId}`.execute(tx)
}

export async function expireSecrets(tx: Tx, key: EndpointKey, at: Instant): Promise<void> {
  await sql`
    update webhook_secret set expires_at = least(expires_at, ${at})
     where client_id = ${key.clientId} and endpoint_id = ${key.endpointId}`.execute(tx)
}

/** Newest first. */
export async function selectSecrets(tx: Tx, key: EndpointKey, now: Instant): Promise<Buffer[]> {
  const { rows } = await sql<{ encrypted: Buffer }>`
    select encrypted from webhook_secret
     where client_id = ${key.clientId} and endpoint_id = ${key.endpointId} and (expires_at is null or expires_at > ${now})
     order by secret_number desc`.execute(tx)
  return rows.map((row) => row.encrypted)
}

/** Which types of events an endpoint wants, said of rows `w` and `o`. */
const wants = sql`
  (o.type = any(w.event_types) or '*' = any(w.event_types) or split_part(o.type, '.', 1) || '.*' = any(w.event_types))`

export async function insertDeliveries(
  tx: Tx,
  { clientId, events, now }: { clientId: number; events: readonly OutboxEvent[]; now: Instant },
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into webhook_delivery (client_id, endpoint_id, event_id, status, due_at, queued_at)
    select w.client_id, w.endpoint_id, o.event_id, 'waiting', ${now}, ${now}
      from unnest(${events.map((e) => e.eventId)}::int8[], ${events.map((e) => e.type)}::text[]) as o(event_id, type)
      join webhook_endpoint w on w.client_id = ${clientId} and w.status = 'active' and ${wants}
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function requeueDeliveries(
  tx: Tx,
  input: EndpointKey & { fromEventId: number; toEventId: number; now: Instant },
): Promise<number> {
  const { clientId, endpointId, fromEventId, toEventId, now } = input
  const { numAffectedRows } = await sql`
    insert into webhook_delivery as d (client_id, endpoint_id, event_id, status, due_at, queued_at)
    select w.client_id, w.endpoint_id, o.event_id, 'waiting', ${now}, ${now}
      from outbox_event o join webhook_endpoint w on w.client_id = o.client_id and w.endpoint_id = ${endpointId} and ${wants}
     where o.client_id = ${clientId} and o.event_id between ${fromEventId} and ${toEventId}
    on conflict (client_id, endpoint_id, event_id) do update
    set status = 'waiting', attempts = 0, due_at = excluded.due_at, queued_at = excluded.queued_at, done_at = null`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0)
}

export async function selectDueEndpoints(tx: Tx, now: Instant): Promise<EndpointKey[]> {
  const { rows } = await sql<EndpointKey>`
    select w.client_id as "clientId", w.endpoint_id as "endpointId" from webhook_endpoint w
     where w.status = 'active'
       and exists (select 1 from webhook_delivery d where d.client_id = w.client_id and d.endpoint_id = w.endpoint_id
                      and d.status = 'waiting' and d.due_at <= ${now})
     order by w.client_id, w.endpoint_id`.execute(tx)
  return rows
}

/** Each is leased: whoever takes it has that long before it is due again. */
export async function takeDeliveries(
  tx: Tx,
  input: EndpointKey & { limit: number; now: Instant; leaseSeconds: number },
): Promise<(OutboxEvent & { url: string; attempt: number })[]> {
  const { clientId, endpointId, limit, now, leaseSeconds } = input
  const { rows } = await sql<OutboxEvent & { url: string; attempt: number }>`
    with taken as (
      select d.event_id from webhook_delivery d
        join webhook_endpoint w on w.client_id = d.client_id and w.endpoint_id = d.endpoint_id and w.status = 'active'
       where d.client_id = ${clientId} and d.endpoint_id = ${endpointId} and d.status = 'waiting' and d.due_at <= ${now}
       order by d.due_at, d.event_id limit ${limit} for update of d skip locked)
    update webhook_delivery d
       set attempts = d.attempts + 1, due_at = ${now}::timestamptz + ${leaseSeconds}::int * interval '1 second'
      from taken t, webhook_endpoint w, outbox_event o
     where d.client_id = ${clientId} and d.endpoint_id = ${endpointId} and d.event_id = t.event_id
       and w.client_id = d.client_id and w.endpoint_id = d.endpoint_id
       and o.client_id = d.client_id and o.event_id = d.event_id
    returning w.url, d.attempts as attempt, o.client_id as "clientId", o.event_id as "eventId", o.at, o.type, o.subject,
              o.payload`.execute(tx)
  return rows.sort((a, b) => a.eventId - b.eventId)
}

export async function endDelivery(
  tx: Tx,
  key: DeliveryKey,
  end: { status: 'delivered' | 'failed'; lastStatus: number | null; lastError: string | null; now: Instant },
): Promise<void> {
  await sql`
    update webhook_delivery set status = ${end.status}, last_status = ${end.lastStatus}, last_error = ${end.lastError},
           done_at = ${end.now}
     where client_id = ${key.clientId} and endpoint_id = ${key.endpointId} and event_id = ${key.eventId}
       and status = 'waiting'`.execute(tx)
}

export async function postponeDelivery(
  tx: Tx,
  key: DeliveryKey,
  next: { lastStatus: number | null; lastError: string | null; dueAt: Instant },
): Promise<void> {
  await sql`
    update webhook_delivery set last_status = ${next.lastStatus}, last_error = ${next.lastError}, due_at = ${next.dueAt}
     where client_id = ${key.clientId} and endpoint_id = ${key.endpointId} and event_id = ${key.eventId}
       and status = 'waiting'`.execute(tx)
}

export async function noteSuccess(tx: Tx, key: EndpointKey): Promise<void> {
  await sql`
    update webhook_endpoint set failing_since = null
     where client_id = ${key.clientId} and endpoint_id = ${key.endpointId} and failing_since is not null`.execute(
    tx,
  )
}

/** Tells since when the endpoint has been failing; nothing when it is disabled already. */
export async function noteFailure(tx: Tx, key: EndpointKey, now: Instant): Promise<Instant | undefined> {
  const { rows } = await sql<{ since: Instant }>`
    update webhook_endpoint set failing_since = coalesce(failing_since, ${now})
     where client_id = ${key.clientId} and endpoint_id = ${key.endpointId} and status = 'active'
    returning failing_since as since`.execute(tx)
  return rows[0]?.since
}

/** What waits for it fails with it. */
export async function disableEndpoint(tx: Tx, key: EndpointKey, reason: string, now: Instant): Promise<void> {
  await sql`
    update webhook_endpoint set status = 'disabled', status_reason = ${reason}
     where client_id = ${key.clientId} and endpoint_id = ${key.endpointId}`.execute(tx)
  await sql`
    update webhook_delivery set status = 'failed', last_error = coalesce(last_error, ${reason}), done_at = ${now}
     where client_id = ${key.clientId} and endpoint_id = ${key.endpointId} and status = 'waiting'`.execute(tx)
}

export async function countDeliveries(
  tx: Tx,
  clientId: number,
): Promise<Map<number, { waiting: number; failed: number }>> {
  const { rows } = await sql<{ endpointId: number; waiting: number; failed: number }>`
    select endpoint_id as "endpointId", count(*) filter (where status = 'waiting')::int as waiting,
           count(*) filter (where status = 'failed')::int as failed
      from webhook_delivery where client_id = ${clientId} group by endpoint_id`.execute(tx)
  return new Map(rows.map(({ endpointId, ...counts }) => [endpointId, counts]))
}

export async function selectDeliveries(tx: Tx, key: EndpointKey, limit: number): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select d.client_id as "clientId", d.endpoint_id as "endpointId", d.event_id as "eventId", o.type, d.status, d.attempts,
           d.due_at as "dueAt", d.last_status as "lastStatus", d.last_error as "lastError", d.queued_at as "queuedAt",
           d.done_at as "doneAt"
      from webhook_delivery d join outbox_event o on o.client_id = d.client_id and o.event_id = d.event_id
     where d.client_id = ${key.clientId} and d.endpoint_id = ${key.endpointId}
     order by d.event_id desc limit ${limit}`.execute(tx)
  return rows
}

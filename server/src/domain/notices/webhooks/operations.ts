import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { encryptField } from '../../../platform/field-cipher.ts'
import type { OutboxEvent } from '../../../platform/outbox.ts'
import { requireOutgoingUrl } from '../../../platform/outgoing.ts'
import type { Instant } from '../../../platform/time.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { closeWorkItemsAbout } from '../../work/index.ts'
import * as store from '../store/webhook.ts'
import {
  type Endpoint,
  type EndpointKey,
  endpointSubject,
  newSecret,
  requireEventTypes,
  secretPlace,
} from './endpoint.ts'

export const WEBHOOK_DISABLED = 'webhook_disabled'
const OLD_SECRET_HOURS = 24

/**
 * This will add an endpoint and answer its number and its secret, which is shown this once. From now on every event of
 * its types is delivered to it. `key` encrypts fields. Refuses `outgoing_url`, `event_type_unknown`.
 */
export async function addEndpoint(
  tx: Tx,
  input: {
    clientId: number
    url: string
    description?: string
    eventTypes: string[]
    /** Hosts that may be called over http. */
    allowHosts: readonly string[]
    key: Buffer
    now: Instant
    actor: Actor
  },
): Promise<{ endpointId: number; secret: string }> {
  const { clientId, url, description = '', eventTypes, allowHosts, key, now, actor } = input
  requireOutgoingUrl(url, allowHosts)
  requireEventTypes(eventTypes)
  const endpointId = await store.insertEndpoint(tx, { clientId, url, description, eventTypes, now })
  const secret = newSecret()
  await store.insertSecret(
    tx,
    { clientId, endpointId },
    encryptField(key, secret, secretPlace({ clientId, endpointId })),
    now,
  )
  const subject = endpointSubject({ clientId, endpointId })
  await audit(tx, { clientId, at: now, actor, operation: 'addWebhook', subject, detail: { url, eventTypes } })
  return { endpointId, secret }
}

/** This will give an endpoint a new secret and answer it; the old one signs along for a day. Refuses `webhook_unknown`. */
export async function rotateSecret(
  tx: Tx,
  input: EndpointKey & { key: Buffer; now: Instant; actor: Actor },
): Promise<string> {
  const { clientId, key, now, actor } = input
  await getEndpoint(tx, input)
  const secret = newSecret()
  await store.expireSecrets(tx, input, now.add({ hours: OLD_SECRET_HOURS }))
  await store.insertSecret(tx, input, encryptField(key, secret, secretPlace(input)), now)
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'rotateWebhookSecret',
    subject: endpointSubject(input),
  })
  return secret
}

/**
 * This will change where an endpoint is, what it hears of, or whether it hears anything. Enabling it forgets its failures;
 * what it missed is sent by `replayEvents`. Refuses `webhook_unknown` and what `addEndpoint` refuses.
 */
export async function changeEndpoint(
  tx: Tx,
  input: EndpointKey & {
    url?: string
    eventTypes?: string[]
    status?: Endpoint['status']
    allowHosts: readonly string[]
    now: Instant
    actor: Actor
  },
): Promise<void> {
  const { clientId, now, actor } = input
  const before = await getEndpoint(tx, input)
  const { url = before.url, eventTypes = before.eventTypes, status = before.status } = input
  requireOutgoingUrl(url, input.allowHosts)
  requireEventTypes(eventTypes)
  const statusReason = status === 'active' ? null : (before.statusReason ?? 'by hand')
  await store.updateEndpoint(tx, { ...input, url, eventTypes, status, statusReason })
  const subject = endpointSubject(input)
  if (status === 'active')
    await closeWorkItemsAbout(tx, {
      clientId,
      kind: WEBHOOK_DISABLED,
      subjects: [subject],
      closedBy: actor.actor,
      now,
    })
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'changeWebhook',
    subject,
    detail: { url, eventTypes, status },
  })
}

/** This will queue events for every active endpoint that wants them; the same events again queue nothing. */
export async function queueDeliveries(
  tx: Tx,
  input: { clientId: number; events: readonly OutboxEvent[]; now: Instant },
): Promise<number> {
  return await store.insertDeliveries(tx, input)
}

/**
 * This will send events of an endpoint's types to it once more, or for the first time: one event, or all of a range of
 * event numbers `[fromEventId, toEventId]`. Answers how many. Refuses `webhook_unknown`, `webhook_inactive`.
 */
export async function replayEvents(
  tx: Tx,
  input: EndpointKey & { fromEventId: number; toEventId: number; now: Instant; actor: Actor },
): Promise<number> {
  const { clientId, fromEventId, toEventId, now, actor } = input
  const { status } = await getEndpoint(tx, input)
  if (status !== 'active')
    throw new Refusal(
      'conflict',
      'webhook_inactive',
      'The endpoint is disabled; enable it, then replay what it missed.',
    )
  const queued = await store.requeueDeliveries(tx, input)
  const detail = { fromEventId, toEventId, queued }
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'replayEvents',
    subject: endpointSubject(input),
    detail,
  })
  return queued
}

/** This will read one endpoint. Refuses `webhook_unknown`. */
export async function getEndpoint(tx: Tx, key: EndpointKey): Promise<Endpoint> {
  const [endpoint] = await store.selectEndpoints(tx, key)
  if (endpoint) return endpoint
  throw new Refusal('not_found', 'webhook_unknown', `There is no webhook ${key.endpointId}.`)
}

/** This will list the endpoints of a client with how many deliveries wait and failed. */
export async function listEndpoints(
  tx: Tx,
  clientId: number,
): Promise<(Endpoint & { waiting: number; failed: number })[]> {
  const counts = await store.countDeliveries(tx, clientId)
  return (await store.selectEndpoints(tx, { clientId })).map((endpoint) => ({
    ...endpoint,
    ...(counts.get(endpoint.endpointId) ?? { waiting: 0, failed: 0 }),
  }))
}

/** This will list the latest deliveries of an endpoint, newest first. */
export async function deliveriesOf(tx: Tx, key: EndpointKey, limit = 100): Promise<store.Delivery[]> {
  return await store.selectDeliveries(tx, key, limit)
}

import { randomBytes } from 'node:crypto'
import type { Tx } from '../../../platform/db/index.ts'
import { decryptField } from '../../../platform/field-cipher.ts'
import type { Instant } from '../../../platform/time.ts'
import { openWorkItems } from '../../work/index.ts'
import * as store from '../store/webhook.ts'
import { type Endpoint, type EndpointKey, endpointSubject, secretPlace } from './endpoint.ts'
import { WEBHOOK_DISABLED } from './operations.ts'
import { DISABLED_AFTER_DAYS, judge, type Outcome } from './schedule.ts'
import { type SignedMessage, signMessage } from './signature.ts'

/** One attempt to make now. */
export interface Attempt extends SignedMessage, EndpointKey {
  eventId: number
  url: string
  /** From 1. */
  attempt: number
}

/** A killed sender's deliveries are taken again after so long. */
const LEASE_SECONDS = 60

/** This will list the endpoints for which something is due. */
export async function dueEndpoints(tx: Tx, now: Instant): Promise<EndpointKey[]> {
  return await store.selectDueEndpoints(tx, now)
}

/** This will take the oldest deliveries that are due for an endpoint, signed and ready to go. */
export async function takeDeliveries(
  tx: Tx,
  input: EndpointKey & { limit: number; key: Buffer; now: Instant },
): Promise<Attempt[]> {
  const { clientId, endpointId, key, now } = input
  const taken = await store.takeDeliveries(tx, { ...input, leaseSeconds: LEASE_SECONDS })
  if (taken.length === 0) return []
  const secrets = await openSecrets(tx, input, key, now)
  return taken.map(({ url, attempt, ...event }) => ({
    clientId,
    endpointId,
    eventId: event.eventId,
    url,
    attempt,
    ...signMessage({ ...event, id: `evt_${clientId}_${event.eventId}` }, secrets, now),
  }))
}

async function openSecrets(tx: Tx, endpoint: EndpointKey, key: Buffer, now: Instant): Promise<string[]> {
  const fields = await store.selectSecrets(tx, endpoint, now)
  return fields.map((field) => decryptField(key, field, secretPlace(endpoint)))
}

/** This will sign a message that belongs to no event, so that somebody can try an endpoint. */
export async function testMessage(
  tx: Tx,
  input: Endpoint & { key: Buffer; now: Instant },
): Promise<SignedMessage> {
  const { key, now } = input
  const secrets = await openSecrets(tx, input, key, now)
  const payload = { message: 'This is a test; nothing happened.' }
  const about = { type: 'webhook.tested', subject: endpointSubject(input), at: now, payload }
  const id = `test_${randomBytes(12).toString('hex')}`
  return signMessage({ id, ...about }, secrets, now)
}

/**
 * This will record how an attempt went: the delivery ends or waits for its next attempt, and an endpoint that is gone, or
 * has failed for five days on end, is disabled with a work item. `random` in [0, 1) spreads the waits.
 */
export async function recordAttempt(
  tx: Tx,
  attempt: Pick<Attempt, 'clientId' | 'endpointId' | 'eventId' | 'attempt'>,
  result: { outcome: Outcome; random: number; now: Instant },
): Promise<void> {
  const { outcome, random, now } = result
  const verdict = judge(outcome, attempt.attempt, random)
  const lastStatus = outcome.status ?? null
  const lastError = outcome.error ?? null
  // The endpoint's row before the delivery's, always: who disables an endpoint ends its other deliveries.
  if (verdict === 'delivered') {
    await store.noteSuccess(tx, attempt)
    await store.endDelivery(tx, attempt, { status: 'delivered', lastStatus, lastError: null, now })
    return
  }
  const failingSince = await store.noteFailure(tx, attempt, now)
  if (typeof verdict === 'object') {
    const dueAt = now.add({ seconds: verdict.waitSeconds })
    await store.postponeDelivery(tx, attempt, { lastStatus, lastError, dueAt })
  } else await store.endDelivery(tx, attempt, { status: 'failed', lastStatus, lastError, now })
  const isTimeUp =
    failingSince !== undefined && now.since(failingSince).total('hours') >= 24 * DISABLED_AFTER_DAYS
  if (verdict === 'gone' || isTimeUp) await disable(tx, attempt, verdict === 'gone', now)
}

async function disable(tx: Tx, key: EndpointKey, gone: boolean, now: Instant): Promise<void> {
  const reason = gone
    ? 'the receiver answered 410, gone'
    : `all deliveries failed for ${DISABLED_AFTER_DAYS} days`
  await store.disableEndpoint(tx, key, reason, now)
  await openWorkItems(tx, [
    {
      clientId: key.clientId,
      kind: WEBHOOK_DISABLED,
      subject: endpointSubject(key),
      reasonCode: gone ? 'webhook_gone' : 'webhook_failing',
      reason: `Webhook ${key.endpointId} was disabled: ${reason}.`,
      remedy: 'Mend the receiver, enable the webhook, then replay the events that it missed.',
      createdAt: now,
    },
  ])
}

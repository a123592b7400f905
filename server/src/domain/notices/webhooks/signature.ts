import { createHmac } from 'node:crypto'
import type { OutboxEvent } from '../../../platform/outbox.ts'
import type { Instant } from '../../../platform/time.ts'

/** A request that is ready to go. */
export interface SignedMessage {
  headers: Record<string, string>
  body: string
}

/**
 * This will write an event as a signed message: one signature for each secret that is valid, so that a receiver may know
 * either. The id is the event's, the same for every attempt. Source: Standard Webhooks, "Webhook headers".
 */
export function signMessage(event: OutboxEvent, secrets: readonly string[], sentAt: Instant): SignedMessage {
  const id = `evt_${event.clientId}_${event.eventId}`
  const seconds = String(Math.floor(sentAt.epochMilliseconds / 1000))
  const { type, at, subject, payload } = event
  const body = JSON.stringify({ type, timestamp: at.toString(), data: { subject, ...payload } })
  const signatures = secrets.map((secret) => `v1,${sign(secret, `${id}.${seconds}.${body}`)}`)
  return {
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': signatures.join(' '),
    },
    body,
  }
}

function sign(secret: string, text: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return createHmac('sha256', key).update(text).digest('base64')
}

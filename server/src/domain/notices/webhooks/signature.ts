import { createHmac } from 'node:crypto'
import type { NewEvent } from '../../../platform/outbox.ts'
import type { Instant } from '../../../platform/time.ts'

/** What is told, under the id by which a receiver knows a repetition. */
export interface Message extends Omit<NewEvent, 'clientId'> {
  id: string
}

/** A request that is ready to go. */
export interface SignedMessage {
  headers: Record<string, string>
  body: string
}

/**
 * This will sign a message, once with each secret that is valid, so that a receiver may know either.
 * Source: Standard Webhooks, "Webhook headers".
 */
export function signMessage(message: Message, secrets: readonly string[], sentAt: Instant): SignedMessage {
  const seconds = String(Math.floor(sentAt.epochMilliseconds / 1000))
  const { id, type, at, subject, payload } = message
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

import { randomBytes } from 'node:crypto'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant } from '../../../platform/time.ts'
import { EVENT_TYPES } from './event-catalogue.ts'

export interface EndpointKey {
  clientId: number
  endpointId: number
}

/** Another program that wants to hear of events. */
export interface Endpoint extends EndpointKey {
  url: string
  description: string
  /** Exact types, all of a noun (`bill.*`), or all (`*`). */
  eventTypes: string[]
  status: 'active' | 'disabled'
  statusReason: string | null
  /** Since when every delivery has failed. */
  failingSince: Instant | null
  createdAt: Instant
}

const SECRET_BYTES = 24

/** This will make a signing secret as receivers take it. Source: Standard Webhooks, "Signature scheme". */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}

/** This will refuse a type that no event has: `event_type_unknown`. */
export function requireEventTypes(types: readonly string[]): void {
  const nouns = new Set(EVENT_TYPES.map((type) => `${type.split('.')[0]}.*`))
  const unknown = types.find((type) => type !== '*' && !nouns.has(type) && !EVENT_TYPES.includes(type))
  if (types.length > 0 && unknown === undefined) return
  throw new Refusal(
    'rule',
    'event_type_unknown',
    `${unknown === undefined ? 'Name at least one event type' : `No event is called "${unknown}"`}; docs/guides/events.md lists them, bill.* means all of a noun, * means all.`,
  )
}

/** This will name an endpoint in audit rows and work items. */
export function endpointSubject({ endpointId }: EndpointKey): string {
  return `webhook:${endpointId}`
}

/** This will name the field that a secret is encrypted for, so that it opens nowhere else. */
export function secretPlace({ clientId, endpointId }: EndpointKey): string {
  return `webhook_secret:${clientId}-${endpointId}`
}

import type { Actor } from '../domain/identity/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { OutboxEvent } from '../platform/outbox.ts'
import type { Instant } from '../platform/time.ts'
import { creditSubscriber, debtChangedSubscriber, fieldWorkSubscriber } from './collect-debt.ts'
import { paymentSubscribers } from './draw-payments.ts'
import { fieldReadsSubscriber } from './field-reads.ts'
import { depositCheckSubscriber, promisesSubscriber } from './pay-over-time.ts'
import { serviceRequestSubscriber } from './service-requests.ts'
import { noticeSubscriber, webhookSubscriber } from './tell-of-events.ts'

/** Who does something because something else happened. It writes to the database only, and twice is once. */
export interface Subscriber {
  name: string
  types: readonly string[]
  /** Gets the events of one client, in order. */
  handle(
    tx: Tx,
    events: readonly OutboxEvent[],
    context: { clientId: number; now: Instant; actor: Actor },
  ): Promise<void>
}

/** In the order in which they hear of an event. */
export const SUBSCRIBERS: readonly Subscriber[] = [
  ...paymentSubscribers,
  fieldReadsSubscriber,
  fieldWorkSubscriber,
  promisesSubscriber,
  depositCheckSubscriber,
  debtChangedSubscriber,
  creditSubscriber,
  serviceRequestSubscriber,
  noticeSubscriber,
  webhookSubscriber,
]

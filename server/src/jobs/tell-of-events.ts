import { EVENT_TYPES, NOTICE_EVENTS, queueDeliveries, tellOfEvents } from '../domain/notices/index.ts'
import { addJob } from '../platform/jobs/index.ts'
import type { Subscriber } from './subscribers.ts'

/** Customers hear of events by letter and e-mail. */
export const noticeSubscriber: Subscriber = {
  name: 'notices',
  types: NOTICE_EVENTS,
  async handle(tx, events, context) {
    await tellOfEvents(tx, events, context)
    await addJob(tx, 'deliver-mail', {}, { key: 'deliver-mail' })
  },
}

/** Other programs hear of events by webhook. */
export const webhookSubscriber: Subscriber = {
  name: 'webhooks',
  types: EVENT_TYPES,
  async handle(tx, events, { clientId, now }) {
    const queued = await queueDeliveries(tx, { clientId, events, now })
    if (queued > 0) await addJob(tx, 'deliver-webhooks', {}, { key: 'deliver-webhooks' })
  },
}

import {
  addCreditEvent,
  clearSmallBalances,
  collectDebt,
  noteFieldWork,
  reviewCollections,
} from '../domain/collections/index.ts'
import { getClient } from '../domain/identity/index.ts'
import type { OutboxEvent } from '../platform/outbox.ts'
import { localDateAt } from '../platform/time.ts'
import type { DailyStep } from './daily-steps.ts'
import type { Subscriber } from './subscribers.ts'

/** The steps against debt that fall due each day. */
export const collectDebtStep: DailyStep = { name: 'collect_debt', run: collectDebt }

/** What is left of service that ended long ago, when it is small. */
export const smallBalancesStep: DailyStep = { name: 'small_balances', run: clearSmallBalances }

const CHANGES_DEBT = [
  'payment.posted',
  'payment.cancelled',
  'payment.returned',
  'adjustment.frozen',
  'adjustment.cancelled',
  'charge.cancelled',
  'arrangement.started',
] as const

/** Money that came or went changes what is collected. */
export const debtChangedSubscriber: Subscriber = {
  name: 'review_collections',
  types: CHANGES_DEBT,
  async handle(tx, events, { clientId, now, actor }) {
    const customerIds = events.flatMap((event) => customerOf(event) ?? [])
    if (customerIds.length === 0) return
    const day = localDateAt(now, (await getClient(tx, clientId)).timeZone)
    await reviewCollections(tx, { clientId, customerIds, day, now, actor })
  },
}

/** What counts against an account's credit. */
const CREDIT = { 'payment.returned': 'returned_payment', 'extension.broken': 'broken_promise' } as const

export const creditSubscriber: Subscriber = {
  name: 'credit_rating',
  types: Object.keys(CREDIT),
  async handle(tx, events, { clientId, now, actor }) {
    const startDate = localDateAt(now, (await getClient(tx, clientId)).timeZone)
    for (const event of events) {
      const customerId = customerOf(event)
      const { accountNumber } = event.payload
      const kind = CREDIT[event.type as keyof typeof CREDIT]
      if (customerId === undefined || typeof accountNumber !== 'number') continue
      await addCreditEvent(tx, {
        customerId,
        accountNumber,
        kind,
        cause: event.subject,
        startDate,
        now,
        actor,
      })
    }
  },
}

/** Cuts and reconnections that were done. */
export const fieldWorkSubscriber: Subscriber = {
  name: 'field_work',
  types: ['field.completed'],
  async handle(tx, events, { clientId, now, actor }) {
    for (const { payload } of events)
      if (typeof payload.activityId === 'number')
        await noteFieldWork(tx, { clientId, activityId: payload.activityId, now, actor })
  },
}

function customerOf({ payload }: OutboxEvent): number | undefined {
  return typeof payload.customerId === 'number' ? payload.customerId : undefined
}

import { openWorkItems } from '../domain/work/index.ts'
import { apart, type Tx } from '../platform/db/index.ts'
import { Refusal } from '../platform/errors.ts'
import type { Task } from '../platform/jobs/index.ts'
import type { OutboxEvent } from '../platform/outbox.ts'
import type { JobContext } from './index.ts'
import { markFailed, markHandled, takeEvents } from './store.ts'
import { SUBSCRIBERS, type Subscriber } from './subscribers.ts'
import type { WorkContext } from './work-context.ts'

const BATCH = 500
/** After so many attempts an event is set aside as a work item. */
const ATTEMPTS = 8
const FIRST_WAIT_SECONDS = 30

/**
 * This will tell every waiting event to its subscribers, oldest first, and answer how many were handled. Each batch is
 * one transaction with the marks; any number of workers may do so at once.
 */
export async function handleEvents(
  context: WorkContext,
  subscribers: readonly Subscriber[] = SUBSCRIBERS,
): Promise<number> {
  let handled = 0
  for (;;) {
    const taken = await context.database.transaction(async (tx) => {
      const now = context.clock()
      const events = await takeEvents(tx, now, BATCH)
      for (const own of Map.groupBy(events, (event) => event.clientId).values())
        await handleOfClient(tx, own, context, subscribers)
      return events.length
    })
    handled += taken
    if (taken === 0) return handled
  }
}

async function handleOfClient(
  tx: Tx,
  events: readonly OutboxEvent[],
  context: WorkContext,
  subscribers: readonly Subscriber[],
): Promise<void> {
  const { error } = await apart(tx, () => tell(tx, events, context, subscribers))
  if (error === undefined) return markHandled(tx, events, context.clock())
  for (const event of events) await handleOne(tx, event, context, subscribers)
}

async function handleOne(
  tx: Tx,
  event: OutboxEvent,
  context: WorkContext,
  subscribers: readonly Subscriber[],
): Promise<void> {
  const now = context.clock()
  const { error } = await apart(tx, () => tell(tx, [event], context, subscribers))
  if (error === undefined) return markHandled(tx, [event], now)
  const refused = error instanceof Refusal
  const attempts = refused ? ATTEMPTS : await markFailed(tx, event, now, FIRST_WAIT_SECONDS)
  if (attempts < ATTEMPTS) return
  const said = error instanceof Error ? error.message : String(error)
  await openWorkItems(tx, [
    {
      clientId: event.clientId,
      kind: 'event_failed',
      subject: event.subject,
      reasonCode: refused ? error.code : 'event_defect',
      reason: `What follows from ${event.type} could not be done: ${said}`,
      remedy: refused
        ? 'Correct what the reason names and do what should have followed by hand.'
        : 'Report the fault with this item, then do what should have followed by hand.',
      detail: { eventId: event.eventId, type: event.type },
      createdAt: now,
    },
  ])
  await markHandled(tx, [event], now)
}

async function tell(
  tx: Tx,
  events: readonly OutboxEvent[],
  { clock, actor }: WorkContext,
  subscribers: readonly Subscriber[],
): Promise<void> {
  const [first] = events
  if (!first) return
  for (const subscriber of subscribers) {
    const heard = events.filter((event) => subscriber.types.includes(event.type))
    if (heard.length > 0)
      await subscriber.handle(tx, heard, { clientId: first.clientId, now: clock(), actor })
  }
}

/** This will handle the events that wait. */
export function eventsTask({ database, clock }: JobContext): Task {
  return async () => {
    await handleEvents({ database, clock, actor: { actor: 'job:events', door: 'jobs' } })
  }
}

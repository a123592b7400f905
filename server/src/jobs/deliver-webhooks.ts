import {
  type Attempt,
  dueEndpoints,
  type EndpointKey,
  type Outcome,
  readRetryAfter,
  recordAttempt,
  takeDeliveries,
} from '../domain/notices/index.ts'
import type { Database } from '../platform/db/index.ts'
import { Refusal } from '../platform/errors.ts'
import type { Task } from '../platform/jobs/index.ts'
import type { Outgoing } from '../platform/outgoing.ts'
import type { Clock } from '../platform/time.ts'
import type { JobContext } from './index.ts'

/** How many requests one endpoint gets at once. */
const AT_ONCE = 5

/** What delivering webhooks takes. */
export interface WebhookContext {
  database: Database
  clock: Clock
  outgoing: Outgoing
  /** Decrypts fields. */
  fieldKey: Buffer
  /** In [0, 1). */
  random: () => number
}

/**
 * This will deliver everything that is due, each endpoint in a lane of its own: one that hangs holds up nobody else, and
 * itself only until its first requests are given up.
 */
export async function deliverWebhooks(context: WebhookContext, signal?: AbortSignal): Promise<void> {
  const endpoints = await dueEndpoints(context.database.read, context.clock())
  await Promise.all(endpoints.map((endpoint) => workLane(context, endpoint, signal)))
}

async function workLane(
  context: WebhookContext,
  endpoint: EndpointKey,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { database, clock, fieldKey } = context
  while (!signal?.aborted) {
    const attempts = await database.transaction((tx) =>
      takeDeliveries(tx, { ...endpoint, limit: AT_ONCE, key: fieldKey, now: clock() }),
    )
    const answered = await Promise.all(attempts.map((attempt) => deliverOne(context, attempt)))
    if (attempts.length < AT_ONCE || !answered.includes(true)) return
  }
}

/** Answers whether the receiver answered at all. */
async function deliverOne(context: WebhookContext, attempt: Attempt): Promise<boolean> {
  const { database, clock, outgoing, random } = context
  const outcome = await send(outgoing, attempt)
  const result = { outcome, random: random(), now: clock() }
  await database.transaction((tx) => recordAttempt(tx, attempt, result))
  return outcome.status !== undefined
}

/** This will post one signed message and tell how that went. */
export async function send(
  outgoing: Outgoing,
  { url, headers, body }: Pick<Attempt, 'url' | 'headers' | 'body'>,
): Promise<Outcome> {
  try {
    const reply = await outgoing.request(url, { method: 'POST', headers, body })
    const { status } = reply
    if (status >= 200 && status < 300) return { status }
    const retryAfterSeconds = readRetryAfter(reply.headers['retry-after'])
    return { status, error: `The receiver answered ${status}.`, retryAfterSeconds }
  } catch (error) {
    if (error instanceof Refusal) return { error: error.message }
    throw error
  }
}

/** This will deliver what is due. */
export function deliverWebhooksTask({ database, clock, outgoing, fieldKey }: JobContext): Task {
  return async (_payload, { signal }) => {
    if (outgoing && fieldKey)
      await deliverWebhooks({ database, clock, outgoing, fieldKey, random: Math.random }, signal)
  }
}

import { forgetSessions } from '../domain/identity/index.ts'
import { forgetKeys } from '../platform/http/idempotency.ts'
import type { Task } from '../platform/jobs/index.ts'
import { systemClock } from '../platform/time.ts'
import type { JobContext } from './index.ts'

/** A key answers repeated requests this long; a session's row is kept this long after its end, for inquiries. */
const KEY_DAYS = 30
const SESSION_DAYS = 90

/** This will delete idempotency keys and sessions that nobody can need any more. */
export function forgetTask({ database, clock }: JobContext): Task {
  return async () => {
    await database.transaction(async (tx) => {
      await forgetKeys(tx, clock().subtract({ hours: 24 * KEY_DAYS }))
      await forgetSessions(tx, systemClock().subtract({ hours: 24 * SESSION_DAYS }))
    })
  }
}

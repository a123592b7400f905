import type { Actor } from '../domain/identity/index.ts'
import type { Gateways } from '../domain/payments/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Clock } from '../platform/time.ts'

/** What recurring work and subscribers get: the database under the servers' role, the time, who acts. */
export interface WorkContext {
  database: Database
  clock: Clock
  actor: Actor
  /** Draws payments; without them what is to be drawn waits. */
  gateways?: Gateways
}

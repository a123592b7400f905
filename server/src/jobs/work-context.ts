import type { Actor } from '../domain/identity/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Clock } from '../platform/time.ts'

/** What recurring work and subscribers get: the database under the servers' role, the time, who acts. */
export interface WorkContext {
  database: Database
  clock: Clock
  actor: Actor
}

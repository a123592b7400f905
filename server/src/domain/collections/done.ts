import type { Instant } from '../../platform/time.ts'
import type { Actor } from '../identity/index.ts'

/** Who acts, and when. */
export interface Done {
  now: Instant
  actor: Actor
}

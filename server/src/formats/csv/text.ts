import { Temporal } from '../../platform/time.ts'

/** This will write an epoch second as `2025-01-31T00:15:00Z`. */
export function instantText(epochSeconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000).toString()
}

import type { UsageChannel } from '../server/src/domain/rating/index.ts'
import { startOfDaySeconds } from '../server/src/platform/time.ts'

/** This will list the months of a year as periods. */
export function monthsOf(year: number): { start: string; end: string }[] {
  const first = (at: number) => (at > 12 ? `${year + 1}-01-01` : `${year}-${String(at).padStart(2, '0')}-01`)
  return Array.from({ length: 12 }, (_, month) => ({ start: first(month + 1), end: first(month + 2) }))
}

/** This will make a year of unlike intervals of one channel, in mWh. */
export function yearOf(year: number, timeZone: string, intervalSeconds: number): UsageChannel {
  const startSeconds = startOfDaySeconds(`${year}-01-01`, timeZone)
  const count = (startOfDaySeconds(`${year + 1}-01-01`, timeZone) - startSeconds) / intervalSeconds
  const values = Int32Array.from({ length: count }, (_, slot) => 400_000 + ((slot * 7919) % 900_000))
  return { unit: 'kWh', flow: 'delivered', intervalSeconds, startSeconds, scale: 6, values }
}

import type { LocalDate } from '../../platform/time.ts'
import type { Quality } from '../usage/index.ts'

export type Grain = 'interval' | 'hour' | 'day' | 'month'

/** One quantity of an account: integers of the unit x 10^-scale, null where nothing is known. */
export interface ChannelRecord {
  servicePointId: number
  unit: string
  flow: 'delivered' | 'received' | 'net'
  intervalSeconds: number
  scale: number
  startSeconds: number[]
  values: (number | null)[]
  quality: Quality[]
  /** The sums of each time of use, in step with `values`; none for a plan without, or when nothing is summed. */
  timesOfUse: { touCode: string; values: number[] }[]
}

export interface IntervalsRecord {
  timeZone: string
  from: LocalDate
  to: LocalDate
  grain: Grain
  channels: ChannelRecord[]
}

const RANK: Readonly<Record<Quality, number>> = { measured: 0, edited: 1, estimated: 2, missing: 3 }

/** This will tell which of two qualities is the worse. */
export function worse(a: Quality, b: Quality): Quality {
  return RANK[a] >= RANK[b] ? a : b
}

import { Refusal } from '../../platform/errors.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { AgreementKey } from '../agreements/index.ts'

export type UsageStatus = 'incomplete' | 'exception' | 'ready' | 'charged' | 'cancelled' | 'superseded'

/** One billable quantity of a usage. */
export interface UsageQuantity {
  /** Product transfer type of the market; '' when none. */
  loop?: string
  unit: string
  /** Time-of-use period; '' for all. */
  touCode?: string
  /** What it is of its unit: '' consumption, `max` peak, `billed`. */
  kind?: string
  /** An integer of unit x 10^-scale. */
  quantity: number
  scale: number
  meterBadge?: string
  beginReading?: number
  endReading?: number
  estimated?: boolean
}

/** The measurements of one series that a usage was made of. */
export interface UsageSource {
  servicePointId: number
  seriesNumber: number
  sign: 1 | -1
  percent: string
  startDay: LocalDate
  endDay: LocalDate
  /** One a day from `startDay`; null: version 1 throughout. */
  blockVersions: readonly number[] | null
}

/** The billable quantities of an agreement for a period, and where they came from. */
export interface NewUsage extends AgreementKey {
  startDate: LocalDate
  endDate: LocalDate
  source: 'measured' | 'market' | 'posted'
  status: UsageStatus
  estimated?: boolean
  /** Measurements known at this moment were used. */
  asOf: Instant
  quantities: readonly UsageQuantity[]
  sources?: readonly UsageSource[]
}

export interface UsageKey {
  customerId: number
  usageId: number
}

export interface Usage extends NewUsage, UsageKey {
  estimated: boolean
  sources: UsageSource[]
  createdAt: Instant
}

export type UsageAction = 'complete' | 'charge' | 'release' | 'cancel' | 'supersede' | 'restore'

/** State x action -> state. A charge takes its usage; cancelling the charge releases it again; a rebill that is dropped restores it. */
export const USAGE_LIFE_CYCLE: Readonly<Record<UsageStatus, Partial<Record<UsageAction, UsageStatus>>>> = {
  incomplete: { complete: 'ready', cancel: 'cancelled' },
  exception: { complete: 'ready', cancel: 'cancelled' },
  ready: { charge: 'charged', cancel: 'cancelled', supersede: 'superseded' },
  charged: { release: 'ready' },
  cancelled: {},
  superseded: { restore: 'charged' },
}

/** This will tell the state of a usage after an action. Refuses an action that its state does not allow. */
export function usageAfter(status: UsageStatus, action: UsageAction): UsageStatus {
  const next = USAGE_LIFE_CYCLE[status][action]
  if (next) return next
  const remedy = status === 'charged' ? '; cancel its charge first' : ''
  throw new Refusal('conflict', 'usage_state', `The usage is ${status} and cannot ${action}${remedy}.`)
}

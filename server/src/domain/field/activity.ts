import type { Instant, LocalDate } from '../../platform/time.ts'

export type FieldKind =
  | 'read'
  | 'connect'
  | 'disconnect'
  | 'reconnect'
  | 'meter_exchange'
  | 'remove_meter'
  | 'investigate'

export type FieldStatus = 'pending' | 'scheduled' | 'dispatched' | 'held' | 'completed' | 'cancelled'

/** A time that was promised to the customer, half-open. */
export interface AppointmentWindow {
  start: Instant
  end: Instant
}

/** A dial as the crew saw it. */
export interface FieldRead {
  badge: string
  unit: string
  /** Of a register that counts one period of the day only. */
  touCode?: string
  /** Decimal text. */
  reading: string
}

export interface FieldResult {
  /** `not_possible`: the crew was there and could not do it. */
  outcome: 'done' | 'not_possible'
  reads?: readonly FieldRead[]
  /** The meter that came with an exchange. */
  newDeviceId?: number
  remarks?: string
}

/** One piece of work at a place. */
export interface FieldActivity {
  clientId: number
  activityId: number
  kind: FieldKind
  premiseId: number
  servicePointId: number | null
  customerId: number | null
  agreementId: number | null
  status: FieldStatus
  /** Only whoever answers for it (a cut: collections) may have it dispatched. */
  guarded: boolean
  /** Who asked for it, and why: `severance:100000042-3`. */
  cause: string
  requestedFor: LocalDate
  windowStart: Instant | null
  windowEnd: Instant | null
  crew: string | null
  instructions: string
  holdReason: string | null
  externalId: string | null
  dispatchedAt: Instant | null
  completedAt: Instant | null
  result: FieldResult | null
  cancelReason: string | null
  createdAt: Instant
  createdBy: string
}

/** Whether service flows at the point after this work; undefined: as before. */
export function connectedAfter(kind: FieldKind): boolean | undefined {
  if (kind === 'connect' || kind === 'reconnect') return true
  if (kind === 'disconnect' || kind === 'remove_meter') return false
  return undefined
}

/** Work that only makes sense where something is delivered. */
export const AT_A_POINT: ReadonlySet<FieldKind> = new Set([
  'read',
  'connect',
  'disconnect',
  'reconnect',
  'meter_exchange',
  'remove_meter',
])

export function activitySubject(activityId: number): string {
  return `field_activity:${activityId}`
}

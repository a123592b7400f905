import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { WorkCalendar } from '../../identity/index.ts'

/** The way of one agreement from the notice of disconnection to the cut, and back or to its final bill. */
export interface Severance {
  customerId: number
  severanceId: number
  agreementId: number
  accountNumber: number
  processId: number
  status: 'active' | 'inactive'
  noticedOn: LocalDate
  /** The first day on which it may be cut. */
  cutFrom: LocalDate
  cutActivityId: number | null
  cutOrderedAt: Instant | null
  cutDispatchedAt: Instant | null
  cutOn: LocalDate | null
  feeAdjustmentId: number | null
  reconnectActivityId: number | null
  reconnectedOn: LocalDate | null
  finalBilledOn: LocalDate | null
  endedOn: LocalDate | null
  endReason: 'paid' | 'reconnected' | 'stopped' | 'cancelled' | null
}

export type SeveranceKey = Pick<Severance, 'customerId' | 'severanceId'>

export function severanceSubject({ customerId, severanceId }: SeveranceKey): string {
  return `severance:${customerId}-${severanceId}`
}

/** This will read the severance that asked for field work; undefined when something else did. */
export function severanceOfCause(cause: string): SeveranceKey | undefined {
  const match = /^severance:(\d+)-(\d+)$/.exec(cause)
  return match ? { customerId: Number(match[1]), severanceId: Number(match[2]) } : undefined
}

/**
 * This will say whether service may be cut on a day: on a work day that another follows, so that who has paid in the
 * evening is reconnected the day after.
 */
export function isCutDay(day: LocalDate, next: LocalDate, calendar: WorkCalendar): boolean {
  return calendar.isWorkDay(day) && calendar.isWorkDay(next)
}

import type { Instant, LocalDate } from '../../platform/time.ts'
import type { Actor } from '../identity/index.ts'

/** What staff must not overlook on a customer's file. */
export interface Alert {
  customerId: number
  /** `life_support`, `bankruptcy`, `do_not_cut`, `legal_hold`, `note`. */
  kind: string
  text: string
  /** When it is about one billing account only. */
  accountNumber?: number
  startDate: LocalDate
  endDate?: LocalDate
  now: Instant
  actor: Actor
}

/** A conversation, note or log line. */
export interface LogEntry {
  customerId: number
  agreementId?: number
  accountNumber?: number
  at: Instant
  actor: Actor
  kind: 'note' | 'call' | 'letter' | 'system'
  text: string
  /** The record that it is about beside the customer, as audit names it: `payment:100000042-3`. */
  subject?: string
}

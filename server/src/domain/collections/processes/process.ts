import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { Stage } from '../debt/arrears.ts'
import type { PathStep } from '../paths/path.ts'

export type EndReason =
  | 'paid'
  | 'arrangement'
  | 'dispute'
  | 'bankruptcy'
  | 'protection'
  | 'written_off'
  | 'stopped'
  | 'done'
  | 'cancelled'

export interface ProcessKey {
  customerId: number
  processId: number
}

/** Steps against the past-due debt of one class on one billing account. */
export interface CollectionProcess extends ProcessKey {
  accountNumber: number
  debtClass: string
  stage: Stage
  /** `command` for a write-off by hand. */
  pathCode: string
  status: 'active' | 'inactive'
  arrearsDate: LocalDate
  arrearsCents: Cents
  /** It stops when no more than this is past due. */
  releaseCents: Cents
  startedOn: LocalDate
  endedOn: LocalDate | null
  endReason: EndReason | null
  /** No new process for this debt before this day. */
  notBefore: LocalDate | null
  createdAt: Instant
  createdBy: string
}

/** A step of a process, with what came of it. */
export interface ProcessStep extends ProcessKey, PathStep {
  status: 'pending' | 'complete' | 'cancelled'
  /** Null: what it waits for is not done. */
  dueDate: LocalDate | null
  /** Why a due step was not done: `protection:3`, `promise`, `legal_days`, `work_day`, `not_cut`. */
  waitingFor: string | null
  doneOn: LocalDate | null
  /** Past due when it was done. */
  askedCents: Cents | null
  result: Record<string, unknown>
}

export function processSubject({ customerId, processId }: ProcessKey): string {
  return `collection_process:${customerId}-${processId}`
}

import type { Instant, LocalDate } from '../../platform/time.ts'

/** Something a person must look at: what is wrong in one sentence with its numbers, and what to do now. */
export interface NewWorkItem {
  clientId: number
  /** `bill_held`, `usage_refused`, ... */
  kind: string
  /** `agreement:100000042-10001`. */
  subject: string
  customerId?: number
  reasonCode: string
  reason: string
  remedy: string
  detail?: Record<string, unknown>
  /** 1 is the most urgent; 3 when absent. */
  priority?: number
  dueDate?: LocalDate
  runId?: number
  createdAt: Instant
  /** A finding that nobody has to act on (a trial's) is written closed. */
  closed?: boolean
}

export interface WorkItem {
  clientId: number
  itemId: number
  kind: string
  subject: string
  customerId: number | null
  reasonCode: string
  reason: string
  remedy: string
  detail: unknown
  status: 'open' | 'done' | 'cancelled'
  priority: number
  assignedTo: string | null
  dueDate: LocalDate | null
  runId: number | null
  createdAt: Instant
  closedAt: Instant | null
  closedBy: string | null
}

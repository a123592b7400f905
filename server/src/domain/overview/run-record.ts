import type { Cents } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'

export interface CycleRecord {
  cycleCode: string
  name: string
  accounts: number
  windows: {
    periodEnd: LocalDate
    opensOn: LocalDate
    closesOn: LocalDate
    accountingDate: LocalDate
    billed: number
    /** `late`: closed, and its days are still not billed; `closed`: skipped, its days went into a later window. */
    status: 'future' | 'open' | 'late' | 'running' | 'billed' | 'closed'
  }[]
}

export interface RunRecord {
  runId: number
  cycleCode: string
  cycleName: string
  periodEnd: LocalDate
  billDate: LocalDate
  mode: 'live' | 'trial'
  status: 'planning' | 'running' | 'paused' | 'complete' | 'cancelled'
  accounts: number
  done: number
  billed: number
  held: number
  nothingDue: number
  amountCents: Cents
  requestedBy: string
  createdAt: Instant
  startedAt: Instant | null
  finishedAt: Instant | null
}

export interface HomeRecord {
  workItems: { kind: string; items: number; oldestAt: string }[]
  runningRuns: number
  windowsDue: number
  pastDueAccounts: number
  pastDueCents: Cents
  bills: number
  billedCents: Cents
  estimatedBills: number
  activeAgreements: number
}

export interface WorkItemRecord {
  itemId: number
  kind: string
  subject: string
  customerId: number | null
  agreementId: number | null
  customerName: string | null
  reasonCode: string
  reason: string
  remedy: string
  status: 'open' | 'done' | 'cancelled'
  priority: number
  assignedTo: string | null
  dueDate: LocalDate | null
  runId: number | null
  createdAt: Instant
  closedAt: Instant | null
  closedBy: string | null
}

import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'

export type RunMode = 'live' | 'trial'
export type RunStatus = 'planning' | 'running' | 'paused' | 'complete' | 'cancelled'

export interface RunKey {
  clientId: number
  runId: number
}

/** One billing of a cycle's window. */
export interface BillRun extends RunKey {
  cycleCode: string
  periodEnd: LocalDate
  billDate: LocalDate
  accountingDate: LocalDate
  mode: RunMode
  status: RunStatus
  accounts: number
  requestedBy: string
  createdAt: Instant
  startedAt: Instant | null
  finishedAt: Instant | null
}

/** What a chunk, or the chunks of a run together, have done so far. */
export interface RunCounts {
  billed: number
  held: number
  nothingDue: number
  amountCents: Cents
}

export interface RunProgress extends BillRun, RunCounts {
  chunks: number
  chunksDone: number
  accountsDone: number
  /** Accounts a second since the start; undefined before the first chunk is done. */
  accountsPerSecond?: number
  /** Undefined when nothing is left or nothing is known. */
  secondsLeft?: number
}

/** How many accounts a chunk holds: enough to make one commit cheap, few enough to be redone in a moment. */
export const CHUNK_ACCOUNTS = 200

/** Which action leads from which state to which; what is absent is refused. */
export const RUN_TRANSITIONS: Readonly<
  Record<'pause' | 'resume' | 'cancel', Partial<Record<RunStatus, RunStatus>>>
> = {
  pause: { running: 'paused' },
  resume: { paused: 'running' },
  cancel: { planning: 'cancelled', running: 'cancelled', paused: 'cancelled' },
}

/** This will cut accounts into chunks, in their order, never parting the accounts of one customer. */
export function chunkAccounts<Account extends { customerId: number }>(
  accounts: readonly Account[],
  size = CHUNK_ACCOUNTS,
): Account[][] {
  const chunks: Account[][] = []
  for (const account of accounts) {
    const chunk = chunks.at(-1)
    const full = chunk !== undefined && chunk.length >= size
    if (!chunk || (full && chunk.at(-1)?.customerId !== account.customerId)) chunks.push([account])
    else chunk.push(account)
  }
  return chunks
}

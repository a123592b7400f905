import { apart, type Database, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Clock, Instant } from '../../../platform/time.ts'
import { type AccountKey, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { closeWorkItemsAbout, openWorkItems } from '../../work/index.ts'
import type { AutopayQuery } from '../bills/account-to-bill.ts'
import { completeBills } from '../bills/complete.ts'
import { HOLD_KIND, type Hold, holdOf, holdSubject, holdWorkItem } from '../pricing/hold.ts'
import { billingPolicy } from '../pricing/policy.ts'
import { type PricedAccount, type PricingScope, priceAccounts } from '../pricing/price-accounts.ts'
import * as store from '../store/run.ts'
import type { BillRun, RunCounts, RunKey } from './run.ts'
import { getRun, runSubject } from './run-operations.ts'

export interface ChunkWorker {
  database: Database
  clock: Clock
  /** Who works: shown with the chunk. */
  worker: string
  actor: Actor
  /** Tells which accounts are paid by themselves; absent: none is known to be. */
  autopayOf?: AutopayQuery
}

/**
 * This will bill the next chunk of a run in one transaction with its claim: it is done with all its bills or not
 * begun. Returns false when no chunk is left to take. A fault of one account is met by billing the chunk again, account
 * by account, so that only the one at fault is held.
 */
export async function billChunk(context: ChunkWorker, run: BillRun): Promise<boolean> {
  try {
    return await billNext(context, run, false)
  } catch (error) {
    if (!isFaultOfAccount(error)) throw error
    return billNext(context, run, true)
  }
}

/** Not of the connection or the server, and no conflict of transactions: only then can another attempt tell more. */
function isFaultOfAccount(error: unknown): boolean {
  if (error instanceof Refusal) return true
  const { code } = error as { code?: unknown }
  return code === undefined || (typeof code === 'string' && /^(2[0-9A-F]|4[24]|XX|P0)/.test(code))
}

function billNext(context: ChunkWorker, run: BillRun, oneByOne: boolean): Promise<boolean> {
  const { database, clock, worker, actor, autopayOf } = context
  return database.transaction(async (tx) => {
    const chunk = await store.claimChunk(tx, run)
    if (!chunk) return false
    const startedAt = clock()
    const counts = await billAccounts(tx, run, chunk.accounts, {
      now: startedAt,
      oneByOne,
      ...(autopayOf && { autopayOf }),
    })
    const key = { clientId: run.clientId, runId: run.runId, chunkNumber: chunk.chunkNumber }
    await store.finishChunk(tx, key, { ...counts, worker, startedAt, finishedAt: clock() })
    await audit(tx, {
      clientId: run.clientId,
      at: startedAt,
      actor,
      operation: run.mode === 'live' ? 'billChunk' : 'tryChunk',
      subject: runSubject(run.runId),
      detail: { ...counts, chunk: chunk.chunkNumber },
    })
    return true
  })
}

interface WriteOptions {
  now: Instant
  oneByOne: boolean
  autopayOf?: AutopayQuery
}

async function billAccounts(
  tx: Tx,
  run: BillRun,
  accounts: readonly AccountKey[],
  options: WriteOptions,
): Promise<RunCounts> {
  const { now } = options
  const live = run.mode === 'live'
  if (live) await lockCustomers(tx, [...new Set(accounts.map((account) => account.customerId))])
  const priced = await priceAccounts(tx, accounts, await scopeOf(tx, run))
  const held = priced.flatMap((account) => account.holds)
  const ready = priced.filter((account) => account.holds.length === 0)
  const billed = live ? await write(tx, run, ready, options) : ready
  const refused = billed.flatMap((one) => ('holds' in one ? one.holds : []))
  await reportHolds(tx, run, [...held, ...refused], billed, now)
  const due = billed.filter((one) => one.priced.length > 0 && one.holds.length === 0)
  const heldAccounts = priced.filter((one) => one.holds.length > 0).length + refused.length
  return {
    billed: due.length,
    held: heldAccounts,
    nothingDue: accounts.length - due.length - heldAccounts,
    amountCents: due.reduce(
      (sum, one) => sum + one.priced.reduce((part, charge) => part + charge.rated.amountCents, 0),
      0,
    ),
  }
}

async function scopeOf(tx: Tx, run: BillRun): Promise<PricingScope> {
  const windows = await store.selectWindows(tx, run.clientId, run.cycleCode)
  return {
    clientId: run.clientId,
    periodEnd: run.periodEnd,
    windowEnds: windows.map((window) => window.periodEnd),
    missingTolerance: (await billingPolicy(tx, run.clientId)).missingTolerance,
  }
}

/** Returns the accounts as they came out: those that could not be written carry a hold. */
async function write(
  tx: Tx,
  run: BillRun,
  ready: readonly PricedAccount[],
  { oneByOne, ...options }: WriteOptions,
): Promise<PricedAccount[]> {
  const { clientId, runId, billDate, accountingDate } = run
  const context = { clientId, runId, billDate, accountingDate, ...options }
  if (!oneByOne) {
    await completeBills(tx, context, ready)
    return [...ready]
  }
  const written: PricedAccount[] = []
  for (const account of ready) {
    const { error } = await apart(tx, () => completeBills(tx, context, [account]))
    if (error !== undefined && !isFaultOfAccount(error)) throw error
    const { customerId, accountNumber } = account.account
    const holds = error === undefined ? account.holds : [holdOf({ customerId, accountNumber }, error)]
    written.push({ ...account, holds })
  }
  return written
}

async function reportHolds(
  tx: Tx,
  run: BillRun,
  holds: readonly Hold[],
  billed: readonly PricedAccount[],
  now: Instant,
): Promise<void> {
  const { clientId, runId } = run
  const trial = run.mode === 'trial'
  await openWorkItems(
    tx,
    holds.map((hold) => holdWorkItem(hold, { runId, trial, now })),
  )
  if (trial) return
  const subjects = billed
    .filter((one) => one.holds.length === 0)
    .flatMap(({ account, agreements }) => [
      holdSubject({ customerId: account.customerId, accountNumber: account.accountNumber }),
      ...agreements.map(holdSubject),
    ])
  await closeWorkItemsAbout(tx, { clientId, kind: HOLD_KIND, subjects, closedBy: runSubject(runId), now })
}

/**
 * This will bill chunks of a run until none is left to take, and complete the run when all are done. Any number of
 * workers may do so at once. `onChunk` is called after each chunk.
 */
export async function workBillRun(context: ChunkWorker, key: RunKey, onChunk?: () => void): Promise<void> {
  const run = await getRun(context.database.read, key)
  while (await billChunk(context, run)) onChunk?.()
  await store.completeRunWhenDone(context.database.read, key, context.clock())
}

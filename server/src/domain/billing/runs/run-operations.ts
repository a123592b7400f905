import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { accountsInCycle } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import * as store from '../store/run.ts'
import type { CycleWindow } from './cycle.ts'
import { type BillRun, chunkAccounts, RUN_TRANSITIONS, type RunKey, type RunMode } from './run.ts'

/** This will name a bill cycle and add those of its windows that are not there yet. */
export async function saveCycle(
  tx: Tx,
  input: { clientId: number; cycleCode: string; name: string; windows: readonly CycleWindow[] },
): Promise<void> {
  await store.insertCycle(tx, input.clientId, input.cycleCode, input.name)
  await store.insertWindows(tx, input.clientId, input.windows)
}

export interface RunPlan {
  window: CycleWindow
  accounts: number
}

/**
 * This will say what a run would bill: the given window, else the latest that is open on a day, and how many accounts
 * are on the cycle. Refuses: an unknown cycle, no window open yet.
 */
export async function planRun(
  tx: Tx,
  input: { clientId: number; cycleCode: string; asOf: LocalDate; periodEnd?: LocalDate },
): Promise<RunPlan> {
  const { clientId, cycleCode, asOf, periodEnd } = input
  const windows = await store.selectWindows(tx, clientId, cycleCode)
  if (windows.length === 0) {
    const codes = (await store.selectCycles(tx, clientId)).map((cycle) => cycle.cycleCode)
    const known =
      codes.length > 0 ? `cycles with windows are among ${codes.join(', ')}` : 'there are no cycles yet'
    throw new Refusal('not_found', 'cycle_unknown', `Bill cycle ${cycleCode} has no windows; ${known}.`)
  }
  const open = windows.filter((window) => window.opensOn <= asOf)
  const window = periodEnd === undefined ? open.at(-1) : open.find((one) => one.periodEnd === periodEnd)
  if (!window) {
    throw new Refusal(
      'rule',
      'window_not_open',
      `Cycle ${cycleCode} has no window ${periodEnd ? `up to ${periodEnd} ` : ''}open on ${asOf}; its first opens on ${windows[0]?.opensOn}.`,
    )
  }
  const accounts = await accountsInCycle(tx, { clientId, cycleCode })
  return { window, accounts: accounts.length }
}

/**
 * This will start a run: its accounts are cut into chunks that workers then take up. Repeating a finished run bills
 * nobody twice. Refuses what `planRun` refuses, and a live run beside an unfinished one of the same window.
 */
export async function startBillRun(
  tx: Tx,
  input: {
    clientId: number
    cycleCode: string
    billDate: LocalDate
    periodEnd?: LocalDate
    mode: RunMode
    chunkSize?: number
    now: Instant
    actor: Actor
  },
): Promise<BillRun> {
  const { clientId, cycleCode, billDate, mode, now, actor } = input
  const { window } = await planRun(tx, { ...input, asOf: billDate })
  const accounts = await accountsInCycle(tx, { clientId, cycleCode })
  const { periodEnd } = window
  const requestedBy = actor.actor
  const run = { clientId, cycleCode, periodEnd, billDate, mode, accounts: accounts.length, requestedBy, now }
  const runId = await store.insertRun(tx, run)
  if (runId === undefined) {
    throw new Refusal(
      'conflict',
      'bill_run_unfinished',
      `A live run of cycle ${cycleCode} up to ${periodEnd} is not finished; let it finish, or cancel it first.`,
    )
  }
  await store.insertChunks(tx, { clientId, runId }, chunkAccounts(accounts, input.chunkSize))
  await audit(tx, {
    clientId,
    at: now,
    actor,
    operation: 'startBillRun',
    subject: runSubject(runId),
    detail: { cycleCode, periodEnd, billDate, mode, accounts: accounts.length },
  })
  return getRun(tx, { clientId, runId })
}

export function runSubject(runId: number): string {
  return `bill_run:${runId}`
}

/** This will read a run. Refuses an unknown one. */
export async function getRun(tx: Tx, key: RunKey): Promise<BillRun> {
  const run = await store.selectRun(tx, key)
  if (run) return run
  throw new Refusal('not_found', 'bill_run_unknown', `There is no bill run ${key.runId}.`)
}

type RunAct = RunKey & { now: Instant; actor: Actor }

/** This will stop workers from taking further chunks; those in work are finished. Refuses a run that is not running. */
export function pauseBillRun(tx: Tx, act: RunAct): Promise<BillRun> {
  return changeRun(tx, 'pause', act)
}

/** This will let workers go on with a paused run. Refuses one that is not paused. */
export function resumeBillRun(tx: Tx, act: RunAct): Promise<BillRun> {
  return changeRun(tx, 'resume', act)
}

/** This will end a run: what is billed stays billed, the rest is left to another run. Refuses a finished one. */
export function cancelBillRun(tx: Tx, act: RunAct): Promise<BillRun> {
  return changeRun(tx, 'cancel', act)
}

async function changeRun(tx: Tx, action: keyof typeof RUN_TRANSITIONS, act: RunAct): Promise<BillRun> {
  const { clientId, runId, now, actor } = act
  const run = await getRun(tx, act)
  const next = RUN_TRANSITIONS[action][run.status]
  const changed =
    next !== undefined &&
    (await store.updateRunStatus(tx, act, run.status, next, next === 'cancelled' ? now : null))
  if (!changed) {
    throw new Refusal(
      'conflict',
      'bill_run_state',
      `Bill run ${runId} is ${run.status} and cannot ${action}.`,
    )
  }
  await audit(tx, { clientId, at: now, actor, operation: `${action}BillRun`, subject: runSubject(runId) })
  return getRun(tx, act)
}

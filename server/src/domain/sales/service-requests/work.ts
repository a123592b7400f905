import { apart, type Database, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { addDays, type Clock, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { lockCustomers } from '../../customers/index.ts'
import { type Actor, getClient } from '../../identity/index.ts'
import * as store from '../store/request.ts'
import { clearTrouble, fail, finish, reportTrouble } from './outcome.ts'
import { serviceRequestPolicy } from './policy.ts'
import { getServiceRequest } from './queries.ts'
import { type RequestKey, requestAfter, type WholeRequest } from './request.ts'
import { isBound, type Outcome, type Step, type StepWork } from './step.ts'
import { customersOf, STEPS } from './steps/index.ts'

/** How far a request came: a step was taken, it waits for another day, it failed, or nothing is due. */
export type Progress = 'taken' | 'waits' | 'failed' | 'idle'

/** What is closed later need not be looked at every day. */
const AFTERCARE_DAYS = 7

/**
 * This will take the next step of a request that is due by `day`, in the caller's transaction. A step that is refused
 * undoes the ones before it and the request has failed; once service has changed hands it waits instead, and a work item
 * says why. Locks the request, then every customer that it touches.
 */
export async function takeStep(
  tx: Tx,
  input: RequestKey & Pick<StepWork, 'day' | 'now' | 'actor'>,
): Promise<Progress> {
  await store.lockRequest(tx, input)
  const { day, now, actor } = input
  const request = await getServiceRequest(tx, input)
  const step = request.steps.find((one) => one.status === 'pending')
  if (!step || request.dueDate === null || request.dueDate > day) return 'idle'
  await lockCustomers(tx, await customersOf(tx, request))
  const policy = await serviceRequestPolicy(tx, input.clientId)
  const work = { request, day, policy, now, actor }
  const { result, error } = await apart(tx, () => STEPS[step.kind].act(tx, work))
  if (result && result.status !== 'waits') return taken(tx, work, step, result)
  if (result) return waits(tx, work, step, result.message)
  if (!isAboutRequest(error)) throw error
  const trouble = troubleOf(error)
  if (error instanceof Refusal && !isBound(request)) {
    await fail(tx, work, step, trouble)
    return 'failed'
  }
  await reportTrouble(tx, work, step, trouble)
  return waits(tx, work, step, trouble.message)
}

/** Conflicts of transactions and lost connections are tried again as a whole. */
function isAboutRequest(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return error instanceof Refusal || code === undefined || !/^(40|53|57|08)/.test(String(code))
}

function troubleOf(error: unknown): { code: string; message: string } {
  if (error instanceof Refusal) return error
  return { code: 'service_request_defect', message: error instanceof Error ? error.message : String(error) }
}

async function taken(
  tx: Tx,
  work: StepWork,
  step: Step,
  result: Exclude<Outcome, { status: 'waits' }>,
): Promise<Progress> {
  const { request, day, now } = work
  const made = result.status === 'done' ? (result.made ?? {}) : {}
  await store.updateStep(tx, request, {
    ...step,
    status: result.status,
    made,
    message: result.message ?? null,
    doneAt: now,
  })
  await clearTrouble(tx, work)
  const rest = request.steps.filter((one) => one.status === 'pending' && one.stepNumber !== step.stepNumber)
  const [next] = rest
  const dueDate = next ? (next.dueDate ?? day) : null
  if (request.status !== 'complete' && rest.every(({ kind }) => STEPS[kind].aftercare)) {
    await finish(tx, work, dueDate)
  } else {
    const status = request.status === 'complete' ? request.status : requestAfter(request, 'begin')
    await store.updateRequest(tx, request, { status, dueDate })
  }
  return 'taken'
}

async function waits(tx: Tx, { request, day }: StepWork, step: Step, message: string): Promise<Progress> {
  await store.updateStep(tx, request, { ...step, message })
  const days = STEPS[step.kind].aftercare ? AFTERCARE_DAYS : 1
  await store.updateRequest(tx, request, { dueDate: addDays(day, days) })
  return 'waits'
}

/** This will let a request that waits be looked at again today, because something it may wait for has happened. */
export async function wakeServiceRequest(tx: Tx, key: RequestKey & { day: LocalDate }): Promise<void> {
  await store.lockRequest(tx, key)
  const { day } = key
  const { dueDate, steps } = await getServiceRequest(tx, key)
  const step = steps.find((one) => one.status === 'pending')
  if (!step || dueDate === null || dueDate <= day || (step.dueDate ?? day) > day) return
  await store.updateRequest(tx, key, { dueDate: day })
}

/** Where requests are worked on, and who does it. */
export interface RequestWorker {
  database: Database
  clock: Clock
  actor: Actor
}

/**
 * This will take every step of a request that is due today, each in its own transaction, and answer the request. Killed
 * in between, the next call goes on where it was.
 */
export async function workServiceRequest(
  { database, clock, actor }: RequestWorker,
  key: RequestKey,
): Promise<WholeRequest> {
  const { timeZone } = await getClient(database.read, key.clientId)
  for (;;) {
    const now = clock()
    const due = { ...key, day: localDateAt(now, timeZone), now, actor }
    if ((await database.transaction((tx) => takeStep(tx, due))) !== 'taken')
      return getServiceRequest(database.read, key)
  }
}

const BATCH = 200

/** This will take the steps of all requests of a client that are due on a day, and answer how many requests moved. */
export async function workServiceRequests(
  { database, clock, actor }: RequestWorker,
  { clientId, day }: { clientId: number; day: LocalDate },
): Promise<number> {
  let moved = 0
  for (;;) {
    const due = { clientId, dueBy: day, limit: BATCH, offset: 0 }
    const { requests } = await store.selectRequests(database.read, due)
    if (requests.length === 0) return moved
    for (const request of requests) {
      let progress: Progress
      do {
        const step = { clientId, requestId: request.requestId, day, now: clock(), actor }
        progress = await database.transaction((tx) => takeStep(tx, step))
      } while (progress === 'taken')
    }
    moved += requests.length
  }
}

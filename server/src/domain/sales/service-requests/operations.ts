import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { lockCustomers } from '../../customers/index.ts'
import { type Actor, getClient } from '../../identity/index.ts'
import { getPremise } from '../../premises/index.ts'
import * as store from '../store/request.ts'
import { tell } from './outcome.ts'
import { planSteps } from './plan.ts'
import { serviceRequestPolicy } from './policy.ts'
import { getServiceRequest } from './queries.ts'
import { type RequestKey, requestAfter, type WholeRequest } from './request.ts'
import { isBound, type StepWork } from './step.ts'
import { customersOf, STEPS } from './steps/index.ts'
import { dropPending, undoSteps } from './undo.ts'
import { type NewServiceRequest, readWish } from './wish.ts'

interface Act {
  now: Instant
  actor: Actor
}

/**
 * This will write down what a customer wants, with the steps that it takes, and answer the request's id. Nothing happens
 * until it is submitted. Refuses what it cannot name: an account, agreement or premise that the client does not have, no
 * service at all, a start without a plan.
 */
export async function draftServiceRequest(tx: Tx, input: NewServiceRequest): Promise<number> {
  const { clientId, kind, requestedBy, reason = '', now, actor } = input
  const wish = await readWish(tx, input)
  await getPremise(tx, clientId, wish.premiseId)
  const row = { clientId, kind, requestedBy, reason, createdAt: now, createdBy: actor.actor, ...wish }
  const requestId = await store.insertRequest(tx, row)
  const policy = await serviceRequestPolicy(tx, clientId)
  const key = { clientId, requestId }
  await store.insertSteps(tx, key, planSteps(row, policy))
  const request = await getServiceRequest(tx, key)
  await tell(tx, { request, now, actor }, 'draftServiceRequest')
  return requestId
}

/** This will let a drafted request be worked on from today. Refuses one that was submitted before. */
export async function submitServiceRequest(tx: Tx, input: RequestKey & Act): Promise<void> {
  const { request, day, now, actor } = await locked(tx, input)
  const status = requestAfter(request, 'submit')
  await store.updateRequest(tx, request, { status, dueDate: request.steps[0]?.dueDate ?? day })
  await tell(tx, { request, now, actor }, 'submitServiceRequest', 'service_request.submitted')
}

/** This will draft and submit a request in one act, and answer its id. Refuses what drafting refuses. */
export async function requestService(tx: Tx, input: NewServiceRequest): Promise<number> {
  const requestId = await draftServiceRequest(tx, input)
  await submitServiceRequest(tx, { clientId: input.clientId, requestId, now: input.now, actor: input.actor })
  return requestId
}

/**
 * This will take a request back: a stop is withdrawn, a start is cancelled with all that it made. Refuses once service has
 * begun or ended: then it is stopped, or reinstated. Locks the request and the customers that it touches.
 */
export async function cancelServiceRequest(
  tx: Tx,
  input: RequestKey & Act & { reason: string },
): Promise<void> {
  const work = await locked(tx, input)
  const { request } = work
  const status = requestAfter(request, 'cancel')
  refuseBound(request, 'be cancelled')
  await undoWhole(tx, work)
  await dropPending(tx, work, 'The request was cancelled.')
  await store.updateRequest(tx, request, { status, dueDate: null, endedAt: input.now })
  const { reason } = input
  await tell(tx, work, 'cancelServiceRequest', 'service_request.cancelled', { reason })
}

/**
 * This will move the days of a request: what was arranged for the old ones is undone, and its steps are taken anew. An
 * account and a deposit that it made stay. Refuses once service has begun or ended, and a day that the request does not
 * have. Locks the request and the customers that it touches.
 */
export async function changeServiceDates(
  tx: Tx,
  input: RequestKey & Act & { startDate?: LocalDate; stopDate?: LocalDate },
): Promise<void> {
  const work = await locked(tx, input)
  const { request, day } = work
  const status = requestAfter(request, 'redate')
  refuseBound(request, 'be moved')
  const dates = {
    startDate: moved(request.startDate, input.startDate),
    stopDate: moved(request.stopDate, input.stopDate),
  }
  await undoWhole(tx, work, true)
  const planned = planSteps({ ...request, ...dates }, work.policy)
  await store.deleteSteps(tx, request)
  await store.insertSteps(tx, request, planned)
  for (const step of planned) {
    const kept = request.steps.find((one) => one.kind === step.kind && one.status === 'done')
    if (kept && STEPS[step.kind].keeps)
      await store.updateStep(tx, request, { ...kept, stepNumber: step.stepNumber })
  }
  const dueDate = status === 'draft' ? null : day
  await store.updateRequest(tx, request, { ...dates, status, dueDate })
  await tell(
    tx,
    { ...work, request: { ...request, ...dates } },
    'changeServiceDates',
    'service_request.moved',
  )
}

function moved(present: LocalDate | null, wanted: LocalDate | undefined): LocalDate | null {
  if (wanted === undefined) return present
  if (present !== null) return wanted
  throw new Refusal('rule', 'service_date_unused', 'The request has no such day; it starts or stops nothing.')
}

async function locked(tx: Tx, { clientId, requestId, now, actor }: RequestKey & Act): Promise<StepWork> {
  await store.lockRequest(tx, { clientId, requestId })
  const request = await getServiceRequest(tx, { clientId, requestId })
  await lockCustomers(tx, await customersOf(tx, request))
  const { timeZone } = await getClient(tx, clientId)
  const policy = await serviceRequestPolicy(tx, clientId)
  return { request, day: localDateAt(now, timeZone), policy, now, actor }
}

function refuseBound(request: WholeRequest, action: string): void {
  if (!isBound(request)) return
  throw new Refusal(
    'conflict',
    'service_request_too_late',
    `Service has changed hands already; request ${request.requestId} cannot ${action}. Stop or reinstate the service.`,
  )
}

/** All of it, or with `redate` all that depends on the days. */
async function undoWhole(tx: Tx, work: StepWork, redate = false): Promise<void> {
  const keep = redate ? ({ kind }: { kind: keyof typeof STEPS }) => STEPS[kind].keeps === true : undefined
  const [stuck] = await undoSteps(tx, work, keep)
  if (!stuck) return
  throw new Refusal('conflict', 'service_request_stuck', stuck.message ?? 'A step could not be undone.')
}

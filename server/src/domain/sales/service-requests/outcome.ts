import type { Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { audit } from '../../identity/index.ts'
import { closeWorkItemsAbout, openWorkItems } from '../../work/index.ts'
import { updateRequest, updateStep } from '../store/request.ts'
import { requestAfter, requestSubject, type WholeRequest } from './request.ts'
import { madeBy, type Step, type StepWork } from './step.ts'
import { dropPending, undoSteps } from './undo.ts'

const WAITING = 'service_request_waits'

/** What there was to say against a step. */
export interface Trouble {
  code: string
  message: string
}

/** This will write that a request is complete, and tell it; what is left may be looked at later. */
export async function finish(tx: Tx, work: StepWork, dueDate: LocalDate | null): Promise<void> {
  const { request, now } = work
  const status = requestAfter({ ...request, status: requestAfter(request, 'begin') }, 'complete')
  await updateRequest(tx, request, { status, dueDate, endedAt: now })
  await tell(tx, work, 'completeServiceRequest', EVENTS[request.kind])
}

/** A start and a stop are told when service begins and ends. */
const EVENTS = {
  start: undefined,
  stop: undefined,
  transfer: 'service.transferred',
  reinstate: 'service.reinstated',
} as const

/** This will undo what a request has done, because a step was refused, and leave a work item. */
export async function fail(tx: Tx, work: StepWork, step: Step, { code, message }: Trouble): Promise<void> {
  const { request, now } = work
  const left = await undoSteps(tx, work)
  await updateStep(tx, request, { ...step, status: 'failed', message, doneAt: now })
  const others = request.steps.filter((one) => one.stepNumber !== step.stepNumber)
  await dropPending(tx, { ...work, request: { ...request, steps: others } }, 'The request has failed.')
  const status = requestAfter(request, 'fail')
  await updateRequest(tx, request, { status, dueDate: null, faultCode: code, fault: message, endedAt: now })
  const rest = left.map((one) => `${one.kind}: ${one.message}`).join(' ')
  await openWorkItems(tx, [
    {
      ...itemOf(request),
      kind: 'service_request_failed',
      reasonCode: code,
      reason: `The ${request.kind} of service failed at ${words(step.kind)}: ${message} ${rest}`.trim(),
      remedy:
        left.length === 0
          ? 'Nothing is left of it; settle the cause and ask for it again.'
          : 'Undo by hand what is named, settle the cause and ask for it again.',
      createdAt: now,
    },
  ])
  await tell(tx, work, 'failServiceRequest', 'service_request.failed', { step: step.kind, code, message })
}

/** This will leave a work item about a step that waits for somebody. */
export async function reportTrouble(
  tx: Tx,
  { request, now }: StepWork,
  step: Step,
  { code, message }: Trouble,
): Promise<void> {
  await openWorkItems(tx, [
    {
      ...itemOf(request),
      kind: WAITING,
      reasonCode: code,
      reason: `The ${request.kind} of service waits at ${words(step.kind)}: ${message}`,
      remedy: 'Settle the cause; the step is tried again every day.',
      createdAt: now,
    },
  ])
}

/** This will close the work items about a request that goes on. */
export async function clearTrouble(tx: Tx, { request, now, actor }: StepWork): Promise<void> {
  const { clientId } = request
  const subjects = [requestSubject(request)]
  await closeWorkItemsAbout(tx, { clientId, kind: WAITING, subjects, closedBy: actor.actor, now })
}

/** This will write an act on a request, and tell it when it has a name. */
export async function tell(
  tx: Tx,
  { request, now, actor }: Pick<StepWork, 'request' | 'now' | 'actor'>,
  operation: string,
  type?: string,
  facts: Record<string, unknown> = {},
): Promise<void> {
  const { clientId, requestId, kind, customerId, accountNumber, startDate, stopDate } = request
  const subject = requestSubject(request)
  const agreementIds = madeBy(request, 'start_agreements').agreementIds ?? request.terms.agreementIds ?? []
  const dates = { startDate, stopDate }
  const payload = { requestId, kind, customerId, accountNumber, agreementIds, ...dates, ...facts }
  await audit(tx, { clientId, at: now, actor, operation, subject, detail: payload })
  if (type) await emit(tx, [{ clientId, at: now, type, subject, payload }])
}

function itemOf(request: WholeRequest) {
  const { clientId, customerId } = request
  return { clientId, subject: requestSubject(request), ...(customerId !== null && { customerId }) }
}

function words(code: string): string {
  return code.replaceAll('_', ' ')
}

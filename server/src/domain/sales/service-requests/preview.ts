import { type Tx, undone } from '../../../platform/db/index.ts'
import { type Instant, type LocalDate, localDateAt, Temporal } from '../../../platform/time.ts'
import { completeFieldActivity, getFieldActivity } from '../../field/index.ts'
import { type Actor, getClient } from '../../identity/index.ts'
import { type Posted, postedBy } from '../../receivables/index.ts'
import { requestService } from './operations.ts'
import { getServiceRequest } from './queries.ts'
import type { RequestStatus, WholeRequest } from './request.ts'
import { madeBy, type Step } from './step.ts'
import { customersOf, STEPS } from './steps/index.ts'
import type { NewServiceRequest } from './wish.ts'
import { takeStep } from './work.ts'

/** A step as it would be taken, the day on which, and what it would post. */
export interface PreviewedStep extends Pick<Step, 'kind' | 'status' | 'dueDate' | 'made' | 'message'> {
  takenOn: LocalDate | null
  posted: Posted | null
}

export interface PreviewedRequest {
  status: RequestStatus
  fault: string | null
  steps: PreviewedStep[]
}

/**
 * This will show what a request would do, step by step with days and money, by taking its steps as if each one's day had
 * come, field work done, and undoing them. It ends at a step that needs what only time brings (a last reading), and before
 * what is looked at after the request is complete. Refuses what drafting refuses.
 */
export function previewServiceRequest(tx: Tx, input: NewServiceRequest): Promise<PreviewedRequest> {
  return undone(tx, async () => {
    const { clientId, actor } = input
    const key = { clientId, requestId: await requestService(tx, input) }
    const { timeZone } = await getClient(tx, clientId)
    const taken = new Map<number, { takenOn: LocalDate; posted: Posted }>()
    let { now } = input
    for (;;) {
      const request = await getServiceRequest(tx, key)
      const step = nextOf(request)
      if (!step || request.dueDate === null) break
      const today = localDateAt(now, timeZone)
      if (request.dueDate > today) now = noonOf(request.dueDate, timeZone)
      const day = localDateAt(now, timeZone)
      await doFieldWork(tx, request, step, { now, actor })
      const files = await customersOf(tx, request)
      const { result, posted } = await postedBy(tx, files, () => takeStep(tx, { ...key, day, now, actor }))
      if (result !== 'taken') break
      taken.set(step.stepNumber, { takenOn: day, posted })
    }
    return toPreview(await getServiceRequest(tx, key), taken)
  })
}

function nextOf({ status, steps }: WholeRequest): Step | undefined {
  const step = steps.find((one) => one.status === 'pending')
  return step && status !== 'complete' && !STEPS[step.kind].aftercare ? step : undefined
}

function noonOf(day: LocalDate, timeZone: string): Instant {
  return Temporal.PlainDateTime.from(`${day}T12:00`).toZonedDateTime(timeZone).toInstant()
}

/** The crew is assumed to have switched service on by the day on which it begins. */
async function doFieldWork(
  tx: Tx,
  request: WholeRequest,
  { kind }: Step,
  { now, actor }: { now: Instant; actor: Actor },
): Promise<void> {
  if (kind !== 'begin_service') return
  const { clientId } = request
  for (const activityId of madeBy(request, 'order_start_work').activityIds ?? []) {
    const { status } = await getFieldActivity(tx, clientId, activityId)
    if (status === 'completed') continue
    const result = { outcome: 'done' as const }
    await completeFieldActivity(tx, { clientId, activityId, completedAt: now, result, now, actor })
  }
}

function toPreview(
  { status, fault, steps }: WholeRequest,
  taken: ReadonlyMap<number, { takenOn: LocalDate; posted: Posted }>,
): PreviewedRequest {
  return {
    status,
    fault,
    steps: steps.map(({ stepNumber, kind, status, dueDate, made, message }) => ({
      kind,
      status,
      dueDate,
      made,
      message,
      takenOn: taken.get(stepNumber)?.takenOn ?? null,
      posted: taken.get(stepNumber)?.posted ?? null,
    })),
  }
}

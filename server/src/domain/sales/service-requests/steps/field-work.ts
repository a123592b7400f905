import type { Tx } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import type { LocalDate } from '../../../../platform/time.ts'
import {
  cancelFieldActivity,
  type FieldKind,
  getFieldActivity,
  requestFieldActivity,
} from '../../../field/index.ts'
import { getServicePoints, type ServicePoint, seriesOfServicePoints } from '../../../metering/index.ts'
import { requestSubject } from '../request.ts'
import { type Made, madeBy, type Outcome, type StepDefinition, type StepWork } from '../step.ts'
import { agreementsNamed, holdersFrom, pointsToStart, reversionOf } from './places.ts'

/** Service is switched on where nothing flows; dials are read where there are any. */
export const orderStartWork: StepDefinition = {
  async act(tx, work) {
    const { startDate } = work.request
    if (startDate === null) throw new Error('nothing starts')
    return order(tx, work, await pointsToStart(tx, work.request), startDate, (point) =>
      point.status === 'connected' ? readDials(tx, point) : 'connect',
    )
  },
  undo: callBack,
}

/** Service is switched off where nobody takes it over; dials are read where there are any. */
export const orderStopWork: StepDefinition = {
  async act(tx, work) {
    const { request, policy } = work
    const { stopDate } = request
    if (stopDate === null) throw new Error('nothing stops')
    const off = request.terms.disconnect ?? policy.disconnectOnStop
    return order(tx, work, await pointsLeft(tx, work), stopDate, async (point) =>
      off && point.status === 'connected' && !(await isTakenOver(tx, point, stopDate))
        ? 'disconnect'
        : readDials(tx, point),
    )
  },
  undo: callBack,
}

/** Service is switched on again where the stop had it switched off. */
export const orderReconnect: StepDefinition = {
  async act(tx, work) {
    return order(tx, work, await pointsLeft(tx, work), work.day, (point) =>
      point.status === 'disconnected' ? 'reconnect' : undefined,
    )
  },
  undo: callBack,
}

type Choice = FieldKind | undefined

async function order(
  tx: Tx,
  { request, now, actor }: StepWork,
  points: readonly ServicePoint[],
  requestedFor: LocalDate,
  choose: (point: ServicePoint) => Choice | Promise<Choice>,
): Promise<Outcome> {
  const { clientId, customerId } = request
  const activityIds: number[] = []
  const kinds: FieldKind[] = []
  for (const point of points) {
    const kind = await choose(point)
    if (kind === undefined) continue
    const { servicePointId } = point
    const cause = `${requestSubject(request)}/${servicePointId}`
    const who = customerId === null ? {} : { customerId }
    const work = { clientId, kind, servicePointId, cause, requestedFor, now, actor, ...who }
    activityIds.push(await requestFieldActivity(tx, work))
    kinds.push(kind)
  }
  if (activityIds.length === 0) return { status: 'skipped', message: 'Nothing is to be done at the place.' }
  return { status: 'done', made: { activityIds }, message: `Asked for: ${kinds.join(', ')}.` }
}

async function callBack(tx: Tx, work: StepWork, { activityIds = [] }: Made): Promise<void> {
  const { now, actor } = work
  const { clientId } = work.request
  for (const activityId of activityIds) {
    const { status } = await getFieldActivity(tx, clientId, activityId)
    if (status === 'completed' || status === 'cancelled') continue
    await cancelFieldActivity(tx, { clientId, activityId, reason: 'Not needed any more.', now, actor })
  }
}

/** This will call back what a stop had asked of the field and what is not done. */
export const callBackWork = callBack

async function readDials(tx: Tx, { servicePointId }: ServicePoint): Promise<Choice> {
  const series = await seriesOfServicePoints(tx, [servicePointId])
  return series.some(({ kind }) => kind === 'register') ? 'read' : undefined
}

async function pointsLeft(tx: Tx, { request }: StepWork): Promise<ServicePoint[]> {
  const points = (await agreementsNamed(tx, request)).flatMap((agreement) => agreement.points)
  const ids = new Set(points.map((point) => point.servicePointId))
  const left = await getServicePoints(tx, [...ids])
  return left.sort((a, b) => a.servicePointId - b.servicePointId)
}

async function isTakenOver(tx: Tx, point: ServicePoint, stopDate: LocalDate): Promise<boolean> {
  if (await reversionOf(tx, point, stopDate)) return true
  return (await holdersFrom(tx, point.servicePointId, stopDate)).length > 0
}

/** This will tell to wait while service is not switched on yet. Refuses when the field could not do it. */
export async function fieldWorkFirst(tx: Tx, { request }: StepWork): Promise<Outcome | undefined> {
  for (const activityId of madeBy(request, 'order_start_work').activityIds ?? []) {
    const { kind, status, result } = await getFieldActivity(tx, request.clientId, activityId)
    if (kind === 'read') continue
    if (status === 'cancelled' || (status === 'completed' && result?.outcome !== 'done'))
      throw new Refusal(
        'conflict',
        'field_work_not_done',
        `Service could not be switched on (field activity ${activityId}); settle the cause and ask again.`,
      )
    if (status !== 'completed')
      return { status: 'waits', message: `Field activity ${activityId} has to switch service on first.` }
  }
  return undefined
}

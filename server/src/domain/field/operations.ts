import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { emit } from '../../platform/outbox.ts'
import { type Instant, type LocalDate, Temporal } from '../../platform/time.ts'
import { getAgreement } from '../agreements/index.ts'
import { clientOf } from '../customers/index.ts'
import { type Actor, audit } from '../identity/index.ts'
import { exchangeMeter, getServicePoint, removeMeter, setConnected } from '../metering/index.ts'
import { getPremise } from '../premises/index.ts'
import {
  type AppointmentWindow,
  AT_A_POINT,
  activitySubject,
  connectedAfter,
  type FieldActivity,
  type FieldKind,
  type FieldResult,
} from './activity.ts'
import { activityAfter, type FieldAction } from './life-cycle.ts'
import { unknownActivity } from './queries.ts'
import * as store from './store.ts'

interface Done {
  now: Instant
  actor: Actor
}

interface Named extends Done {
  clientId: number
  activityId: number
}

export interface NewFieldActivity extends Done {
  clientId: number
  kind: FieldKind
  /** The service point's own when left out. */
  premiseId?: number
  servicePointId?: number
  customerId?: number
  agreementId?: number
  /** The same work is asked for once for one cause: `severance:100000042-3`. */
  cause: string
  requestedFor: LocalDate
  instructions?: string
  externalId?: string
  guarded?: boolean
}

/**
 * This will ask for work at a service point or premise and answer the activity's id; asked again for the same cause, the
 * id of the one that is there. Refuses a place or agreement that the client does not have.
 */
export async function requestFieldActivity(tx: Tx, input: NewFieldActivity): Promise<number> {
  const { clientId, kind, now, actor } = input
  const premiseId = await placeOf(tx, input)
  const { customerId = null, agreementId = null, servicePointId = null, externalId = null } = input
  if (customerId !== null && clientOf(customerId) !== clientId)
    throw new Refusal('not_found', 'customer_unknown', 'There is no such customer.')
  if (agreementId !== null) {
    if (customerId === null) throw new Error('an agreement is named with its customer')
    await getAgreement(tx, { customerId, agreementId })
  }
  const activityId = await store.insertActivity(tx, {
    ...{ clientId, kind, premiseId, servicePointId, customerId, agreementId, externalId },
    guarded: input.guarded ?? false,
    cause: input.cause,
    requestedFor: input.requestedFor,
    instructions: input.instructions ?? '',
    createdAt: now,
    createdBy: actor.actor,
  })
  if (activityId === undefined) return (await store.selectByCause(tx, input))?.activityId ?? 0
  const facts = { activityId, kind, servicePointId, customerId, agreementId, cause: input.cause }
  await tell(tx, { ...input, activityId }, 'requestFieldActivity', 'field.requested', facts)
  return activityId
}

async function placeOf(tx: Tx, input: NewFieldActivity): Promise<number> {
  const { clientId, kind, servicePointId } = input
  if (servicePointId === undefined && AT_A_POINT.has(kind))
    throw new Refusal('malformed', 'service_point_missing', `Say at which service point to ${kind}.`)
  const point = servicePointId === undefined ? undefined : await getServicePoint(tx, servicePointId)
  if (point && point.clientId !== clientId)
    throw new Refusal('not_found', 'service_point_unknown', `There is no service point ${servicePointId}.`)
  const premiseId = point?.premiseId ?? input.premiseId
  if (premiseId === undefined)
    throw new Refusal('malformed', 'premise_missing', 'Say at which premise or service point the work is.')
  return (await getPremise(tx, clientId, premiseId)).premiseId
}

/** This will give work its day, crew and appointment. Refuses a window that ends before it starts, and finished work. */
export async function scheduleFieldActivity(
  tx: Tx,
  input: Named & { requestedFor: LocalDate; window?: AppointmentWindow; crew?: string },
): Promise<void> {
  const { requestedFor, window, crew } = input
  if (window && Temporal.Instant.compare(window.end, window.start) <= 0)
    throw new Refusal('rule', 'end_before_start', 'The appointment must end after it starts.')
  const times = window ? { windowStart: window.start, windowEnd: window.end } : {}
  const change = { requestedFor, ...times, ...(crew !== undefined && { crew }) }
  await act(tx, input, 'schedule', change, 'scheduleFieldActivity')
}

/**
 * This will send work to its crew. Guarded work (a cut) needs `cleared`: only whoever has just checked what forbids it
 * says so. Refuses work that is held or finished.
 */
export async function dispatchFieldActivity(
  tx: Tx,
  input: Named & { crew?: string; cleared?: boolean },
): Promise<void> {
  const { crew } = input
  const activity = await lock(tx, input)
  if (activity.guarded && !input.cleared)
    throw new Refusal(
      'forbidden',
      'field_activity_guarded',
      `Field activity ${activity.activityId} may only be dispatched by who asked for it; dispatch the cut in collections.`,
    )
  const change = { dispatchedAt: input.now, ...(crew !== undefined && { crew }) }
  await act(tx, input, 'dispatch', change, 'dispatchFieldActivity')
}

/** This will keep work from being done until it is released. */
export async function holdFieldActivity(tx: Tx, input: Named & { reason: string }): Promise<void> {
  await act(tx, input, 'hold', { holdReason: input.reason, dispatchedAt: null }, 'holdFieldActivity')
}

/** This will let held work go on: it is pending again. */
export async function releaseFieldActivity(tx: Tx, input: Named): Promise<void> {
  await act(tx, input, 'release', { holdReason: null }, 'releaseFieldActivity')
}

/** This will cancel work. Cancelled work is history; the same cause may ask again. */
export async function cancelFieldActivity(tx: Tx, input: Named & { reason: string }): Promise<void> {
  const change = { cancelReason: input.reason, holdReason: null }
  await act(tx, input, 'cancel', change, 'cancelFieldActivity')
}

export interface FieldCompletion extends Named {
  /** When it was done. */
  completedAt: Instant
  result: FieldResult
  /** The field system's own number of the work: reported twice, it is completed once. */
  externalId?: string
}

/**
 * This will record what came of work, as the crew or an outside system tells: service switched on or off, a meter
 * exchanged or removed, dials read. What a crew did before it heard that the work was held or called back is recorded all
 * the same. Told again with the same outcome and time: nothing more happens. Refuses work that was cancelled before it
 * was sent out or was completed otherwise, and a time to come. Locks the service point.
 */
export async function completeFieldActivity(tx: Tx, input: FieldCompletion): Promise<void> {
  const activity = await lockDone(tx, input)
  if (isSameCompletion(activity, input)) return
  if (Temporal.Instant.compare(input.completedAt, input.now) > 0)
    throw new Refusal('rule', 'completed_in_future', 'Work cannot be completed at a time to come.')
  const { completedAt, result, externalId } = input
  const change = { completedAt, result, holdReason: null, ...(externalId !== undefined && { externalId }) }
  if (result.outcome === 'done') await takeEffect(tx, activity, input)
  const { kind, servicePointId, customerId, agreementId, cause } = activity
  await act(tx, input, 'complete', change, 'completeFieldActivity', {
    ...{ kind, servicePointId, customerId, agreementId, cause, outcome: result.outcome },
    completedAt: completedAt.toString(),
    reads: result.reads ?? [],
  })
}

/** Work that was sent out, called back too late and done is under way again; unless it was asked for anew since. */
async function lockDone(tx: Tx, input: FieldCompletion): Promise<FieldActivity> {
  const activity = await lock(tx, input)
  const { status, dispatchedAt } = activity
  if (status !== 'cancelled' || dispatchedAt === null || input.result.outcome !== 'done') return activity
  if (await store.selectByCause(tx, activity)) return activity
  await store.updateActivity(tx, activity, { status: 'dispatched', cancelReason: null })
  return lock(tx, input)
}

function isSameCompletion(activity: FieldActivity, input: FieldCompletion): boolean {
  return (
    activity.status === 'completed' &&
    activity.completedAt !== null &&
    Temporal.Instant.compare(activity.completedAt, input.completedAt) === 0 &&
    activity.result?.outcome === input.result.outcome &&
    (input.externalId === undefined || input.externalId === activity.externalId)
  )
}

async function takeEffect(tx: Tx, activity: FieldActivity, input: FieldCompletion): Promise<void> {
  activityAfter(activity.activityId, activity.status, 'complete')
  const { servicePointId, kind } = activity
  if (servicePointId === null) return
  const { newDeviceId } = input.result
  if (kind === 'meter_exchange' && newDeviceId !== undefined)
    await exchangeMeter(tx, { servicePointId, deviceId: newDeviceId, at: input.completedAt })
  if (kind === 'remove_meter') await removeMeter(tx, { servicePointId, removedAt: input.completedAt })
  const connected = connectedAfter(kind)
  if (connected !== undefined) await setConnected(tx, { servicePointId, connected })
}

async function lock(tx: Tx, { clientId, activityId }: Named): Promise<FieldActivity> {
  const activity = await store.lockActivity(tx, clientId, activityId)
  if (activity) return activity
  throw unknownActivity(activityId)
}

const EVENTS: Record<FieldAction, string> = {
  schedule: 'field.scheduled',
  dispatch: 'field.dispatched',
  hold: 'field.held',
  release: 'field.released',
  complete: 'field.completed',
  cancel: 'field.cancelled',
}

async function act(
  tx: Tx,
  input: Named,
  action: FieldAction,
  change: Omit<Parameters<typeof store.updateActivity>[2], 'status'>,
  operation: string,
  facts: Record<string, unknown> = {},
): Promise<void> {
  const activity = await lock(tx, input)
  const status = activityAfter(activity.activityId, activity.status, action)
  await store.updateActivity(tx, activity, { ...change, status })
  const { activityId, kind, cause, servicePointId, customerId } = activity
  const known = { activityId, kind, cause, servicePointId, customerId, status, ...facts }
  await tell(tx, input, operation, EVENTS[action], known)
}

async function tell(
  tx: Tx,
  { clientId, activityId, now, actor }: Named,
  operation: string,
  type: string,
  payload: Record<string, unknown>,
): Promise<void> {
  const subject = activitySubject(activityId)
  await audit(tx, { clientId, at: now, actor, operation, subject, detail: payload })
  await emit(tx, [{ clientId, at: now, type, subject, payload }])
}

import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { getServicePoint, lockServicePoints } from '../../metering/index.ts'
import { insertHold, type SwitchHold, selectHolds, updateHoldEnd } from '../store/switch-hold.ts'

interface Act {
  clientId: number
  servicePointId: number
  now: Instant
  actor: Actor
}

/**
 * This will keep service at a point from going to anybody else, as after tampering, and answer the hold's number.
 * Refuses an unknown point, and one that is held already. Locks the service point.
 */
export async function placeSwitchHold(
  tx: Tx,
  input: Act & { reason: string; startDate: LocalDate },
): Promise<number> {
  const { clientId, servicePointId, reason, startDate, now, actor } = input
  const holds = await lockHolds(tx, input)
  if (holds.some((hold) => hold.endDate === null))
    throw new Refusal('conflict', 'switch_hold_present', `Service point ${servicePointId} is held already.`)
  const holdNumber = (holds.at(-1)?.holdNumber ?? 0) + 1
  const hold = { clientId, servicePointId, holdNumber, reason, startDate, endDate: null }
  await insertHold(tx, { ...hold, createdAt: now, createdBy: actor.actor })
  const subject = `service_point:${servicePointId}`
  await audit(tx, { clientId, at: now, actor, operation: 'placeSwitchHold', subject, detail: { reason } })
  return holdNumber
}

/** This will let service at a point go to others from a day on. Refuses a point that is not held. Locks the service point. */
export async function liftSwitchHold(tx: Tx, input: Act & { endDate: LocalDate }): Promise<void> {
  const { clientId, servicePointId, endDate, now, actor } = input
  const open = (await lockHolds(tx, input)).find((hold) => hold.endDate === null)
  if (!open)
    throw new Refusal('conflict', 'switch_hold_absent', `Service point ${servicePointId} is not held.`)
  if (endDate <= open.startDate)
    throw new Refusal(
      'rule',
      'end_before_start',
      `The hold began on ${open.startDate}; it can only end later.`,
    )
  await updateHoldEnd(tx, open, endDate)
  const subject = `service_point:${servicePointId}`
  await audit(tx, { clientId, at: now, actor, operation: 'liftSwitchHold', subject, detail: { endDate } })
}

/** This will list the holds that service points of a client had and have. */
export function switchHolds(
  tx: Tx,
  clientId: number,
  servicePointIds: readonly number[],
): Promise<SwitchHold[]> {
  return selectHolds(tx, clientId, servicePointIds)
}

async function lockHolds(tx: Tx, { clientId, servicePointId }: Act): Promise<SwitchHold[]> {
  await lockServicePoints(tx, [servicePointId])
  const point = await getServicePoint(tx, servicePointId)
  if (point.clientId !== clientId)
    throw new Refusal('not_found', 'service_point_unknown', `There is no service point ${servicePointId}.`)
  return selectHolds(tx, clientId, [servicePointId])
}

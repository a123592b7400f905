import { Refusal } from '../../platform/errors.ts'
import type { FieldStatus } from './activity.ts'

export type FieldAction = 'schedule' | 'dispatch' | 'hold' | 'release' | 'complete' | 'cancel'

/**
 * State x action -> state. An action that a state does not name is refused. Held work is not sent out, but a crew that
 * was there already tells what it did.
 */
export const FIELD_LIFE_CYCLE: Readonly<Record<FieldStatus, Partial<Record<FieldAction, FieldStatus>>>> = {
  pending: {
    schedule: 'scheduled',
    dispatch: 'dispatched',
    hold: 'held',
    complete: 'completed',
    cancel: 'cancelled',
  },
  scheduled: {
    schedule: 'scheduled',
    dispatch: 'dispatched',
    hold: 'held',
    complete: 'completed',
    cancel: 'cancelled',
  },
  dispatched: { schedule: 'scheduled', hold: 'held', complete: 'completed', cancel: 'cancelled' },
  held: { release: 'pending', complete: 'completed', cancel: 'cancelled' },
  completed: {},
  cancelled: {},
}

/** This will tell the state after an action. Refuses an action that the state does not allow. */
export function activityAfter(activityId: number, status: FieldStatus, action: FieldAction): FieldStatus {
  const next = FIELD_LIFE_CYCLE[status][action]
  if (next) return next
  const allowed = Object.keys(FIELD_LIFE_CYCLE[status])
  throw new Refusal(
    'conflict',
    'field_activity_state',
    `Field activity ${activityId} is ${status} and cannot ${action}; ${allowed.length === 0 ? 'nothing more can happen to it' : `it can ${allowed.join(' or ')}`}.`,
  )
}

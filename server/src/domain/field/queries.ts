import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { FieldActivity } from './activity.ts'
import { type FieldFilter, selectActivities } from './store.ts'

/** This will list field work of a client by place, customer, agreement, state or cause, the latest day first. */
export function fieldActivities(
  tx: Tx,
  filter: FieldFilter,
): Promise<{ activities: FieldActivity[]; total: number }> {
  return selectActivities(tx, filter)
}

/** This will read one piece of field work. Refuses an unknown one. */
export async function getFieldActivity(tx: Tx, clientId: number, activityId: number): Promise<FieldActivity> {
  const { activities } = await selectActivities(tx, {
    clientId,
    activityIds: [activityId],
    limit: 1,
    offset: 0,
  })
  const [activity] = activities
  if (activity) return activity
  throw unknownActivity(activityId)
}

export function unknownActivity(activityId: number): Refusal {
  return new Refusal('not_found', 'field_activity_unknown', `There is no field activity ${activityId}.`)
}

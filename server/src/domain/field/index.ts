export {
  type AppointmentWindow,
  activitySubject,
  connectedAfter,
  type FieldActivity,
  type FieldKind,
  type FieldRead,
  type FieldResult,
  type FieldStatus,
} from './activity.ts'
export { activityAfter, FIELD_LIFE_CYCLE, type FieldAction } from './life-cycle.ts'
export {
  cancelFieldActivity,
  completeFieldActivity,
  dispatchFieldActivity,
  type FieldCompletion,
  holdFieldActivity,
  type NewFieldActivity,
  releaseFieldActivity,
  requestFieldActivity,
  scheduleFieldActivity,
} from './operations.ts'
export { fieldActivities, getFieldActivity } from './queries.ts'
export type { FieldFilter } from './store.ts'

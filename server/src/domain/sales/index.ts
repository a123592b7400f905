export { endService } from './changes/end-service.ts'
export {
  type PlanChange,
  type PlanChangeTerms,
  planChangeTerms,
  reassignPlan,
} from './changes/reassign-plan.ts'
export { correctStartDate } from './changes/start-date.ts'
export { keepServiceDates } from './service-dates/keep.ts'
export {
  cancelServiceRequest,
  changeServiceDates,
  draftServiceRequest,
  requestService,
  submitServiceRequest,
} from './service-requests/operations.ts'
export {
  type PreviewedRequest,
  type PreviewedStep,
  previewServiceRequest,
} from './service-requests/preview.ts'
export { findServiceRequests, getServiceRequest } from './service-requests/queries.ts'
export {
  REQUEST_LIFE_CYCLE,
  type RequestAction,
  type RequestKey,
  type RequestKind,
  type RequestStatus,
  type RequestTerms,
  requestOfCause,
  requestSubject,
  type ServiceRequest,
  type ServiceToStart,
  type WholeRequest,
} from './service-requests/request.ts'
export type { Made, Step, StepKind, StepStatus } from './service-requests/step.ts'
export type { NewAccountTerms } from './service-requests/terms.ts'
export type {
  NewServiceRequest,
  ReinstateWish,
  StartWish,
  StopWish,
  TransferWish,
} from './service-requests/wish.ts'
export {
  type Progress,
  type RequestWorker,
  takeStep,
  wakeServiceRequest,
  workServiceRequest,
  workServiceRequests,
} from './service-requests/work.ts'
export type { RequestFilter } from './store/request.ts'
export type { SwitchHold } from './store/switch-hold.ts'
export { serviceRequestInvariants } from './store/verify.ts'
export { liftSwitchHold, placeSwitchHold, switchHolds } from './switch-holds/operations.ts'

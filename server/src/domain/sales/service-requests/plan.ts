import { addDays, type LocalDate } from '../../../platform/time.ts'
import type { ServiceRequestPolicy } from './policy.ts'
import type { RequestKind, ServiceRequest } from './request.ts'
import type { Step, StepDefinition, StepKind } from './step.ts'
import { STEPS } from './steps/index.ts'

/** The steps of each kind of request, in order where they fall on one day. */
const PLANS: Readonly<Record<RequestKind, readonly StepKind[]>> = {
  start: [
    'check_start',
    'open_account',
    'release_landlord',
    'start_agreements',
    'order_start_work',
    'assess_deposit',
    'begin_service',
  ],
  stop: [
    'check_stop',
    'request_stop',
    'revert_to_landlord',
    'order_stop_work',
    'end_service',
    'final_bill',
    'pay_out_credit',
    'close_agreements',
  ],
  transfer: [
    'check_start',
    'check_stop',
    'release_landlord',
    'start_agreements',
    'order_start_work',
    'request_stop',
    'revert_to_landlord',
    'order_stop_work',
    'begin_service',
    'end_service',
    'carry_deposits',
    'final_bill',
    'carry_balance',
    'close_agreements',
  ],
  reinstate: ['check_reinstate', 'resume_agreements', 'cancel_final_bill', 'drop_stop', 'order_reconnect'],
}

/** This will plan a request: its steps with their days, earliest first. */
export function planSteps(
  request: Pick<ServiceRequest, 'kind' | 'startDate' | 'stopDate'>,
  policy: ServiceRequestPolicy,
): Pick<Step, 'stepNumber' | 'kind' | 'dueDate'>[] {
  const dated = PLANS[request.kind].map((kind) => ({
    kind,
    dueDate: dueDateOf(STEPS[kind], request, policy),
  }))
  const ordered = dated.toSorted((a, b) => (a.dueDate ?? '').localeCompare(b.dueDate ?? ''))
  return ordered.map((step, index) => ({ ...step, stepNumber: index + 1 }))
}

function dueDateOf(
  { on }: StepDefinition,
  { startDate, stopDate }: Pick<ServiceRequest, 'startDate' | 'stopDate'>,
  { reinstateDays }: ServiceRequestPolicy,
): LocalDate | null {
  if (on === 'start') return startDate
  if (on === 'stop') return stopDate
  if (on === 'close' && stopDate !== null) return addDays(stopDate, reinstateDays + 1)
  return null
}

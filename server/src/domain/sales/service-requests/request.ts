import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { Step } from './step.ts'
import type { NewAccountTerms } from './terms.ts'

export type RequestKind = 'start' | 'stop' | 'transfer' | 'reinstate'
export type RequestStatus = 'draft' | 'submitted' | 'in_progress' | 'complete' | 'cancelled' | 'failed'
export type RequestAction = 'submit' | 'begin' | 'redate' | 'complete' | 'fail' | 'cancel'

/** State x action -> state. An action that a state does not name is refused. */
export const REQUEST_LIFE_CYCLE: Readonly<
  Record<RequestStatus, Partial<Record<RequestAction, RequestStatus>>>
> = {
  draft: { submit: 'submitted', redate: 'draft', cancel: 'cancelled' },
  submitted: { begin: 'in_progress', redate: 'submitted', fail: 'failed', cancel: 'cancelled' },
  in_progress: {
    begin: 'in_progress',
    redate: 'submitted',
    complete: 'complete',
    fail: 'failed',
    cancel: 'cancelled',
  },
  complete: {},
  cancelled: {},
  failed: {},
}

export interface RequestKey {
  clientId: number
  requestId: number
}

/** A service that starts: its points and plan make one agreement. */
export interface ServiceToStart {
  servicePointIds: readonly number[]
  /** Of a transfer: that of the old place when absent. */
  tariffId?: number
  revenueClass?: string
  debtClass?: string
  /** Typed facts that its plan asks for, by code. */
  facts?: Readonly<Record<string, unknown>>
}

/** What is wanted beside place, account and dates. Each kind of request reads its own. */
export interface RequestTerms {
  /** Of a start or a transfer. */
  services?: readonly ServiceToStart[]
  /** Of a stop, a transfer or a reinstatement. */
  agreementIds?: readonly number[]
  /** Of a start for somebody who has no account yet. */
  newAccount?: NewAccountTerms
  /** Asked for instead of what the client's policy says; 0: none. */
  depositCents?: Cents
  /** Debt that is past due elsewhere does not stand in the way: somebody has decided so. */
  acceptDebt?: boolean
  /** Of a stop: whether the field switches the service off; the client's policy when absent. */
  disconnect?: boolean
}

/** What a customer asked for, and how far it is. */
export interface ServiceRequest extends RequestKey {
  kind: RequestKind
  status: RequestStatus
  customerId: number | null
  accountNumber: number | null
  /** Of a transfer: the new place. */
  premiseId: number
  /** Of a transfer: the old place. */
  fromPremiseId: number | null
  /** The first day with service, and the first without. */
  startDate: LocalDate | null
  stopDate: LocalDate | null
  terms: RequestTerms
  requestedBy: string
  reason: string
  /** When the next step is to be taken; null: nothing more to do. */
  dueDate: LocalDate | null
  faultCode: string | null
  fault: string | null
  createdAt: Instant
  createdBy: string
  endedAt: Instant | null
}

export type WholeRequest = ServiceRequest & { steps: Step[] }

/** This will tell the state after an action. Refuses an action that the state does not allow. */
export function requestAfter(
  { requestId, status }: Pick<ServiceRequest, 'requestId' | 'status'>,
  action: RequestAction,
): RequestStatus {
  const next = REQUEST_LIFE_CYCLE[status][action]
  if (next) return next
  const allowed = Object.keys(REQUEST_LIFE_CYCLE[status])
  const can = allowed.length === 0 ? 'nothing more can happen to it' : `it allows ${allowed.join(', ')}`
  throw new Refusal(
    'conflict',
    'service_request_state',
    `Service request ${requestId} is ${status.replace('_', ' ')} and does not allow ${action}; ${can}.`,
  )
}

/** This will name a request in audit rows, events and work items. */
export function requestSubject({ clientId, requestId }: RequestKey): string {
  return `service_request:${clientId}-${requestId}`
}

/** This will read the request that asked for field work; undefined when something else did. */
export function requestOfCause(cause: string): RequestKey | undefined {
  const match = /^service_request:(\d+)-(\d+)/.exec(cause)
  return match ? { clientId: Number(match[1]), requestId: Number(match[2]) } : undefined
}

import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { AgreementKey } from '../../agreements/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { ServiceRequestPolicy } from './policy.ts'
import type { WholeRequest } from './request.ts'

export type StepKind =
  | 'check_start'
  | 'open_account'
  | 'release_landlord'
  | 'start_agreements'
  | 'order_start_work'
  | 'assess_deposit'
  | 'begin_service'
  | 'check_stop'
  | 'request_stop'
  | 'revert_to_landlord'
  | 'order_stop_work'
  | 'end_service'
  | 'carry_deposits'
  | 'final_bill'
  | 'carry_balance'
  | 'pay_out_credit'
  | 'close_agreements'
  | 'check_reinstate'
  | 'resume_agreements'
  | 'cancel_final_bill'
  | 'order_reconnect'
  | 'drop_stop'

export type StepStatus = 'pending' | 'done' | 'undone' | 'failed' | 'skipped'

/** What a step made; its undoing starts from here. */
export interface Made {
  customerId?: number
  accountNumber?: number
  /** Of the request's customer. */
  agreementIds?: number[]
  /** Of a landlord, who takes service over or gives it back. */
  landlordAgreements?: AgreementKey[]
  activityIds?: number[]
  contractNumber?: number
  billIds?: number[]
  adjustmentIds?: number[]
  disbursementNumbers?: number[]
  /** When the agreements had ended. */
  endDates?: LocalDate[]
  /** Charges that were cancelled. */
  chargeIds?: number[]
}

export interface Step {
  stepNumber: number
  kind: StepKind
  status: StepStatus
  /** Null: at once. */
  dueDate: LocalDate | null
  made: Made
  message: string | null
  doneAt: Instant | null
}

/** What a step gets: the request as it is, the client's day, who acts. */
export interface StepWork {
  request: WholeRequest
  day: LocalDate
  policy: ServiceRequestPolicy
  now: Instant
  actor: Actor
}

/** `waits`: not yet; it is tried again another day. */
export type Outcome =
  | { status: 'done'; made?: Made; message?: string }
  | { status: 'skipped'; message: string }
  | { status: 'waits'; message: string }

/** How one kind of step is planned, taken and undone. */
export interface StepDefinition {
  /** Which of the request's dates it waits for; at once when absent. */
  on?: 'start' | 'stop' | 'close'
  act(tx: Tx, work: StepWork): Promise<Outcome>
  /** Absent: there is nothing to undo. */
  undo?(tx: Tx, work: StepWork, made: Made): Promise<void>
  /** It stays when the days change. */
  keeps?: true
  /** The request is complete without it. */
  aftercare?: true
}

export const DONE: Outcome = { status: 'done' }

/** This will gather what the steps of a request made so far. */
export function madeBy({ steps }: Pick<WholeRequest, 'steps'>, kind: StepKind): Made {
  const step = steps.find((one) => one.kind === kind && one.status === 'done')
  return step?.made ?? {}
}

/** What binds a request once it is done: service has changed hands. */
const BINDING: ReadonlySet<StepKind> = new Set(['begin_service', 'end_service'])

/** This will say whether a request has gone too far to be taken back. */
export function isBound({ steps }: Pick<WholeRequest, 'steps'>): boolean {
  return steps.some((step) => step.status === 'done' && BINDING.has(step.kind))
}

/** This will name the account of a request whose customer is known by now. */
export function accountOf({ requestId, customerId, accountNumber }: WholeRequest) {
  if (customerId === null || accountNumber === null) throw new Error(`request ${requestId} has no account`)
  return { customerId, accountNumber }
}

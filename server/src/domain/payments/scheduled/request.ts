import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'

export interface RequestKey {
  customerId: number
  requestNumber: number
}

export type RequestStatus =
  | 'waiting' // for its day
  | 'held' // above the customer's limit
  | 'drawing' // the gateway is being asked
  | 'unposted' // the gateway has the money, the books do not
  | 'paid'
  | 'returned'
  | 'refunded'
  | 'declined'
  | 'cancelled'

export type RequestAction =
  | 'draw'
  | 'hold'
  | 'release'
  | 'cancel'
  | 'accept'
  | 'set_aside'
  | 'decline'
  | 'retry'
  | 'return'
  | 'refund'

/** State x action -> state. An action that a state does not name is refused. */
export const REQUEST_LIFE_CYCLE: Readonly<
  Record<RequestStatus, Partial<Record<RequestAction, RequestStatus>>>
> = {
  waiting: { draw: 'drawing', hold: 'held', cancel: 'cancelled', decline: 'declined' },
  held: { release: 'waiting', cancel: 'cancelled' },
  drawing: { accept: 'paid', set_aside: 'unposted', decline: 'declined', retry: 'waiting' },
  unposted: { accept: 'paid', set_aside: 'unposted' },
  paid: { return: 'returned', refund: 'refunded' },
  returned: {},
  refunded: {},
  declined: {},
  cancelled: {},
}

/** This will tell the state after an action. Refuses an action that the state does not allow. */
export function requestAfter(status: RequestStatus, action: RequestAction): RequestStatus {
  const next = REQUEST_LIFE_CYCLE[status][action]
  if (next) return next
  throw new Refusal(
    'conflict',
    'payment_request_state',
    `The payment is ${status} and can no longer be changed that way; look at what became of it.`,
  )
}

/** A payment that a gateway is to be asked for. */
export interface PaymentRequest extends RequestKey, AccountKey {
  origin: 'autopay' | 'scheduled' | 'once'
  autopayNumber: number | null
  payerCustomerId: number
  methodNumber: number
  billId: number | null
  drawDate: LocalDate
  /** The most that is drawn; null: what is asked for on the day. */
  amountCents: Cents | null
  status: RequestStatus
  reason: string | null
  eventNumber: number | null
}

/**
 * This will tell what to draw: of autopay no more than the account still owes, of a fixed amount exactly that.
 * Undefined: there is nothing left to pay.
 */
export function amountToDraw(
  request: Pick<PaymentRequest, 'origin' | 'amountCents'>,
  dueCents: Cents,
): Cents | undefined {
  const { origin, amountCents } = request
  if (amountCents !== null && origin !== 'autopay') return amountCents
  const drawn = Math.min(amountCents ?? dueCents, dueCents)
  return drawn > 0 ? drawn : undefined
}

/** This will name a payment request as audit and events do. */
export function requestSubject({ customerId, requestNumber }: RequestKey): string {
  return `payment_request:${customerId}-${requestNumber}`
}

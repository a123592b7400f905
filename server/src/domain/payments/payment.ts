import { Refusal } from '../../platform/errors.ts'
import type { Cents } from '../../platform/money.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { Target } from './allocation/target.ts'

export type PaymentSource =
  | 'counter'
  | 'lockbox'
  | 'remittance'
  | 'card'
  | 'transfer'
  | 'autopay'
  | 'web'
  | 'phone'
  | 'agency'
export type TenderMethod = 'cash' | 'check' | 'money_order' | 'ach' | 'card' | 'wire' | 'remittance' | 'other'

export type PaymentStatus = 'incomplete' | 'error' | 'freezable' | 'frozen' | 'cancelled' | 'deleted'
export type PaymentAction = 'distribute' | 'fail' | 'freeze' | 'cancel' | 'delete'

/** State x action -> state. An action that a state does not name is refused. */
export const PAYMENT_LIFE_CYCLE: Readonly<
  Record<PaymentStatus, Partial<Record<PaymentAction, PaymentStatus>>>
> = {
  incomplete: { distribute: 'freezable', fail: 'error', delete: 'deleted' },
  error: { distribute: 'freezable', fail: 'error', delete: 'deleted' },
  freezable: { distribute: 'freezable', fail: 'error', freeze: 'frozen', delete: 'deleted' },
  frozen: { cancel: 'cancelled' },
  cancelled: {},
  deleted: {},
}

/** This will tell the state after an action. Refuses an action that the state does not allow. */
export function paymentAfter(status: PaymentStatus, action: PaymentAction): PaymentStatus {
  const next = PAYMENT_LIFE_CYCLE[status][action]
  if (next) return next
  const code = status === 'cancelled' ? 'payment_cancelled' : 'payment_state'
  const hint = Object.keys(PAYMENT_LIFE_CYCLE[status]).filter((one) => one !== 'fail')
  throw new Refusal(
    'conflict',
    code,
    `The payment is ${status}; ${hint.length === 0 ? 'nothing more can happen to it' : `it can ${hint.join(' or ')}`}.`,
  )
}

/** Money that came in for one billing account. */
export interface Payment {
  customerId: number
  paymentNumber: number
  /** Null: unapplied, nobody's yet, on the client's own file. */
  accountNumber: number | null
  payerCustomerId: number
  eventNumber: number
  amountCents: Cents
  status: PaymentStatus
  /** Null until it is posted. */
  entryId: number | null
  targetKind: Target['kind'] | null
  targetId: number | null
  /** Why it cannot be posted as it is. */
  errorCode: string | null
  errorText: string | null
  cancelledOn: LocalDate | null
  cancelReason: string | null
  /** The cancelled payment whose money this is. */
  replacesCustomerId: number | null
  replacesPaymentNumber: number | null
}

/** How the money of an event came. */
export interface Tender {
  method: TenderMethod
  reference?: string
  amountCents: Cents
  /** The till or batch that it is counted in. */
  controlId?: number
}

/** A tender as it is kept. */
export interface StoredTender {
  customerId: number
  eventNumber: number
  tenderNumber: number
  method: TenderMethod
  reference: string | null
  amountCents: Cents
  status: 'valid' | 'cancelled' | 'deleted'
  controlId: number | null
  cancelReason: string | null
  cancelledOn: LocalDate | null
  returnCode: string | null
}

export interface PaymentEvent {
  customerId: number
  eventNumber: number
  paymentDate: LocalDate
  source: PaymentSource
  externalId: string | null
}

/** What one agreement gets of a payment. */
export interface Share {
  agreementId: number
  amountCents: Cents
}

/** What an account is to be paid, and what of it. */
export interface PaymentWish {
  customerId: number
  /** Null: unapplied, on the client's own file (`openOwnFile`). */
  accountNumber: number | null
  amountCents: Cents
  /** Pay exactly these agreements, whatever they owe; otherwise what the account owes. */
  shares?: readonly Share[]
  /** Pay this and nothing else; otherwise what the account owes. */
  target?: Target
}

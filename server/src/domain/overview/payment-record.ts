import type { Cents } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { PageOf } from './record.ts'

export interface PaymentListed {
  customerId: number
  paymentNumber: number
  customerName: string
  /** Null: unapplied, on the client's own file. */
  accountNumber: number | null
  payerCustomerId: number
  payerName: string
  eventNumber: number
  paymentDate: LocalDate
  receivedAt: Instant
  receivedBy: string
  source: string
  method: string
  reference: string | null
  externalId: string | null
  amountCents: Cents
  /** What of it has paid debts; the rest is a credit. */
  appliedCents: Cents
  status: string
  cancelledOn: LocalDate | null
  cancelReason: string | null
  returnCode: string | null
  errorText: string | null
}

export interface PaymentQuery extends PageOf {
  clientId: number
  customerId?: number
  paymentNumber?: number
  accountNumber?: number
  status?: string
  source?: string
  method?: string
  reference?: string
  from?: LocalDate
  /** Inclusive. */
  to?: LocalDate
  amountFromCents?: Cents
  amountToCents?: Cents
  /** Only money of nobody yet, or only money that has an account. */
  unapplied?: boolean
}

export interface PaymentRecord extends PaymentListed {
  entryId: number | null
  targetKind: string | null
  targetId: number | null
  errorCode: string | null
  replaces: { customerId: number; paymentNumber: number } | null
  replacedBy: { customerId: number; paymentNumber: number }[]
  tenders: {
    tenderNumber: number
    method: string
    reference: string | null
    amountCents: Cents
    status: string
    controlId: number | null
    cancelledOn: LocalDate | null
    cancelReason: string | null
    returnCode: string | null
  }[]
  /** What each agreement got. */
  shares: { agreementId: number; debtClass: string; amountCents: Cents; appliedCents: Cents }[]
  /** Every payment that the same money made, this one too. */
  eventPayments: {
    customerId: number
    paymentNumber: number
    customerName: string
    accountNumber: number | null
    amountCents: Cents
    status: string
  }[]
}

/** A debt that a payment paid, wholly or in part. */
export interface DirectionListed {
  agreementId: number
  itemId: number
  debtClass: string
  kind: string
  /** The charge, adjustment or other record of the debt: `charge:12`. */
  reference: string
  aroseOn: LocalDate
  dueDate: LocalDate | null
  billId: number | null
  /** Of the debt. */
  amountCents: Cents
  unpaidCents: Cents
  /** Of the payment. */
  paidCents: Cents
  paidAt: Instant
}

/** A note about a payment, or an act. */
export interface PaymentLogListed {
  at: Instant
  actor: string
  /** `note`, `call`, `letter`, `system`; `act` of an act. */
  kind: string
  /** Null of an act. */
  logNumber: number | null
  operation: string | null
  text: string
  door: string | null
}

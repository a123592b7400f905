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

/** Money that came in for one billing account. */
export interface Payment {
  customerId: number
  paymentNumber: number
  accountNumber: number
  payerCustomerId: number
  eventNumber: number
  amountCents: Cents
  status: 'frozen' | 'cancelled'
  entryId: number
}

/** How the money of an event came. */
export interface Tender {
  method: TenderMethod
  reference?: string
  amountCents: Cents
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
  accountNumber: number
  amountCents: Cents
  /** Pay exactly these agreements, whatever they owe; otherwise what the account owes. */
  shares?: readonly Share[]
  /** Pay this and nothing else; otherwise what the account owes. */
  target?: Target
}

import type { LocalDate } from '../../platform/time.ts'
import type { Language } from './person.ts'

export interface MailingAddress {
  line1: string
  line2?: string
  city: string
  state: string
  postalCode: string
  country?: string
}

/** Names one billing account. */
export interface AccountKey {
  customerId: number
  accountNumber: number
}

export type DeliveryMethod = 'paper' | 'email' | 'none'

/** Who is billed together, where the bill goes and when it is due. */
export interface BillingAccount extends AccountKey {
  companyId: number
  cycleCode: string
  status: 'active' | 'closed'
  openedOn: LocalDate
  closedOn: LocalDate | null
  documentLanguage: Language
  deliveryMethod: DeliveryMethod
  copies: number
  dueDays: number
  mailingName: string
  mailingAddress: MailingAddress
  holdBills: boolean
  /** The agreement that speaks for the account; null: none does. */
  masterAgreementId: number | null
}

/** What a person is to an account. */
export type AccountRole = 'main' | 'payer' | 'guarantor' | 'copy'

/** A person who hears of what happens on an account. */
export interface AccountContact extends AccountKey {
  personId: number
  role: 'main' | 'copy'
  /** As it is greeted. */
  name: string
  language: Language
  email: string | null
}

import type { CustomerClass, DeliveryMethod, Language, MailingAddress } from '../../customers/index.ts'

/** Whom a start opens an account for: somebody on file, with a customer's file or without one. */
export interface NewAccountTerms {
  /** Whose file it is; a new file is opened for the person when absent. */
  customerId?: number
  personId?: number
  companyId: number
  class: CustomerClass
  cycleCode: string
  mailingAddress: MailingAddress
  deliveryMethod?: DeliveryMethod
  documentLanguage?: Language
}

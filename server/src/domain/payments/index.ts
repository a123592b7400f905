export type { Target } from './allocation/target.ts'
export { type CancelPaymentInput, cancelPayment } from './cancel.ts'
export {
  type BatchInput,
  type BatchPayment,
  type PaymentInput,
  type RecordedPayment,
  recordPayment,
  recordPayments,
} from './events/record.ts'
export type { Payment, PaymentSource, PaymentWish, Share, Tender, TenderMethod } from './payment.ts'
export { paymentsOfAccount, paymentsOfEvent } from './queries.ts'
export { payRemittance } from './remittance.ts'
export { paymentInvariants } from './store/verify.ts'

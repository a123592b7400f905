export type { Target } from './allocation/target.ts'
export {
  balanceControl,
  balanceDeposit,
  type DepositControl,
  openControl,
  openDeposit,
  reopenControl,
  reopenDeposit,
  type TenderControl,
  tenderControls,
} from './controls/control.ts'
export {
  DISBURSEMENT_LIFE_CYCLE,
  type Disbursement,
  type DisbursementAction,
  type DisbursementAddress,
  type DisbursementStatus,
} from './disbursements/disbursement.ts'
export {
  cancelDisbursement,
  type DisbursementInput,
  holdDisbursement,
  payDisbursement,
  refundUnapplied,
  reissueDisbursement,
  requestDisbursement,
  stopDisbursement,
} from './disbursements/operations.ts'
export { disbursementsOf, disbursementsOfCustomer, payablesCsv } from './disbursements/queries.ts'
export { type CancelPaymentInput, cancelPayment } from './events/cancel.ts'
export {
  deletePayment,
  distributePayment,
  draftPayment,
  type EventInput,
  freezePayment,
} from './events/draft.ts'
export { reallocatePayment, releasePayment, transferPayment } from './events/move.ts'
export {
  type BatchInput,
  type BatchPayment,
  type PaymentInput,
  type RecordedPayment,
  recordPayment,
  recordPayments,
} from './events/record.ts'
export { cashOnly, type ReturnPaymentInput, returnPayment } from './events/return.ts'
export {
  PAYMENT_LIFE_CYCLE,
  type Payment,
  type PaymentAction,
  type PaymentEvent,
  type PaymentSource,
  type PaymentStatus,
  type PaymentWish,
  type Share,
  type StoredTender,
  type Tender,
  type TenderMethod,
} from './payment.ts'
export {
  getPayment,
  getPaymentEvent,
  paymentsOfAccount,
  paymentsOfEvent,
  tendersByReference,
  unappliedPayments,
} from './queries.ts'
export { payRemittance } from './remittance/pay-invoices.ts'
export { isReturnCode, returnReason } from './return-reason.ts'
export { paymentInvariants } from './store/verify.ts'
export { openOwnFile } from './unapplied/own-file.ts'

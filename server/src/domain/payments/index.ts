export type { Target } from './allocation/target.ts'
export { type Autopay, type AutopayKey, type DrawRule, drawDateOf } from './autopay/autopay.ts'
export { changeAutopay, resumeAutopay, startAutopay, stopAutopay } from './autopay/operations.ts'
export { autopayAccounts, autopayOn, autopaysOfAccount, getAutopay } from './autopay/queries.ts'
export { type CompletedBill, noteReturnedPayment, stageAutopay, withdrawAutopay } from './autopay/stage.ts'
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
  type GatewayAccount,
  gatewayAccounts,
  openGatewayAccount,
  saveGatewayAccount,
} from './gateways/account.ts'
export { drawDuePayments, drawRequested, payNow } from './gateways/draw.ts'
export {
  type Capabilities,
  type ChargeRequest,
  type ChargeResult,
  type Gateway,
  type MethodKind,
  type NewSession,
  NoAnswer,
  type Notification,
  type OpenedSession,
  type RefundRequest,
  type SessionResult,
  type TokenisedMethod,
} from './gateways/gateway.ts'
export {
  finishHostedSession,
  getHostedSession,
  type HostedSessionInput,
  openHostedSession,
} from './gateways/hosted.ts'
export type { HostedSession, SessionKey } from './gateways/hosted-session.ts'
export { type GatewayMessage, pollReturns, takeNotification } from './gateways/notice.ts'
export { chosenGatewayOf, type OnlinePaymentPolicy, onlinePaymentPolicy } from './gateways/policy.ts'
export { recoverPayments } from './gateways/recover.ts'
export { refundPayment } from './gateways/refund.ts'
export type { Gateways, GatewayWork } from './gateways/work.ts'
export { isRoutingNumber, type MethodKey, type PaymentMethod, unusable } from './methods/method.ts'
export {
  addPaymentMethod,
  renamePaymentMethod,
  retirePaymentMethod,
  setDefaultMethod,
  verifyPaymentMethod,
} from './methods/operations.ts'
export { getPaymentMethod, paymentMethods, usesOfPaymentMethod } from './methods/queries.ts'
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
  formatPaymentId,
  type PaymentKey,
  parsePaymentId,
  paymentIdOf,
  paymentSubject,
} from './payment-id.ts'
export {
  getPayment,
  getPaymentEvent,
  paymentsOfAccount,
  paymentsOfEvent,
  tendersByReference,
  unappliedPayments,
} from './queries.ts'
export {
  FILE_FORMATS,
  type FileFormat,
  type RemittanceFile,
  type RemittanceRow,
  type RowStatus,
} from './remittance/file.ts'
export {
  type FileReport,
  fileReport,
  type LoadInput,
  loadPaymentFile,
  remittanceFiles,
} from './remittance/load.ts'
export { payRemittance } from './remittance/pay-invoices.ts'
export { assignRow, dropRow, refundRow, resolveReturn } from './remittance/resolve.ts'
export { isReturnCode, returnReason } from './return-reason.ts'
export { amountDue } from './scheduled/limits.ts'
export {
  cancelPaymentRequest,
  getPaymentRequest,
  type PaymentWanted,
  paymentRequestsOfAccount,
  releaseHeldPayment,
  requestPayment,
  schedulePayment,
} from './scheduled/operations.ts'
export {
  type PaymentRequest,
  REQUEST_LIFE_CYCLE,
  type RequestKey,
  type RequestStatus,
} from './scheduled/request.ts'
export { paymentInvariants } from './store/verify.ts'
export { gatewayInvariants } from './store/verify-gateways.ts'
export { openOwnFile } from './unapplied/own-file.ts'

export type { AccountToBill, AutopayQuery, CompletionContext } from './bills/account-to-bill.ts'
export {
  BILL_LIFE_CYCLE,
  type Bill,
  type BillAction,
  type BillKey,
  type BillKind,
  type BillMessage,
  type BillRouting,
  type BillStatus,
  billSubject,
  formatBillId,
  parseBillId,
} from './bills/bill.ts'
export { completeBills } from './bills/complete.ts'
export { billDocument } from './bills/document.ts'
export { billActivity } from './bills/document-activity.ts'
export { completeFinalBill, type FinalBillInput, previewFinalBill } from './bills/final.ts'
export {
  billMessages,
  MESSAGE_CONDITIONS,
  type MessageCondition,
  type MessageTemplate,
  saveBillMessage,
} from './bills/message.ts'
export { type PaperCopy, takePaper } from './bills/print-queue.ts'
export { markRoutings } from './bills/routing.ts'
export {
  beginBill,
  type CreditBillInput,
  creditBill,
  deleteBill,
  previewCreditNote,
} from './bills/special.ts'
export { type BillAct, cancelBill, cancelObstacle, reopenBill } from './bills/undo.ts'
export { cancelCharges } from './charges/cancel-many.ts'
export {
  type Charge,
  type ChargeKey,
  type ChargeLine,
  type ChargePart,
  type ChargeStatus,
  ENGINE,
  type LineDetail,
} from './charges/charge.ts'
export { cancelCharge, rebillCharge } from './charges/correct.ts'
export { draftCharge, generateCharge } from './charges/draft.ts'
export { chargeEvent, type EventLine } from './charges/event.ts'
export { changeInvoice, getInvoice, invoiceCharge } from './charges/invoice.ts'
export { CHARGE_LIFE_CYCLE, type ChargeAction } from './charges/life-cycle.ts'
export type { MarketInvoice, MarketInvoiceStatus } from './charges/market-invoice.ts'
export {
  type ChargeAct,
  deleteCharge,
  freezeCharge,
  initCancel,
  proposeRebill,
  undoCancel,
} from './charges/pending.ts'
export {
  type CorrectedUsage,
  previewRebill,
  type Rebill,
  type RebilledLine,
  type RebilledPeriod,
  type RebillPeriodsInput,
  rebillPeriods,
} from './charges/rebill.ts'
export type { CorrectionInput } from './charges/reverse.ts'
export {
  type Cause,
  type CauseCode,
  type ExplainedDifference,
  explainDifference,
} from './explanation/difference.ts'
export {
  type ExplainedBill,
  type ExplainedCharge,
  explainBill,
  explainCharge,
  type LineDifference,
} from './explanation/explain.ts'
export { agreementOutlook, type Outlook } from './explanation/outlook.ts'
export {
  type BilledPeriod,
  type BilledYear,
  billedBook,
  billedYear,
  compiledFor,
  inForceFrom,
  type PricedYear,
  priceYear,
} from './explanation/what-if.ts'
export { holdBills, releaseHold, resumeBills, saveTolerance, tolerances } from './holds/release.ts'
export type { Tolerance, ToleranceKind } from './holds/tolerance.ts'
export {
  assessLateFees,
  cancelLateFee,
  type FeeProtection,
  getLateFee,
  lateCustomers,
  lateFeeRules,
  lateFees,
  saveLateFeeRule,
} from './late-fees/assess.ts'
export type { LateFee, LateFeeBase, LateFeeRule } from './late-fees/late-fee.ts'
export { type AccountBillInput, chargeAgreement, completeBill, previewBill } from './operations.ts'
export { HOLD_KIND, type Hold } from './pricing/hold.ts'
export { type PricedAccount, type PricingScope, priceAccounts } from './pricing/price-accounts.ts'
export { type PricedCharge, type PricingInput, priceAgreement } from './pricing/pricing.ts'
export {
  billsOfAccount,
  chargesOfAgreement,
  type DetailOf,
  getBill,
  getCharge,
  lineDetails,
  type WholeBill,
  type WholeCharge,
} from './queries.ts'
export { type CycleWindow, duePeriods, monthlyWindows, type Period } from './runs/cycle.ts'
export {
  type BillRun,
  CHUNK_ACCOUNTS,
  type RunKey,
  type RunMode,
  type RunProgress,
  type RunStatus,
} from './runs/run.ts'
export { billChunk, type ChunkWorker, workBillRun } from './runs/run-chunk.ts'
export {
  cancelBillRun,
  getRun,
  pauseBillRun,
  planRun,
  type RunPlan,
  resumeBillRun,
  saveCycle,
  startBillRun,
} from './runs/run-operations.ts'
export { billCycles, billRuns, runProgress } from './runs/run-queries.ts'
export { billInvariants, chargeInvariants } from './store/verify.ts'

export { type Bill, type BillKey, type BillRouting, billSubject, formatBillId, parseBillId } from './bill.ts'
export {
  type Charge,
  type ChargeKey,
  type ChargeLine,
  type ChargePart,
  ENGINE,
  type LineDetail,
} from './charge.ts'
export { type AccountToBill, type CompletionContext, completeBills } from './complete.ts'
export { type CorrectionInput, cancelCharge, rebillCharge } from './correct.ts'
export { type CycleWindow, duePeriods, monthlyWindows, type Period } from './cycle.ts'
export { type Cause, type CauseCode, type ExplainedDifference, explainDifference } from './difference.ts'
export { billDocument } from './document.ts'
export {
  type ExplainedBill,
  type ExplainedCharge,
  explainBill,
  explainCharge,
  type LineDifference,
} from './explain.ts'
export { HOLD_KIND, type Hold } from './hold.ts'
export { changeInvoice, getInvoice, invoiceCharge } from './invoice.ts'
export type { MarketInvoice, MarketInvoiceStatus } from './market-invoice.ts'
export { type AccountBillInput, chargeAgreement, completeBill, previewBill } from './operations.ts'
export { agreementOutlook, type Outlook } from './outlook.ts'
export { type PricedAccount, type PricingScope, priceAccounts } from './price-accounts.ts'
export { type PricedCharge, type PricingInput, priceAgreement } from './pricing.ts'
export {
  billsOfAccount,
  chargesOfAgreement,
  getBill,
  getCharge,
  type WholeBill,
  type WholeCharge,
} from './queries.ts'
export {
  type BillRun,
  CHUNK_ACCOUNTS,
  type RunKey,
  type RunMode,
  type RunProgress,
  type RunStatus,
} from './run.ts'
export { billChunk, type ChunkWorker, workBillRun } from './run-chunk.ts'
export {
  cancelBillRun,
  getRun,
  pauseBillRun,
  planRun,
  type RunPlan,
  resumeBillRun,
  saveCycle,
  startBillRun,
} from './run-operations.ts'
export { billCycles, billRuns, runProgress } from './run-queries.ts'
export { billInvariants, chargeInvariants } from './store/verify.ts'
export {
  type BilledPeriod,
  type BilledYear,
  billedBook,
  billedYear,
  compiledFor,
  inForceFrom,
  type PricedYear,
  priceYear,
} from './what-if.ts'

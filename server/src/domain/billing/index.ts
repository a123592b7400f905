export {
  type Bill,
  type BillKey,
  type BillRouting,
  billSubject,
  formatBillId,
  parseBillId,
} from './bills/bill.ts'
export { type AccountToBill, type CompletionContext, completeBills } from './bills/complete.ts'
export { billDocument } from './bills/document.ts'
export {
  type Charge,
  type ChargeKey,
  type ChargeLine,
  type ChargePart,
  ENGINE,
  type LineDetail,
} from './charges/charge.ts'
export { type CorrectionInput, cancelCharge, rebillCharge } from './charges/correct.ts'
export { changeInvoice, getInvoice, invoiceCharge } from './charges/invoice.ts'
export type { MarketInvoice, MarketInvoiceStatus } from './charges/market-invoice.ts'
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
export { type AccountBillInput, chargeAgreement, completeBill, previewBill } from './operations.ts'
export { HOLD_KIND, type Hold } from './pricing/hold.ts'
export { type PricedAccount, type PricingScope, priceAccounts } from './pricing/price-accounts.ts'
export { type PricedCharge, type PricingInput, priceAgreement } from './pricing/pricing.ts'
export {
  billsOfAccount,
  chargesOfAgreement,
  getBill,
  getCharge,
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

export type {
  BillChargeRecord,
  BillListed,
  BillQuery,
  BillRecord,
  ChargeLineListed,
  ChargeListed,
  LineRecord,
  QuantityRecord,
  UsageListed,
  UsageQuantityRecord,
} from './bill-record.ts'
export type {
  AccountAlertListed,
  BillingPackageRecord,
  BillingPackageWithTotals,
  ExemptionListed,
} from './billing-package-record.ts'
export { getBillingPackage, getBillingPackages } from './billing-packages.ts'
export type { CollectionStepListed, CollectionStepQuery } from './collection-record.ts'
export type { ContactListed } from './contact-record.ts'
export type {
  CustomerListed,
  CustomerQuery,
  CustomerRecord,
  CustomerSummaryRecord,
  PremiseListed,
  PremiseQuery,
} from './customer-record.ts'
export { type FinancialDetails, getFinancialDetails } from './financial-details.ts'
export { find } from './find.ts'
export type { Found, MatchedField } from './found.ts'
export type { ChannelRecord, Grain, IntervalsRecord } from './interval-record.ts'
export { getIntervals } from './intervals.ts'
export { getAccountMoney } from './money/query.ts'
export type { AccountMoney } from './money/record.ts'
export type {
  DirectionListed,
  PaymentListed,
  PaymentLogListed,
  PaymentQuery,
  PaymentRecord,
} from './payment-record.ts'
export { type AccountPlanRecord, getAccountPlans, getValidPlans } from './plans.ts'
export { getPremiseRecord, type PremiseRecord } from './premise-record.ts'
export {
  getAccountRecord,
  getAttention,
  getBillRecord,
  getCustomerRecord,
  getCustomerSummary,
  getHome,
  getPaymentRecord,
  getRunRecord,
  getTimeline,
  getWorkItemRecord,
  listChargeLines,
} from './queries.ts'
export type {
  AccountRecord,
  AddressRecord,
  AlertRecord,
  AttentionRecord,
  BalanceRecord,
  ContactRecord,
  MeterRecord,
  PageOf,
  TimelineRecord,
} from './record.ts'
export type { CycleRecord, HomeRecord, RunRecord, WorkItemRecord } from './run-record.ts'
export { selectBills as listBills } from './store/bill.ts'
export {
  selectAccountAlerts as listAccountAlerts,
  selectExemptions as listExemptions,
} from './store/billing-package.ts'
export { selectCharges as listCharges, selectUsages as listUsages } from './store/charge.ts'
export { selectCollectionSteps as listCollectionSteps } from './store/collection.ts'
export { selectContacts as listContacts } from './store/contact.ts'
export { selectCustomers as searchCustomers } from './store/customer.ts'
export {
  selectDirections as listPaymentDirections,
  selectPaymentLog as listPaymentLog,
  selectPayments as listPayments,
} from './store/payment.ts'
export { selectPremises as searchPremises } from './store/premise.ts'
export {
  selectCycles as listCycles,
  selectRuns as listRuns,
  selectWorkItems as listWorkItems,
} from './store/run.ts'
export { type TraceRecord, traceLine } from './trace.ts'
export { type VerifyScope, verify } from './verify.ts'
export { wordWork } from './work-words.ts'

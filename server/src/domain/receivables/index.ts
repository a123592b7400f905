export {
  ADJUSTMENT_LIFE_CYCLE,
  type Adjustment,
  type AdjustmentAction,
  type AdjustmentInput,
  type AdjustmentKey,
  type AdjustmentStatus,
  type AdjustmentType,
  adjustmentActions,
  adjustmentTexts,
  adjustmentTypes,
  approveAdjustment,
  assessFee,
  cancelAdjustment,
  cancelRefund,
  createAdjustment,
  deleteAdjustment,
  eligibleFeeNamed,
  eligibleFees,
  findAdjustments,
  freezeAdjustment,
  generateAdjustment,
  getAdjustment,
  getAdjustmentType,
  openAdjustmentTypes,
  postRefund,
  rejectAdjustment,
  type Scope,
  saveAdjustmentType,
  submitAdjustment,
  type Transferable,
  type TransferInput,
  transferable,
  transferBalance,
  writeSmallBalance,
} from './adjustments/index.ts'
export { applyCredits, type CreditMove } from './apply-credits.ts'
export {
  cancelArrangement,
  modifyArrangement,
  type NewArrangement,
  planArrangement,
  startArrangement,
} from './arrangements/operations.ts'
export type { PlannedInstalment, Split } from './arrangements/plan.ts'
export { reviewArrangements } from './arrangements/review.ts'
export { type ArrangementScope, type ArrangementTerms, arrangementTerms } from './arrangements/terms.ts'
export {
  type AccountToAsk,
  askTexts,
  type BillAsk,
  billAsks,
  cancelBillAsks,
  postBillAsks,
} from './bill-asks.ts'
export { monitorBudgets } from './budgets/monitor.ts'
export { type AgreementBudget, budgetOfAgreement } from './budgets/of-agreement.ts'
export {
  endBudget,
  type MonthlyAmount,
  modifyBudget,
  type NewBudget,
  startBudget,
} from './budgets/operations.ts'
export { type BudgetAdvice, type BudgetScope, type BudgetTerms, budgetTerms } from './budgets/recommend.ts'
export { type BudgetCourse, type BudgetMonth, type BudgetStatus, budgetStatus } from './budgets/status.ts'
export {
  CONTRACT_LIFE_CYCLE,
  type Contract,
  type ContractKey,
  type ContractKind,
} from './contracts/contract.ts'
export { endContract } from './contracts/end.ts'
export type { ScheduledPayment, ScheduleLimits } from './contracts/instalments.ts'
export { type ContractChange, modifyContract } from './contracts/modify.ts'
export {
  contractActivity,
  contractActs,
  contractOfAgreement,
  contractSchedule,
  contractsOfAccount,
  depositsOf,
  type EndTerms,
  endTerms,
  type ScheduleRow,
} from './contracts/queries.ts'
export { getContract } from './contracts/record.ts'
export { type ContractSummary, summariseContracts } from './contracts/summary.ts'
export { customersWithContracts } from './contracts/work.ts'
export {
  DEFAULT_PAY_PRIORITY,
  type DebtClass,
  debtClasses,
  openDebtClasses,
  saveDebtClass,
} from './debt-class.ts'
export {
  assessDeposit,
  type DepositAdvice,
  type NewDeposit,
  recommendDeposit,
  recordNonCashDeposit,
} from './deposits/assess.ts'
export { carryDeposits } from './deposits/carry.ts'
export { overpaymentAgreement } from './deposits/credit-place.ts'
export { accruedInterest, creditYearlyInterest, depositRates, saveDepositRate } from './deposits/earn.ts'
export {
  applyDeposit,
  cancelDepositArrears,
  type DepositAct,
  type GivenBack,
  refundDeposit,
  waiveDeposit,
} from './deposits/give-back.ts'
export { refundGoodDeposits } from './deposits/monitor.ts'
export { refundDepositsOf } from './deposits/refund-all.ts'
export {
  byAge,
  type ItemKind,
  type Match,
  matchOldestFirst,
  type NewItem,
  type OpenItem,
} from './open-item.ts'
export {
  cancelItem,
  openItems,
  settle,
  settleExactly,
  settleOldestFirst,
  showOnBill,
  takeOffBill,
  unsettle,
} from './operations.ts'
export { applyOverpayments, withdrawOverpayments } from './overpayment.ts'
export {
  type Ask,
  type Change,
  cancelEntry,
  changeAsked,
  type ItemAgreement,
  type Move,
  moveBalance,
  type PostingDates,
  postMoves,
} from './post.ts'
export { type Posted, postedBy, previewAct } from './preview.ts'
export { type AgreementPromiseTerms, promiseTermsOfAgreement } from './promises/of-agreement.ts'
export { cancelPromise, makePromise, modifyPromise, type NewPromise } from './promises/operations.ts'
export { proposeSchedule } from './promises/promise.ts'
export { activeShields, promisedPayments, reviewPromises, type Shield } from './promises/review.ts'
export { type PromiseScope, type PromiseTerms, promiseTerms } from './promises/terms.ts'
export {
  balances,
  deferredItems,
  itemsOf,
  itemsOfAgreement,
  itemsOfBill,
  unbilledItems,
  unsettledItems,
} from './queries.ts'
export { type ReleaseScope, releaseAll } from './release.ts'
export type { Activity, AskKind } from './store/contract-ask.ts'
export type { DepositForm, DepositReason } from './store/deposit.ts'
export type { HistoryFilter, HistoryRow } from './store/history.ts'
export type { AgreementBalance } from './store/open-item.ts'
export type { AccountTotals } from './store/totals.ts'
export { receivablesInvariants } from './store/verify.ts'
export { adjustmentInvariants } from './store/verify-adjustment.ts'
export { contractInvariants } from './store/verify-contract.ts'
export { accountTotals, financialHistory } from './views/account.ts'
export { type AgedDebt, type Aging, type AgingScope, aging, agingCsv } from './views/aging.ts'

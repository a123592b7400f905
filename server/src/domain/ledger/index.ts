export {
  accountOfLine,
  CHART,
  type ChartAccount,
  controlAccount,
  deferralAccount,
  type GeneralLedger,
  LEDGER,
  type LedgerAccount,
  type LedgerAccountKind,
  revenueAccount,
  taxAccount,
} from './chart.ts'
export {
  addAgency,
  addGeneralLedger,
  addLedgerAccount,
  changeLedgerAccount,
  deactivateLedgerAccount,
  openAccounts,
  openBooks,
  reactivateLedgerAccount,
  setAccountString,
} from './chart-operations.ts'
export {
  deferralPosting,
  type EntryKind,
  type NewEntry,
  type Posting,
  type ReceivableChange,
  receivablePosting,
} from './entry.ts'
export { exportFile, exportJournal, findExport, journalExports } from './export-operations.ts'
export type { ExportBatch } from './journal-export.ts'
export { postEntries, reverseEntry } from './operations.ts'
export type { AccountingPeriod } from './period.ts'
export { closePeriod, openFiscalYear, reopenPeriod } from './period-operations.ts'
export {
  type AccountStatement,
  accountingPeriods,
  accountStatement,
  chartOfAccounts,
  findLedgerAccount,
  generalLedgers,
  governingAgencies,
  type LedgerAccountName,
  receivableBalance,
  trialBalance,
} from './queries.ts'
export type { AccountBalance, Movement, MovementKey, ReceivableBalance } from './store/balance.ts'
export { ledgerInvariants } from './store/verify.ts'

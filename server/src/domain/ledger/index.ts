export {
  accountOfLine,
  CHART,
  controlAccount,
  deferralAccount,
  LEDGER,
  type LedgerAccount,
  revenueAccount,
  taxAccount,
} from './chart.ts'
export {
  deferralPosting,
  type EntryKind,
  type NewEntry,
  type Posting,
  type ReceivableChange,
  receivablePosting,
} from './entry.ts'
export { closePeriod, openAccounts, openBooks, postEntries, reverseEntry } from './operations.ts'
export { receivableBalance, trialBalance } from './queries.ts'
export type { AccountBalance } from './store/entry.ts'
export { ledgerInvariants } from './store/verify.ts'

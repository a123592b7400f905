export {
  DEFAULT_PAY_PRIORITY,
  type DebtClass,
  debtClasses,
  openDebtClasses,
  saveDebtClass,
} from './debt-class.ts'
export {
  byAge,
  type ItemKind,
  type Match,
  matchOldestFirst,
  type NewItem,
  type OpenItem,
} from './open-item.ts'
export { cancelItem, openItems, settle, settleOldestFirst, showOnBill, unsettle } from './operations.ts'
export { applyOverpayments } from './overpayment.ts'
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
export {
  balances,
  deferredItems,
  itemsOf,
  itemsOfAgreement,
  itemsOfBill,
  unbilledItems,
  unsettledItems,
} from './queries.ts'
export type { AgreementBalance } from './store/open-item.ts'
export { receivablesInvariants } from './store/verify.ts'

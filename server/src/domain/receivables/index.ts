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
export { balances, itemsOf, itemsOfAgreement, itemsOfBill, unbilledItems, unsettledItems } from './queries.ts'
export type { AgreementBalance } from './store/open-item.ts'
export { receivablesInvariants } from './store/verify.ts'

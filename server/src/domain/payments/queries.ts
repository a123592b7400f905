import type { Tx } from '../../platform/db/index.ts'
import { selectPaymentsOfAccount, selectPaymentsOfEvent } from './store/payment.ts'

/** This will list the payments of a billing account, latest first. */
export function paymentsOfAccount(tx: Tx, customerId: number, accountNumber: number) {
  return selectPaymentsOfAccount(tx, customerId, accountNumber)
}

/** This will list what one event paid. */
export function paymentsOfEvent(tx: Tx, payerCustomerId: number, eventNumber: number) {
  return selectPaymentsOfEvent(tx, payerCustomerId, eventNumber)
}

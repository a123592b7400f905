import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { customerIdOf } from '../customers/index.ts'
import type { Payment, PaymentEvent, StoredTender } from './payment.ts'
import { selectEvent, selectTenders, selectTendersByReference } from './store/event.ts'
import {
  selectPayment,
  selectPaymentsOfAccount,
  selectPaymentsOfEvent,
  selectUnapplied,
} from './store/payment.ts'

/** This will list the payments of a billing account, latest first. */
export function paymentsOfAccount(tx: Tx, customerId: number, accountNumber: number) {
  return selectPaymentsOfAccount(tx, customerId, accountNumber)
}

/** This will list what one event paid. */
export function paymentsOfEvent(tx: Tx, payerCustomerId: number, eventNumber: number) {
  return selectPaymentsOfEvent(tx, payerCustomerId, eventNumber)
}

/** This will read one payment. Refuses an unknown or deleted one. */
export async function getPayment(tx: Tx, customerId: number, paymentNumber: number): Promise<Payment> {
  const payment = await selectPayment(tx, customerId, paymentNumber)
  if (payment) return payment
  throw new Refusal('not_found', 'payment_unknown', `There is no payment ${paymentNumber}.`)
}

/** This will read an event with its tenders and payments. Refuses an unknown one. */
export async function getPaymentEvent(
  tx: Tx,
  payerCustomerId: number,
  eventNumber: number,
): Promise<PaymentEvent & { tenders: StoredTender[]; payments: Payment[] }> {
  const event = await selectEvent(tx, payerCustomerId, eventNumber)
  if (!event)
    throw new Refusal(
      'not_found',
      'payment_unknown',
      `There is no payment event ${eventNumber} of this payer.`,
    )
  const tenders = await selectTenders(tx, payerCustomerId, eventNumber)
  const payments = await selectPaymentsOfEvent(tx, payerCustomerId, eventNumber)
  return { ...event, tenders, payments }
}

/** This will list a client's money of nobody yet, oldest first. */
export function unappliedPayments(tx: Tx, clientId: number) {
  return selectUnapplied(tx, customerIdOf(clientId, 0))
}

/** This will find a client's tenders by the references that their senders gave them. */
export function tendersByReference(tx: Tx, clientId: number, references: readonly string[]) {
  return selectTendersByReference(tx, clientId, references)
}

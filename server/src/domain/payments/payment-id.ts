import { Refusal } from '../../platform/errors.ts'
import { customerIdOf, customerNumber } from '../customers/index.ts'

/** Names a payment on the file of the customer whose account it pays. */
export interface PaymentKey {
  customerId: number
  paymentNumber: number
}

/** A customer's payment numbers fit into so many places of the one number that names a payment in its client. */
const PAYMENTS_PER_CUSTOMER = 10_000_000

/** This will give the number of a payment in its client: customer number x 10^7 + payment number. */
export function paymentIdOf({ customerId, paymentNumber }: PaymentKey): number {
  return customerNumber(customerId) * PAYMENTS_PER_CUSTOMER + paymentNumber
}

/** This will read the number that `paymentIdOf` gives. Refuses a number that names no payment. */
export function parsePaymentId(clientId: number, paymentId: number): PaymentKey {
  const number = Math.floor(paymentId / PAYMENTS_PER_CUSTOMER)
  if (number >= 100_000_000)
    throw new Refusal('not_found', 'payment_unknown', `There is no payment ${paymentId}.`)
  return { customerId: customerIdOf(clientId, number), paymentNumber: paymentId % PAYMENTS_PER_CUSTOMER }
}

/** This will write a payment's number as people read it: `00000042-0000001`. */
export function formatPaymentId({ customerId, paymentNumber }: PaymentKey): string {
  const customer = String(customerNumber(customerId)).padStart(8, '0')
  return `${customer}-${String(paymentNumber).padStart(7, '0')}`
}

/** This will name a payment as audit, events and the contact log do. */
export function paymentSubject({ customerId, paymentNumber }: PaymentKey): string {
  return `payment:${customerId}-${paymentNumber}`
}

import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { decryptField } from '../../../platform/field-cipher.ts'
import type { Autopay } from '../autopay/autopay.ts'
import type { PaymentRequest } from '../scheduled/request.ts'
import { selectAutopaysOfMethod } from '../store/autopay.ts'
import * as store from '../store/method.ts'
import { selectWaitingOfMethod } from '../store/request.ts'
import type { MethodKey, PaymentMethod } from './method.ts'

/** This will list a customer's payment methods, the default one first, retired ones last. */
export function paymentMethods(tx: Tx, customerId: number): Promise<PaymentMethod[]> {
  return store.selectMethods(tx, customerId)
}

/** This will read a payment method. Refuses an unknown one. */
export async function getPaymentMethod(tx: Tx, key: MethodKey): Promise<PaymentMethod> {
  const method = await store.selectMethod(tx, key)
  if (method) return method
  throw new Refusal(
    'not_found',
    'method_unknown',
    `There is no payment method ${key.methodNumber} of this customer.`,
  )
}

/** This will tell what a payment method serves: autopays, ended ones too, and payments that wait for their day. */
export async function usesOfPaymentMethod(
  tx: Tx,
  key: MethodKey,
): Promise<{ autopays: Autopay[]; waiting: PaymentRequest[] }> {
  return {
    autopays: await selectAutopaysOfMethod(tx, key),
    waiting: await selectWaitingOfMethod(tx, key),
  }
}

/** This will open the token of a method, for the gateway alone. */
export async function openToken(tx: Tx, fieldKey: Buffer, key: MethodKey): Promise<string> {
  const sealed = await store.selectSealedToken(tx, key)
  if (!sealed) throw new Error(`payment method ${key.customerId}-${key.methodNumber} is gone`)
  return decryptField(fieldKey, sealed, methodSubject(key))
}

/** This will name a method as audit and events do. */
export function methodSubject({ customerId, methodNumber }: MethodKey): string {
  return `payment_method:${customerId}-${methodNumber}`
}

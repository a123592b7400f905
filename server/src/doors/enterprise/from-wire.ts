import { type AgreementKey, agreementIdOf } from '../../domain/agreements/index.ts'
import { customerIdOf } from '../../domain/customers/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { decimalToCents } from '../../platform/money.ts'

/** The agreement that a path names: only ever inside the caller's client. */
export function fromAccountPath(
  caller: { clientId: number },
  path: { customerId: number; customerAccountId: number; accountPackageId: number },
): AgreementKey {
  return {
    customerId: customerIdOf(caller.clientId, path.customerId),
    agreementId: agreementIdOf(path.customerAccountId, path.accountPackageId),
  }
}

/** The billing account that a path names. */
export function fromBillingPackagePath(
  caller: { clientId: number },
  path: { customerId: number; billingPackageId: number },
): { customerId: number; accountNumber: number } {
  return { customerId: customerIdOf(caller.clientId, path.customerId), accountNumber: path.billingPackageId }
}

/** An amount of money as the wire writes it. */
export function fromAmount(name: string, text: string): number {
  const cents = decimalToCents(text)
  if (cents !== undefined) return cents
  throw new Refusal('malformed', 'request_malformed', `${name} is no amount of money.`, [
    { pointer: `/${name}`, in: 'body', message: 'is no amount of money' },
  ])
}

/** The members of an object that are given, so that absent stays absent. */
export function given<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}

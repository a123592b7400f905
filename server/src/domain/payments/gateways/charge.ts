import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import { type Instant, localDateAt } from '../../../platform/time.ts'
import {
  type AccountKey,
  clientOf,
  customerIdOf,
  customerNumber,
  getCustomer,
  getPersons,
  type Language,
} from '../../customers/index.ts'
import { getClient, listCompanies } from '../../identity/index.ts'
import type { PaymentMethod } from '../methods/method.ts'
import { openToken } from '../methods/queries.ts'
import type { PaymentRequest } from '../scheduled/request.ts'
import type { ChargeRequest } from './gateway.ts'
import type { GatewayWork } from './work.ts'

/** This will give the span of customer ids of a client. */
export function ownersOf(clientId: number): { first: number; last: number } {
  return { first: customerIdOf(clientId, 0), last: customerIdOf(clientId + 1, 0) - 1 }
}

/** This will say what a gateway is asked for, and in whose name. */
export async function chargeOf(
  tx: Tx,
  { gateways }: Pick<GatewayWork, 'gateways'>,
  wish: { request: PaymentRequest; method: PaymentMethod; key: string; amountCents: Cents },
): Promise<ChargeRequest> {
  const { request, method, key, amountCents } = wish
  const { payee, currency, language } = await payeeOf(tx, request.customerId)
  return {
    key,
    token: await openToken(tx, gateways.fieldKey, method),
    kind: method.kind,
    amountCents,
    currency,
    payee,
    description: describe(request, language),
  }
}

/** This will tell in whose name a customer is charged, in which currency, and on which day it is there. */
export async function payeeOf(tx: Tx, customerId: number) {
  const clientId = clientOf(customerId)
  const { companyId, mainPersonId } = await getCustomer(tx, customerId)
  const company = (await listCompanies(tx, clientId)).find((one) => one.companyId === companyId)
  const [person] = await getPersons(tx, [mainPersonId])
  const { name, timeZone } = await getClient(tx, clientId)
  return {
    payee: company?.name ?? name,
    currency: company?.currency ?? 'USD',
    language: person?.language ?? ('en' as const),
    dayAt: (now: Instant) => localDateAt(now, timeZone),
  }
}

/** This will say what a payment is for, as the payer's statement and page show it: `Account 42-1`. */
export function describe({ customerId, accountNumber }: AccountKey, language: Language): string {
  return `${language === 'es' ? 'Cuenta' : 'Account'} ${customerNumber(customerId)}-${accountNumber}`
}

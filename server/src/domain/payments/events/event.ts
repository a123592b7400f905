import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount, sumCents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { clientOf, customerIdOf, getCustomer, knownAccounts } from '../../customers/index.ts'
import { listCompanies } from '../../identity/index.ts'
import type { PaymentSource, PaymentWish, Tender } from '../payment.ts'

/** Money that came in at once: how it came, and what it is for. */
export interface NewEvent {
  payerCustomerId: number
  accounts: readonly PaymentWish[]
  paymentDate: LocalDate
  accountingDate: LocalDate
  source: PaymentSource
  tenders: readonly Tender[]
  externalId?: string
}

/** This will refuse an event without accounts, or with an amount that is not above zero. */
export function checkAmounts({ accounts, tenders }: Pick<NewEvent, 'accounts' | 'tenders'>): void {
  if (accounts.length === 0)
    throw new Refusal('rule', 'payment_empty', 'A payment needs at least one account that it is for.')
  for (const account of accounts) requireAmount(account.amountCents, 'The amount paid for each account')
  for (const tender of tenders) requireAmount(tender.amountCents, 'The amount of each tender')
}

/** This will refuse an event whose tenders do not sum to its payments. */
export function checkBalance(
  tenders: readonly { amountCents: Cents }[],
  payments: readonly { amountCents: Cents }[],
): void {
  if (totalOf(tenders) === totalOf(payments)) return
  throw new Refusal(
    'rule',
    'payment_unbalanced',
    'The tenders must sum to what the accounts are paid; correct either.',
  )
}

/** This will add amounts up. */
export function totalOf(parts: readonly { amountCents: Cents }[]): Cents {
  return sumCents(parts.map(({ amountCents }) => amountCents))
}

/** This will refuse money that goes to customers of companies with different currencies. */
export async function requireOneCurrency(
  tx: Tx,
  clientId: number,
  customerIds: readonly number[],
): Promise<void> {
  const companyIds = new Set<number>()
  for (const customerId of new Set(customerIds)) companyIds.add((await getCustomer(tx, customerId)).companyId)
  if (companyIds.size < 2) return
  const companies = (await listCompanies(tx, clientId)).filter((one) => companyIds.has(one.companyId))
  const [ours, theirs] = [...new Set(companies.map(({ currency }) => currency))]
  if (theirs === undefined) return
  throw new Refusal(
    'rule',
    'currency_differs',
    `One account is in ${ours}, the other in ${theirs}; pay each with money of its own.`,
  )
}

type Place = Pick<PaymentWish, 'customerId' | 'accountNumber'>

/** This will refuse an account that the client does not have, be it another client's or nobody's. */
export async function requireAccounts(tx: Tx, clientId: number, places: readonly Place[]): Promise<void> {
  const own = places.flatMap(({ customerId, accountNumber }) =>
    accountNumber !== null && clientOf(customerId) === clientId ? [{ customerId, accountNumber }] : [],
  )
  const known = new Set((await knownAccounts(tx, own)).map(placeText))
  known.add(placeText({ customerId: customerIdOf(clientId, 0), accountNumber: null }))
  if (places.every((place) => known.has(placeText(place)))) return
  throw new Refusal(
    'not_found',
    'account_unknown',
    'There is no such billing account; check the number, or take the money as unapplied.',
  )
}

function placeText({ customerId, accountNumber }: Place): string {
  return `${customerId}-${accountNumber}`
}

/** This will tell whether an event pays for several customers, so that it meets in clearing. */
export function isShared(places: readonly Place[]): boolean {
  return new Set(places.map(({ customerId }) => customerId)).size > 1
}

/** This will name the clearing of an event over several customers. */
export function clearingOf(payerCustomerId: number, eventNumber: number): string {
  return `payment:${payerCustomerId}-${eventNumber}`
}

import { numbersAfter, type Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { type Cents, sumCents } from '../../platform/money.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { type Agreement, agreementsOfAccounts, startAgreement } from '../agreements/index.ts'
import { type AccountKey, clientOf, lockCustomers } from '../customers/index.ts'
import { type Actor, audit } from '../identity/index.ts'
import { controlAccount, LEDGER, type NewEntry, postEntries, receivablePosting } from '../ledger/index.ts'
import { type NewItem, openItems, settleOldestFirst, unsettledItems } from '../receivables/index.ts'
import { type PaymentSource, type Share, sharePayment, type TenderMethod } from './payment.ts'
import * as store from './store/payment.ts'

export interface PaymentInput {
  /** On whose file the money came in. */
  payerCustomerId: number
  accounts: readonly (AccountKey & {
    amountCents: Cents
    /** Pay exactly these; otherwise the oldest due debt of the account. */
    shares?: readonly Share[]
  })[]
  paymentDate: LocalDate
  source: PaymentSource
  tender: { method: TenderMethod; reference?: string }
  /** The sender's number of the event: the same one again changes nothing. */
  externalId?: string
  accountingDate?: LocalDate
  now: Instant
  actor: Actor
}

interface AccountPayment extends AccountKey {
  amountCents: Cents
  paymentNumber: number
  shares: (Share & { agreement: Pick<Agreement, 'kind' | 'debtClass'> })[]
}

/**
 * This will take money for one or several billing accounts and pay their oldest due debt; what is too much goes to the
 * account's overpayment agreement. Returns the event's number on the payer's file, undefined when this event was taken
 * before. Over several customers it meets in clearing. Refuses: no account, an amount that is not positive.
 */
export async function recordPayment(tx: Tx, input: PaymentInput): Promise<number | undefined> {
  const { payerCustomerId, accounts, now, actor } = input
  if (accounts.length === 0 || accounts.some(({ amountCents }) => !(amountCents > 0))) {
    throw new Refusal(
      'rule',
      'payment_amount',
      'A payment needs at least one account and an amount above zero for each.',
    )
  }
  await lockCustomers(tx, [payerCustomerId, ...accounts.map((account) => account.customerId)])
  const eventNumber = await store.insertEvent(tx, {
    customerId: payerCustomerId,
    paymentDate: input.paymentDate,
    source: input.source,
    externalId: input.externalId ?? null,
    createdAt: now,
    createdBy: actor.actor,
  })
  if (eventNumber === undefined) return undefined
  const amountCents = sumCents(accounts.map((account) => account.amountCents))
  const tender = { ...input.tender, amountCents }
  await store.insertTender(tx, { customerId: payerCustomerId, eventNumber, tenderNumber: 1 }, tender)
  await postPayments(tx, input, eventNumber, await shareOut(tx, input))
  await audit(tx, {
    clientId: clientOf(payerCustomerId),
    at: now,
    actor,
    operation: 'recordPayment',
    subject: `payment_event:${payerCustomerId}-${eventNumber}`,
    detail: { amountCents, source: input.source },
  })
  return eventNumber
}

async function shareOut(tx: Tx, input: PaymentInput): Promise<AccountPayment[]> {
  const customerIds = input.accounts.map((account) => account.customerId)
  const next = await numbersAfter(tx, 'payment', 'payment_number', customerIds)
  const agreements = await agreementsOfAccounts(tx, input.accounts)
  const unsettled = await unsettledItems(tx, customerIds)
  const payments: AccountPayment[] = []
  for (const account of input.accounts) {
    const own = agreements.filter(
      (one) => one.customerId === account.customerId && one.accountNumber === account.accountNumber,
    )
    const debits = unsettled.filter(
      (item) =>
        item.customerId === account.customerId && own.some((one) => one.agreementId === item.agreementId),
    )
    const { shares, leftCents } = account.shares
      ? {
          shares: [...account.shares],
          leftCents: account.amountCents - sumCents(account.shares.map((s) => s.amountCents)),
        }
      : sharePayment(account.amountCents, debits)
    if (leftCents < 0)
      throw new Refusal('rule', 'shares_exceed_payment', 'The shares are more than the payment.')
    const withKinds: AccountPayment['shares'] = shares.map((share) => ({
      ...share,
      agreement: agreementOf(own, share.agreementId),
    }))
    if (leftCents > 0) withKinds.push(await overpayment(tx, input, account, own, leftCents))
    payments.push({ ...account, paymentNumber: next(account.customerId), shares: withKinds })
  }
  return payments
}

function agreementOf(own: readonly Agreement[], agreementId: number): Agreement {
  const agreement = own.find((one) => one.agreementId === agreementId)
  if (agreement) return agreement
  throw new Refusal(
    'rule',
    'agreement_not_on_account',
    `Agreement ${agreementId} is not on this billing account.`,
  )
}

async function overpayment(
  tx: Tx,
  input: PaymentInput,
  account: AccountKey,
  own: readonly Agreement[],
  amountCents: Cents,
) {
  const present = own.find((one) => one.kind === 'overpayment' && one.status === 'active')
  if (present) return { agreementId: present.agreementId, amountCents, agreement: present }
  const { customerId, accountNumber } = account
  const kind = 'overpayment' as const
  const start = { customerId, accountNumber, kind, startDate: input.paymentDate, now: input.now }
  const agreementId = await startAgreement(tx, start)
  return { agreementId, amountCents, agreement: { kind, debtClass: 'regulated' } }
}

async function postPayments(
  tx: Tx,
  input: PaymentInput,
  eventNumber: number,
  payments: readonly AccountPayment[],
): Promise<void> {
  const { payerCustomerId, now, paymentDate } = input
  const spans = new Set(payments.map((payment) => payment.customerId)).size > 1
  const clearingEvent = spans ? clearingOf(payerCustomerId, eventNumber) : undefined
  const dates = {
    effectiveDate: paymentDate,
    accountingDate: input.accountingDate ?? paymentDate,
    createdAt: now,
  }
  const total = sumCents(payments.map((payment) => payment.amountCents))
  const received: NewEntry[] = clearingEvent
    ? [
        {
          customerId: payerCustomerId,
          kind: 'payment',
          reference: `tender:${eventNumber}`,
          clearingEvent,
          ...dates,
          postings: [{ debitCode: LEDGER.cash, creditCode: LEDGER.clearing, amountCents: total }],
        },
      ]
    : []
  const entries = payments.map(
    (payment): NewEntry => ({
      customerId: payment.customerId,
      kind: 'payment',
      reference: `payment:${payment.paymentNumber}`,
      ...(clearingEvent && { clearingEvent }),
      ...dates,
      postings: payment.shares.flatMap(({ agreement, agreementId, amountCents }) => {
        const owner = { agreementId, accountNumber: payment.accountNumber, debtClass: agreement.debtClass }
        const other = clearingEvent ? LEDGER.clearing : LEDGER.cash
        return receivablePosting(controlAccount(agreement.kind), other, owner, -amountCents) ?? []
      }),
    }),
  )
  const ids = await postEntries(tx, [...received, ...entries])
  const entryIds = ids.slice(received.length)
  await store.insertPayments(
    tx,
    payments.map((payment, index) => ({
      ...payment,
      payerCustomerId,
      eventNumber,
      status: 'frozen' as const,
      entryId: entryIds[index] ?? 0,
    })),
  )
  await openItems(
    tx,
    payments.flatMap((payment, index) => itemsOf(payment, entryIds[index] ?? 0, paymentDate)),
  )
  await settleOldestFirst(tx, { customerIds: payments.map((payment) => payment.customerId), now })
}

/** This will name the clearing of an event over several customers. */
export function clearingOf(payerCustomerId: number, eventNumber: number): string {
  return `payment:${payerCustomerId}-${eventNumber}`
}

function itemsOf(payment: AccountPayment, entryId: number, paymentDate: LocalDate): NewItem[] {
  return payment.shares.map(({ agreementId, amountCents, agreement }) => ({
    customerId: payment.customerId,
    agreementId,
    accountNumber: payment.accountNumber,
    debtClass: agreement.debtClass,
    kind: 'payment',
    reference: `payment:${payment.paymentNumber}`,
    entryId,
    aroseOn: paymentDate,
    amountCents: -amountCents,
  }))
}

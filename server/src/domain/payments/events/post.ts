import type { Tx } from '../../../platform/db/index.ts'
import { emit } from '../../../platform/outbox.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { AccountKey } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { LEDGER, type NewEntry, postEntries } from '../../ledger/index.ts'
import { type Move, postMoves, settleExactly } from '../../receivables/index.ts'
import type { PaymentWish } from '../payment.ts'
import { type AgreementShare, PaidAccounts } from './accounts.ts'
import { totalOf } from './event.ts'
import { askFrozen, nameFrozen } from './frozen.ts'
import { askPayoff } from './payoff.ts'

/** A payment with its number, about to be posted. */
export interface NumberedPayment extends PaymentWish {
  payerCustomerId: number
  eventNumber: number
  paymentNumber: number
  paymentDate: LocalDate
  accountingDate: LocalDate
  /** Of an event over several customers. */
  clearingEvent?: string
}

type OfAccount = NumberedPayment & AccountKey

/**
 * This will post payments in the order given and let each pay what it names, else what its account owes: debt classes
 * by priority, then the oldest debt; what is too much goes to the account's overpayment agreement. Answers the entry of
 * each. The customers are locked by the caller. A statement a table, whatever the number of payments.
 */
export async function postPayments(
  tx: Tx,
  clientId: number,
  payments: readonly NumberedPayment[],
  done: { now: Instant; actor: Actor },
): Promise<number[]> {
  const asksMore = payments.some(({ target }) => target?.kind === 'payoff')
  if (!asksMore && !(await nameFrozen(tx, payments))) return postTogether(tx, clientId, payments, done.now)
  const entryIds: number[] = []
  for (const payment of payments) {
    if (isOfAccount(payment)) {
      if (payment.target?.kind === 'payoff') await askPayoff(tx, payment, done)
      else await askFrozen(tx, payment, done.now)
    }
    entryIds.push(...(await postTogether(tx, clientId, [payment], done.now)))
  }
  return entryIds
}

async function postTogether(
  tx: Tx,
  clientId: number,
  payments: readonly NumberedPayment[],
  now: Instant,
): Promise<number[]> {
  const applied = await applyToAccounts(tx, clientId, payments.filter(isOfAccount), now)
  const unapplied = await postEntries(
    tx,
    payments.filter((payment) => !isOfAccount(payment)).map((payment) => unappliedEntry(payment, now)),
  )
  const [nextApplied, nextUnapplied] = [applied.values(), unapplied.values()]
  return payments.map((payment) => {
    const { value } = isOfAccount(payment) ? nextApplied.next() : nextUnapplied.next()
    return Number(value)
  })
}

async function applyToAccounts(
  tx: Tx,
  clientId: number,
  payments: readonly OfAccount[],
  now: Instant,
): Promise<number[]> {
  if (payments.length === 0) return []
  const accounts = await PaidAccounts.read(tx, clientId, payments)
  const shared: { payment: OfAccount; shares: AgreementShare[] }[] = []
  for (const payment of payments) shared.push({ payment, shares: await accounts.pay(tx, payment, now) })
  const posted = await postMoves(
    tx,
    shared.map(({ payment, shares }) => moveOf(payment, shares)),
    now,
  )
  const matches = shared.flatMap(({ payment, shares }, index) =>
    shares.flatMap(({ debits }, at) =>
      debits.map(({ itemId, amountCents }) => ({
        customerId: payment.customerId,
        debitItemId: itemId,
        creditItemId: posted[index]?.itemIds[at] ?? 0,
        amountCents,
      })),
    ),
  )
  await settleExactly(tx, { matches, now })
  return posted.map(({ entryId }) => entryId)
}

function isOfAccount(payment: NumberedPayment): payment is OfAccount {
  return payment.accountNumber !== null
}

function moveOf(payment: OfAccount, shares: readonly AgreementShare[]): Move {
  const { customerId, paymentNumber, paymentDate, accountingDate, clearingEvent } = payment
  return {
    customerId,
    entryKind: 'payment',
    reference: `payment:${paymentNumber}`,
    effectiveDate: paymentDate,
    accountingDate,
    ...(clearingEvent !== undefined && { clearingEvent }),
    changes: shares.map(({ agreement, amountCents, debits }) => ({
      agreement,
      otherCode: cameFrom(payment),
      amountCents: -amountCents,
      settlesCents: totalOf(debits),
    })),
  }
}

function unappliedEntry(payment: NumberedPayment, now: Instant): NewEntry {
  const { customerId, paymentNumber, paymentDate, accountingDate, clearingEvent, amountCents } = payment
  return {
    customerId,
    kind: 'payment',
    reference: `payment:${paymentNumber}`,
    effectiveDate: paymentDate,
    accountingDate,
    ...(clearingEvent !== undefined && { clearingEvent }),
    createdAt: now,
    postings: [{ debitCode: cameFrom(payment), creditCode: LEDGER.suspense, amountCents }],
  }
}

function cameFrom({ clearingEvent }: NumberedPayment): string {
  return clearingEvent === undefined ? LEDGER.cash : LEDGER.clearing
}

/** What an event over several customers brought, on the payer's file. */
export interface Receipt {
  payerCustomerId: number
  eventNumber: number
  /** `tender:3` */
  reference: string
  clearingEvent: string
  paymentDate: LocalDate
  accountingDate: LocalDate
  tenders: readonly { amountCents: number }[]
}

/** This will post the cash of events over several customers; each customer's payment takes its part out of clearing. */
export async function receive(tx: Tx, receipts: readonly Receipt[], now: Instant): Promise<void> {
  await postEntries(
    tx,
    receipts.map((receipt) => ({
      customerId: receipt.payerCustomerId,
      kind: 'payment' as const,
      reference: receipt.reference,
      clearingEvent: receipt.clearingEvent,
      effectiveDate: receipt.paymentDate,
      accountingDate: receipt.accountingDate,
      createdAt: now,
      postings: [
        { debitCode: LEDGER.cash, creditCode: LEDGER.clearing, amountCents: totalOf(receipt.tenders) },
      ],
    })),
  )
}

/** This will tell that payments were posted: `payment.posted` each. */
export function announcePosted(
  tx: Tx,
  clientId: number,
  payments: readonly (NumberedPayment & { source: string; method: string })[],
  now: Instant,
): Promise<void> {
  return emit(
    tx,
    payments.map(({ customerId, paymentNumber, accountNumber, amountCents, paymentDate, ...rest }) => ({
      clientId,
      at: now,
      type: 'payment.posted',
      subject: `payment:${customerId}-${paymentNumber}`,
      payload: {
        customerId,
        accountNumber,
        paymentNumber,
        amountCents,
        paymentDate,
        payerCustomerId: rest.payerCustomerId,
        eventNumber: rest.eventNumber,
        source: rest.source,
        method: rest.method,
      },
    })),
  )
}

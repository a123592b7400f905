import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type Agreement, agreementsOnAccounts, startAgreement } from '../../agreements/index.ts'
import type { AccountKey } from '../../customers/index.ts'
import { LEDGER } from '../../ledger/index.ts'
import {
  DEFAULT_PAY_PRIORITY,
  debtClasses,
  type Move,
  postMoves,
  settleExactly,
  unsettledItems,
} from '../../receivables/index.ts'
import { OpenDebits, type PaidShare } from '../allocation/share.ts'
import type { PaymentWish } from '../payment.ts'

/** A payment with its number, about to be posted. */
export interface NumberedPayment extends PaymentWish {
  paymentNumber: number
  paymentDate: LocalDate
  accountingDate: LocalDate
  /** Of an event over several customers. */
  clearingEvent?: string
}

type SharedPayment = Omit<NumberedPayment, 'shares'> & { shares: (PaidShare & { agreement: Agreement })[] }

/**
 * This will post payments in the order given and let each pay what it names, else what its account owes: debt classes
 * by priority, then the oldest debt; what is too much goes to the account's overpayment agreement. Answers the entry of
 * each. The customers are locked by the caller. A statement a table, whatever the number of payments.
 */
export async function postPayments(
  tx: Tx,
  clientId: number,
  payments: readonly NumberedPayment[],
  now: Instant,
): Promise<number[]> {
  const shared = await shareOut(tx, clientId, payments, now)
  const posted = await postMoves(tx, shared.map(moveOf), now)
  const matches = shared.flatMap(({ customerId, shares }, index) =>
    shares.flatMap(({ debits }, at) =>
      debits.map(({ itemId, amountCents }) => ({
        customerId,
        debitItemId: itemId,
        creditItemId: posted[index]?.itemIds[at] ?? 0,
        amountCents,
      })),
    ),
  )
  await settleExactly(tx, { matches, now })
  return posted.map(({ entryId }) => entryId)
}

function moveOf(payment: SharedPayment): Move {
  const { customerId, paymentNumber, paymentDate, accountingDate, clearingEvent } = payment
  return {
    customerId,
    entryKind: 'payment',
    reference: `payment:${paymentNumber}`,
    effectiveDate: paymentDate,
    accountingDate,
    ...(clearingEvent !== undefined && { clearingEvent }),
    changes: payment.shares.map(({ agreement, amountCents }) => ({
      agreement: { ...agreement, accountNumber: payment.accountNumber },
      otherCode: clearingEvent === undefined ? LEDGER.cash : LEDGER.clearing,
      amountCents: -amountCents,
    })),
  }
}

async function shareOut(
  tx: Tx,
  clientId: number,
  payments: readonly NumberedPayment[],
  now: Instant,
): Promise<SharedPayment[]> {
  const accounts = new Accounts(await readAccounts(tx, clientId, payments))
  const shared: SharedPayment[] = []
  for (const payment of payments) {
    const account = accounts.of(payment)
    const { shares, leftCents } = account.debits.pay(payment.amountCents, payment)
    const parts = shares.map((share) => ({ ...share, agreement: agreementOf(account, share.agreementId) }))
    if (leftCents > 0) parts.push(await overpaid(tx, account, payment, leftCents, now))
    shared.push({ ...payment, shares: mergeShares(parts) })
  }
  return shared
}

interface Account {
  agreements: Agreement[]
  debits: OpenDebits
}

async function readAccounts(tx: Tx, clientId: number, payments: readonly NumberedPayment[]) {
  const keys = [...new Map(payments.map((payment) => [keyOf(payment), payment])).values()]
  const agreements = await agreementsOnAccounts(tx, keys)
  const items = await unsettledItems(tx, [...new Set(keys.map(({ customerId }) => customerId))])
  const classes = new Map(
    (await debtClasses(tx, clientId)).map(({ code, payPriority }) => [code, payPriority]),
  )
  return { keys, agreements, items, priorityOf: (code: string) => classes.get(code) ?? DEFAULT_PAY_PRIORITY }
}

/** What the accounts of a batch owe, and on which agreements, as its payments go by. */
class Accounts {
  private readonly byKey: Map<string, Account>

  constructor({ keys, agreements, items, priorityOf }: Awaited<ReturnType<typeof readAccounts>>) {
    const itemsOf = Map.groupBy(items, ({ customerId, agreementId }) => `${customerId}-${agreementId}`)
    const onAccount = Map.groupBy(agreements, keyOf)
    this.byKey = new Map(
      keys.map((key) => {
        const own = onAccount.get(keyOf(key)) ?? []
        const owed = own.flatMap((one) => itemsOf.get(`${one.customerId}-${one.agreementId}`) ?? [])
        return [keyOf(key), { agreements: [...own], debits: new OpenDebits(owed, priorityOf) }]
      }),
    )
  }

  of(key: AccountKey): Account {
    const account = this.byKey.get(keyOf(key))
    if (!account) throw new Error(`account ${keyOf(key)} was not read`)
    return account
  }
}

function agreementOf(account: Account, agreementId: number): Agreement {
  const agreement = account.agreements.find((one) => one.agreementId === agreementId)
  if (agreement) return agreement
  throw new Refusal(
    'rule',
    'agreement_not_on_account',
    `Agreement ${agreementId} is not on this billing account.`,
  )
}

async function overpaid(
  tx: Tx,
  account: Account,
  payment: NumberedPayment,
  amountCents: Cents,
  now: Instant,
): Promise<SharedPayment['shares'][number]> {
  let agreement = account.agreements.find(takesOverpayments)
  if (!agreement) {
    const { customerId, accountNumber, paymentDate: startDate } = payment
    await startAgreement(tx, { customerId, accountNumber, kind: 'overpayment', startDate, now })
    account.agreements = await agreementsOnAccounts(tx, [{ customerId, accountNumber }])
    agreement = account.agreements.find(takesOverpayments)
  }
  if (!agreement) throw new Error('the overpayment agreement was not started')
  return { agreementId: agreement.agreementId, amountCents, agreement, debits: [] }
}

function takesOverpayments({ kind, status }: Agreement): boolean {
  return kind === 'overpayment' && status !== 'closed' && status !== 'cancelled'
}

/** An agreement gets one part of a payment. */
function mergeShares(shares: SharedPayment['shares']): SharedPayment['shares'] {
  return [...Map.groupBy(shares, ({ agreementId }) => agreementId).values()].flatMap((own) => {
    const [first] = own
    if (!first) return []
    const amountCents = sumCents(own.map((share) => share.amountCents))
    return [{ ...first, amountCents, debits: own.flatMap(({ debits }) => debits) }]
  })
}

function keyOf({ customerId, accountNumber }: AccountKey): string {
  return `${customerId}-${accountNumber}`
}

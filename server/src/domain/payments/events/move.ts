import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type AccountKey, clientOf } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { Target } from '../allocation/target.ts'
import { type Payment, type PaymentWish, paymentAfter, type Share } from '../payment.ts'
import { selectPayment } from '../store/payment.ts'
import { auditEvent } from './cancel.ts'
import { changePayments, lockEvent } from './change.ts'
import { requireAccounts, requireOneCurrency } from './event.ts'

interface MoveInput {
  customerId: number
  paymentNumber: number
  reason: string
  on: LocalDate
  now: Instant
  actor: Actor
}

/**
 * This will move a payment, or a part of it, to another account of the same client: it is cancelled there and made here,
 * in one act. Money of nobody yet finds its account in the same way. Answers the new payment's number on the other
 * customer's file. Refuses: an account of another client or nobody's, more than the payment, a payment that is not
 * posted or was cancelled, more than what is named asks for, an account in another currency.
 */
export async function transferPayment(
  tx: Tx,
  input: MoveInput & { to: AccountKey; amountCents?: Cents; target?: Target; shares?: readonly Share[] },
): Promise<number> {
  const { to, target, shares } = input
  const payment = await livePayment(tx, input)
  const clientId = clientOf(payment.payerCustomerId)
  await requireAccounts(tx, clientId, [to])
  if (payment.accountNumber !== null)
    await requireOneCurrency(tx, clientId, [payment.customerId, to.customerId])
  const amountCents = input.amountCents ?? payment.amountCents
  requireAmount(amountCents, 'What is transferred')
  if (amountCents > payment.amountCents)
    throw new Refusal(
      'rule',
      'transfer_above_payment',
      `The payment is of ${payment.amountCents} cents; transfer at most that.`,
    )
  const { customerId, accountNumber } = to
  const wish = {
    customerId,
    accountNumber,
    amountCents,
    ...(target && { target }),
    ...(shares && { shares }),
  }
  const rest = { ...placeOf(payment), amountCents: payment.amountCents - amountCents }
  const make = rest.amountCents > 0 ? [wish, rest] : [wish]
  const [made] = await replace(tx, 'transferPayment', input, payment, make)
  return made?.paymentNumber ?? 0
}

/**
 * This will let a posted payment pay something else of its account: what is named, given shares, or the oldest debt
 * anew. Answers the number of the payment that replaces it. Refuses as `transferPayment` does.
 */
export async function reallocatePayment(
  tx: Tx,
  input: MoveInput & { target?: Target; shares?: readonly Share[] },
): Promise<number> {
  const { target, shares } = input
  const payment = await livePayment(tx, input)
  const { amountCents } = payment
  const wish = { ...placeOf(payment), amountCents, ...(target && { target }), ...(shares && { shares }) }
  const [made] = await replace(tx, 'reallocatePayment', input, payment, [wish])
  return made?.paymentNumber ?? 0
}

/**
 * This will take a payment off what it pays and keep its money on the account's overpayment agreement. Answers the
 * number of the payment that replaces it. Refuses as `transferPayment` does.
 */
export function releasePayment(tx: Tx, input: MoveInput): Promise<number> {
  return reallocatePayment(tx, { ...input, shares: [] })
}

async function livePayment(tx: Tx, { customerId, paymentNumber }: MoveInput): Promise<Payment> {
  const payment = await selectPayment(tx, customerId, paymentNumber)
  if (!payment) throw new Refusal('not_found', 'payment_unknown', `There is no payment ${paymentNumber}.`)
  paymentAfter(payment.status, 'cancel')
  return payment
}

function placeOf({ customerId, accountNumber }: Payment) {
  return { customerId, accountNumber }
}

async function replace(
  tx: Tx,
  operation: string,
  input: MoveInput,
  before: Payment,
  make: readonly PaymentWish[],
) {
  const { reason, on, now, actor } = input
  const { payerCustomerId, eventNumber } = before
  const others = make.map(({ customerId }) => customerId)
  const locked = await lockEvent(tx, payerCustomerId, eventNumber, others)
  const payment = locked.payments.find(
    (one) => one.customerId === before.customerId && one.paymentNumber === before.paymentNumber,
  )
  if (!payment) throw new Refusal('not_found', 'payment_unknown', 'The payment was deleted a moment ago.')
  const wishes = make.map((wish) => ({ ...wish, of: payment }))
  const made = await changePayments(tx, locked, { cancel: [payment], make: wishes, on, reason, now, actor })
  const detail = { reason, from: `${payment.customerId}-${payment.paymentNumber}`, to: made }
  await auditEvent(tx, operation, { ...input, payerCustomerId, eventNumber }, detail)
  return made
}

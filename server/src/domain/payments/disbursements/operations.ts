import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount } from '../../../platform/money.ts'
import { emit } from '../../../platform/outbox.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { LEDGER, postEntries, reverseEntry } from '../../ledger/index.ts'
import { cancelRefund, postRefund } from '../../receivables/index.ts'
import * as store from '../store/disbursement.ts'
import { selectPayment } from '../store/payment.ts'
import {
  checkReference,
  type Disbursement,
  type DisbursementAction,
  type DisbursementAddress,
  disbursementAfter,
} from './disbursement.ts'

interface Act {
  customerId: number
  now: Instant
  actor: Actor
}

/**
 * This will ask accounts payable for a check over a credit of an agreement: the credit is gone, the refund is owed.
 * Payee and address are the billing account's when left out. Answers its number. Refuses: more than the credit, an
 * amount that is not positive.
 */
export async function requestDisbursement(
  tx: Tx,
  input: Act & {
    agreementId: number
    amountCents: Cents
    payeeName?: string
    address?: DisbursementAddress
    reason: string
    requestedOn: LocalDate
  },
): Promise<number> {
  const { customerId, amountCents, requestedOn, now } = input
  await lockCustomers(tx, [customerId])
  const agreement = await getAgreement(tx, input)
  const account = await getBillingAccount(tx, agreement)
  const next = await numbersAfter(tx, 'disbursement', 'disbursement_number', [customerId])
  const disbursementNumber = next(customerId)
  const reference = `disbursement:${disbursementNumber}`
  const dates = { effectiveDate: requestedOn, accountingDate: requestedOn, now }
  const entryId = await postRefund(tx, { customerId, agreement, amountCents, reference, ...dates })
  const payee = { payeeName: account.mailingName, address: account.mailingAddress }
  const { agreementId, accountNumber } = agreement
  const of = { disbursementNumber, agreementId, accountNumber, paymentNumber: null, entryId }
  return await keep(tx, { ...payee, ...input, ...of }, input)
}

/**
 * This will ask for a check that sends unapplied money back to who paid it. Answers its number. Refuses: a payment that
 * is not unapplied, or is being sent back already.
 */
export async function refundUnapplied(
  tx: Tx,
  input: Act & {
    paymentNumber: number
    payeeName: string
    address: DisbursementAddress
    reason: string
    requestedOn: LocalDate
  },
): Promise<number> {
  const { customerId, paymentNumber, requestedOn, now } = input
  await lockCustomers(tx, [customerId])
  const payment = await selectPayment(tx, customerId, paymentNumber)
  if (payment?.accountNumber !== null || payment.status !== 'frozen')
    throw new Refusal(
      'conflict',
      'payment_not_unapplied',
      `Payment ${paymentNumber} is not unapplied money; ask for a refund of the account's credit.`,
    )
  if (await store.hasLiveRefund(tx, customerId, paymentNumber))
    throw new Refusal('conflict', 'payment_refunded', 'This money is being sent back already.')
  const next = await numbersAfter(tx, 'disbursement', 'disbursement_number', [customerId])
  const disbursementNumber = next(customerId)
  const { amountCents } = payment
  const [entryId = 0] = await postEntries(tx, [
    {
      customerId,
      kind: 'disbursement',
      reference: `disbursement:${disbursementNumber}`,
      effectiveDate: requestedOn,
      accountingDate: requestedOn,
      createdAt: now,
      postings: [{ debitCode: LEDGER.suspense, creditCode: LEDGER.refundsPayable, amountCents }],
    },
  ])
  const of = { disbursementNumber, amountCents, agreementId: null, accountNumber: null, entryId }
  return await keep(tx, { ...input, ...of }, input)
}

type NewDisbursement = Parameters<typeof store.insertDisbursement>[1]

async function keep(tx: Tx, one: NewDisbursement, { now, actor }: Act): Promise<number> {
  requireAmount(one.amountCents, 'The disbursement')
  await store.insertDisbursement(tx, one, actor.actor, now)
  await tell(tx, 'requestDisbursement', one, { now, actor, customerId: one.customerId }, 'requested')
  return one.disbursementNumber
}

async function tell(
  tx: Tx,
  operation: string,
  one: NewDisbursement,
  { now, actor, customerId }: Act,
  happened: string,
): Promise<void> {
  const clientId = clientOf(customerId)
  const { disbursementNumber, accountNumber, amountCents, reason } = one
  const subject = `disbursement:${customerId}-${disbursementNumber}`
  const payload = { customerId, disbursementNumber, accountNumber, amountCents, reason }
  await emit(tx, [{ clientId, at: now, type: `disbursement.${happened}`, subject, payload }])
  await audit(tx, { clientId, at: now, actor, operation, subject, detail: { amountCents, reason } })
}

export interface DisbursementInput extends Act {
  disbursementNumber: number
}

async function locked(tx: Tx, input: DisbursementInput, action: DisbursementAction) {
  await lockCustomers(tx, [input.customerId])
  const one = await store.selectDisbursement(tx, input.customerId, input.disbursementNumber)
  if (!one)
    throw new Refusal(
      'not_found',
      'disbursement_unknown',
      `There is no disbursement ${input.disbursementNumber}.`,
    )
  return { ...one, status: disbursementAfter(one.status, action) }
}

/** This will hold a requested check, or let it go on. Refuses what the state does not allow. */
export async function holdDisbursement(
  tx: Tx,
  input: DisbursementInput & { action: 'hold' | 'release' },
): Promise<void> {
  const one = await locked(tx, input, input.action)
  await store.updateDisbursement(tx, one, one)
  await tell(tx, 'holdDisbursement', one, input, input.action === 'hold' ? 'held' : 'released')
}

/**
 * This will note the check that paid a request: the refund is not owed any more, the cash is gone. Refuses no check
 * number, that of a check of this request that was stopped, what the state does not allow.
 */
export async function payDisbursement(
  tx: Tx,
  input: DisbursementInput & { checkNumber: string; paidOn: LocalDate },
): Promise<void> {
  const { customerId, checkNumber, paidOn, now } = input
  const one = await locked(tx, input, 'pay')
  if (checkNumber.trim() === '')
    throw new Refusal('malformed', 'check_number_missing', 'A paid disbursement needs its check number.')
  if (await store.wasPaidBy(tx, one, checkNumber))
    throw new Refusal(
      'conflict',
      'check_number_used',
      `Check ${checkNumber} was stopped; give the number of the check that takes its place.`,
    )
  const [paidEntryId = 0] = await postEntries(tx, [
    {
      customerId,
      kind: 'disbursement',
      reference: checkReference(one.disbursementNumber, checkNumber),
      effectiveDate: paidOn,
      accountingDate: paidOn,
      createdAt: now,
      postings: [{ debitCode: LEDGER.refundsPayable, creditCode: LEDGER.cash, amountCents: one.amountCents }],
    },
  ])
  await store.updateDisbursement(tx, one, { ...one, checkNumber, paidEntryId, paidOn })
  await tell(tx, 'payDisbursement', one, input, 'paid')
}

/** This will stop a check that was lost: the refund is owed again, to be reissued or cancelled. */
export async function stopDisbursement(
  tx: Tx,
  input: DisbursementInput & { stoppedOn: LocalDate },
): Promise<void> {
  const one = await locked(tx, input, 'stop')
  await reverse(tx, one, one.paidEntryId ?? 0, input.stoppedOn, input.now)
  await store.updateDisbursement(tx, one, { ...one, endedOn: input.stoppedOn })
  await tell(tx, 'stopDisbursement', one, input, 'stopped')
}

/** This will ask for another check in place of a stopped one. */
export async function reissueDisbursement(tx: Tx, input: DisbursementInput): Promise<void> {
  const one = await locked(tx, input, 'reissue')
  const renewed = { ...one, checkNumber: null, paidEntryId: null, paidOn: null, endedOn: null }
  await store.updateDisbursement(tx, one, renewed)
  await tell(tx, 'reissueDisbursement', one, input, 'requested')
}

/** This will give the money of a request back to where it was. Refuses one that is paid or was cancelled. */
export async function cancelDisbursement(
  tx: Tx,
  input: DisbursementInput & { cancelledOn: LocalDate },
): Promise<void> {
  const { customerId, cancelledOn: day, now } = input
  const one = await locked(tx, input, 'cancel')
  const { entryId } = one
  if (one.agreementId === null) await reverse(tx, one, entryId, day, now)
  else await cancelRefund(tx, { customerId, entryId, effectiveDate: day, accountingDate: day, now })
  await store.updateDisbursement(tx, one, { ...one, endedOn: day })
  await tell(tx, 'cancelDisbursement', one, input, 'cancelled')
}

async function reverse(
  tx: Tx,
  { customerId }: Disbursement,
  entryId: number,
  day: LocalDate,
  now: Instant,
): Promise<void> {
  const dates = { effectiveDate: day, accountingDate: day, now }
  await reverseEntry(tx, { customerId, entryId, kind: 'disbursement_cancel', ...dates })
}

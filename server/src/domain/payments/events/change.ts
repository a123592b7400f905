import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { cancelEntry, settleOldestFirst } from '../../receivables/index.ts'
import type { Payment, PaymentEvent, PaymentWish, StoredTender } from '../payment.ts'
import { paymentAfter } from '../payment.ts'
import { hasLiveRefund } from '../store/disbursement.ts'
import { selectEvent, selectTenderEntry, selectTenders } from '../store/event.ts'
import { insertPayments, selectPaymentsOfEvent, updateCancelled } from '../store/payment.ts'
import { clearingOf } from './event.ts'
import { freezeAgain } from './frozen.ts'
import { announcePosted, postPayments } from './post.ts'

/** An event as it stands, with every customer that it concerns locked. */
export interface LockedEvent {
  event: PaymentEvent
  payments: Payment[]
  tenders: StoredTender[]
  /** The payer's side in clearing, of an event over several customers. */
  tenderEntryId: number | undefined
}

/** This will lock an event's payer, the customers it pays for and others. Refuses an unknown event. */
export async function lockEvent(
  tx: Tx,
  payerCustomerId: number,
  eventNumber: number,
  others: readonly number[] = [],
): Promise<LockedEvent> {
  const before = await selectPaymentsOfEvent(tx, payerCustomerId, eventNumber)
  if (before.length === 0)
    throw new Refusal(
      'not_found',
      'payment_unknown',
      `There is no payment event ${eventNumber} of this payer.`,
    )
  const customerIds = [payerCustomerId, ...others, ...before.map(({ customerId }) => customerId)]
  await lockCustomers(tx, customerIds)
  const payments = await selectPaymentsOfEvent(tx, payerCustomerId, eventNumber)
  const locked = new Set(customerIds)
  if (payments.some(({ customerId }) => !locked.has(customerId)))
    throw new Refusal('conflict', 'payment_changed', 'The payment was moved a moment ago; look again.')
  const event = await selectEvent(tx, payerCustomerId, eventNumber)
  if (!event) throw new Error(`payment event ${payerCustomerId}-${eventNumber} has payments and no row`)
  const tenders = await selectTenders(tx, payerCustomerId, eventNumber)
  const tenderEntryId = await selectTenderEntry(tx, payerCustomerId, eventNumber)
  return { event, payments, tenders, tenderEntryId }
}

export interface Change {
  cancel: readonly Payment[]
  /** What is done with their money instead: each wish takes that of one cancelled payment, or a part of it. */
  make: readonly (PaymentWish & { of: Payment })[]
  on: LocalDate
  reason: string
  now: Instant
  actor: Actor
}

/**
 * This will cancel payments of an event and pay with the same money elsewhere. Answers the numbers of the new payments.
 * Everybody concerned is locked. Refuses: a payment that is not posted, or was cancelled or sent back already.
 */
export async function changePayments(tx: Tx, locked: LockedEvent, change: Change) {
  const { cancel, on, reason, now } = change
  const dates = { effectiveDate: on, accountingDate: on, now }
  const clearing = clearingIn(locked)
  for (const payment of cancel) await cancelOne(tx, payment, { ...dates, ...clearing })
  await updateCancelled(tx, cancel, { cancelledOn: on, reason })
  await settleOldestFirst(tx, { customerIds: [...new Set(cancel.map((one) => one.customerId))], now })
  const made = await makeInstead(tx, locked, change)
  await emit(
    tx,
    cancel.map((payment) => ({
      clientId: clientOf(payment.payerCustomerId),
      at: now,
      type: 'payment.cancelled',
      subject: `payment:${payment.customerId}-${payment.paymentNumber}`,
      payload: {
        customerId: payment.customerId,
        accountNumber: payment.accountNumber,
        paymentNumber: payment.paymentNumber,
        amountCents: payment.amountCents,
        payerCustomerId: payment.payerCustomerId,
        eventNumber: payment.eventNumber,
        cancelledOn: on,
        reason,
        replaced: change.make.some(({ of }) => of === payment),
      },
    })),
  )
  return made
}

function clearingIn({ event, tenderEntryId }: LockedEvent): { clearingEvent?: string } {
  return tenderEntryId === undefined ? {} : { clearingEvent: clearingOf(event.customerId, event.eventNumber) }
}

async function cancelOne(
  tx: Tx,
  payment: Payment,
  dates: { effectiveDate: LocalDate; accountingDate: LocalDate; now: Instant; clearingEvent?: string },
): Promise<void> {
  paymentAfter(payment.status, 'cancel')
  const { customerId, paymentNumber, entryId } = payment
  if (payment.accountNumber === null && (await hasLiveRefund(tx, customerId, paymentNumber)))
    throw new Refusal(
      'conflict',
      'payment_refunded',
      'This money is being sent back; cancel the disbursement first.',
    )
  if (entryId === null) throw new Error(`payment ${customerId}-${paymentNumber} is posted without an entry`)
  await cancelEntry(tx, { customerId, entryId, entryKind: 'payment_cancel', ...dates })
  await freezeAgain(tx, { customerId, paymentNumber, ...dates })
}

async function makeInstead(tx: Tx, locked: LockedEvent, { make, on, now, actor }: Change) {
  const { event, tenders } = locked
  const { customerId: payerCustomerId, eventNumber, paymentDate, source } = event
  const ids = make.map(({ customerId }) => customerId)
  const next = await numbersAfter(tx, 'payment', 'payment_number', ids)
  const method = tenders.find(({ status }) => status === 'valid')?.method ?? 'other'
  const payments = make.map(({ of, ...wish }) => ({
    ...wish,
    payerCustomerId,
    eventNumber,
    paymentNumber: next(wish.customerId),
    paymentDate,
    accountingDate: on,
    source,
    method,
    replaces: of,
    ...clearingIn(locked),
  }))
  if (payments.length === 0) return []
  const clientId = clientOf(payerCustomerId)
  const entryIds = await postPayments(tx, clientId, payments, { now, actor })
  const rows = payments.map((payment, index) => ({ ...payment, entryId: entryIds[index] ?? 0 }))
  await insertPayments(
    tx,
    rows.map((row) => ({ ...row, status: 'frozen' as const })),
  )
  await announcePosted(tx, clientId, payments, now)
  return payments.map(({ customerId, paymentNumber }) => ({ customerId, paymentNumber }))
}

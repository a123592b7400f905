import { apart, type Tx, undone } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import { type Payment, paymentAfter, type StoredTender } from '../payment.ts'
import { updateTendersDeleted } from '../store/event.ts'
import { insertPayments, updateFrozen, updateStatus } from '../store/payment.ts'
import { auditEvent } from './cancel.ts'
import { type LockedEvent, lockEvent } from './change.ts'
import { checkBalance, clearingOf, isShared } from './event.ts'
import { announcePosted, type NumberedPayment, postPayments, receive } from './post.ts'
import { eventOf, numberPayments, openEvents, type PaymentInput } from './record.ts'

/** Names a payment event by the payer's file. */
export interface EventInput {
  payerCustomerId: number
  eventNumber: number
  now: Instant
  actor: Actor
}

/**
 * This will write a payment event down without posting it: its payments are incomplete. Returns the event's number,
 * undefined when it was taken before. Refuses: an account of another client or nobody's, an amount that is not positive.
 */
export async function draftPayment(
  tx: Tx,
  input: Omit<PaymentInput, 'accounts'> & {
    accounts: readonly Omit<PaymentInput['accounts'][number], 'shares'>[]
  },
): Promise<number | undefined> {
  const { payerCustomerId, now, actor } = input
  const event = eventOf(input)
  const [opened] = await openEvents(tx, clientOf(payerCustomerId), [event], { now, actor })
  if (!opened) return undefined
  const payments = await numberPayments(tx, [opened])
  const rows = payments.map((payment) => ({ ...payment, status: 'incomplete' as const, entryId: null }))
  await insertPayments(tx, rows)
  const { eventNumber } = opened
  await auditEvent(tx, 'draftPayment', { payerCustomerId, eventNumber, now, actor }, { source: input.source })
  return eventNumber
}

/**
 * This will try what an event's payments would pay, without posting: each becomes freezable, or an error with its
 * reason. Answers how many are freezable. Refuses an event that is posted.
 */
export async function distributePayment(tx: Tx, input: EventInput): Promise<number> {
  const locked = await lockEvent(tx, input.payerCustomerId, input.eventNumber)
  let freezable = 0
  for (const payment of locked.payments) {
    const good = paymentAfter(payment.status, 'distribute')
    const error = await refusalOf(tx, locked, payment, input)
    if (!error) freezable++
    await updateStatus(tx, payment, error ? paymentAfter(payment.status, 'fail') : good, error)
  }
  await auditEvent(tx, 'distributePayment', input, { freezable, payments: locked.payments.length })
  return freezable
}

async function refusalOf(tx: Tx, locked: LockedEvent, payment: Payment, done: EventInput) {
  const [numbered] = numberedOf(locked, [payment], locked.event.paymentDate)
  if (!numbered) return undefined
  const clientId = clientOf(payment.payerCustomerId)
  const { error } = await apart(tx, () => undone(tx, () => postPayments(tx, clientId, [numbered], done)))
  if (error !== undefined && !(error instanceof Refusal)) throw error
  return error
}

/**
 * This will post the payments of an event. Refuses: one that is not freezable, tenders that do not sum to the payments,
 * a closed period.
 */
export async function freezePayment(
  tx: Tx,
  input: EventInput & { accountingDate?: LocalDate },
): Promise<void> {
  const { payerCustomerId, eventNumber, now, actor } = input
  const locked = await lockEvent(tx, payerCustomerId, eventNumber)
  const { payments, event } = locked
  for (const payment of payments) paymentAfter(payment.status, 'freeze')
  const tenders = locked.tenders.filter(({ status }) => status === 'valid')
  checkBalance(tenders, payments)
  const numbered = numberedOf(locked, payments, input.accountingDate ?? event.paymentDate)
  const receipts = numbered.slice(0, 1).flatMap(({ clearingEvent, paymentDate, accountingDate }) => {
    if (clearingEvent === undefined) return []
    const reference = `tender:${eventNumber}`
    return [{ payerCustomerId, eventNumber, reference, clearingEvent, paymentDate, accountingDate, tenders }]
  })
  await receive(tx, receipts, now)
  const clientId = clientOf(payerCustomerId)
  const entryIds = await postPayments(tx, clientId, numbered, { now, actor })
  await updateFrozen(
    tx,
    numbered.map((payment, index) => ({ ...payment, entryId: entryIds[index] ?? 0 })),
  )
  const method = methodOf(tenders)
  const posted = numbered.map((payment) => ({ ...payment, source: event.source, method }))
  await announcePosted(tx, clientId, posted, now)
  await auditEvent(tx, 'freezePayment', input, { payments: payments.length })
}

function methodOf(tenders: readonly StoredTender[]) {
  return tenders[0]?.method ?? 'other'
}

function numberedOf(
  { event, payments: all }: LockedEvent,
  payments: readonly Payment[],
  accountingDate: LocalDate,
): NumberedPayment[] {
  const { paymentDate, customerId: payer, eventNumber } = event
  const clearing = isShared(all) && { clearingEvent: clearingOf(payer, eventNumber) }
  return payments.map(({ targetKind, targetId, ...payment }) => ({
    ...payment,
    paymentDate,
    accountingDate,
    ...clearing,
    ...(targetKind !== null && { target: { kind: targetKind, id: targetId ?? 0 } }),
  }))
}

/** This will delete an event that was never posted; its numbers are not given again. Refuses one that was. */
export async function deletePayment(tx: Tx, input: EventInput): Promise<void> {
  const { payerCustomerId, eventNumber } = input
  const { payments } = await lockEvent(tx, payerCustomerId, eventNumber)
  for (const payment of payments)
    await updateStatus(tx, payment, paymentAfter(payment.status, 'delete'), undefined)
  await updateTendersDeleted(tx, payerCustomerId, eventNumber)
  await auditEvent(tx, 'deletePayment', input, {})
}

import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { requireOpenControls } from '../controls/control.ts'
import type { PaymentSource, PaymentWish, Tender, TenderMethod } from '../payment.ts'
import * as events from '../store/event.ts'
import { insertPayments } from '../store/payment.ts'
import {
  checkAmounts,
  checkBalance,
  clearingOf,
  isShared,
  type NewEvent,
  requireAccounts,
  requireOneCurrency,
  totalOf,
} from './event.ts'
import { announcePosted, type NumberedPayment, postPayments, receive } from './post.ts'

export interface PaymentInput {
  /** On whose file the money came in. */
  payerCustomerId: number
  accounts: readonly PaymentWish[]
  paymentDate: LocalDate
  source: PaymentSource
  /** How it came: all of it by one tender, or several that sum to what the accounts get. */
  tender?: Omit<Tender, 'amountCents'>
  tenders?: readonly Tender[]
  /** The sender's number of the event: the same one again changes nothing. */
  externalId?: string
  accountingDate?: LocalDate
  now: Instant
  actor: Actor
}

/** One payment of a batch: an event of its own, on the file of whom it pays for. */
export interface BatchPayment extends PaymentWish {
  paymentDate: LocalDate
  accountingDate?: LocalDate
  method: TenderMethod
  reference?: string
  controlId?: number
  /** The sender's number of it; the batch's number and its place when left out. */
  externalId?: string
}

export interface BatchInput {
  clientId: number
  source: PaymentSource
  /** The sender's number of the batch: with the same payments again nothing changes. */
  externalId?: string
  payments: readonly BatchPayment[]
  now: Instant
  actor: Actor
}

export interface RecordedPayment {
  payerCustomerId: number
  eventNumber: number
  customerId: number
  paymentNumber: number
}

/**
 * This will take money for one or several billing accounts and pay what they owe: debt classes by priority, then the
 * oldest debt, or what is named; what is too much goes to the account's overpayment agreement. Returns the event's
 * number on the payer's file, undefined when this event was taken before. Over several customers it meets in clearing.
 * Refuses: no account, an account of another client, an amount that is not positive, tenders that do not sum to the
 * payments, more than what is named asks for, a till that is balanced.
 */
export async function recordPayment(tx: Tx, input: PaymentInput): Promise<number | undefined> {
  const { now, actor, source, payerCustomerId } = input
  const clientId = clientOf(payerCustomerId)
  const event = eventOf(input)
  const [recorded] = await recordEvents(tx, clientId, [event], { now, actor })
  const eventNumber = recorded?.[0]?.eventNumber
  if (eventNumber === undefined) return undefined
  const subject = `payment_event:${payerCustomerId}-${eventNumber}`
  const detail = { amountCents: totalOf(event.tenders), source }
  await audit(tx, { clientId, at: now, actor, operation: 'recordPayment', subject, detail })
  return eventNumber
}

/**
 * This will take any number of payments at once, each an event of its own, as `recordPayment` would one after the other.
 * Answers for each, in the order given, its numbers; undefined for one that was taken before. Refuses the whole batch
 * for what `recordPayment` refuses of one.
 */
export async function recordPayments(tx: Tx, input: BatchInput): Promise<(RecordedPayment | undefined)[]> {
  const { clientId, source, externalId: batchId, payments, now, actor } = input
  const batch = payments.map((payment, index) => eventOfBatch(input, payment, index))
  const recorded = (await recordEvents(tx, clientId, batch, { now, actor })).map((made) => made?.[0])
  const taken = payments.filter((_, index) => recorded[index] !== undefined)
  if (taken.length === 0) return recorded
  const subject = `payment_batch:${source}${batchId === undefined ? '' : `-${batchId}`}`
  const detail = { payments: taken.length, amountCents: totalOf(taken) }
  await audit(tx, { clientId, at: now, actor, operation: 'recordPayments', subject, detail })
  return recorded
}

/** This will read an event out of what a caller says: one tender brings all of it. Refuses: no account, amounts not positive. */
export function eventOf(input: PaymentInput): NewEvent {
  const { tender = { method: 'other' }, tenders, accounts, accountingDate = input.paymentDate } = input
  checkAmounts({ accounts, tenders: tenders ?? [] })
  return { ...input, accountingDate, tenders: tenders ?? [{ ...tender, amountCents: totalOf(accounts) }] }
}

function eventOfBatch(
  { source, externalId: batchId }: BatchInput,
  payment: BatchPayment,
  index: number,
): NewEvent {
  const { paymentDate, accountingDate = paymentDate, method, reference, amountCents, controlId } = payment
  checkAmounts({ accounts: [payment], tenders: [] })
  const externalId = payment.externalId ?? (batchId === undefined ? undefined : `${batchId}:${index + 1}`)
  const known = {
    ...(reference !== undefined && { reference }),
    ...(controlId !== undefined && { controlId }),
  }
  return {
    payerCustomerId: payment.customerId,
    accounts: [payment],
    paymentDate,
    accountingDate,
    source,
    tenders: [{ method, amountCents, ...known }],
    ...(externalId !== undefined && { externalId }),
  }
}

async function recordEvents(
  tx: Tx,
  clientId: number,
  wanted: readonly NewEvent[],
  { now, actor }: { now: Instant; actor: Actor },
): Promise<(RecordedPayment[] | undefined)[]> {
  for (const event of wanted) checkBalance(event.tenders, event.accounts)
  const numbered = await openEvents(tx, clientId, wanted, { now, actor })
  const made = numbered.filter((event) => event !== undefined)
  await receive(tx, made.filter(({ accounts }) => isShared(accounts)).map(receiptOf), now)
  const payments = await numberPayments(tx, made)
  const entryIds = await postPayments(tx, clientId, payments, { now, actor })
  const rows = payments.map((payment, index) => ({
    ...payment,
    status: 'frozen' as const,
    entryId: entryIds[index] ?? 0,
  }))
  await insertPayments(tx, rows)
  await announcePosted(tx, clientId, payments, now)
  let taken = 0
  return numbered.map((event) => {
    if (!event) return undefined
    taken += event.accounts.length
    return payments.slice(taken - event.accounts.length, taken)
  })
}

export type OpenedEvent = NewEvent & { eventNumber: number }

/**
 * This will write down events with their tenders, and number them; undefined for one that was taken before. Locks every
 * customer. Refuses: an account of another client or nobody, accounts in different currencies, a till that is balanced.
 */
export async function openEvents(
  tx: Tx,
  clientId: number,
  wanted: readonly NewEvent[],
  { now, actor }: { now: Instant; actor: Actor },
): Promise<(OpenedEvent | undefined)[]> {
  const places = wanted.flatMap(({ accounts }) => accounts)
  await requireAccounts(tx, clientId, places)
  for (const { accounts } of wanted)
    if (isShared(accounts))
      await requireOneCurrency(
        tx,
        clientId,
        accounts.map(({ customerId }) => customerId),
      )
  const payers = [...new Set(wanted.map(({ payerCustomerId }) => payerCustomerId))]
  await lockCustomers(tx, [...payers, ...places.map(({ customerId }) => customerId)])
  const tenders = wanted.flatMap((event) => event.tenders)
  await requireOpenControls(tx, clientId, tenders)
  const fresh = newOnly(wanted, await events.selectKnownEvents(tx, wanted))
  const next = await numbersAfter(tx, 'payment_event', 'event_number', payers)
  const numbered = fresh.map((event) => event && { ...event, eventNumber: next(event.payerCustomerId) })
  const made = numbered.filter((event) => event !== undefined)
  await events.insertEvents(tx, made, now, actor.actor)
  await events.insertTenders(tx, made)
  return numbered
}

/** Leaves a place empty where the same event of this payer and source was taken before, or is twice in the batch. */
function newOnly(wanted: readonly NewEvent[], known: ReadonlySet<string>): (NewEvent | undefined)[] {
  const seen = new Set(known)
  return wanted.map((event) => {
    if (event.externalId === undefined) return event
    const key = events.eventKey(event)
    if (seen.has(key)) return undefined
    seen.add(key)
    return event
  })
}

function receiptOf(event: OpenedEvent) {
  const { payerCustomerId, eventNumber } = event
  const clearingEvent = clearingOf(payerCustomerId, eventNumber)
  return { ...event, clearingEvent, reference: `tender:${eventNumber}` }
}

/** This will number the payments of events, in their order. */
export async function numberPayments(
  tx: Tx,
  opened: readonly OpenedEvent[],
): Promise<(NumberedPayment & { source: PaymentSource; method: TenderMethod })[]> {
  const ids = opened.flatMap(({ accounts }) => accounts.map((account) => account.customerId))
  const next = await numbersAfter(tx, 'payment', 'payment_number', ids)
  return opened.flatMap((event) => {
    const { payerCustomerId, eventNumber, paymentDate, accountingDate, source, tenders } = event
    const clearing = isShared(event.accounts) && { clearingEvent: clearingOf(payerCustomerId, eventNumber) }
    const shared = { payerCustomerId, eventNumber, paymentDate, accountingDate, source, ...clearing }
    const method = tenders[0]?.method ?? 'other'
    return event.accounts.map((account) => ({
      ...account,
      ...shared,
      method,
      paymentNumber: next(account.customerId),
    }))
  })
}

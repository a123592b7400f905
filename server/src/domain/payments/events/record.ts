import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount, sumCents } from '../../../platform/money.ts'
import { emit } from '../../../platform/outbox.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type AccountKey, clientOf, getBillingAccounts, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import { LEDGER, postEntries } from '../../ledger/index.ts'
import type { PaymentSource, PaymentWish, Tender, TenderMethod } from '../payment.ts'
import * as store from '../store/payment.ts'
import { type NumberedPayment, postPayments } from './post.ts'

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
  method: TenderMethod
  reference?: string
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
 * payments, more than what is named asks for.
 */
export async function recordPayment(tx: Tx, input: PaymentInput): Promise<number | undefined> {
  const { now, actor, source, payerCustomerId } = input
  const clientId = clientOf(payerCustomerId)
  const event = eventOf(input)
  const [recorded] = await recordEvents(tx, clientId, [event], { now, actor })
  if (!recorded) return undefined
  const [first] = recorded
  const subject = `payment_event:${payerCustomerId}-${first?.eventNumber}`
  const detail = { amountCents: sumCents(event.tenders.map((tender) => tender.amountCents)), source }
  await audit(tx, { clientId, at: now, actor, operation: 'recordPayment', subject, detail })
  return first?.eventNumber
}

/**
 * This will take any number of payments at once, each an event of its own, as `recordPayment` would one after the other.
 * Answers for each, in the order given, its numbers; undefined for one that was taken before. Refuses the whole batch
 * for what `recordPayment` refuses of one.
 */
export async function recordPayments(tx: Tx, input: BatchInput): Promise<(RecordedPayment | undefined)[]> {
  const { clientId, source, externalId: batchId, payments, now, actor } = input
  const events = payments.map((payment, index): NewEvent => {
    const { paymentDate, method, reference, amountCents } = payment
    const externalId = payment.externalId ?? (batchId === undefined ? undefined : `${batchId}:${index + 1}`)
    return {
      payerCustomerId: payment.customerId,
      accounts: [payment],
      paymentDate,
      accountingDate: paymentDate,
      source,
      tenders: [{ method, amountCents, ...(reference !== undefined && { reference }) }],
      ...(externalId !== undefined && { externalId }),
    }
  })
  const recorded = (await recordEvents(tx, clientId, events, { now, actor })).map((made) => made?.[0])
  const taken = recorded.flatMap((one, index) => (one ? [payments[index]?.amountCents ?? 0] : []))
  if (taken.length > 0)
    await audit(tx, {
      clientId,
      at: now,
      actor,
      operation: 'recordPayments',
      subject: `payment_batch:${source}${batchId === undefined ? '' : `-${batchId}`}`,
      detail: { payments: taken.length, amountCents: sumCents(taken) },
    })
  return recorded
}

/** An event with all that it brings. */
export interface NewEvent {
  payerCustomerId: number
  accounts: readonly PaymentWish[]
  paymentDate: LocalDate
  accountingDate: LocalDate
  source: PaymentSource
  tenders: readonly Tender[]
  externalId?: string
}

function eventOf(input: PaymentInput): NewEvent {
  const { tender, tenders, accounts, accountingDate = input.paymentDate } = input
  const amountCents = sumCents(accounts.map((account) => account.amountCents))
  const came = tenders ?? [{ ...(tender ?? { method: 'other' as const }), amountCents }]
  return { ...input, accountingDate, tenders: came }
}

async function recordEvents(
  tx: Tx,
  clientId: number,
  wanted: readonly NewEvent[],
  { now, actor }: { now: Instant; actor: Actor },
): Promise<(RecordedPayment[] | undefined)[]> {
  const files = filesOf(wanted)
  for (const event of wanted) checkEvent(event)
  await requireAccounts(
    tx,
    clientId,
    wanted.flatMap(({ accounts }) => accounts),
  )
  await lockCustomers(tx, files)
  const known = await store.selectKnownEvents(tx, wanted)
  const events = newOnly(wanted, known)
  const next = await numbersAfter(tx, 'payment_event', 'event_number', files)
  const numbered = events.map((event) => event && { ...event, eventNumber: next(event.payerCustomerId) })
  const made = numbered.filter((event) => event !== undefined)
  await store.insertEvents(tx, made, now, actor.actor)
  await store.insertTenders(tx, made)
  await receive(tx, made, now)
  const recorded = await payAccounts(tx, clientId, made, now)
  await announce(tx, clientId, made, recorded, now)
  let taken = 0
  return numbered.map((event) => (event ? recorded[taken++] : undefined))
}

function filesOf(events: readonly NewEvent[]): number[] {
  const ids = events.flatMap(({ payerCustomerId, accounts }) => [
    payerCustomerId,
    ...accounts.map((account) => account.customerId),
  ])
  return [...new Set(ids)]
}

function checkEvent({ accounts, tenders }: NewEvent): void {
  if (accounts.length === 0)
    throw new Refusal('rule', 'payment_empty', 'A payment needs at least one account that it is for.')
  for (const account of accounts) requireAmount(account.amountCents, 'The amount paid for each account')
  for (const tender of tenders) requireAmount(tender.amountCents, 'The amount of each tender')
  const came = sumCents(tenders.map((tender) => tender.amountCents))
  if (came !== sumCents(accounts.map((account) => account.amountCents)))
    throw new Refusal(
      'rule',
      'payment_unbalanced',
      'The tenders must sum to what the accounts are paid; correct either.',
    )
}

/** This will refuse an account that the client does not have, be it another client's or nobody's. */
export async function requireAccounts(
  tx: Tx,
  clientId: number,
  accounts: readonly AccountKey[],
): Promise<void> {
  const own = accounts.filter(({ customerId }) => clientOf(customerId) === clientId)
  const found = await getBillingAccounts(tx, [...new Set(own.map(({ customerId }) => customerId))])
  const known = new Set(found.map(({ customerId, accountNumber }) => `${customerId}-${accountNumber}`))
  const unknown = accounts.find(
    ({ customerId, accountNumber }) => !known.has(`${customerId}-${accountNumber}`),
  )
  if (unknown)
    throw new Refusal(
      'not_found',
      'account_unknown',
      'There is no such billing account; check the number, or take the money as unapplied.',
    )
}

/** Leaves a place empty where the same event of this payer and source was taken before, or is twice in the batch. */
function newOnly(wanted: readonly NewEvent[], known: ReadonlySet<string>): (NewEvent | undefined)[] {
  const seen = new Set(known)
  return wanted.map((event) => {
    if (event.externalId === undefined) return event
    const key = store.eventKey(event)
    if (seen.has(key)) return undefined
    seen.add(key)
    return event
  })
}

type NumberedEvent = NewEvent & { eventNumber: number }

/** Money for several customers meets in clearing: it is cash on the payer's file. */
async function receive(tx: Tx, events: readonly NumberedEvent[], now: Instant): Promise<void> {
  await postEntries(
    tx,
    events.filter(isShared).map((event) => ({
      customerId: event.payerCustomerId,
      kind: 'payment' as const,
      reference: `tender:${event.eventNumber}`,
      clearingEvent: clearingOf(event.payerCustomerId, event.eventNumber),
      effectiveDate: event.paymentDate,
      accountingDate: event.accountingDate,
      createdAt: now,
      postings: [{ debitCode: LEDGER.cash, creditCode: LEDGER.clearing, amountCents: totalOf(event) }],
    })),
  )
}

async function payAccounts(
  tx: Tx,
  clientId: number,
  events: readonly NumberedEvent[],
  now: Instant,
): Promise<RecordedPayment[][]> {
  const ids = events.flatMap(({ accounts }) => accounts.map((account) => account.customerId))
  const next = await numbersAfter(tx, 'payment', 'payment_number', ids)
  const payments = events.flatMap((event) =>
    event.accounts.map((account): NumberedPayment & { payerCustomerId: number; eventNumber: number } => ({
      ...account,
      payerCustomerId: event.payerCustomerId,
      eventNumber: event.eventNumber,
      paymentNumber: next(account.customerId),
      paymentDate: event.paymentDate,
      accountingDate: event.accountingDate,
      ...(isShared(event) && { clearingEvent: clearingOf(event.payerCustomerId, event.eventNumber) }),
    })),
  )
  const entryIds = await postPayments(tx, clientId, payments, now)
  const frozen = payments.map((payment, index) => ({
    ...payment,
    status: 'frozen' as const,
    entryId: entryIds[index] ?? 0,
  }))
  await store.insertPayments(tx, frozen)
  let taken = 0
  return events.map(({ accounts }) => {
    taken += accounts.length
    return payments.slice(taken - accounts.length, taken)
  })
}

function announce(
  tx: Tx,
  clientId: number,
  events: readonly NumberedEvent[],
  recorded: readonly RecordedPayment[][],
  now: Instant,
): Promise<void> {
  return emit(
    tx,
    events.flatMap(({ accounts, paymentDate, source, tenders }, index) =>
      accounts.map(({ customerId, accountNumber, amountCents }, at) => {
        const { paymentNumber, payerCustomerId, eventNumber } = recorded[index]?.[at] ?? {}
        const facts = { customerId, accountNumber, amountCents, paymentNumber, payerCustomerId, eventNumber }
        return {
          clientId,
          at: now,
          type: 'payment.posted',
          subject: `payment:${customerId}-${paymentNumber}`,
          payload: { ...facts, paymentDate, source, method: tenders[0]?.method },
        }
      }),
    ),
  )
}

function isShared({ accounts }: NewEvent): boolean {
  return new Set(accounts.map(({ customerId }) => customerId)).size > 1
}

function totalOf({ tenders }: NewEvent): Cents {
  return sumCents(tenders.map((tender) => tender.amountCents))
}

/** This will name the clearing of an event over several customers. */
export function clearingOf(payerCustomerId: number, eventNumber: number): string {
  return `payment:${payerCustomerId}-${eventNumber}`
}

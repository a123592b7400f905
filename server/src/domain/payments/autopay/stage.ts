import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { type Cents, centsToDecimal } from '../../../platform/money.ts'
import { emit, type NewEvent } from '../../../platform/outbox.ts'
import { addDays, type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { type AccountKey, lockCustomers } from '../../customers/index.ts'
import { type Actor, getClient } from '../../identity/index.ts'
import { type NewWorkItem, openWorkItems } from '../../work/index.ts'
import { onlinePaymentPolicy } from '../gateways/policy.ts'
import { type PaymentRequest, requestSubject } from '../scheduled/request.ts'
import { selectAutopaysOfAccounts, updateAutopayReturns } from '../store/autopay.ts'
import { insertRequests, selectBilled, selectRequestOfEvent, updateRequest } from '../store/request.ts'
import { type Autopay, autopaySubject, drawDateOf, drawsOn } from './autopay.ts'
import { getAutopay } from './queries.ts'

type Told = { clientId: number; now: Instant; actor: Actor }

export interface CompletedBill extends AccountKey {
  billId: number
  amountDueCents: Cents
  dueDate: LocalDate
}

type StagedRequest = Omit<PaymentRequest, 'eventNumber'> & { amountCents: Cents; billId: number }

/**
 * This will plan the draws of completed bills whose accounts are on autopay. A bill above the limit is held, told to
 * the customer and to staff. Twice is once.
 */
export async function stageAutopay(tx: Tx, input: Told & { bills: readonly CompletedBill[] }): Promise<void> {
  const { clientId, now, actor } = input
  const owing = input.bills.filter(({ amountDueCents }) => amountDueCents > 0)
  const autopays = await selectAutopaysOfAccounts(tx, owing)
  if (autopays.length === 0) return
  await lockCustomers(tx, [...new Set(autopays.map((autopay) => autopay.customerId))])
  const { autopay: policy } = await onlinePaymentPolicy(tx, clientId)
  const { timeZone } = await getClient(tx, clientId)
  const earliest = addDays(localDateAt(now, timeZone), policy.noticeDays)
  const staged = new Set((await selectBilled(tx, owing)).map(billOf))
  const fresh = owing.filter((bill) => !staged.has(billOf(bill)))
  const next = await numbersAfter(
    tx,
    'payment_request',
    'request_number',
    fresh.map((bill) => bill.customerId),
  )
  const requests = fresh.flatMap((bill) => planDraw(bill, autopays, earliest, next))
  await insertRequests(tx, requests, { createdAt: now, createdBy: actor.actor })
  await emit(
    tx,
    requests.map((request) => stagedEvent(input, request)),
  )
  await openWorkItems(
    tx,
    requests.filter(({ status }) => status === 'held').map((request) => heldItem(input, request)),
  )
}

const billOf = ({ customerId, billId }: { customerId: number; billId: number | null }) =>
  `${customerId}-${billId}`

function planDraw(
  bill: CompletedBill,
  autopays: readonly Autopay[],
  earliest: LocalDate,
  next: (customerId: number) => number,
): StagedRequest[] {
  const { customerId, accountNumber, billId, amountDueCents } = bill
  for (const autopay of autopays) {
    if (autopay.customerId !== customerId || autopay.accountNumber !== accountNumber) continue
    const drawDate = drawDateOf(autopay.drawRule, bill, earliest)
    if (!drawsOn(autopay, drawDate)) continue
    const { autopayNumber, payerCustomerId, methodNumber, limitCents } = autopay
    const held = limitCents !== null && amountDueCents > limitCents
    return [
      {
        customerId,
        requestNumber: next(customerId),
        accountNumber,
        origin: 'autopay',
        autopayNumber,
        payerCustomerId,
        methodNumber,
        billId,
        drawDate,
        amountCents: amountDueCents,
        status: held ? 'held' : 'waiting',
        reason: held ? 'above_limit' : null,
      },
    ]
  }
  return []
}

function stagedEvent({ clientId, now }: Told, request: StagedRequest): NewEvent {
  const { customerId, accountNumber, requestNumber, billId, drawDate, amountCents, status } = request
  return {
    clientId,
    at: now,
    type: status === 'held' ? 'autopay.held' : 'autopay.scheduled',
    subject: requestSubject(request),
    payload: { customerId, accountNumber, requestNumber, billId, drawDate, amountCents },
  }
}

function heldItem({ clientId, now }: Told, request: StagedRequest): NewWorkItem {
  const { customerId, amountCents, billId, drawDate } = request
  return {
    clientId,
    kind: 'autopay_held',
    subject: requestSubject(request),
    customerId,
    reasonCode: 'above_limit',
    reason: `Bill ${billId} of ${centsToDecimal(amountCents)} is above the limit that the customer set for autopay.`,
    remedy: `Ask the customer; release the draw of ${drawDate}, or cancel it.`,
    dueDate: drawDate,
    createdAt: now,
  }
}

/** This will take back the draws of bills that were reopened or cancelled, unless they were made already. */
export async function withdrawAutopay(
  tx: Tx,
  input: Told & { bills: readonly { customerId: number; billId: number }[]; reason: string },
): Promise<void> {
  const requests = await selectBilled(tx, input.bills)
  await lockCustomers(tx, [...new Set(requests.map((request) => request.customerId))])
  for (const request of await selectBilled(tx, input.bills))
    if (request.status === 'waiting' || request.status === 'held')
      await updateRequest(tx, request, { status: 'cancelled', reason: input.reason })
}

/**
 * This will note that a payment came back: its request is returned, and an autopay that had too many returns in a row
 * is suspended. Payments that no request made are left alone. Twice is once.
 */
export async function noteReturnedPayment(
  tx: Tx,
  input: Told & { payerCustomerId: number; eventNumber: number },
): Promise<void> {
  const found = await selectRequestOfEvent(tx, input)
  if (found?.status !== 'paid') return
  await lockCustomers(tx, [found.customerId])
  const request = await selectRequestOfEvent(tx, input)
  if (request?.status !== 'paid') return
  await updateRequest(tx, request, { status: 'returned', reason: 'returned' })
  if (request.autopayNumber !== null)
    await countReturn(tx, input, { customerId: request.customerId, autopayNumber: request.autopayNumber })
}

async function countReturn(
  tx: Tx,
  { clientId, now }: Told,
  key: { customerId: number; autopayNumber: number },
): Promise<void> {
  const autopay = await getAutopay(tx, key)
  const { autopay: policy } = await onlinePaymentPolicy(tx, clientId)
  const returns = autopay.returns + 1
  const suspends = returns >= policy.maxReturns && autopay.suspendedAt === null
  await updateAutopayReturns(tx, key, {
    returns,
    suspendedAt: suspends ? now : autopay.suspendedAt,
    suspendReason: suspends ? 'returned_payments' : autopay.suspendReason,
  })
  if (!suspends) return
  const { customerId, accountNumber, autopayNumber } = autopay
  const subject = autopaySubject(key)
  const payload = { customerId, accountNumber, autopayNumber, returns }
  await emit(tx, [{ clientId, at: now, type: 'autopay.suspended', subject, payload }])
  await openWorkItems(tx, [
    {
      clientId,
      kind: 'autopay_suspended',
      subject,
      customerId,
      reasonCode: 'returned_payments',
      reason: `${returns} draws in a row came back; autopay of account ${accountNumber} is suspended.`,
      remedy: 'Ask the customer for another payment method, then resume autopay.',
      createdAt: now,
    },
  ])
}

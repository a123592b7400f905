import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import { emit } from '../../../platform/outbox.ts'
import { addDays, type Instant, type LocalDate, localDateAt } from '../../../platform/time.ts'
import { type AccountKey, clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit, getClient } from '../../identity/index.ts'
import { closeWorkItemsAbout } from '../../work/index.ts'
import { onlinePaymentPolicy } from '../gateways/policy.ts'
import { requireUsable } from '../methods/method.ts'
import { getPaymentMethod } from '../methods/queries.ts'
import * as store from '../store/request.ts'
import { checkLimits, refuseDuplicate } from './limits.ts'
import {
  type PaymentRequest,
  type RequestAction,
  type RequestKey,
  requestAfter,
  requestSubject,
} from './request.ts'

type Done = { now: Instant; actor: Actor }

export interface PaymentWanted extends AccountKey {
  /** Whose method pays; the account's customer when left out. */
  payerCustomerId?: number
  methodNumber: number
  /** Left out: what is asked for on the day. */
  amountCents?: Cents
  /** The caller has seen that the same payment was made shortly before, and wants both. */
  allowDuplicate?: boolean
}

/**
 * This will plan a payment for a day and answer the request's number. Refuses a day that has passed or is too far, a
 * method that cannot pay then, amounts outside the client's limits, what looks like the same payment again.
 */
export async function schedulePayment(
  tx: Tx,
  input: Done & PaymentWanted & { drawDate: LocalDate },
): Promise<number> {
  return requestPayment(tx, { ...input, origin: 'scheduled' })
}

/**
 * This will stage a payment and answer the request's number. One that is to be drawn at once (`once`) the caller draws.
 * Refuses what `schedulePayment` refuses.
 */
export async function requestPayment(
  tx: Tx,
  input: Done & PaymentWanted & { drawDate?: LocalDate; origin: 'scheduled' | 'once' },
): Promise<number> {
  const { customerId, accountNumber, payerCustomerId = customerId, methodNumber, origin, now, actor } = input
  const clientId = clientOf(customerId)
  await lockCustomers(tx, [customerId, payerCustomerId])
  const policy = await onlinePaymentPolicy(tx, clientId)
  const { timeZone } = await getClient(tx, clientId)
  const today = localDateAt(now, timeZone)
  const drawDate = input.drawDate ?? today
  checkDay(drawDate, today, policy.online.daysAhead)
  await getBillingAccount(tx, input)
  await requireMethod(tx, clientId, { payerCustomerId, methodNumber }, drawDate)
  const amountCents = input.amountCents ?? null
  if (amountCents !== null)
    await checkLimits(tx, policy, { customerId, accountNumber, amountCents, day: drawDate, timeZone })
  if (!input.allowDuplicate)
    await refuseDuplicate(tx, policy, { customerId, accountNumber, amountCents, now })
  const next = await numbersAfter(tx, 'payment_request', 'request_number', [customerId])
  const request: Omit<PaymentRequest, 'eventNumber'> = {
    customerId,
    requestNumber: next(customerId),
    accountNumber,
    origin,
    autopayNumber: null,
    payerCustomerId,
    methodNumber,
    billId: null,
    drawDate,
    amountCents,
    status: 'waiting',
    reason: null,
  }
  await store.insertRequests(tx, [request], { createdAt: now, createdBy: actor.actor })
  const { requestNumber } = request
  const detail = { customerId, accountNumber, requestNumber, drawDate, amountCents }
  const subject = requestSubject(request)
  await audit(tx, { clientId, at: now, actor, operation: 'requestPayment', subject, detail })
  if (origin === 'scheduled')
    await emit(tx, [{ clientId, at: now, type: 'payment_request.scheduled', subject, payload: detail }])
  return requestNumber
}

function checkDay(drawDate: LocalDate, today: LocalDate, daysAhead: number): void {
  if (drawDate < today)
    throw new Refusal(
      'rule',
      'payment_in_past',
      `A payment cannot be planned for ${drawDate}; that day has passed.`,
    )
  if (drawDate > addDays(today, daysAhead))
    throw new Refusal('rule', 'payment_too_far', `A payment is planned at most ${daysAhead} days ahead.`)
}

async function requireMethod(
  tx: Tx,
  clientId: number,
  { payerCustomerId, methodNumber }: { payerCustomerId: number; methodNumber: number },
  day: LocalDate,
): Promise<void> {
  if (clientOf(payerCustomerId) !== clientId)
    throw new Refusal(
      'not_found',
      'method_unknown',
      `There is no payment method ${methodNumber} of this payer.`,
    )
  requireUsable(await getPaymentMethod(tx, { customerId: payerCustomerId, methodNumber }), day)
}

/** This will take back a payment before it is drawn. Refuses one that is being drawn or over. */
export async function cancelPaymentRequest(
  tx: Tx,
  input: Done & RequestKey & { reason: string },
): Promise<void> {
  await change(tx, input, { action: 'cancel', operation: 'cancelPaymentRequest', reason: input.reason })
}

/** This will let a draw that was held above the customer's limit go on. Refuses one that is not held. */
export async function releaseHeldPayment(tx: Tx, input: Done & RequestKey): Promise<void> {
  await change(tx, input, { action: 'release', operation: 'releaseHeldPayment', reason: null })
}

async function change(
  tx: Tx,
  input: Done & RequestKey,
  { action, operation, reason }: { action: RequestAction; operation: string; reason: string | null },
): Promise<void> {
  const { now, actor } = input
  await lockCustomers(tx, [input.customerId])
  const request = await getPaymentRequest(tx, input)
  const status = requestAfter(request.status, action)
  await store.updateRequest(tx, request, { status, reason })
  const clientId = clientOf(input.customerId)
  const subject = requestSubject(request)
  await closeWorkItemsAbout(tx, {
    clientId,
    kind: 'autopay_held',
    subjects: [subject],
    closedBy: actor.actor,
    now,
  })
  await audit(tx, { clientId, at: now, actor, operation, subject, detail: { reason } })
  if (status !== 'cancelled') return
  const { customerId, requestNumber, accountNumber } = request
  const payload = { customerId, accountNumber, requestNumber, reason }
  await emit(tx, [{ clientId, at: now, type: 'payment_request.cancelled', subject, payload }])
}

/** This will read a payment request. Refuses an unknown one. */
export async function getPaymentRequest(tx: Tx, key: RequestKey): Promise<PaymentRequest> {
  const request = await store.selectRequest(tx, key)
  if (request) return request
  throw new Refusal(
    'not_found',
    'payment_request_unknown',
    `There is no payment request ${key.requestNumber} of this customer.`,
  )
}

/** This will list what was to be drawn for an account, latest day first. */
export function paymentRequestsOfAccount(tx: Tx, account: AccountKey): Promise<PaymentRequest[]> {
  return store.selectRequestsOfAccount(tx, account)
}

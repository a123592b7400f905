import { apart, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { audit } from '../../identity/index.ts'
import { openWorkItems } from '../../work/index.ts'
import { cancelPayment } from '../events/cancel.ts'
import { getPaymentRequest } from '../scheduled/operations.ts'
import { type PaymentRequest, type RequestKey, requestAfter, requestSubject } from '../scheduled/request.ts'
import * as attempts from '../store/attempt.ts'
import { updateRequest } from '../store/request.ts'
import { payeeOf } from './charge.ts'
import { type ChargeResult, type Gateway, NoAnswer } from './gateway.ts'
import { newKey } from './key.ts'
import type { GatewayWork } from './work.ts'

/**
 * This will give a drawn payment back through the gateway that took it, and cancel it in the books once the gateway has
 * said yes. Answers the request: `refunded`, or still `paid` while the gateway's answer is not known. Refuses a payment
 * that is not paid, one whose refund is under way, and what the gateway refuses.
 */
export async function refundPayment(
  work: GatewayWork,
  input: RequestKey & { reason: string },
): Promise<PaymentRequest> {
  const { database } = work
  const attempt = await database.transaction((tx) => openRefund(tx, work, input))
  const gateway = await work.gateways.of(database.read, clientOf(input.customerId), attempt.gateway)
  try {
    await settleRefund(work, gateway, attempt)
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
  }
  return getPaymentRequest(database.read, input)
}

async function openRefund(
  tx: Tx,
  work: GatewayWork,
  { customerId, requestNumber, reason }: RequestKey & { reason: string },
): Promise<attempts.PaymentAttempt> {
  const now = work.clock()
  await lockCustomers(tx, [customerId])
  const request = await getPaymentRequest(tx, { customerId, requestNumber })
  requestAfter(request.status, 'refund')
  const tried = await attempts.selectAttempts(tx, request)
  const charged = chargeIn(tried)
  if (tried.some((one) => one.act === 'refund' && one.status === 'sent'))
    throw new Refusal(
      'conflict',
      'refund_running',
      'This payment is being given back already; wait for the answer.',
    )
  const attemptNumber = tried.length + 1
  const key = newKey({ act: 'refund', customerId, number: requestNumber, attempt: attemptNumber })
  const { gateway, amountCents } = charged
  const refund = {
    customerId,
    requestNumber,
    attemptNumber,
    act: 'refund' as const,
    gateway,
    key,
    amountCents,
  }
  await attempts.insertAttempt(tx, { ...refund, sentAt: now })
  const clientId = clientOf(customerId)
  const subject = requestSubject(request)
  const detail = { amountCents, reason }
  await audit(tx, { clientId, at: now, actor: work.actor, operation: 'refundPayment', subject, detail })
  return { ...refund, status: 'sent', reference: null, declineCode: null, message: null, sentAt: now }
}

function chargeIn(tried: readonly attempts.PaymentAttempt[]): attempts.PaymentAttempt {
  const charge = tried.find((one) => one.act === 'charge' && one.status === 'accepted')
  if (!charge) throw new Error('a paid request has an accepted charge')
  return charge
}

/** This will ask a gateway for a refund, for the first time or again under its own key, and note what it says. */
export async function settleRefund(
  work: GatewayWork,
  gateway: Gateway,
  attempt: attempts.PaymentAttempt,
): Promise<void> {
  const { read } = work.database
  const { reference } = chargeIn(await attempts.selectAttempts(read, attempt))
  const { currency } = await payeeOf(read, attempt.customerId)
  const { key, amountCents } = attempt
  let answer: ChargeResult | Refusal
  try {
    answer = await gateway.refund({ key, reference: reference ?? '', amountCents, currency })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    answer = error
  }
  await work.database.transaction((tx) => noteRefund(tx, work, attempt, answer))
  if (answer instanceof Refusal) throw answer
  if (answer.outcome === 'declined')
    throw new Refusal('rule', 'refund_declined', `The gateway declined: ${answer.message}`)
}

async function noteRefund(
  tx: Tx,
  work: GatewayWork,
  attempt: attempts.PaymentAttempt,
  answer: ChargeResult | Refusal,
): Promise<void> {
  const now = work.clock()
  const { payerCustomerId } = await getPaymentRequest(tx, attempt)
  await lockCustomers(tx, [attempt.customerId, payerCustomerId])
  const request = await getPaymentRequest(tx, attempt)
  if (answer instanceof Refusal)
    return attempts.updateAttempt(tx, {
      ...attempt,
      status: 'refused',
      message: answer.message,
      answeredAt: now,
    })
  if (answer.outcome === 'declined') {
    const { code, message } = answer
    return attempts.updateAttempt(tx, {
      ...attempt,
      status: 'declined',
      declineCode: code,
      message,
      answeredAt: now,
    })
  }
  await attempts.updateAttempt(tx, {
    ...attempt,
    status: 'accepted',
    reference: answer.reference,
    answeredAt: now,
  })
  if (request.status === 'paid') await takeBack(tx, work, request)
}

async function takeBack(tx: Tx, work: GatewayWork, request: PaymentRequest): Promise<void> {
  const { payerCustomerId, eventNumber } = request
  const now = work.clock()
  const { dayAt } = await payeeOf(tx, request.customerId)
  const cancel = {
    payerCustomerId,
    eventNumber: eventNumber ?? 0,
    reason: 'refunded',
    cancelledOn: dayAt(now),
  }
  const { error } = await apart(tx, () => cancelPayment(tx, { ...cancel, now, actor: work.actor }))
  await updateRequest(tx, request, { status: requestAfter(request.status, 'refund'), reason: 'refunded' })
  if (error === undefined || (error instanceof Refusal && error.code === 'payment_cancelled')) return
  if (!(error instanceof Refusal)) throw error
  await openWorkItems(tx, [
    {
      clientId: clientOf(request.customerId),
      kind: 'refund_unposted',
      subject: requestSubject(request),
      customerId: request.customerId,
      reasonCode: error.code,
      reason: `The gateway gave the money back, but the books refuse to cancel payment event ${eventNumber}: ${error.message}`,
      remedy: 'Remove what the reason names, then cancel the payment.',
      priority: 1,
      createdAt: now,
    },
  ])
}

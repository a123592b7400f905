import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { centsToDecimal } from '../../../platform/money.ts'
import { emit } from '../../../platform/outbox.ts'
import { addDays, localDateAt } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { getClient } from '../../identity/index.ts'
import { openWorkItems } from '../../work/index.ts'
import { autopaySubject } from '../autopay/autopay.ts'
import { getAutopay } from '../autopay/queries.ts'
import { getPaymentMethod } from '../methods/queries.ts'
import { getPaymentRequest } from '../scheduled/operations.ts'
import { type PaymentRequest, requestAfter, requestSubject } from '../scheduled/request.ts'
import { type PaymentAttempt, selectAttempts, updateAttempt } from '../store/attempt.ts'
import { updateAutopayReturns } from '../store/autopay.ts'
import { updateVerification } from '../store/method.ts'
import { updateRequest } from '../store/request.ts'
import type { ChargeResult } from './gateway.ts'
import { onlinePaymentPolicy } from './policy.ts'
import { postTakenMoney } from './post.ts'
import type { GatewayWork } from './work.ts'

type AttemptKey = Pick<PaymentAttempt, 'customerId' | 'requestNumber' | 'attemptNumber'>

/**
 * This will note what a gateway answered to a charge and do what follows: a payment, another try later, or an end. A
 * refusal means that the gateway did nothing: staff are told, and the payment waits for the next day's draw. Twice is
 * once.
 */
export async function settleAttempt(
  work: GatewayWork,
  key: AttemptKey,
  answer: ChargeResult | Refusal,
): Promise<void> {
  await work.database.transaction(async (tx) => {
    const { payerCustomerId } = await getPaymentRequest(tx, key)
    await lockCustomers(tx, [key.customerId, payerCustomerId])
    const attempt = (await selectAttempts(tx, key)).find((one) => one.attemptNumber === key.attemptNumber)
    if (attempt?.status !== 'sent') return
    const request = await getPaymentRequest(tx, key)
    if (answer instanceof Refusal) await refused(tx, work, { request, attempt }, answer)
    else if (answer.outcome === 'declined') await declined(tx, work, { request, attempt }, answer)
    else {
      const { reference } = answer
      await updateAttempt(tx, { ...attempt, status: 'accepted', reference, answeredAt: work.clock() })
      await postAccepted(tx, work, request, { ...attempt, reference })
    }
  })
}

/** This will post the money of an accepted charge; what the books refuse stays `unposted`, to be tried again. */
export async function postAccepted(
  tx: Tx,
  work: GatewayWork,
  request: PaymentRequest,
  attempt: Pick<PaymentAttempt, 'amountCents' | 'key' | 'gateway' | 'reference'>,
): Promise<void> {
  const { customerId, accountNumber, payerCustomerId, methodNumber, drawDate } = request
  const { kind } = await getPaymentMethod(tx, { customerId: payerCustomerId, methodNumber })
  const autopay = request.autopayNumber !== null
  const subject = requestSubject(request)
  const { amountCents, key, gateway, reference } = attempt
  const money = { customerId, accountNumber, payerCustomerId, paymentDate: drawDate, kind, autopay, subject }
  const eventNumber = await postTakenMoney(
    tx,
    { ...money, amountCents, key, gateway, reference: reference ?? '' },
    { now: work.clock(), actor: work.actor },
  )
  if (eventNumber === undefined)
    return updateRequest(tx, request, {
      status: requestAfter(request.status, 'set_aside'),
      reason: 'books_refused',
    })
  await updateRequest(tx, request, { status: requestAfter(request.status, 'accept'), eventNumber })
  if (request.autopayNumber !== null)
    await forgetReturns(tx, { customerId, autopayNumber: request.autopayNumber }, kind)
}

/** A card that was charged is good; a bank account may still send the money back. */
async function forgetReturns(
  tx: Tx,
  key: { customerId: number; autopayNumber: number },
  kind: 'bank' | 'card',
): Promise<void> {
  const autopay = await getAutopay(tx, key)
  if (kind === 'card' && autopay.returns > 0) await updateAutopayReturns(tx, key, { ...autopay, returns: 0 })
}

interface Tried {
  request: PaymentRequest
  attempt: PaymentAttempt
}

async function declined(
  tx: Tx,
  work: GatewayWork,
  { request, attempt }: Tried,
  answer: Extract<ChargeResult, { outcome: 'declined' }>,
): Promise<void> {
  const { code, message, final } = answer
  const now = work.clock()
  const clientId = clientOf(request.customerId)
  await updateAttempt(tx, { ...attempt, status: 'declined', declineCode: code, message, answeredAt: now })
  const { autopay } = await onlinePaymentPolicy(tx, clientId)
  const tries = (await selectAttempts(tx, request)).filter((one) => one.status === 'declined').length
  const wait = final || request.origin === 'once' ? undefined : autopay.retryAfterDays[tries - 1]
  const retryOn = wait === undefined ? null : addDays(request.drawDate, wait)
  if (retryOn)
    await updateRequest(tx, request, {
      status: requestAfter(request.status, 'retry'),
      reason: code,
      drawDate: retryOn,
    })
  else await updateRequest(tx, request, { status: requestAfter(request.status, 'decline'), reason: code })
  if (final)
    await updateVerification(
      tx,
      { customerId: request.payerCustomerId, methodNumber: request.methodNumber },
      'failed',
    )
  const { customerId, accountNumber, requestNumber } = request
  const payload = {
    customerId,
    accountNumber,
    requestNumber,
    amountCents: attempt.amountCents,
    code,
    retryOn,
  }
  const subject = requestSubject(request)
  await emit(tx, [{ clientId, at: now, type: 'payment_request.declined', subject, payload }])
  if (retryOn === null && request.origin !== 'once')
    await tellStaff(tx, work, { request, attempt }, code, message)
}

async function tellStaff(
  tx: Tx,
  work: GatewayWork,
  { request, attempt }: Tried,
  code: string,
  message: string,
) {
  const { customerId, autopayNumber } = request
  await openWorkItems(tx, [
    {
      clientId: clientOf(customerId),
      kind: 'payment_declined',
      subject:
        autopayNumber === null ? requestSubject(request) : autopaySubject({ customerId, autopayNumber }),
      customerId,
      reasonCode: code,
      reason: `The draw of ${centsToDecimal(attempt.amountCents)} for ${request.drawDate} was declined for good: ${message}`,
      remedy: 'Ask the customer for another payment method, or another way to pay.',
      createdAt: work.clock(),
    },
  ])
}

async function refused(
  tx: Tx,
  work: GatewayWork,
  { request, attempt }: Tried,
  refusal: Refusal,
): Promise<void> {
  const now = work.clock()
  const { customerId } = request
  const clientId = clientOf(customerId)
  await updateAttempt(tx, { ...attempt, status: 'refused', message: refusal.message, answeredAt: now })
  if (request.origin === 'once')
    await updateRequest(tx, request, {
      status: requestAfter(request.status, 'decline'),
      reason: refusal.code,
    })
  else {
    const { timeZone } = await getClient(tx, clientId)
    const tomorrow = addDays(localDateAt(now, timeZone), 1)
    const drawDate = tomorrow > request.drawDate ? tomorrow : request.drawDate
    await updateRequest(tx, request, {
      status: requestAfter(request.status, 'retry'),
      reason: refusal.code,
      drawDate,
    })
  }
  await openWorkItems(tx, [
    {
      clientId,
      kind: 'gateway_refused',
      subject: `gateway_account:${attempt.gateway}`,
      reasonCode: refusal.code,
      reason: `The gateway ${attempt.gateway} would not draw: ${refusal.message}`,
      remedy: 'Correct the account with the gateway; what waits is drawn the next day.',
      priority: 1,
      createdAt: now,
    },
  ])
}

import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { drawsOn } from '../autopay/autopay.ts'
import { getAutopay } from '../autopay/queries.ts'
import { unusable } from '../methods/method.ts'
import { getPaymentMethod } from '../methods/queries.ts'
import { amountDue } from '../scheduled/limits.ts'
import { getPaymentRequest, type PaymentWanted, requestPayment } from '../scheduled/operations.ts'
import {
  amountToDraw,
  type PaymentRequest,
  type RequestKey,
  requestAfter,
  requestSubject,
} from '../scheduled/request.ts'
import * as attempts from '../store/attempt.ts'
import { selectDue, updateRequest } from '../store/request.ts'
import { chargeOf, ownersOf } from './charge.ts'
import { reportDefect } from './defect.ts'
import { type ChargeRequest, NoAnswer } from './gateway.ts'
import { newKey } from './key.ts'
import { settleAttempt } from './settle.ts'
import type { GatewayWork } from './work.ts'

/** How many payments are drawn at once: each waits for the gateway most of its time. */
const LANES = 8

/**
 * This will draw every payment of a client that is due on a day, and answer how many were asked of a gateway. Each one
 * is claimed in a transaction of its own, so any number of workers may do so at once.
 */
export async function drawDuePayments(
  work: GatewayWork,
  { clientId, day }: { clientId: number; day: LocalDate },
): Promise<number> {
  const due = (await selectDue(work.database.read, ownersOf(clientId), day)).values()
  let drawn = 0
  const lane = async () => {
    for (const key of due) {
      try {
        if (await drawPayment(work, key, day)) drawn++
      } catch (error) {
        await reportDefect(work, { ...key, subject: requestSubject(key) }, error)
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return drawn
}

/**
 * This will take a payment now by a method, and tell what became of it: `paid`, `declined`, or `drawing` while the
 * gateway's answer is not known. Refuses what `schedulePayment` refuses.
 */
export async function payNow(work: GatewayWork, input: PaymentWanted): Promise<PaymentRequest> {
  const { database, clock, actor } = work
  const requestNumber = await database.transaction((tx) =>
    requestPayment(tx, { ...input, origin: 'once', now: clock(), actor }),
  )
  return drawRequested(work, { customerId: input.customerId, requestNumber })
}

/** This will draw a payment that was requested for its day, if it still waits, and tell what became of it. */
export async function drawRequested(work: GatewayWork, key: RequestKey): Promise<PaymentRequest> {
  const { drawDate } = await getPaymentRequest(work.database.read, key)
  await drawPayment(work, key, drawDate)
  return getPaymentRequest(work.database.read, key)
}

/** This will draw one waiting payment; false when there was nothing to ask a gateway for. */
async function drawPayment(work: GatewayWork, key: RequestKey, day: LocalDate): Promise<boolean> {
  const claimed = await work.database.transaction((tx) => claim(tx, work, key, day))
  if (!claimed) return false
  const { attempt, charge } = claimed
  try {
    const gateway = await work.gateways.of(work.database.read, clientOf(key.customerId), attempt.gateway)
    await settleAttempt(work, attempt, await gateway.charge(charge))
  } catch (error) {
    if (error instanceof NoAnswer) return true
    if (error instanceof Refusal) await settleAttempt(work, attempt, error)
    else throw error
  }
  return true
}

interface Claimed {
  attempt: Omit<attempts.PaymentAttempt, 'status' | 'reference' | 'declineCode' | 'message'>
  charge: ChargeRequest
}

/** The attempt is on record before the gateway hears of it. */
async function claim(
  tx: Tx,
  work: GatewayWork,
  key: RequestKey,
  day: LocalDate,
): Promise<Claimed | undefined> {
  const now = work.clock()
  await lockCustomers(tx, [key.customerId])
  const request = await getPaymentRequest(tx, key)
  if (request.status !== 'waiting' || request.drawDate > day) return undefined
  const method = await getPaymentMethod(tx, {
    customerId: request.payerCustomerId,
    methodNumber: request.methodNumber,
  })
  const wrong = unusable(method, day)
  if (wrong) return undefinedAfter(decline(tx, work, request, wrong.code))
  const stopped = await autopayStopped(tx, request, day)
  const amountCents = amountToDraw(request, await amountDue(tx, request, day))
  if (stopped || amountCents === undefined)
    return undefinedAfter(
      updateRequest(tx, request, {
        status: 'cancelled',
        reason: stopped ? 'autopay_stopped' : 'nothing_due',
      }),
    )
  await updateRequest(tx, request, { status: requestAfter(request.status, 'draw'), drawDate: day })
  const attemptNumber = (await attempts.selectAttempts(tx, request)).length + 1
  const { customerId, requestNumber } = request
  const attempt = {
    customerId,
    requestNumber,
    attemptNumber,
    act: 'charge' as const,
    gateway: method.gateway,
    key: newKey({ act: 'charge', customerId, number: requestNumber, attempt: attemptNumber }),
    amountCents,
    sentAt: now,
  }
  await attempts.insertAttempt(tx, attempt)
  return { attempt, charge: await chargeOf(tx, work, { request, method, key: attempt.key, amountCents }) }
}

async function undefinedAfter(act: Promise<void>): Promise<undefined> {
  await act
}

async function autopayStopped(tx: Tx, request: PaymentRequest, day: LocalDate): Promise<boolean> {
  const { autopayNumber, customerId } = request
  if (autopayNumber === null) return false
  return !drawsOn(await getAutopay(tx, { customerId, autopayNumber }), day)
}

async function decline(tx: Tx, work: GatewayWork, request: PaymentRequest, reason: string): Promise<void> {
  await updateRequest(tx, request, { status: requestAfter(request.status, 'decline'), reason })
  const { customerId, accountNumber, requestNumber, amountCents } = request
  await emit(tx, [
    {
      clientId: clientOf(customerId),
      at: work.clock(),
      type: 'payment_request.declined',
      subject: requestSubject(request),
      payload: { customerId, accountNumber, requestNumber, amountCents, code: reason, retryOn: null },
    },
  ])
}

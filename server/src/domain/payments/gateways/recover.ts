import { Refusal } from '../../../platform/errors.ts'
import { lockCustomers } from '../../customers/index.ts'
import { getPaymentMethod } from '../methods/queries.ts'
import { getPaymentRequest } from '../scheduled/operations.ts'
import { requestSubject } from '../scheduled/request.ts'
import * as attempts from '../store/attempt.ts'
import { selectUnfinished } from '../store/hosted.ts'
import { chargeOf, ownersOf } from './charge.ts'
import { reportDefect } from './defect.ts'
import { type ChargeResult, type Gateway, NoAnswer } from './gateway.ts'
import { finishHostedSession } from './hosted.ts'
import { sessionSubject } from './hosted-session.ts'
import { settleRefund } from './refund.ts'
import { postAccepted, settleAttempt } from './settle.ts'
import type { GatewayWork } from './work.ts'

/** A gateway's own lists lag behind; before that, "I do not know this charge" proves nothing. */
const ANSWER_MINUTES = 15
const SESSION_MINUTES = 5
/** Keys may be forgotten after a day; by then a charge that cannot be found was never made. */
const KEY_HOURS = 24

/**
 * This will bring to an end what was left open with a client's gateways: charges without an answer are looked up, and
 * asked again under their own key only when the gateway never had them; money that the books refused is posted again;
 * payment pages are asked for their result. Nothing is ever charged twice.
 */
export async function recoverPayments(work: GatewayWork, { clientId }: { clientId: number }): Promise<void> {
  const { read } = work.database
  const owners = ownersOf(clientId)
  const now = work.clock()
  const unanswered = await attempts.selectUnanswered(read, owners, now.subtract({ minutes: ANSWER_MINUTES }))
  for (const attempt of unanswered)
    await apart(work, requestSubject(attempt), attempt, () => askAgain(work, clientId, attempt))
  for (const attempt of await attempts.selectUnposted(read, owners))
    await apart(work, requestSubject(attempt), attempt, () => postAgain(work, attempt))
  for (const key of await selectUnfinished(read, owners, now.subtract({ minutes: SESSION_MINUTES })))
    await apart(work, sessionSubject(key), key, () => finishHostedSession(work, key))
}

async function askAgain(
  work: GatewayWork,
  clientId: number,
  attempt: attempts.PaymentAttempt,
): Promise<void> {
  const gateway = await work.gateways.of(work.database.read, clientId, attempt.gateway)
  if (attempt.act === 'refund') return settleRefund(work, gateway, attempt)
  await settleAttempt(work, attempt, await answerOf(work, gateway, attempt))
}

async function answerOf(
  work: GatewayWork,
  gateway: Gateway,
  attempt: attempts.PaymentAttempt,
): Promise<ChargeResult | Refusal> {
  const found = await gateway.findCharge(attempt.key)
  if (found) return found
  if (work.clock().since(attempt.sentAt).total('hours') > KEY_HOURS)
    return new Refusal(
      'unavailable',
      'never_arrived',
      `${attempt.gateway} never had the request of this draw.`,
    )
  const { read } = work.database
  const request = await getPaymentRequest(read, attempt)
  const method = await getPaymentMethod(read, {
    customerId: request.payerCustomerId,
    methodNumber: request.methodNumber,
  })
  const { key, amountCents } = attempt
  return gateway.charge(await chargeOf(read, work, { request, method, key, amountCents }))
}

async function postAgain(work: GatewayWork, attempt: attempts.PaymentAttempt): Promise<void> {
  await work.database.transaction(async (tx) => {
    const { payerCustomerId } = await getPaymentRequest(tx, attempt)
    await lockCustomers(tx, [attempt.customerId, payerCustomerId])
    const request = await getPaymentRequest(tx, attempt)
    if (request.status === 'unposted') await postAccepted(tx, work, request, attempt)
  })
}

/** Still no answer, or a gateway that is off for now: the next round tries again. A fault does not stop the others. */
async function apart(
  work: GatewayWork,
  subject: string,
  { customerId }: { customerId: number },
  act: () => Promise<unknown>,
): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (error instanceof NoAnswer || error instanceof Refusal) return
    await reportDefect(work, { customerId, subject }, error)
  }
}

import { Refusal } from '../../../platform/errors.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { clientOf } from '../../customers/index.ts'
import { returnPayment } from '../events/return.ts'
import { isReturnCode } from '../return-reason.ts'
import { getPaymentRequest } from '../scheduled/operations.ts'
import { selectAttempts } from '../store/attempt.ts'
import { selectGatewayAccounts } from '../store/gateway-account.ts'
import { payeeOf } from './charge.ts'
import { reportDefect } from './defect.ts'
import { finishHostedSession, getHostedSession } from './hosted.ts'
import { type KeyOwner, readKey } from './key.ts'
import { settleAttempt } from './settle.ts'
import type { GatewayWork } from './work.ts'

export interface GatewayMessage {
  clientId: number
  gateway: string
  /** Names in lower case. */
  headers: Record<string, string>
  /** Exactly as it came: the signature is over its bytes. */
  body: string
}

/**
 * This will take what a gateway tells unasked. A message only says what to look at: what happened is then asked of the
 * gateway itself, except a return, which is believed for its signature. Answers whether it concerned anything here.
 * Refuses a message that the gateway did not sign. Twice is once.
 */
export async function takeNotification(work: GatewayWork, message: GatewayMessage): Promise<boolean> {
  const { clientId, gateway: code, headers, body } = message
  const gateway = await work.gateways.of(work.database.read, clientId, code)
  const told = await gateway.readNotification({ headers, body })
  const owner = told && readKey(told.key)
  if (!owner || clientOf(owner.customerId) !== clientId) return false
  if (told.about === 'return') return takeReturn(work, { key: told.key, code: told.code })
  return look(work, code, owner, told.key)
}

async function look(work: GatewayWork, code: string, owner: KeyOwner, key: string): Promise<boolean> {
  const { customerId, number } = owner
  if (owner.act === 'session') {
    await finishHostedSession(work, { customerId, sessionNumber: number })
    return true
  }
  const { read } = work.database
  const attempts = await selectAttempts(read, { customerId, requestNumber: number })
  const attempt = attempts.find((one) => one.key === key)
  if (attempt?.status !== 'sent' || attempt.act !== 'charge') return false
  const gateway = await work.gateways.of(read, clientOf(customerId), code)
  const answer = await gateway.findCharge(key)
  if (answer) await settleAttempt(work, attempt, answer)
  return answer !== undefined
}

/** This will take back a payment that came back from the bank, by the key that it was drawn with. */
async function takeReturn(work: GatewayWork, told: { key: string; code: string }): Promise<boolean> {
  const owner = readKey(told.key)
  if (!owner) return false
  const event = await eventOf(work, owner)
  if (!event) return false
  const now = work.clock()
  const { dayAt } = await payeeOf(work.database.read, owner.customerId)
  const returnCode = isReturnCode(told.code) ? told.code : 'R17'
  const back = { ...event, returnCode, returnedOn: dayAt(now), now, actor: work.actor }
  try {
    await work.database.transaction((tx) => returnPayment(tx, back))
  } catch (error) {
    if (error instanceof Refusal && error.code === 'payment_cancelled') return true
    throw error
  }
  return true
}

async function eventOf({ database }: GatewayWork, { act, customerId, number }: KeyOwner) {
  if (act === 'session') {
    const { eventNumber } = await getHostedSession(database.read, { customerId, sessionNumber: number })
    return eventNumber === null ? undefined : { payerCustomerId: customerId, eventNumber }
  }
  const { payerCustomerId, eventNumber } = await getPaymentRequest(database.read, {
    customerId,
    requestNumber: number,
  })
  return eventNumber === null ? undefined : { payerCustomerId, eventNumber }
}

/** This will ask the gateways that list returns instead of telling them, and take those up to and with a day. */
export async function pollReturns(
  work: GatewayWork,
  { clientId, day }: { clientId: number; day: LocalDate },
): Promise<void> {
  const accounts = await selectGatewayAccounts(work.database.read, clientId)
  for (const { gateway: code } of accounts.filter(({ status }) => status === 'active')) {
    const gateway = await work.gateways.of(work.database.read, clientId, code)
    for (const back of (await gateway.newReturns?.(day)) ?? []) {
      await takeAndTell(work, back)
    }
  }
}

/** A return that the books refuse for now is told again the next day. */
async function takeAndTell(
  work: GatewayWork,
  back: { key: string; code: string; told(): Promise<void> },
): Promise<void> {
  try {
    await takeReturn(work, back)
    await back.told()
  } catch (error) {
    const customerId = readKey(back.key)?.customerId
    if (customerId === undefined) throw error
    await reportDefect(work, { customerId, subject: `gateway_return:${back.key}` }, error)
  }
}

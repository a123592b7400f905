import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount } from '../../../platform/money.ts'
import { type Instant, localDateAt } from '../../../platform/time.ts'
import { type AccountKey, clientOf, getBillingAccount, lockCustomers } from '../../customers/index.ts'
import { audit, getClient } from '../../identity/index.ts'
import { addPaymentMethod } from '../methods/operations.ts'
import { checkLimits } from '../scheduled/limits.ts'
import * as store from '../store/hosted.ts'
import { describe, payeeOf } from './charge.ts'
import { NoAnswer, type SessionResult } from './gateway.ts'
import { checkReturnUrl, type HostedSession, type SessionKey, sessionSubject } from './hosted-session.ts'
import { newKey } from './key.ts'
import { chosenGateway, onlinePaymentPolicy } from './policy.ts'
import { postTakenMoney } from './post.ts'
import type { GatewayWork } from './work.ts'

/** Until the gateway has said how long its page lives. */
const LIFE_MINUTES = 60

export interface HostedSessionInput extends AccountKey {
  amountCents: Cents
  /** Where the payer's browser goes afterwards. */
  returnUrl: string
  /** Whether the gateway's token is kept as a payment method of the customer. */
  saveMethod?: boolean
  /** The client's chosen one when left out. */
  gateway?: string
}

/**
 * This will open a payment page of the gateway for a billing account, and answer where to send the payer's browser.
 * Nothing is paid before `finishHostedSession`. Refuses amounts outside the client's limits, a wrong return address, a
 * gateway that has no page or does not answer.
 */
export async function openHostedSession(
  work: GatewayWork,
  input: HostedSessionInput,
): Promise<SessionKey & { url: string; reference: string; expiresAt: Instant }> {
  checkReturnUrl(input.returnUrl)
  const { database } = work
  const session = await database.transaction((tx) => insertSession(tx, work, input))
  try {
    const gateway = await work.gateways.of(database.read, clientOf(session.customerId), session.gateway)
    if (!gateway.capabilities.hostedSession)
      throw new Refusal('rule', 'gateway_cannot', `The gateway ${session.gateway} has no payment page.`)
    const opened = await gateway.openSession(await pageOf(database.read, session))
    const { reference, expiresAt } = opened
    await database.transaction((tx) =>
      store.updateSession(tx, session, { status: 'open', reference, expiresAt }),
    )
    return { customerId: session.customerId, sessionNumber: session.sessionNumber, ...opened }
  } catch (error) {
    if (!(error instanceof NoAnswer) && !(error instanceof Refusal)) throw error
    const reason = error instanceof Refusal ? error.code : 'no_answer'
    await database.transaction((tx) => store.updateSession(tx, session, { status: 'cancelled', reason }))
    if (error instanceof Refusal) throw error
    throw new Refusal(
      'unavailable',
      'gateway_no_answer',
      'The payment page did not open; try again in a minute.',
    )
  }
}

async function insertSession(tx: Tx, work: GatewayWork, input: HostedSessionInput) {
  const { customerId, accountNumber, amountCents, returnUrl, saveMethod = false } = input
  const now = work.clock()
  const clientId = clientOf(customerId)
  requireAmount(amountCents, 'The payment')
  await lockCustomers(tx, [customerId])
  await getBillingAccount(tx, input)
  const policy = await onlinePaymentPolicy(tx, clientId)
  const { timeZone } = await getClient(tx, clientId)
  const day = localDateAt(now, timeZone)
  await checkLimits(tx, policy, { customerId, accountNumber, amountCents, day, timeZone })
  const sessionNumber = (await numbersAfter(tx, 'hosted_session', 'session_number', [customerId]))(customerId)
  const session = {
    customerId,
    sessionNumber,
    accountNumber,
    gateway: input.gateway ?? chosenGateway(policy),
    key: newKey({ act: 'session', customerId, number: sessionNumber, attempt: 1 }),
    amountCents,
    saveMethod,
    returnUrl,
    status: 'opening' as const,
    expiresAt: now.add({ minutes: LIFE_MINUTES }),
  }
  await store.insertSession(tx, { ...session, createdAt: now, createdBy: work.actor.actor })
  const subject = sessionSubject(session)
  const detail = { accountNumber, amountCents, gateway: session.gateway }
  await audit(tx, { clientId, at: now, actor: work.actor, operation: 'openHostedSession', subject, detail })
  return session
}

type NewHostedSession = Awaited<ReturnType<typeof insertSession>>

async function pageOf(tx: Tx, session: NewHostedSession) {
  const { key, amountCents, saveMethod, returnUrl, customerId } = session
  const { payee, currency } = await payeeOf(tx, customerId)
  const { documentLanguage } = await getBillingAccount(tx, session)
  const description = describe(session, documentLanguage)
  return { key, amountCents, currency, payee, description, language: documentLanguage, saveMethod, returnUrl }
}

/**
 * This will ask the gateway what became of a payment page and post what was paid. Whoever calls (the returning browser,
 * a notification, the recovery job), and however often, the money is posted once. A page that was declined or given up
 * is asked again: the payer may have tried another card there.
 */
export async function finishHostedSession(work: GatewayWork, key: SessionKey): Promise<HostedSession> {
  const session = await getHostedSession(work.database.read, key)
  const { reference } = session
  if (session.status === 'paid' || reference === null) return session
  const gateway = await work.gateways.of(work.database.read, clientOf(key.customerId), session.gateway)
  let result: SessionResult
  try {
    result = await gateway.resultOf({ reference, key: session.key })
  } catch (error) {
    if (error instanceof NoAnswer) return session
    throw error
  }
  return work.database.transaction(async (tx) => {
    await lockCustomers(tx, [key.customerId])
    const current = await getHostedSession(tx, key)
    if (current.status !== 'paid') await settle(tx, work, current, result)
    return getHostedSession(tx, key)
  })
}

async function settle(
  tx: Tx,
  work: GatewayWork,
  session: HostedSession,
  result: SessionResult,
): Promise<void> {
  const now = work.clock()
  if (result.outcome === 'open') {
    if (session.status !== 'open') return
    const over = now.since(session.expiresAt).total('seconds') > 0
    return over ? store.updateSession(tx, session, { status: 'expired', reason: 'expired' }) : undefined
  }
  if (result.outcome === 'declined')
    return store.updateSession(tx, session, { status: 'declined', reason: result.code })
  if (result.outcome !== 'paid')
    return store.updateSession(tx, session, { status: result.outcome, reason: result.outcome })
  await settlePaid(tx, work, session, result)
}

async function settlePaid(
  tx: Tx,
  work: GatewayWork,
  session: HostedSession,
  result: Extract<SessionResult, { outcome: 'paid' }>,
): Promise<void> {
  const { customerId, accountNumber, gateway, key, saveMethod } = session
  const done = { now: work.clock(), actor: work.actor }
  const { dayAt } = await payeeOf(tx, customerId)
  const { reference, amountCents, kind, method } = result
  const money = {
    customerId,
    accountNumber,
    payerCustomerId: customerId,
    amountCents,
    kind,
    key,
    gateway,
    reference,
  }
  const taken = { ...money, paymentDate: dayAt(done.now), autopay: false, subject: sessionSubject(session) }
  const eventNumber = await postTakenMoney(tx, taken, done)
  if (eventNumber === undefined)
    return store.updateSession(tx, session, { status: 'unposted', reason: 'books_refused', amountCents })
  const methodNumber =
    saveMethod && method
      ? await addPaymentMethod(tx, {
          customerId,
          gateway,
          method,
          verified: true,
          fieldKey: work.gateways.fieldKey,
          ...done,
        })
      : undefined
  const saved = methodNumber === undefined ? {} : { methodNumber }
  await store.updateSession(tx, session, { status: 'paid', eventNumber, amountCents, ...saved })
}

/** This will read a hosted session. Refuses an unknown one. */
export async function getHostedSession(tx: Tx, key: SessionKey): Promise<HostedSession> {
  const session = await store.selectSession(tx, key)
  if (session) return session
  throw new Refusal(
    'not_found',
    'session_unknown',
    `There is no payment session ${key.sessionNumber} of this customer.`,
  )
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import {
  type ChargeRequest,
  type ChargeResult,
  type Gateway,
  type NewSession,
  NoAnswer,
  type Notification,
} from '../domain/payments/index.ts'
import type { OutgoingReply } from '../platform/outgoing.ts'
import type { Clock } from '../platform/time.ts'
import { badSignature, cannot, exchange, type GatewayParts, needed, notDone, readJson } from './exchange.ts'

const NAME = 'Worldpay'
const PAGES = 'application/vnd.worldpay.payment_pages-v1.hal+json'
const PAGE_SECONDS = 3600
/** What a statement shows of us is short. */
const NARRATIVE_MAX = 24

/**
 * This will speak with Access Worldpay: hosted payment pages, payments by token, queries, signed events. Its answers to
 * a lost request are found by our own transaction reference.
 */
export function worldpayGateway(parts: GatewayParts & { wallClock: Clock }): Gateway {
  const { settings, secrets, outgoing, wallClock } = parts
  const base = settings.baseUrl ?? 'https://access.worldpay.com'
  const entity = needed(NAME, settings, 'entity')
  const pair = `${needed(NAME, secrets, 'username')}:${needed(NAME, secrets, 'password')}`
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`
  const post = (path: string, headers: Record<string, string>, body: unknown) =>
    exchange(outgoing, NAME, `${base}${path}`, {
      method: 'POST',
      headers: { authorization, ...headers },
      body: JSON.stringify(body),
    })
  const find = async (key: string) => {
    const query = new URLSearchParams({ transactionReference: key })
    const reply = await exchange(outgoing, NAME, `${base}/paymentQueries/payments?${query}`, {
      headers: { authorization },
    })
    return read(Found, reply)._embedded.payments[0]
  }
  return {
    code: 'worldpay',
    capabilities: { hostedSession: true, charge: true, refund: false, notifications: true, kinds: ['card'] },
    openSession: async (session) => {
      const headers = { 'content-type': PAGES, accept: PAGES }
      const { url } = read(
        z.object({ url: z.url() }),
        await post('/payment_pages', headers, pageBody(session, entity)),
      )
      return { reference: session.key, url, expiresAt: wallClock().add({ seconds: PAGE_SECONDS }) }
    },
    resultOf: async ({ key }) => {
      const payment = await find(key)
      const result = payment && toResult(payment)
      if (!payment || !result) return { outcome: 'open' }
      if (result.outcome === 'declined') return result
      return { ...result, outcome: 'paid', amountCents: payment.value.amount, kind: 'card' }
    },
    charge: async (request) =>
      chargeResult(await post('/api/payments', PAYMENTS, chargeBody(request, entity))),
    findCharge: async (key) => {
      const payment = await find(key)
      return payment && toResult(payment)
    },
    refund: async () => {
      throw cannot(NAME, 'give money back from here')
    },
    readNotification: async ({ headers, body }) => {
      checkSignature(headers['event-signature'] ?? '', body, needed(NAME, secrets, 'eventSecret'))
      return readEvent(body)
    },
  }
}

/** Source: https://developer.worldpay.com/products/access/hosted-payment-pages/openapi */
function pageBody(session: NewSession, entity: string) {
  const { key, amountCents, currency, payee, description, returnUrl } = session
  const urls = ['successURL', 'pendingURL', 'failureURL', 'errorURL', 'cancelURL', 'expiryURL']
  return {
    transactionReference: key,
    merchant: { entity },
    narrative: { line1: payee.slice(0, NARRATIVE_MAX) },
    description,
    value: { currency, amount: amountCents },
    resultURLs: Object.fromEntries(urls.map((name) => [name, returnUrl])),
    expiry: String(PAGE_SECONDS),
  }
}

/** Source: https://developer.worldpay.com/products/payments/openapi/3ds-actions (headers of the Payments API) */
const PAYMENTS = { 'content-type': 'application/json', 'wp-api-version': '2024-06-01' }

/**
 * Source: https://developer.worldpay.com/products/payments/recurring-subsequent (a payment without the customer, by
 * token) and https://developer.worldpay.com/products/payments/enable-features/auto-settlement
 */
function chargeBody(request: ChargeRequest, entity: string) {
  const { key, token, amountCents, currency, payee } = request
  return {
    transactionReference: key,
    merchant: { entity },
    instruction: {
      method: 'card',
      paymentInstrument: { type: 'token', href: token },
      customerAgreement: { type: 'subscription', storedCardUsage: 'subsequent' },
      narrative: { line1: payee.slice(0, NARRATIVE_MAX) },
      value: { currency, amount: amountCents },
      settlement: { auto: true, cancelOn: { cvcNotMatched: 'disabled', avsNotMatched: 'disabled' } },
    },
  }
}

/** Source: https://developer.worldpay.com/products/payments/openapi/3ds-actions (outcomes) */
const Outcome = z.object({
  outcome: z.string(),
  transactionReference: z.string(),
  paymentId: z.string().nullish(),
  refusalCode: z.string().nullish(),
  refusalDescription: z.string().nullish(),
})

function chargeResult(reply: OutgoingReply): ChargeResult {
  const { outcome, paymentId, transactionReference, refusalCode, refusalDescription } = read(Outcome, reply)
  if (outcome === 'sentForSettlement' || outcome === 'authorized')
    return { outcome: 'accepted', reference: paymentId ?? transactionReference }
  if (outcome === 'refused' || outcome === 'fraudHighRisk' || outcome === 'sentForCancellation')
    return declined(refusalCode ?? outcome, refusalDescription ?? outcome)
  throw new NoAnswer(NAME, `the outcome is "${outcome}"`)
}

/** Refusals, in the codes of ISO 8583, after which a card can never be charged: pick up, no such card, lost, stolen, expired, restricted. */
const FINAL = new Set(['4', '7', '14', '41', '43', '54', '62'])

function declined(code: string, message: string): ChargeResult & { outcome: 'declined' } {
  return { outcome: 'declined', code, message, final: FINAL.has(code) }
}

/** Source: https://developer.worldpay.com/products/payment-queries/query-by-trans-ref */
const Payment = z.object({
  paymentId: z.string().nullish(),
  transactionReference: z.string(),
  lastEvent: z.string().nullish(),
  value: z.object({ amount: z.number().int() }),
})
const Found = z.object({ _embedded: z.object({ payments: z.array(Payment) }) })

/** Source: https://docs.worldpay.com/access/products/events/openapi (the names of events). Undefined: not decided yet. */
function toResult(payment: z.infer<typeof Payment>): ChargeResult | undefined {
  const { paymentId, transactionReference, lastEvent } = payment
  const event = lastEvent?.toLowerCase() ?? ''
  if (['authorized', 'sentforsettlement', 'settled'].includes(event))
    return { outcome: 'accepted', reference: paymentId ?? transactionReference }
  if (['refused', 'error', 'cancelled', 'expired', 'sentforcancellation', 'settlementfailed'].includes(event))
    return declined(event, `The payment is ${event}.`)
  return undefined
}

function read<Schema extends z.ZodType>(schema: Schema, reply: OutgoingReply): z.infer<Schema> {
  if (reply.status >= 400) throw notDone(NAME, `status ${reply.status}`)
  const { data } = schema.safeParse(readJson(NAME, reply))
  if (data === undefined) throw new NoAnswer(NAME, 'its answer has another form')
  return data as z.infer<Schema>
}

/** Source: https://docs.worldpay.com/access/products/events/signature */
function checkSignature(header: string, body: string, secret: string): void {
  const expected = createHmac('sha256', secret).update(body).digest()
  const signed = header.split(',').some((one) => {
    const [, hash, signature = ''] = one.trim().split('/')
    const given = Buffer.from(signature, 'hex')
    return hash === 'SHA256' && given.length === expected.length && timingSafeEqual(given, expected)
  })
  if (!signed) throw badSignature(NAME)
}

/** Source: https://docs.worldpay.com/access/products/events/openapi/payment/authorizedpayment */
const Event = z.object({
  eventDetails: z.object({
    classification: z.string(),
    transactionReference: z.string(),
  }),
})

function readEvent(body: string): Notification | undefined {
  const { data } = Event.safeParse(readJson(NAME, { status: 200, headers: {}, body }))
  if (!data) return undefined
  const { classification, transactionReference: key } = data.eventDetails
  if (classification !== 'payment') return undefined
  return { about: key.startsWith('bw-s-') ? 'session' : 'charge', key }
}

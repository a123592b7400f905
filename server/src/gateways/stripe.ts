import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import {
  type ChargeRequest,
  type ChargeResult,
  type Gateway,
  type NewSession,
  NoAnswer,
  type Notification,
  type RefundRequest,
} from '../domain/payments/index.ts'
import type { OutgoingReply } from '../platform/outgoing.ts'
import { type Clock, Temporal } from '../platform/time.ts'
import { badSignature, exchange, type GatewayParts, needed, notDone, readJson } from './exchange.ts'
import {
  declined,
  Failure,
  PaymentIntent,
  Session,
  toChargeResult,
  toReturn,
  toSessionResult,
} from './stripe-wire.ts'

const NAME = 'Stripe'
/** A message older than this may be replayed by somebody else. */
const TOLERANCE_SECONDS = 300

/** This will speak with Stripe: hosted Checkout, PaymentIntents, refunds, signed webhooks. */
export function stripeGateway(parts: GatewayParts & { wallClock: Clock }): Gateway {
  const { settings, secrets, outgoing, wallClock } = parts
  const base = settings.baseUrl ?? 'https://api.stripe.com'
  const authorization = `Bearer ${needed(NAME, secrets, 'secretKey')}`

  /** Source: https://docs.stripe.com/api/idempotent_requests */
  const post = (path: string, fields: Record<string, string>, key: string) =>
    exchange(outgoing, NAME, `${base}${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': key },
      body: new URLSearchParams(fields).toString(),
    })
  const get = (path: string) => exchange(outgoing, NAME, `${base}${path}`, { headers: { authorization } })

  return {
    code: 'stripe',
    capabilities: {
      hostedSession: true,
      charge: true,
      refund: true,
      notifications: true,
      kinds: ['card', 'bank'],
    },
    openSession: async (session) => {
      const reply = read(Session, await post('/v1/checkout/sessions', sessionFields(session), session.key))
      if (!reply.url) throw notDone(NAME, 'it named no address of the payment page')
      const expiresAt = Temporal.Instant.fromEpochMilliseconds(reply.expires_at * 1000)
      return { reference: reply.id, url: reply.url, expiresAt }
    },
    /** Source: https://docs.stripe.com/api/checkout/sessions/retrieve */
    resultOf: async ({ reference }) => {
      const expand = 'expand[]=payment_intent.payment_method'
      const reply = await get(`/v1/checkout/sessions/${encodeURIComponent(reference)}?${expand}`)
      return toSessionResult(read(Session, reply))
    },
    charge: async (request) =>
      chargeResult(await post('/v1/payment_intents', chargeFields(request), request.key)),
    /** Source: https://docs.stripe.com/api/payment_intents/search */
    findCharge: async (key) => {
      const query = new URLSearchParams({ query: `metadata['key']:'${key}'` })
      const found = read(
        z.object({ data: z.array(PaymentIntent) }),
        await get(`/v1/payment_intents/search?${query}`),
      )
      return found.data.map(toChargeResult).find((result) => result !== undefined)
    },
    refund: async (request) => refundResult(await post('/v1/refunds', refundFields(request), request.key)),
    readNotification: async ({ headers, body }) => {
      checkSignature(
        headers['stripe-signature'] ?? '',
        body,
        needed(NAME, secrets, 'webhookSecret'),
        wallClock,
      )
      return readEvent(body, get)
    },
  }
}

/** Source: https://docs.stripe.com/api/checkout/sessions/create */
function sessionFields(session: NewSession): Record<string, string> {
  const { key, amountCents, currency, payee, description, language, saveMethod, returnUrl } = session
  return {
    mode: 'payment',
    client_reference_id: key,
    success_url: returnUrl,
    cancel_url: returnUrl,
    locale: language,
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': currency.toLowerCase(),
    'line_items[0][price_data][unit_amount]': String(amountCents),
    'line_items[0][price_data][product_data][name]': `${payee}: ${description}`,
    'payment_intent_data[metadata][key]': key,
    ...(saveMethod && {
      customer_creation: 'always',
      'payment_intent_data[setup_future_usage]': 'off_session',
    }),
  }
}

/** Source: https://docs.stripe.com/api/payment_intents/create */
function chargeFields(request: ChargeRequest): Record<string, string> {
  const [customer = '', method = ''] = request.token.split('/')
  return {
    amount: String(request.amountCents),
    currency: request.currency.toLowerCase(),
    customer,
    payment_method: method,
    'payment_method_types[0]': request.kind === 'bank' ? 'us_bank_account' : 'card',
    confirm: 'true',
    off_session: 'true',
    description: `${request.payee}: ${request.description}`,
    'metadata[key]': request.key,
  }
}

/** Source: https://docs.stripe.com/api/refunds/create */
function refundFields(request: RefundRequest): Record<string, string> {
  const { reference, amountCents, key } = request
  return { payment_intent: reference, amount: String(amountCents), 'metadata[key]': key }
}

function chargeResult(reply: OutgoingReply): ChargeResult {
  const failed = failureOf(reply)
  if (failed?.type === 'card_error')
    return declined(failed.decline_code ?? failed.code ?? 'declined', failed.message)
  const result = toChargeResult(read(PaymentIntent, reply))
  if (result) return result
  throw new NoAnswer(NAME, 'the charge is not decided yet')
}

function refundResult(reply: OutgoingReply): ChargeResult {
  const refund = read(z.object({ id: z.string(), status: z.string() }), reply)
  if (refund.status === 'succeeded' || refund.status === 'pending')
    return { outcome: 'accepted', reference: refund.id }
  return declined(refund.status, `The refund is ${refund.status}.`)
}

function failureOf(reply: OutgoingReply) {
  return reply.status < 400 ? undefined : Failure.safeParse(readJson(NAME, reply)).data?.error
}

/** A request with the same key that is still running is answered with 409. */
function read<Schema extends z.ZodType>(schema: Schema, reply: OutgoingReply): z.infer<Schema> {
  if (reply.status === 409) throw new NoAnswer(NAME, 'the same request is still running')
  const failed = failureOf(reply)
  if (failed || reply.status >= 400) throw notDone(NAME, failed?.message ?? `status ${reply.status}`)
  const { data } = schema.safeParse(readJson(NAME, reply))
  if (data === undefined) throw new NoAnswer(NAME, 'its answer has another form')
  return data as z.infer<Schema>
}

/** Source: https://docs.stripe.com/webhooks#verify-manually */
function checkSignature(header: string, body: string, secret: string, wallClock: Clock): void {
  const parts = header.split(',').map((part) => part.split('=', 2) as [string, string?])
  const at = Number(parts.find(([name]) => name === 't')?.[1])
  const age = Math.abs(wallClock().epochMilliseconds / 1000 - at)
  const expected = createHmac('sha256', secret).update(`${at}.${body}`).digest()
  const signed = parts.some(([name, value]) => {
    const given = Buffer.from(value ?? '', 'hex')
    return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
  if (!signed || !(age <= TOLERANCE_SECONDS)) throw badSignature(NAME)
}

/** Source: https://docs.stripe.com/api/events/object */
const Event = z.object({ type: z.string(), data: z.object({ object: z.record(z.string(), z.unknown()) }) })

/** Source: https://docs.stripe.com/api/events/types */
async function readEvent(
  body: string,
  get: (path: string) => Promise<OutgoingReply>,
): Promise<Notification | undefined> {
  const { data: event } = Event.safeParse(readJson(NAME, { status: 200, headers: {}, body }))
  if (!event) return undefined
  const { object } = event.data
  if (event.type.startsWith('checkout.session.')) {
    const key = z.string().safeParse(object.client_reference_id).data
    return key === undefined ? undefined : { about: 'session', key }
  }
  if (event.type === 'charge.dispute.created') {
    const id = z.string().safeParse(object.payment_intent).data
    if (id === undefined) return undefined
    const { metadata } = read(PaymentIntent, await get(`/v1/payment_intents/${encodeURIComponent(id)}`))
    const key = metadata?.key
    return key === undefined
      ? undefined
      : { about: 'return', key, code: 'chargeback', message: String(object.reason) }
  }
  const { data: intent } = PaymentIntent.safeParse(object)
  const key = intent?.metadata?.key
  if (!intent || key === undefined) return undefined
  if (event.type === 'payment_intent.succeeded') return { about: 'charge', key }
  return event.type === 'payment_intent.payment_failed'
    ? { about: 'return', key, ...toReturn(intent) }
    : undefined
}

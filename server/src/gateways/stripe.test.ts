import { expect, test } from 'vitest'
import { runStripe, SECRET_KEY, WEBHOOK_SECRET } from '../../test/support/emulators/stripe.ts'
import { NoAnswer } from '../domain/payments/index.ts'
import { createOutgoing } from '../platform/outgoing.ts'
import { Temporal } from '../platform/time.ts'
import { stripeGateway } from './stripe.ts'

const stripe = await runStripe()
const NOW = Temporal.Instant.from('2026-02-01T12:00:00Z')
const parts = {
  settings: { baseUrl: stripe.url },
  secrets: { secretKey: SECRET_KEY, webhookSecret: WEBHOOK_SECRET },
  outgoing: createOutgoing({ allowHosts: ['127.0.0.1'], timeoutMs: 2000 }),
  wallClock: () => NOW,
}
const gateway = stripeGateway(parts)
const charge = (method: string, key: string) =>
  gateway.charge({
    key,
    token: `cus_1/${method}`,
    kind: method === 'pm_bank' ? 'bank' : 'card',
    amountCents: 5632,
    currency: 'USD',
    payee: 'Town Light & Power',
    description: 'Account 1-1',
  })
const refusedAs = (code: string) => expect.objectContaining({ code })

test('a charge says what, whose, in whose name, and under which key', async () => {
  expect(await charge('pm_card', 'key-1')).toEqual({ outcome: 'accepted', reference: 'pi_1' })
  const asked = stripe.asked.at(-1)
  expect(asked).toMatchObject({ method: 'POST', path: '/v1/payment_intents' })
  expect(asked?.headers['idempotency-key']).toBe('key-1')
  expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
    amount: '5632',
    currency: 'usd',
    customer: 'cus_1',
    payment_method: 'pm_card',
    'payment_method_types[0]': 'card',
    confirm: 'true',
    off_session: 'true',
    description: 'Town Light & Power: Account 1-1',
    'metadata[key]': 'key-1',
  })
})

test('the same key again is the same charge', async () => {
  const before = stripe.intents.length
  expect(await charge('pm_card', 'key-1')).toEqual({ outcome: 'accepted', reference: 'pi_1' })
  expect(stripe.intents).toHaveLength(before)
})

test('a bank debit that is under way is accepted', async () => {
  expect(await charge('pm_bank', 'key-bank')).toMatchObject({ outcome: 'accepted' })
})

test('declines tell whether trying again can help', async () => {
  expect(await charge('pm_declined', 'key-2')).toMatchObject({
    outcome: 'declined',
    code: 'insufficient_funds',
    final: false,
  })
  expect(await charge('pm_stolen', 'key-3')).toMatchObject({
    outcome: 'declined',
    code: 'stolen_card',
    final: true,
  })
})

test('a lost answer is no decline: the charge is found by its key', async () => {
  await expect(charge('pm_lost', 'key-4')).rejects.toThrow(NoAnswer)
  expect(await gateway.findCharge('key-4')).toMatchObject({ outcome: 'accepted' })
  expect(await gateway.findCharge('key-5')).toBeUndefined()
  expect(stripe.intents.filter((one) => one.metadata.key === 'key-4')).toHaveLength(1)
})

test('5xx is no answer; a wrong request or a wrong key is a refusal', async () => {
  await expect(charge('pm_broken', 'key-6')).rejects.toThrow(NoAnswer)
  await expect(charge('pm_unknown', 'key-7')).rejects.toThrow(refusedAs('gateway_refused'))
  const stranger = stripeGateway({ ...parts, secrets: { ...parts.secrets, secretKey: 'other' } })
  await expect(stranger.findCharge('key-1')).rejects.toThrow(refusedAs('gateway_credentials'))
})

test('a far end that is not there, or that may not be called', async () => {
  const settings = { baseUrl: 'http://127.0.0.1:1' }
  await expect(stripeGateway({ ...parts, settings }).findCharge('key-1')).rejects.toThrow(NoAnswer)
  const outgoing = createOutgoing({ allowHosts: [] })
  await expect(stripeGateway({ ...parts, outgoing }).findCharge('key-1')).rejects.toThrow(
    refusedAs('outgoing_url'),
  )
})

test('a payment page: opened, paid there, its result with the token that was kept', async () => {
  const key = 'bw-s-100000001-1-1-0123456789ab'
  const page = {
    key,
    amountCents: 5632,
    currency: 'USD',
    payee: 'Town Light & Power',
    description: 'Account 1-1',
    language: 'es' as const,
    saveMethod: true,
    returnUrl: 'https://town.example/paid',
  }
  const opened = await gateway.openSession(page)
  expect(opened).toMatchObject({ reference: 'cs_1', url: 'https://checkout.example/cs_1' })
  expect(Object.fromEntries(new URLSearchParams(stripe.asked.at(-1)?.body))).toMatchObject({
    mode: 'payment',
    client_reference_id: key,
    success_url: 'https://town.example/paid',
    locale: 'es',
    'line_items[0][price_data][unit_amount]': '5632',
    'payment_intent_data[metadata][key]': key,
    'payment_intent_data[setup_future_usage]': 'off_session',
  })
  expect(await gateway.resultOf({ reference: 'cs_1', key })).toEqual({ outcome: 'open' })
  stripe.payPage('cs_1')
  expect(await gateway.resultOf({ reference: 'cs_1', key })).toMatchObject({
    outcome: 'paid',
    amountCents: 5632,
    kind: 'card',
    method: { token: 'cus_1/pm_card', lastFour: '4242', holderName: 'Ada Payer', expiresOn: '2031-01-01' },
  })
})

test('a refund names the charge', async () => {
  const refund = { key: 'key-8', reference: 'pi_1', amountCents: 5632, currency: 'USD' }
  expect(await gateway.refund(refund)).toEqual({ outcome: 'accepted', reference: 're_1' })
  await expect(gateway.refund({ ...refund, key: 'key-9', reference: 'pi_none' })).rejects.toThrow(
    refusedAs('gateway_refused'),
  )
})

const message = (type: string, object: unknown) => JSON.stringify({ type, data: { object } })
const seconds = NOW.epochMilliseconds / 1000
const told = (body: string, signature = stripe.sign(body, seconds)) =>
  gateway.readNotification({ headers: { 'stripe-signature': signature }, body })

test('signed messages tell which page, charge or return to look at', async () => {
  expect(await told(message('checkout.session.completed', { client_reference_id: 'k' }))).toEqual({
    about: 'session',
    key: 'k',
  })
  const intent = { id: 'pi_9', status: 'succeeded', amount: 1, metadata: { key: 'c' } }
  expect(await told(message('payment_intent.succeeded', intent))).toEqual({ about: 'charge', key: 'c' })
  const failed = { ...intent, last_payment_error: { code: 'account_closed', message: 'Closed' } }
  expect(await told(message('payment_intent.payment_failed', failed))).toEqual({
    about: 'return',
    key: 'c',
    code: 'R02',
    message: 'Closed',
  })
  expect(
    await told(message('charge.dispute.created', { payment_intent: 'pi_1', reason: 'fraudulent' })),
  ).toEqual({
    about: 'return',
    key: 'key-1',
    code: 'chargeback',
    message: 'fraudulent',
  })
  expect(await told(message('customer.created', { id: 'cus_1' }))).toBeUndefined()
})

test.for<[string, (body: string) => string]>([
  ['no signature', () => ''],
  ['another secret', (body) => stripe.sign(body, seconds, 'other')],
  ['another body', () => stripe.sign('{}', seconds)],
  ['too old', (body) => stripe.sign(body, seconds - 301)],
  ['from the future', (body) => stripe.sign(body, seconds + 301)],
  ['no time', (body) => stripe.sign(body, seconds).replace(/^t=\d+,/, '')],
])('a message with %s is refused', async ([, sign]) => {
  const body = message('checkout.session.completed', { client_reference_id: 'k' })
  await expect(told(body, sign(body))).rejects.toThrow(refusedAs('signature_wrong'))
})

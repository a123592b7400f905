import { expect, test } from 'vitest'
import { EVENT_SECRET, LOGIN, runWorldpay } from '../../test/support/emulators/worldpay.ts'
import { NoAnswer } from '../domain/payments/index.ts'
import { createOutgoing } from '../platform/outgoing.ts'
import { Temporal } from '../platform/time.ts'
import { worldpayGateway } from './worldpay.ts'

const worldpay = await runWorldpay()
const parts = {
  settings: { baseUrl: worldpay.url, entity: 'default' },
  secrets: { ...LOGIN, eventSecret: EVENT_SECRET },
  outgoing: createOutgoing({ allowHosts: ['127.0.0.1'], timeoutMs: 500 }),
  wallClock: () => Temporal.Instant.from('2026-02-01T12:00:00Z'),
}
const gateway = worldpayGateway(parts)
const charge = (token: string, key: string) =>
  gateway.charge({
    key,
    token: `https://access.worldpay.example/tokens/${token}`,
    kind: 'card',
    amountCents: 5632,
    currency: 'USD',
    payee: 'Town Light & Power Company',
    description: 'Account 1-1',
  })
const refusedAs = (code: string) => expect.objectContaining({ code })

test('a charge is a later payment of the customer’s agreement, settled at once', async () => {
  expect(await charge('good', 'bw-c-1')).toEqual({ outcome: 'accepted', reference: 'pay1' })
  const asked = worldpay.asked.at(-1)
  expect(asked?.headers['wp-api-version']).toBe('2024-06-01')
  expect(JSON.parse(asked?.body ?? '')).toEqual({
    transactionReference: 'bw-c-1',
    merchant: { entity: 'default' },
    instruction: {
      method: 'card',
      paymentInstrument: { type: 'token', href: 'https://access.worldpay.example/tokens/good' },
      customerAgreement: { type: 'subscription', storedCardUsage: 'subsequent' },
      narrative: { line1: 'Town Light & Power Compa' },
      value: { currency: 'USD', amount: 5632 },
      settlement: { auto: true, cancelOn: { cvcNotMatched: 'disabled', avsNotMatched: 'disabled' } },
    },
  })
})

test('refusals tell whether trying again can help', async () => {
  expect(await charge('refused', 'bw-c-2')).toMatchObject({ outcome: 'declined', code: '5', final: false })
  expect(await charge('stolen', 'bw-c-3')).toMatchObject({ outcome: 'declined', code: '43', final: true })
})

test('a lost answer is found by our own reference, and charged once', async () => {
  await expect(charge('lost', 'bw-c-4')).rejects.toThrow(NoAnswer)
  expect(await gateway.findCharge('bw-c-4')).toEqual({ outcome: 'accepted', reference: 'pay2' })
  expect(await gateway.findCharge('bw-c-5')).toBeUndefined()
  expect(worldpay.payments.filter((one) => one.transactionReference === 'bw-c-4')).toHaveLength(1)
})

test('5xx and outcomes that mean nothing here are no answer; wrong requests and credentials are refused', async () => {
  await expect(charge('broken', 'bw-c-6')).rejects.toThrow(NoAnswer)
  await expect(charge('odd', 'bw-c-7')).rejects.toThrow(NoAnswer)
  await expect(charge('unknown', 'bw-c-8')).rejects.toThrow(refusedAs('gateway_refused'))
  const stranger = worldpayGateway({ ...parts, secrets: { ...parts.secrets, password: 'other' } })
  await expect(stranger.findCharge('bw-c-1')).rejects.toThrow(refusedAs('gateway_credentials'))
  expect(() => worldpayGateway({ ...parts, settings: {} })).toThrow(refusedAs('gateway_not_configured'))
})

test.for([
  ['sentForSettlement', 'paid'],
  ['authorized', 'paid'],
  ['refused', 'declined'],
  ['sentForAuthorization', 'open'],
] as const)('a payment page that ended with %s is %s', async ([event, outcome]) => {
  const key = `bw-s-${event}`
  const opened = await gateway.openSession({
    key,
    amountCents: 5632,
    currency: 'USD',
    payee: 'Town',
    description: 'Account 1-1',
    language: 'en',
    saveMethod: false,
    returnUrl: 'https://town.example/paid',
  })
  expect(opened).toMatchObject({ reference: key, url: `https://pages.example/${key}` })
  expect(JSON.parse(worldpay.asked.at(-1)?.body ?? '')).toMatchObject({
    transactionReference: key,
    value: { currency: 'USD', amount: 5632 },
    resultURLs: { successURL: 'https://town.example/paid', cancelURL: 'https://town.example/paid' },
  })
  expect(await gateway.resultOf({ reference: key, key })).toEqual({ outcome: 'open' })
  worldpay.payPage(key, event)
  const result = await gateway.resultOf({ reference: key, key })
  expect(result.outcome).toBe(outcome)
  if (result.outcome === 'paid') expect(result.amountCents).toBe(5632)
})

test('money is not given back from here', async () => {
  await expect(
    gateway.refund({ key: 'k', reference: 'pay1', amountCents: 1, currency: 'USD' }),
  ).rejects.toThrow(refusedAs('gateway_cannot'))
})

const event = (key: string, classification = 'payment') =>
  JSON.stringify({ eventDetails: { classification, transactionReference: key, type: 'authorized' } })
const told = (body: string, signature: string) =>
  gateway.readNotification({ headers: { 'event-signature': signature }, body })

test('signed events tell which page or charge to look at', async () => {
  const page = event('bw-s-1')
  expect(await told(page, worldpay.sign(page))).toEqual({ about: 'session', key: 'bw-s-1' })
  const charged = event('bw-c-1')
  const twoKeys = `2/SHA256/00,${worldpay.sign(charged)}`
  expect(await told(charged, twoKeys)).toEqual({ about: 'charge', key: 'bw-c-1' })
  const payout = event('bw-c-1', 'payout')
  expect(await told(payout, worldpay.sign(payout))).toBeUndefined()
})

test.for(['', '1/SHA256/', '1/SHA256/00', '1/MD5/00'])(
  'an event signed "%s" is refused',
  async (signature) => {
    await expect(told(event('bw-s-1'), signature)).rejects.toThrow(refusedAs('signature_wrong'))
  },
)

test('an event signed with another secret, or changed since, is refused', async () => {
  const body = event('bw-s-1')
  await expect(told(body, worldpay.sign(body, 'other'))).rejects.toThrow(refusedAs('signature_wrong'))
  await expect(told(`${body} `, worldpay.sign(body))).rejects.toThrow(refusedAs('signature_wrong'))
})

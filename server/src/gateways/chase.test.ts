import { expect, test } from 'vitest'
import { CREDENTIALS, runChase } from '../../test/support/emulators/chase.ts'
import { NoAnswer } from '../domain/payments/index.ts'
import { createOutgoing } from '../platform/outgoing.ts'
import { Temporal } from '../platform/time.ts'
import { chaseGateway } from './chase.ts'

const chase = await runChase()
const { hostedSecureId, hostedSecureApiToken } = CREDENTIALS
const parts = {
  settings: { baseUrl: chase.url, hostedSecureId },
  secrets: { hostedSecureApiToken },
  outgoing: createOutgoing({ allowHosts: ['127.0.0.1'], timeoutMs: 500 }),
  wallClock: () => Temporal.Instant.from('2026-02-01T12:00:00Z'),
}
const gateway = chaseGateway(parts)
const KEY = 'bw-s-100000001-12-1-0123456789ab'
const open = (amountCents: number, using = gateway) =>
  using.openSession({
    key: KEY,
    amountCents,
    currency: 'USD',
    payee: 'Town',
    description: 'Account 1-1',
    language: 'en',
    saveMethod: false,
    returnUrl: 'https://town.example/paid',
  })
const refusedAs = (code: string) => expect.objectContaining({ code })

test('a page is opened by a uID and its result queried by it', async () => {
  const opened = await open(5632)
  expect(opened).toMatchObject({
    reference: 'UID1',
    url: `${chase.url}/securepayments/a1/cc_collection.php?uID=UID1`,
  })
  expect(Object.fromEntries(new URLSearchParams(chase.asked.at(-1)?.body))).toMatchObject({
    hostedSecureID: hostedSecureId,
    action: 'buildForm',
    sessionId: KEY,
    orderId: '100000001-12',
    trans_type: 'auth_capture',
    amount: '56.32',
    return_url: 'https://town.example/paid',
  })
  expect(await gateway.resultOf({ reference: 'UID1', key: KEY })).toEqual({ outcome: 'open' })
  chase.endPage('UID1', '000')
  expect(await gateway.resultOf({ reference: 'UID1', key: KEY })).toEqual({
    outcome: 'paid',
    reference: 'TX1',
    amountCents: 5632,
    kind: 'card',
  })
})

test('any other code may still become paid while the page lives', async () => {
  const { reference } = await open(1000)
  chase.endPage(reference, '310')
  expect(await gateway.resultOf({ reference, key: KEY })).toEqual({ outcome: 'open' })
})

test('an answer for another session proves nothing', async () => {
  const { reference } = await open(1000)
  chase.endPage(reference, '000')
  await expect(gateway.resultOf({ reference, key: 'bw-s-2' })).rejects.toThrow(NoAnswer)
})

test('5xx and silence are no answer; wrong credentials are refused', async () => {
  await expect(open(999)).rejects.toThrow(NoAnswer)
  await expect(open(998)).rejects.toThrow(NoAnswer)
  const stranger = chaseGateway({ ...parts, secrets: { hostedSecureApiToken: 'other' } })
  await expect(open(1000, stranger)).rejects.toThrow(refusedAs('gateway_refused'))
})

test('there is no charge without the customer, and no refund', async () => {
  expect(gateway.capabilities).toMatchObject({ charge: false, refund: false })
  await expect(
    gateway.charge({
      key: KEY,
      token: 't',
      kind: 'card',
      amountCents: 1,
      currency: 'USD',
      payee: '',
      description: '',
    }),
  ).rejects.toThrow(refusedAs('gateway_cannot'))
  await expect(gateway.refund({ key: KEY, reference: 'r', amountCents: 1, currency: 'USD' })).rejects.toThrow(
    refusedAs('gateway_cannot'),
  )
})

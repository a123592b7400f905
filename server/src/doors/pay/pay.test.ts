import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { runStripe, SECRET_KEY, WEBHOOK_SECRET } from '../../../test/support/emulators/stripe.ts'
import { billHome, openPayingWorld } from '../../../test/support/paying-world.ts'
import { broken } from '../../../test/support/verified.ts'
import { buildApp } from '../../app.ts'
import {
  amountDue,
  finishHostedSession,
  getHostedSession,
  openHostedSession,
  paymentMethods,
  recoverPayments,
  saveGatewayAccount,
} from '../../domain/payments/index.ts'
import { createGateways } from '../../gateways/index.ts'
import { openLog } from '../../platform/log.ts'
import { createOutgoing } from '../../platform/outgoing.ts'

/** Home 1's bill of January is 56.32. */
const { db } = await testDatabase()
const world = await openPayingWorld(db, { homes: 3 })
const stripe = await runStripe()
const clock = world.now
const gateways = createGateways({
  database: db,
  clock,
  wallClock: clock,
  fieldKey: world.work.gateways.fieldKey,
  outgoing: createOutgoing({ allowHosts: ['127.0.0.1'], timeoutMs: 1000 }),
  publicUrl: 'https://town.example',
})
const work = { ...world.work, gateways }
const app = await buildApp({
  database: db,
  clock,
  gateways,
  log: openLog('test', 'silent'),
  services: {
    renderer: { render: () => Promise.reject(new Error('no documents here')) },
    tokenKey: Buffer.alloc(32, 1),
    wallClock: clock,
    wakeBillRun: () => Promise.resolve(),
    wakeDraw: () => Promise.resolve(),
    fieldKey: world.work.gateways.fieldKey,
  },
})
for (const home of world.homes) await billHome(world, home, '2026-02-01')

function homeAt(index: number) {
  const home = world.homes[index]
  if (!home) throw new Error('there are three homes')
  return home
}
const open = (index: number, change: object = {}) =>
  openHostedSession(work, {
    ...homeAt(index),
    amountCents: 2000,
    returnUrl: 'https://town.example/my/pay',
    ...change,
  })
const pathOf = (url: string) => url.replace('https://town.example', '')
const submit = (url: string, fields: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url: pathOf(url),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
const dueOf = (index: number) => amountDue(db.read, homeAt(index), world.today())

test('the sandbox’s page shows whom, what for and how much, and asks for no number', async () => {
  const { url } = await open(0)
  const page = await app.inject(pathOf(url))
  expect(page.statusCode).toBe(200)
  expect(page.headers['cache-control']).toBe('no-store')
  expect(page.body).toContain('Town Light &amp; Power')
  expect(page.body).toContain('$20.00')
  expect(page.body).not.toMatch(/<script|type="text"|type="tel"|style=/)
  const spanish = await app.inject(`${pathOf(url)}?lang=es`)
  expect(spanish.body).toContain('<html lang="es">')
  expect(spanish.body).toContain('Elija un método de prueba')
  expect((await app.inject('/pay/style.css')).headers['content-type']).toContain('text/css')
})

test('paid there, asked for once or often, it is posted once and the method is kept', async () => {
  const due = await dueOf(0)
  const session = await open(0, { saveMethod: true })
  const posted = await submit(session.url, { method: 'sandbox-card-good' })
  expect(posted).toMatchObject({ statusCode: 303 })
  expect((await app.inject(pathOf(session.url))).body).toContain('Paid. Thank you.')
  expect(await dueOf(0)).toBe(due)
  await Promise.all([1, 2, 3].map(() => finishHostedSession(work, session)))
  await submit(session.url, { method: 'sandbox-card-stolen' })
  expect(await finishHostedSession(work, session)).toMatchObject({ status: 'paid', methodNumber: 1 })
  expect(await dueOf(0)).toBe(due - 2000)
  expect(await paymentMethods(db.read, homeAt(0).customerId)).toMatchObject([
    { lastFour: '4242', verification: 'verified', isDefault: true },
  ])
  expect(await broken(db)).toEqual([])
})

test('a payer who never comes back is found by the recovery', async () => {
  const session = await open(1)
  await submit(session.url, { method: 'sandbox-bank-good' })
  const later = { ...work, clock: () => clock().add({ minutes: 10 }) }
  await recoverPayments(later, { clientId: world.town.clientId })
  expect((await getHostedSession(db.read, session)).status).toBe('paid')
})

test.for<[string, Record<string, string>, string]>([
  ['declined', { method: 'sandbox-card-insufficient' }, 'declined'],
  ['a method that is none', { method: 'whatever' }, 'declined'],
  ['given up', { cancel: 'yes' }, 'cancelled'],
])('a page that was %s moves nothing', async ([, fields, status]) => {
  const before = await dueOf(2)
  const session = await open(2)
  await submit(session.url, fields)
  expect((await finishHostedSession(work, session)).status).toBe(status)
  expect(await dueOf(2)).toBe(before)
})

test('a page that is too old cannot be paid', async () => {
  const session = await open(2)
  const late = { ...work, clock: () => clock().add({ hours: 2 }) }
  expect((await finishHostedSession(late, session)).status).toBe('expired')
})

test('an unknown address, wrong forms and oversized ones are refused without a trace', async () => {
  expect((await app.inject('/pay/nothing')).statusCode).toBe(404)
  expect((await submit('https://town.example/pay/nothing', { method: 'x' })).statusCode).toBe(303)
  const { url } = await open(2)
  const json = await app.inject({
    method: 'POST',
    url: pathOf(url),
    payload: { method: 'sandbox-card-good' },
  })
  expect(json.statusCode).toBe(415)
  expect((await submit(url, { method: 'x'.repeat(5000) })).statusCode).toBe(413)
})

test.for(['ftp://x', 'javascript:alert(1)', 'https://user:word@host/', 'nothing'])(
  'the return address %s is refused',
  async (returnUrl) => {
    await expect(open(2, { returnUrl })).rejects.toMatchObject({ code: 'return_url_wrong' })
  },
)

test('gateways that are unknown, disabled or not set up are refused with the reason', async () => {
  await expect(open(2, { gateway: 'nobody' })).rejects.toMatchObject({ code: 'gateway_unknown' })
  await expect(open(2, { gateway: 'wells_fargo' })).rejects.toMatchObject({ code: 'gateway_disabled' })
  await expect(open(2, { gateway: 'chase' })).rejects.toMatchObject({ code: 'gateway_not_configured' })
})

async function withStripe(secret = SECRET_KEY) {
  const settings = { baseUrl: stripe.url }
  const secrets = { secretKey: secret, webhookSecret: WEBHOOK_SECRET }
  const { clientId } = world.town
  await world.act((tx, done) =>
    saveGatewayAccount(tx, {
      clientId,
      gateway: 'stripe',
      settings,
      secrets,
      fieldKey: gateways.fieldKey,
      ...done,
    }),
  )
}

const notify = (body: string, signature: string, client = 'town') =>
  app.inject({
    method: 'POST',
    url: `/gateways/${client}/stripe/notifications`,
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    payload: body,
  })

test('a gateway’s signed message posts what was paid on its page; forged, strange and repeated ones move nothing', async () => {
  await withStripe()
  const before = await dueOf(2)
  const session = await open(2, { gateway: 'stripe', amountCents: 1500 })
  const { key } = await getHostedSession(db.read, session)
  const body = JSON.stringify({
    type: 'checkout.session.completed',
    data: { object: { client_reference_id: key } },
  })
  const seconds = clock().epochMilliseconds / 1000
  expect((await notify(body, stripe.sign(body, seconds, 'forged'))).statusCode).toBe(400)
  expect((await notify(body, stripe.sign(body, seconds))).statusCode).toBe(200)
  expect(await dueOf(2)).toBe(before)
  stripe.payPage(session.reference)
  expect((await notify(body, stripe.sign(body, seconds), 'nobody')).statusCode).toBe(404)
  for (const _ of [1, 2]) expect((await notify(body, stripe.sign(body, seconds))).statusCode).toBe(200)
  expect(await dueOf(2)).toBe(before - 1500)
  expect(await broken(db)).toEqual([])
})

test('a charge that the bank takes back by a signed message is owed again, once', async () => {
  const session = await open(1, { gateway: 'stripe', amountCents: 1200 })
  stripe.payPage(session.reference)
  const { eventNumber } = await finishHostedSession(work, session)
  expect(eventNumber).not.toBeNull()
  const before = await dueOf(1)
  const intent = stripe.intents.at(-1)
  const body = JSON.stringify({
    type: 'charge.dispute.created',
    data: { object: { payment_intent: intent?.id, reason: 'fraudulent' } },
  })
  const seconds = clock().epochMilliseconds / 1000
  for (const _ of [1, 2]) expect((await notify(body, stripe.sign(body, seconds))).statusCode).toBe(200)
  expect(await dueOf(1)).toBe(before + 1200)
  expect(await broken(db)).toEqual([])
})

test('a gateway that does not know us is refused, and the page does not open', async () => {
  await withStripe('wrong')
  await expect(open(2, { gateway: 'stripe' })).rejects.toMatchObject({ code: 'gateway_credentials' })
})

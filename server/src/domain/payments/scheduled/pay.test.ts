import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { addTestMethod, billHome, openPayingWorld } from '../../../../test/support/paying-world.ts'
import { broken } from '../../../../test/support/verified.ts'
import { createClient } from '../../identity/index.ts'
import { openFiscalYear } from '../../ledger/index.ts'
import { postedBy, previewAct } from '../../receivables/index.ts'
import { findWorkItems } from '../../work/index.ts'
import {
  addPaymentMethod,
  amountDue,
  cancelPaymentRequest,
  drawDuePayments,
  type GatewayWork,
  getPaymentRequest,
  paymentMethods,
  payNow,
  recordPayment,
  recoverPayments,
  refundPayment,
  renamePaymentMethod,
  retirePaymentMethod,
  schedulePayment,
  setDefaultMethod,
  verifyPaymentMethod,
} from '../index.ts'

/** Every home's bill is due on Monday, February 23rd; home 1's is 56.32, home 2's 64.13 (see the first scenario). */
const { db, owner } = await testDatabase()
const world = await openPayingWorld(db, {
  homes: 6,
  payments: { online: { minCents: 500, maxCents: 50_000, perDayCents: 60_000, daysAhead: 60 } },
})
const { work } = world
const { clientId } = world.town
for (const home of world.homes) await billHome(world, home, '2026-02-01')

function homeAt(index: number) {
  const home = world.homes[index]
  if (!home) throw new Error('there are six homes')
  return home
}
const dueOf = (index: number) => amountDue(db.read, homeAt(index), world.today())
const refusedAs = (code: string) => expect.objectContaining({ code })

await addTestMethod(world, homeAt(0), 'sandbox-card-good')
await addTestMethod(world, homeAt(0), 'sandbox-card-insufficient')

test('methods are masked, named, verified, made the default; the first one is it', async () => {
  const [first, second] = await paymentMethods(db.read, homeAt(0).customerId)
  expect(first).toMatchObject({ methodNumber: 1, isDefault: true, nickname: 'visa 4242', lastFour: '4242' })
  expect(JSON.stringify([first, second])).not.toContain('sandbox-card')
  const { rows } = await sql<{ token: Buffer }>`select sealed_token as token from payment_method`.execute(
    db.read,
  )
  expect(rows.some(({ token }) => token.includes('sandbox'))).toBe(false)
  const key = { customerId: homeAt(0).customerId, methodNumber: 2 }
  await world.act((tx, done) => renamePaymentMethod(tx, { ...key, nickname: 'Old card', ...done }))
  await world.act((tx, done) => setDefaultMethod(tx, { ...key, ...done }))
  expect(await paymentMethods(db.read, key.customerId)).toMatchObject([
    { methodNumber: 2, isDefault: true, nickname: 'Old card' },
    { methodNumber: 1, isDefault: false },
  ])
  await world.act((tx, done) => setDefaultMethod(tx, { ...key, methodNumber: 1, ...done }))
})

test('a payment now pays the account; the same amount again must be meant', async () => {
  const wish = { ...homeAt(0), methodNumber: 1, amountCents: 1000 }
  expect(await payNow(work, wish)).toMatchObject({ status: 'paid', amountCents: 1000, eventNumber: 1 })
  expect(await dueOf(0)).toBe(5632 - 1000)
  await expect(payNow(work, wish)).rejects.toThrow(refusedAs('payment_duplicate'))
  expect(await payNow(work, { ...wish, allowDuplicate: true })).toMatchObject({ status: 'paid' })
  expect(await dueOf(0)).toBe(3632)
})

test('a declined payment moves nothing, and is not a duplicate of the next try', async () => {
  const wish = { ...homeAt(0), amountCents: 700 }
  expect(await payNow(work, { ...wish, methodNumber: 2 })).toMatchObject({
    status: 'declined',
    reason: 'insufficient_funds',
  })
  expect(await dueOf(0)).toBe(3632)
  expect(await payNow(work, { ...wish, methodNumber: 1 })).toMatchObject({ status: 'paid' })
})

test.for<[string, number, string]>([
  ['a negative amount', -500, 'amount_not_positive'],
  ['a part of a cent', 1000.5, 'amount_not_positive'],
  ['below the least', 499, 'payment_below_minimum'],
  ['above the most', 50_001, 'payment_above_maximum'],
])('%s is refused', async ([, amountCents, code]) => {
  await expect(payNow(work, { ...homeAt(1), methodNumber: 1, amountCents })).rejects.toThrow(
    refusedAs('method_unknown'),
  )
  const methodNumber = 1
  await expect(payNow(work, { ...homeAt(0), methodNumber, amountCents })).rejects.toThrow(refusedAs(code))
})

test('days that have passed or are too far, strangers’ methods and too much in a day are refused', async () => {
  const plan = (change: object) =>
    world.act((tx, done) =>
      schedulePayment(tx, {
        ...homeAt(0),
        methodNumber: 1,
        amountCents: 40_000,
        drawDate: '2026-02-20',
        ...change,
        ...done,
      }),
    )
  await expect(plan({ drawDate: '2026-01-31' })).rejects.toThrow(refusedAs('payment_in_past'))
  await expect(plan({ drawDate: '2026-04-03' })).rejects.toThrow(refusedAs('payment_too_far'))
  await expect(plan({ payerCustomerId: 200000001 })).rejects.toThrow()
  const stranger = await db.transaction((tx) =>
    createClient(tx, { code: 'other', name: 'Other', timeZone: 'America/Chicago', now: world.now() }),
  )
  expect(stranger).toBeGreaterThan(clientId)
  const requestNumber = await plan({})
  await expect(plan({ amountCents: 20_001 })).rejects.toThrow(refusedAs('payment_day_limit'))
  const key = { customerId: homeAt(0).customerId, requestNumber }
  await world.act((tx, done) => cancelPaymentRequest(tx, { ...key, reason: 'asked', ...done }))
  await expect(
    world.act((tx, done) => cancelPaymentRequest(tx, { ...key, reason: 'asked', ...done })),
  ).rejects.toThrow(refusedAs('payment_request_state'))
})

test('a scheduled payment of what is due takes what is asked for on its day, and nothing when nothing is', async () => {
  await addTestMethod(world, homeAt(1), 'sandbox-bank-good')
  const plan = (drawDate: string) =>
    world.act((tx, done) =>
      schedulePayment(tx, { ...homeAt(1), methodNumber: 1, drawDate, allowDuplicate: true, ...done }),
    )
  const [first, second] = [await plan('2026-02-03'), await plan('2026-02-04')]
  const due = await dueOf(1)
  await world.through('2026-02-04')
  const read = (requestNumber: number) =>
    getPaymentRequest(db.read, { customerId: homeAt(1).customerId, requestNumber })
  expect(await read(first)).toMatchObject({ status: 'paid', drawDate: '2026-02-03' })
  expect(await read(second)).toMatchObject({ status: 'cancelled', reason: 'nothing_due' })
  expect(due).toBeGreaterThan(0)
  expect(await dueOf(1)).toBe(0)
})

test('a relative’s method pays for a customer: the event is on the payer’s file', async () => {
  const paid = await payNow(work, {
    ...homeAt(2),
    payerCustomerId: homeAt(0).customerId,
    methodNumber: 1,
    amountCents: 2000,
  })
  expect(paid).toMatchObject({ status: 'paid', payerCustomerId: homeAt(0).customerId })
  expect(await broken(db)).toEqual([])
})

test('a refund goes through the gateway and cancels the payment once', async () => {
  const { requestNumber, customerId } = await payNow(work, {
    ...homeAt(0),
    methodNumber: 1,
    amountCents: 1500,
  })
  const before = await dueOf(0)
  const refund = { customerId, requestNumber, reason: 'paid twice' }
  expect(await refundPayment(work, refund)).toMatchObject({ status: 'refunded' })
  expect(await dueOf(0)).toBe(before + 1500)
  await expect(refundPayment(work, refund)).rejects.toThrow(refusedAs('payment_request_state'))
  expect(await broken(db)).toEqual([])
})

test('money that the books refuse is kept, told to staff, and posted when they can', async () => {
  await addTestMethod(world, homeAt(3), 'sandbox-card-good')
  await world.act((tx, done) => openFiscalYear(tx, { clientId, fiscalYear: 2026, ...done }))
  const close = (closed: boolean) =>
    sql`update accounting_period set status = ${closed ? 'closed' : 'open'}, closed_at = case when ${closed}::boolean
         then start_date::timestamptz end where start_date < '2026-03-01'`.execute(owner.read)
  await close(true)
  const paid = await payNow(work, { ...homeAt(3), methodNumber: 1, amountCents: 900 })
  expect(paid).toMatchObject({ status: 'unposted', reason: 'books_refused' })
  const unposted = async () =>
    (
      await findWorkItems(db.read, {
        clientId,
        status: 'open',
        kind: 'payment_unposted',
        limit: 9,
        offset: 0,
      })
    ).items
  expect(await unposted()).toMatchObject([{ customerId: paid.customerId, reasonCode: 'period_closed' }])
  await recoverPayments(work, { clientId })
  expect((await getPaymentRequest(db.read, paid)).status).toBe('unposted')
  // The period was closed by hand, without the balances that closing freezes.
  expect((await broken(db)).filter((one) => !one.startsWith('closed_periods_frozen'))).toEqual([])
  await close(false)
  await Promise.all([1, 2].map(() => recoverPayments(work, { clientId })))
  expect(await getPaymentRequest(db.read, paid)).toMatchObject({ status: 'paid' })
  expect(await unposted()).toEqual([])
  expect(await broken(db)).toEqual([])
})

test('a retired or wrong method cannot pay, and is not made the default', async () => {
  await addTestMethod(world, homeAt(4), 'sandbox-card-good')
  const key = { customerId: homeAt(4).customerId, methodNumber: 1 }
  await world.act((tx, done) => verifyPaymentMethod(tx, { ...key, verification: 'failed', ...done }))
  const pay = () => payNow(work, { ...homeAt(4), methodNumber: 1, amountCents: 900 })
  await expect(pay()).rejects.toThrow(refusedAs('method_failed'))
  await world.act((tx, done) => retirePaymentMethod(tx, { ...key, ...done }))
  await expect(pay()).rejects.toThrow(refusedAs('method_retired'))
  await expect(world.act((tx, done) => setDefaultMethod(tx, { ...key, ...done }))).rejects.toThrow(
    refusedAs('method_retired'),
  )
  await expect(world.act((tx, done) => retirePaymentMethod(tx, { ...key, ...done }))).rejects.toThrow(
    refusedAs('method_retired'),
  )
})

test('a card number is refused where a token belongs', async () => {
  const method = { kind: 'card' as const, token: '4111111111111111', lastFour: '1111', holderName: 'Home' }
  const { fieldKey } = work.gateways
  const { customerId } = homeAt(5)
  await expect(
    world.act((tx, done) =>
      addPaymentMethod(tx, { customerId, gateway: 'sandbox', method, fieldKey, ...done }),
    ),
  ).rejects.toThrow(refusedAs('account_number_refused'))
})

test('the same payment wanted ten times at once is taken once', async () => {
  await addTestMethod(world, homeAt(5), 'sandbox-card-good')
  const wish = { ...homeAt(5), methodNumber: 1, amountCents: 800 }
  const before = await dueOf(5)
  const ends = await Promise.allSettled(Array.from({ length: 10 }, () => payNow(work, wish)))
  expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1)
  for (const end of ends)
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'payment_duplicate' })
  expect(await dueOf(5)).toBe(before - 800)
})

test('a program that dies between the gateway and the books loses nothing and charges nothing twice', async () => {
  const dying: GatewayWork = {
    ...work,
    gateways: {
      ...work.gateways,
      async of(tx, id, code) {
        const gateway = await work.gateways.of(tx, id, code)
        return {
          ...gateway,
          charge: (request) => gateway.charge(request).then(() => Promise.reject(new Error('died'))),
        }
      },
    },
  }
  const before = await dueOf(5)
  const drawDate = world.today()
  for (const amountCents of [610, 620])
    await world.act((tx, done) =>
      schedulePayment(tx, { ...homeAt(5), methodNumber: 1, amountCents, drawDate, ...done }),
    )
  expect(await drawDuePayments(dying, { clientId, day: drawDate })).toBe(0)
  expect(await dueOf(5)).toBe(before)
  const failed = await findWorkItems(db.read, {
    clientId,
    status: 'open',
    kind: 'draw_failed',
    limit: 9,
    offset: 0,
  })
  expect(failed.total).toBe(2)
  const later = { ...work, clock: () => world.now().add({ minutes: 16 }) }
  await Promise.all([1, 2, 3].map(() => recoverPayments(later, { clientId })))
  expect(await dueOf(5)).toBe(before - 610 - 620)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from sandbox_charge where amount_cents in (610, 620)`.execute(db.read)
  expect(rows).toEqual([{ count: 2 }])
  expect(await broken(db)).toEqual([])
})

test('the preview of drawn money is what is posted', async () => {
  const { customerId, accountNumber } = homeAt(5)
  await world.act(async (tx, done) => {
    const act = () =>
      recordPayment(tx, {
        payerCustomerId: customerId,
        accounts: [{ customerId, accountNumber, amountCents: 1234 }],
        paymentDate: '2026-03-05',
        source: 'autopay',
        tender: { method: 'card', reference: 'sandbox:x' },
        externalId: 'bw-c-1',
        ...done,
      })
    const preview = await previewAct(tx, [customerId], act)
    expect((await postedBy(tx, [customerId], act)).posted).toEqual(preview.posted)
  })
})

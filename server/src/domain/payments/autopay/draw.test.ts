import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { addTestMethod, billHome, openPayingWorld } from '../../../../test/support/paying-world.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { World } from '../../../../test/support/world.ts'
import { addDays } from '../../../platform/time.ts'
import { balances } from '../../receivables/index.ts'
import { findWorkItems } from '../../work/index.ts'
import {
  autopaysOfAccount,
  cancelPaymentRequest,
  changeAutopay,
  drawDuePayments,
  paymentRequestsOfAccount,
  recoverPayments,
  releaseHeldPayment,
  resumeAutopay,
  retirePaymentMethod,
  startAutopay,
  stopAutopay,
} from '../index.ts'

/**
 * Homes 1 to 12 use 600 W, 700 W, ...; January has 744 hours. Home 1: 446.4 kWh x 0.10 = 44.64, + 9.00 = 53.64,
 * + 5 % tax on each line (0.45 + 2.23) = 56.32. Bills of February 1st are due 21 days later, a Sunday: on Monday the 23rd.
 */
const { db } = await testDatabase()
const HOMES = 12
const world: World = await openPayingWorld(db, { homes: HOMES })
const DUE = '2026-02-23'

function homeAt(index: number) {
  const home = world.homes[index]
  if (!home) throw new Error(`there are ${HOMES} homes`)
  return home
}

async function onAutopay(index: number, token: string, terms: { limitCents?: number; days?: number } = {}) {
  const home = homeAt(index)
  const methodNumber = await addTestMethod(world, home, token)
  const { limitCents, days } = terms
  const drawRule = days === undefined ? { rule: 'due_date' as const } : { rule: 'days_before' as const, days }
  const autopayNumber = await world.act((tx, done) =>
    startAutopay(tx, {
      ...home,
      methodNumber,
      startDate: world.today(),
      drawRule,
      ...(limitCents !== undefined && { limitCents }),
      ...done,
    }),
  )
  return { home, methodNumber, autopayNumber }
}

const requests = (index: number) => paymentRequestsOfAccount(db.read, homeAt(index))
const statuses = async (index: number) =>
  (await requests(index)).map((one) => `${one.drawDate} ${one.status}`)
const owed = async (index: number) =>
  (await balances(db.read, [homeAt(index).customerId], world.today())).reduce(
    (sum, one) => sum + one.payoffCents,
    0,
  )
const attemptsOf = async (index: number) => {
  const { rows } = await sql<{ status: string; cents: number }>`
    select status, amount_cents as cents from payment_attempt where customer_id = ${homeAt(index).customerId}
     order by request_number, attempt_number`.execute(db.read)
  return rows.map(({ status, cents }) => `${status} ${cents}`)
}
const workItems = async (kind: string) => {
  const { items } = await findWorkItems(db.read, {
    clientId: world.town.clientId,
    status: 'open',
    kind,
    limit: 50,
    offset: 0,
  })
  return items.map(({ customerId, reasonCode }) => [customerId, reasonCode])
}

await onAutopay(0, 'sandbox-card-good')
await onAutopay(1, 'sandbox-card-good', { days: 5 })
await onAutopay(2, 'sandbox-card-good', { limitCents: 1000 })
await onAutopay(3, 'sandbox-card-insufficient')
await onAutopay(4, 'sandbox-card-stolen')
await onAutopay(5, 'sandbox-card-lost-answer')
await onAutopay(6, 'sandbox-card-silent')
await onAutopay(7, 'sandbox-bank-returned')
await onAutopay(8, 'sandbox-card-good')
await onAutopay(9, 'sandbox-card-good')
for (let index = 0; index < 10; index++) await billHome(world, homeAt(index), '2026-02-01')
await world.through('2026-02-02')

test('a completed bill stages its draw on the day that the rule says; twice is once', async () => {
  expect(await statuses(0)).toEqual([`${DUE} waiting`])
  expect(await statuses(1)).toEqual(['2026-02-18 waiting'])
  expect((await requests(0))[0]).toMatchObject({ amountCents: 5632, billId: 1, origin: 'autopay' })
})

test('a bill above the limit is held, and staff are told', async () => {
  expect(await statuses(2)).toEqual([`${DUE} held`])
  expect(await workItems('autopay_held')).toEqual([[homeAt(2).customerId, 'above_limit']])
})

test('a method that an autopay uses is not retired, unless its uses are to stop', async () => {
  const retire = { customerId: homeAt(8).customerId, methodNumber: 1 }
  await expect(
    world.act((tx, done) => retirePaymentMethod(tx, { ...retire, ...done })),
  ).rejects.toMatchObject({
    code: 'method_in_use',
  })
  await world.act((tx, done) => retirePaymentMethod(tx, { ...retire, stopUses: true, ...done }))
  expect(await statuses(8)).toEqual([`${DUE} cancelled`])
  expect((await autopaysOfAccount(db.read, homeAt(8)))[0]?.endDate).toBe('2026-02-02')
})

test('nothing is drawn before its day, and each draw once however many draw', async () => {
  const due = { clientId: world.town.clientId, day: '2026-02-22' }
  await world.through('2026-02-17')
  expect(await statuses(1)).toEqual(['2026-02-18 waiting'])
  await world.through('2026-02-18')
  await Promise.all([drawDuePayments(world.work, due), drawDuePayments(world.work, due)])
  expect(await statuses(1)).toEqual(['2026-02-18 paid'])
  expect(await owed(1)).toBe(0)
})

test('on the due date everything is drawn: paid, declined to be tried again, declined for good', async () => {
  await world.act((tx, done) =>
    releaseHeldPayment(tx, { customerId: homeAt(2).customerId, requestNumber: 1, ...done }),
  )
  await world.act((tx, done) =>
    stopAutopay(tx, { customerId: homeAt(9).customerId, autopayNumber: 1, endDate: DUE, ...done }),
  )
  await world.through(DUE)
  expect(await statuses(0)).toEqual([`${DUE} paid`])
  expect(await owed(0)).toBe(0)
  expect(await statuses(2)).toEqual([`${DUE} paid`])
  expect(await workItems('autopay_held')).toEqual([])
  expect(await statuses(3)).toEqual([`${addDays(DUE, 3)} waiting`])
  expect(await statuses(4)).toEqual([`${DUE} declined`])
  expect(await workItems('payment_declined')).toEqual([[homeAt(4).customerId, 'stolen_card']])
  expect(await statuses(9)).toEqual([`${DUE} cancelled`])
  expect(await owed(9)).toBeGreaterThan(0)
  expect(await broken(db)).toEqual([])
})

test('a lost answer is asked for again, never charged twice; what the gateway never had is charged then', async () => {
  expect(await statuses(5)).toEqual([`${DUE} drawing`])
  expect(await attemptsOf(5)).toEqual([expect.stringMatching(/^sent/)])
  const later = { ...world.work, clock: () => world.now().add({ minutes: 20 }) }
  await Promise.all([1, 2, 3].map(() => recoverPayments(later, { clientId: world.town.clientId })))
  expect(await statuses(5)).toEqual([`${DUE} paid`])
  expect(await attemptsOf(5)).toEqual([expect.stringMatching(/^accepted/)])
  expect(await owed(5)).toBe(0)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from sandbox_charge where token = 'sandbox-card-lost-answer'`.execute(
    db.read,
  )
  expect(rows).toEqual([{ count: 1 }])
  // The silent one still gives no answer, and stays to be asked.
  expect(await statuses(6)).toEqual([`${DUE} drawing`])
  expect(await broken(db)).toEqual([])
  // After a day it is certain that the gateway never had it: the draw waits for another day.
  const nextDay = { ...world.work, clock: () => world.now().add({ hours: 25 }) }
  await recoverPayments(nextDay, { clientId: world.town.clientId })
  expect(await statuses(6)).toEqual([`${addDays(DUE, 2)} waiting`])
  expect(await attemptsOf(6)).toEqual([expect.stringMatching(/^refused/)])
  expect(await broken(db)).toEqual([])
})

test('a returned draw is taken back with a fee, and the second one suspends the autopay', async () => {
  expect(await statuses(7)).toEqual([`${DUE} paid`])
  await world.through(addDays(DUE, 2))
  expect(await statuses(7)).toEqual([`${DUE} returned`])
  expect((await autopaysOfAccount(db.read, homeAt(7)))[0]).toMatchObject({ returns: 1, suspendedAt: null })
  expect(await owed(7)).toBeGreaterThan(0)
  await world.through('2026-03-01')
  await billHome(world, homeAt(7), '2026-03-01')
  await world.through('2026-03-26')
  const [autopay] = await autopaysOfAccount(db.read, homeAt(7))
  expect(autopay).toMatchObject({ returns: 2, suspendReason: 'returned_payments' })
  expect(await workItems('autopay_suspended')).toEqual([[homeAt(7).customerId, 'returned_payments']])
  await world.act((tx, done) =>
    resumeAutopay(tx, { customerId: homeAt(7).customerId, autopayNumber: 1, ...done }),
  )
  expect(await broken(db)).toEqual([])
})

test('after its tries a decline is final, and staff are told', async () => {
  // Tries on the 23rd, three days later (26th), five days later (March 3rd).
  expect(await statuses(3)).toEqual(['2026-03-03 declined'])
  expect(await attemptsOf(3)).toHaveLength(3)
  expect(await workItems('payment_declined')).toContainEqual([homeAt(3).customerId, 'insufficient_funds'])
})

test('a second autopay of the same time is refused; a changed one draws from the new method', async () => {
  await expect(onAutopay(0, 'sandbox-bank-good')).rejects.toMatchObject({ code: 'autopay_exists' })
  await world.act((tx, done) =>
    changeAutopay(tx, {
      customerId: homeAt(0).customerId,
      autopayNumber: 1,
      methodNumber: 2,
      drawRule: { rule: 'fixed_day', day: 28 },
      ...done,
    }),
  )
  await billHome(world, homeAt(0), '2026-03-01')
  await world.through('2026-03-27')
  expect((await statuses(0))[0]).toBe('2026-03-28 waiting')
  const [first] = await requests(0)
  await world.act((tx, done) =>
    cancelPaymentRequest(tx, {
      customerId: homeAt(0).customerId,
      requestNumber: first?.requestNumber ?? 0,
      reason: 'asked',
      ...done,
    }),
  )
  await world.through('2026-03-28')
  expect((await statuses(0))[0]).toBe('2026-03-28 cancelled')
  expect(await broken(db)).toEqual([])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { addDebtor } from '../../../../test/support/debtors.ts'
import { broken } from '../../../../test/support/verified.ts'
import { openWorld } from '../../../../test/support/world.ts'
import { addDays } from '../../../platform/time.ts'
import { completeBill } from '../../billing/index.ts'
import { cancelPayment, recordPayment } from '../../payments/index.ts'
import { createAdjustment } from '../adjustments/index.ts'
import { getContract } from '../contracts/record.ts'
import { cancelPromise, makePromise, modifyPromise } from './operations.ts'
import { proposeSchedule, receivedFor, standingOf } from './promise.ts'
import { activeShields, promisedPayments } from './review.ts'
import { promiseTerms } from './terms.ts'

const payments = [
  { dueDate: '2026-03-10', amountCents: 3000 },
  { dueDate: '2026-03-20', amountCents: 2000 },
]

test('a promise is broken by the first payment that is missed after its grace', () => {
  const on = (day: string) => ({ day, graceDays: 3 })
  expect(standingOf(payments, [], on('2026-03-13'))).toBe('open')
  expect(standingOf(payments, [], on('2026-03-14'))).toBe('broken')
  const received = [{ day: '2026-03-13', amountCents: 3000 }]
  expect(standingOf(payments, received, on('2026-03-23'))).toBe('open')
  expect(standingOf(payments, received, on('2026-03-24'))).toBe('broken')
  expect(standingOf(payments, [{ day: '2026-03-01', amountCents: 5000 }], on('2026-03-01'))).toBe('kept')
  const returned = [...received, { day: '2026-03-13', amountCents: -3000 }]
  expect(standingOf(payments, returned, on('2026-03-15'))).toBe('broken')
})

test('what was received pays the earliest scheduled payment first', () => {
  expect(receivedFor(payments, 3500).map((one) => one.receivedCents)).toEqual([3000, 500])
  expect(receivedFor(payments, -100).map((one) => one.receivedCents)).toEqual([0, 0])
})

test('a proposed schedule sums to the whole and carries its front load', () => {
  const amounts = fc.integer({ min: 100, max: 9_999_999 })
  const counts = fc.integer({ min: 1, max: 6 })
  const percents = fc.integer({ min: 0, max: 100 })
  fc.assert(
    fc.property(
      amounts,
      counts,
      percents,
      fc.constantFrom('first' as const, 'last' as const),
      (amountCents, count, frontLoadPercent, remainderOn) => {
        const dueDates = Array.from({ length: count }, (_, index) => `2026-03-0${index + 1}`)
        const proposed = proposeSchedule({
          amountCents,
          dueDates,
          frontLoadPercent: count === 1 ? 100 : frontLoadPercent,
          remainderOn,
        })
        expect(proposed.reduce((sum, one) => sum + one.amountCents, 0)).toBe(amountCents)
        expect((proposed[0]?.amountCents ?? 0) * 100).toBeGreaterThanOrEqual(
          count === 1 ? 0 : amountCents * frontLoadPercent,
        )
        expect(proposed.every((one) => one.amountCents >= 0)).toBe(true)
      },
    ),
  )
})

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 1 })
const [home] = world.homes
if (!home) throw new Error('the town has a home')
const { customerId, accountNumber } = home
const account = { customerId, accountNumber }
await world.through('2026-02-01')
// 9.00 + 446.4 x 0.10 = 53.64, 5 % tax 2.68: 56.32, due in 21 days.
await world.act((tx, done) =>
  completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }),
)

const pay = (amountCents: number) =>
  world.act((tx, done) =>
    recordPayment(tx, {
      payerCustomerId: customerId,
      accounts: [{ ...account, amountCents }],
      paymentDate: world.today(),
      source: 'counter',
      tender: { method: 'check' },
      ...done,
    }),
  )
const promise = (amountCents: number, schedule: { dueDate: string; amountCents: number }[]) =>
  world.act((tx, done) =>
    makePromise(tx, {
      ...account,
      amountCents,
      payments: schedule,
      requestedBy: 'Home',
      day: world.today(),
      ...done,
    }),
  )
const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => 'nothing',
    (error: { code?: string }) => error.code,
  )

test('a promise beyond the limits is refused', async () => {
  const day = world.today()
  const terms = await promiseTerms(db.read, { ...account, day })
  expect(terms).toMatchObject({ askedCents: 5632, pastDueCents: 0, eligibleCents: 5632 })
  expect(await refusalOf(promise(5633, [{ dueDate: '2026-02-20', amountCents: 5633 }]))).toBe(
    'promise_above_debt',
  )
  expect(await refusalOf(promise(-1, []))).toBe('amount_not_positive')
  expect(await refusalOf(promise(5632, [{ dueDate: '2026-02-20', amountCents: 5631 }]))).toBe('schedule_sum')
  expect(await refusalOf(promise(5632, [{ dueDate: '2026-04-03', amountCents: 5632 }]))).toBe(
    'schedule_too_far',
  )
  expect(await refusalOf(promise(5632, [{ dueDate: '2026-01-31', amountCents: 5632 }]))).toBe(
    'schedule_order',
  )
  const thin = [
    { dueDate: '2026-02-20', amountCents: 1400 },
    { dueDate: '2026-02-25', amountCents: 4232 },
  ]
  // A quarter of 56.32 is 14.08.
  expect(await refusalOf(promise(5632, thin))).toBe('schedule_front_load')
  const small = [
    { dueDate: '2026-02-20', amountCents: 5000 },
    { dueDate: '2026-02-25', amountCents: 632 },
  ]
  expect(await refusalOf(promise(5632, small))).toBe('schedule_too_small')
})

test('a promise keeps its debt from being collected, is kept by payment, and opens again when that comes back', async () => {
  const schedule = [
    { dueDate: '2026-02-20', amountCents: 2632 },
    { dueDate: '2026-03-06', amountCents: 3000 },
  ]
  const made = await promise(5632, schedule)
  expect(await refusalOf(promise(1000, [{ dueDate: '2026-02-20', amountCents: 1000 }]))).toBe('promise_live')
  const [shield] = await activeShields(db.read, [customerId], '2026-03-09')
  expect(shield).toMatchObject({ ...account, until: '2026-03-09' })
  expect(shield?.debtClasses).toContain('regulated')
  expect(await activeShields(db.read, [customerId], '2026-03-10')).toEqual([])
  await world.through('2026-02-20')
  await pay(2632)
  expect((await promisedPayments(db.read, made)).payments.map((one) => one.receivedCents)).toEqual([2632, 0])
  await world.through('2026-03-01')
  const eventNumber = await pay(3000)
  await world.through('2026-03-02')
  expect(await getContract(db.read, made)).toMatchObject({ status: 'kept', endDate: '2026-03-01' })
  const cancelledOn = world.today()
  const back = { payerCustomerId: customerId, eventNumber: eventNumber ?? 0, reason: 'returned', cancelledOn }
  await world.act((tx, done) => cancelPayment(tx, { ...back, ...done }))
  await world.through('2026-03-03')
  expect(await getContract(db.read, made)).toMatchObject({ status: 'active', endDate: null })
  await world.through('2026-03-10')
  expect(await getContract(db.read, made)).toMatchObject({ status: 'broken', endDate: '2026-03-10' })
  expect(await refusalOf(promise(1000, [{ dueDate: '2026-03-20', amountCents: 1000 }]))).toBe(
    'promise_broken_before',
  )
  expect(await broken(db)).toEqual([])
})

test('a promise that is over is not changed or cancelled again', async () => {
  const key = { customerId, contractNumber: 1 }
  const change = world.act((tx, done) => modifyPromise(tx, { ...key, payments, ...done }))
  expect(await refusalOf(change)).toBe('contract_state')
  const cancel = { ...key, day: world.today(), reason: 'asked' }
  expect(await refusalOf(world.act((tx, done) => cancelPromise(tx, { ...cancel, ...done })))).toBe(
    'contract_state',
  )
  const stranger = { customerId, contractNumber: 99 }
  expect(await refusalOf(getContract(db.read, stranger))).toBe('contract_unknown')
})

test('a promise is dropped, not broken, when its debt was corrected instead of paid', async () => {
  const home = await addDebtor(world, { number: 90, dueDate: world.today(), amountCents: 6000 })
  const { customerId, accountNumber } = home
  const day = world.today()
  const promised = [{ dueDate: addDays(day, 3), amountCents: 6000 }]
  const wish = { customerId, accountNumber, amountCents: 6000, payments: promised, requestedBy: 'test', day }
  const promise = await world.act((tx, done) => makePromise(tx, { ...wish, ...done }))
  const credit = { ...home, type: 'service_guarantee', amountCents: 6000, effectiveDate: day }
  await world.act((tx, done) => createAdjustment(tx, { ...credit, ...done }))
  // Due on the third day, with three of grace.
  await world.through(addDays(day, 6))
  expect(await getContract(db.read, promise)).toMatchObject({ status: 'active' })
  await world.through(addDays(day, 7))
  expect(await getContract(db.read, promise)).toMatchObject({
    status: 'cancelled',
    endReason: 'nothing_owed',
  })
})

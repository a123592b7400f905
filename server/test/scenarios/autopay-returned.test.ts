import { expect, test } from 'vitest'
import { collectionProcesses, creditRating } from '../../src/domain/collections/index.ts'
import { noticesOf } from '../../src/domain/notices/index.ts'
import {
  changeAutopay,
  getAutopay,
  paymentRequestsOfAccount,
  resumeAutopay,
  startAutopay,
} from '../../src/domain/payments/index.ts'
import { testDatabase } from '../support/database.ts'
import { owed } from '../support/debtors.ts'
import { addTestMethod, billHome, openPayingWorld } from '../support/paying-world.ts'
import { booked } from '../support/story.ts'
import { broken } from '../support/verified.ts'

/**
 * A customer's bank sends two draws back. Each costs the fee and counts against the credit; the second suspends autopay.
 * Another account of the customer pays it all. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openPayingWorld(db, { homes: 1, months: 5 })
const [home] = world.homes as [(typeof world.homes)[0]]
const { customerId, agreementId } = home
const score = async () => (await creditRating(db.read, home, world.today())).score
const draws = async () =>
  (await paymentRequestsOfAccount(db.read, home))
    .map((one) => `${one.drawDate} ${one.amountCents} ${one.status}`)
    .sort()
let autopay = { customerId, autopayNumber: 0 }

test('autopay begins with a bank account, and January is drawn on its due day', async () => {
  const methodNumber = await addTestMethod(world, home, 'sandbox-bank-returned')
  autopay = {
    customerId,
    autopayNumber: await world.act((tx, done) =>
      startAutopay(tx, { ...home, methodNumber, startDate: world.today(), ...done }),
    ),
  }
  await billHome(world, home, '2026-02-01')
  await world.through('2026-02-23')
  expect(await draws()).toEqual(['2026-02-23 5632 paid'])
  expect(await owed(db, home)).toEqual([])
  expect(await booked(db, world, ['cash', 'receivable'])).toEqual([5632, 0])
})

test('the bank sends it back: all is owed again with the fee, and the credit suffers', async () => {
  await world.through('2026-03-01')
  expect(await draws()).toEqual(['2026-02-23 5632 returned'])
  expect(await owed(db, home)).toEqual([[agreementId, 5632 + 2500, 5632 + 2500]])
  expect(await booked(db, world, ['cash', 'revenue_fee'])).toEqual([0, -2500])
  expect(await score()).toBe(900 - 100)
  expect(await getAutopay(db.read, autopay)).toMatchObject({ returns: 1, suspendedAt: null })
  expect(await broken(db)).toEqual([])
})

test('February is drawn with all that is owed, and comes back too: autopay is suspended', async () => {
  const bill = await billHome(world, home, '2026-03-01')
  expect(bill.amountDueCents).toBe(5632 + 2500 + 5179)
  await world.through('2026-03-31')
  expect(await draws()).toEqual(['2026-02-23 5632 returned', '2026-03-23 13311 returned'])
  expect(await getAutopay(db.read, autopay)).toMatchObject({
    returns: 2,
    suspendReason: 'returned_payments',
  })
  expect(await owed(db, home)).toEqual([[agreementId, 13_311 + 2500, 13_311 + 2500]])
  const steps = (await collectionProcesses(db.read, customerId)).flatMap((one) =>
    one.steps
      .filter((step) => step.status === 'complete')
      .map((step) => `${one.processId} ${step.doneOn} ${step.kind}`),
  )
  // What was drawn ends the first process; what came back begins another.
  expect(steps).toEqual([
    '1 2026-03-02 reminder',
    '1 2026-03-12 notice',
    '1 2026-03-12 credit_rating',
    '2 2026-03-25 reminder',
  ])
  expect(await score()).toBe(900 - 2 * 100 - 50)
  const told = (await noticesOf(db.read, customerId)).map((one) => one.templateCode)
  expect(told.toReversed()).toEqual([
    'payment_returned',
    'late_reminder',
    'past_due_notice',
    'payment_returned',
    'late_reminder',
    'autopay_suspended',
  ])
})

test('March is not drawn while autopay is suspended; resumed with a good account, April is', async () => {
  await world.through('2026-04-01')
  await billHome(world, home, '2026-04-01')
  await world.through('2026-04-28')
  expect(await draws()).toHaveLength(2)
  const methodNumber = await addTestMethod(world, home, 'sandbox-bank-good')
  await world.act((tx, done) => changeAutopay(tx, { ...autopay, methodNumber, ...done }))
  await world.act((tx, done) => resumeAutopay(tx, { ...autopay, ...done }))
  await world.through('2026-05-01')
  const bill = await billHome(world, home, '2026-05-01')
  // 56.32 + 51.79 + 2 x 25.00, March 56.26 and April 54.81
  expect(bill.amountDueCents).toBe(5632 + 5179 + 5000 + 5626 + 5481)
  await world.through('2026-05-30')
  expect(await owed(db, home)).toEqual([])
  expect((await draws()).at(-1)).toBe(`${bill.dueDate} ${bill.amountDueCents} paid`)
  expect(await getAutopay(db.read, autopay)).toMatchObject({ returns: 0, suspendedAt: null })
  expect(await broken(db)).toEqual([])
})

import { expect, test } from 'vitest'
import { billsOfAccount, getBill } from '../../src/domain/billing/index.ts'
import { collectionProcesses } from '../../src/domain/collections/index.ts'
import { createPerson } from '../../src/domain/customers/index.ts'
import { recordPayment } from '../../src/domain/payments/index.ts'
import { addMonths } from '../../src/domain/receivables/contracts/months.ts'
import { balances, getContract, makePromise, promisedPayments } from '../../src/domain/receivables/index.ts'
import { getServiceRequest, requestService, workServiceRequest } from '../../src/domain/sales/index.ts'
import { ACTOR, CYCLE } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { addPlace } from '../support/service-place.ts'
import { booked, runBills } from '../support/story.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * Somebody moves in with the year and gets twelve bills. One is not paid: a reminder comes, the customer asks for more
 * time, and keeps the word. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 0, from: '2025-12-29', months: 12 })
const { clientId, companyId, tariffId } = world.town
const place = await world.act((tx) => addPlace(tx, world.town, { number: 7, until: '2027-01-01' }))
let home = { customerId: 0, accountNumber: 0 }

/**
 * 600 W are 6 cents an hour, beside 9.00; 5 % city tax. 744 h: 44.64 + 9.00 = 53.64, tax 2.68: 56.32. 672 h: 49.32 + 2.47.
 * 743 h (the clocks go forward): 53.58 + 2.68. 720 h: 52.20 + 2.61. 721 h (and back): 52.26 + 2.61.
 */
const CHARGED = [5632, 5179, 5626, 5481, 5632, 5481, 5632, 5632, 5481, 5632, 5487, 5632]

const latestBill = async () => {
  const bills = await billsOfAccount(db.read, home)
  const billId = Math.max(...bills.map((bill) => bill.billId))
  return getBill(db.read, { customerId: home.customerId, billId })
}
const owed = async () =>
  (await balances(db.read, [home.customerId], world.today())).reduce((sum, one) => sum + one.payoffCents, 0)
const stepsDone = async () => {
  const processes = await collectionProcesses(db.read, home.customerId)
  return processes.flatMap(({ steps }) => steps.filter((step) => step.status === 'complete'))
}
const pay = (amountCents: number) =>
  world.act((tx, done) =>
    recordPayment(tx, {
      payerCustomerId: home.customerId,
      accounts: [{ ...home, amountCents }],
      tender: { method: 'check' },
      source: 'lockbox',
      paymentDate: world.today(),
      ...done,
    }),
  )

/** Lives up to the first of the month after a number of months, where everybody is billed. */
async function bill(month: number) {
  await world.through(addMonths('2026-01-01', month))
  await runBills(db, world)
  return latestBill()
}

async function billAndPay(month: number) {
  const { dueDate, amountDueCents } = await bill(month)
  await world.through(dueDate)
  await pay(amountDueCents)
  return amountDueCents
}

test('moved in: service has begun on New Year', async () => {
  const requestId = await world.act(async (tx, done) => {
    const person = { clientId, name: { kind: 'human' as const, lastName: 'Rivers' } }
    const personId = await createPerson(tx, { ...person, now: done.now })
    return requestService(tx, {
      clientId,
      kind: 'start',
      premiseId: place.premiseId,
      startDate: '2026-01-01',
      services: [{ servicePointIds: [place.servicePointId], tariffId }],
      newAccount: {
        personId,
        companyId,
        class: 'residential',
        cycleCode: CYCLE,
        mailingAddress: { line1: '7 Oak St', city: 'Springfield', state: 'IL', postalCode: '62701' },
      },
      requestedBy: 'Customer, by phone',
      ...done,
    })
  })
  await workServiceRequest({ database: db, clock: world.now, actor: ACTOR }, { clientId, requestId })
  await world.through('2026-01-02')
  const request = await getServiceRequest(db.read, { clientId, requestId })
  expect(request.status).toBe('complete')
  home = { customerId: request.customerId ?? 0, accountNumber: request.accountNumber ?? 0 }
  expect(await broken(db)).toEqual([])
})

test('three bills, paid on their day', async () => {
  const asked = []
  for (const month of [1, 2, 3]) asked.push(await billAndPay(month))
  expect(asked).toEqual(CHARGED.slice(0, 3))
  expect(await owed()).toBe(0)
  expect((await latestBill()).dueDate).toBe('2026-04-22')
})

test('the fourth is forgotten: after five days and a weekend a reminder comes', async () => {
  const fourth = await bill(4)
  // Friday, 1 May, and 21 days.
  expect(fourth).toMatchObject({ amountDueCents: 5481, dueDate: '2026-05-22' })
  await world.through('2026-05-28')
  expect(await stepsDone()).toMatchObject([{ kind: 'reminder', doneOn: '2026-05-27' }])
})

let promise = { customerId: 0, contractNumber: 0 }

test('more time is given: two halves in June; nothing more is done about the debt until then', async () => {
  const payments = [
    { dueDate: '2026-06-05', amountCents: 2741 },
    { dueDate: '2026-06-19', amountCents: 2740 },
  ]
  promise = await world.act((tx, done) =>
    makePromise(tx, {
      ...home,
      amountCents: 5481,
      payments,
      requestedBy: 'Customer, by phone',
      day: world.today(),
      ...done,
    }),
  )
  // May's bill asks for April again.
  expect(await bill(5)).toMatchObject({
    previousCents: 5481,
    chargesCents: 5632,
    amountDueCents: 5481 + 5632,
  })
  await world.through('2026-06-05')
  await pay(2741)
  expect((await promisedPayments(db.read, promise)).payments.map((one) => one.receivedCents)).toEqual([
    2741, 0,
  ])
  expect(await owed()).toBe(5481 + 5632 - 2741)
})

test('the second half comes in time: the promise is kept and the collection is over', async () => {
  await world.through('2026-06-19')
  expect((await stepsDone()).map((step) => step.kind)).toEqual(['reminder'])
  await pay(2740)
  await world.through('2026-06-22')
  expect(await getContract(db.read, promise)).toMatchObject({ status: 'kept', endDate: '2026-06-19' })
  expect(await collectionProcesses(db.read, home.customerId)).toMatchObject([
    { status: 'inactive', endReason: 'paid', endedOn: '2026-06-19' },
  ])
  await pay(5632)
  expect(await owed()).toBe(0)
  expect(await broken(db)).toEqual([])
})

test('the other seven are paid on their day: a year is billed, paid and in the books to the cent', async () => {
  const asked = []
  for (const month of [6, 7, 8, 9, 10, 11, 12]) asked.push(await billAndPay(month))
  expect(asked).toEqual(CHARGED.slice(5))
  expect(await billsOfAccount(db.read, home)).toHaveLength(12)
  const year = CHARGED.reduce((sum, cents) => sum + cents, 0)
  expect(await booked(db, world, ['receivable', 'cash'])).toEqual([0, year])
  // 12 x 9.00, and 8,760 h x 6 cents
  expect(await booked(db, world, ['revenue_fixed', 'revenue_energy'])).toEqual([-10_800, -52_560])
  expect(await booked(db, world, ['tax_payable_city'])).toEqual([-(year - 10_800 - 52_560)])
  expect(await broken(db)).toEqual([])
}, 60_000)

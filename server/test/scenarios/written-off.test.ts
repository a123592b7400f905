import { expect, test } from 'vitest'
import {
  agencyReferralsOf,
  collectionProcesses,
  creditRating,
  writeOffsOf,
} from '../../src/domain/collections/index.ts'
import { recordPayment, returnPayment } from '../../src/domain/payments/index.ts'
import { requestService, workServiceRequest } from '../../src/domain/sales/index.ts'
import { ACTOR, type Home } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { owed, payCash } from '../support/debtors.ts'
import { billHome } from '../support/paying-world.ts'
import { asPreviewed, booked } from '../support/story.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * A customer moves out and pays nothing. An agency is asked, the debt is written off, and a year later half of it and then
 * all of it is paid after all. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 1, from: '2026-02-01' })
const { clientId } = world.town
const [home] = world.homes as [Home]
const { customerId, accountNumber, agreementId } = home
/** January 56.32, February 51.79. */
const DEBT = 5632 + 5179
const BOOKS = [
  'receivable',
  'write_off_expense',
  'write_off_receivable',
  'write_off_allowance',
  'write_off_recovery',
]
let kept = 0
let eventNumber = 0

test('moved out, never paid: noticed, given to the agency, written off', async () => {
  await billHome(world, home, '2026-02-01')
  const requestId = await world.act((tx, done) =>
    requestService(tx, {
      ...{ clientId, kind: 'stop', customerId, accountNumber, agreementIds: [agreementId] },
      ...{ stopDate: '2026-03-01', disconnect: false, requestedBy: 'Customer, by letter', ...done },
    }),
  )
  await workServiceRequest({ database: db, clock: world.now, actor: ACTOR }, { clientId, requestId })
  await world.through('2026-07-15')
  const processes = await collectionProcesses(db.read, customerId)
  const steps = processes.flatMap(({ pathCode, steps }) =>
    steps
      .filter((step) => step.status === 'complete')
      .map((step) => `${pathCode} ${step.doneOn} ${step.kind}`),
  )
  expect(steps).toEqual([
    'final 2026-03-10 notice', // January was due on 23 February, fifteen days before
    'final 2026-04-09 agency_referral',
    'final 2026-06-08 write_off', // sixty days later
  ])
  expect(await agencyReferralsOf(db.read, customerId)).toMatchObject([
    { amountCents: DEBT, recalledOn: null },
  ])
  const [written] = await writeOffsOf(db.read, customerId)
  expect(written).toMatchObject({ amountCents: DEBT, agreementId })
  kept = written?.keptAgreementId ?? 0
  expect(await owed(db, home)).toEqual([[kept, DEBT, DEBT]])
  expect(await booked(db, world, BOOKS)).toEqual([0, DEBT, DEBT, -DEBT, 0])
  expect((await creditRating(db.read, home, world.today())).score).toBe(900 - 300)
  expect(await broken(db)).toEqual([])
})

test('a year later 50.00 come: recovered, and the agency goes on', async () => {
  await world.through('2027-03-01')
  await payCash(world, home, 5000)
  await world.through('2027-03-02')
  expect(await owed(db, home)).toEqual([[kept, DEBT - 5000, DEBT - 5000]])
  expect(await booked(db, world, [...BOOKS, 'cash'])).toEqual([
    ...[0, DEBT, DEBT - 5000, 5000 - DEBT, -5000],
    5000,
  ])
  expect(await agencyReferralsOf(db.read, customerId)).toMatchObject([{ recalledOn: null }])
  expect(await broken(db)).toEqual([])
}, 60_000)

test('the rest comes: the agency gives it back and the file is closed', async () => {
  eventNumber = await world.act(async (tx, done) => {
    const accounts = [{ customerId, accountNumber, amountCents: DEBT - 5000 }]
    const check = {
      source: 'lockbox' as const,
      tender: { method: 'check' as const },
      paymentDate: world.today(),
    }
    return (await recordPayment(tx, { payerCustomerId: customerId, accounts, ...check, ...done })) ?? 0
  })
  await world.through('2027-03-03')
  expect(await owed(db, home)).toEqual([])
  expect(await booked(db, world, BOOKS)).toEqual([0, DEBT, 0, 0, -DEBT])
  expect(await agencyReferralsOf(db.read, customerId)).toMatchObject([
    { recalledOn: '2027-03-02', recallReason: 'paid' },
  ])
  expect(await broken(db)).toEqual([])
})

test('the check bounces: the recovery is taken back, and the customer owes it again with the fee', async () => {
  await world.through('2027-03-08')
  const back = { payerCustomerId: customerId, eventNumber, returnCode: 'R01', returnedOn: world.today() }
  await asPreviewed(world, home, (tx, done) => returnPayment(tx, { ...back, ...done }))
  await world.through('2027-03-09')
  const left = DEBT - 5000
  expect(await owed(db, home)).toEqual([
    [agreementId, 2500, 2500],
    [kept, left, left],
  ])
  expect(await booked(db, world, BOOKS)).toEqual([2500, DEBT, left, -left, -5000])
  expect(await broken(db)).toEqual([])
})

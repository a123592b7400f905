import { expect, test } from 'vitest'
import { getAgreement } from '../../src/domain/agreements/index.ts'
import { collectionProcesses } from '../../src/domain/collections/index.ts'
import {
  type Adjustment,
  balances,
  cancelAdjustment,
  transferable,
  transferBalance,
} from '../../src/domain/receivables/index.ts'
import {
  getServiceRequest,
  previewServiceRequest,
  requestService,
  workServiceRequest,
} from '../../src/domain/sales/index.ts'
import { ACTOR } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { owed, payCash } from '../support/debtors.ts'
import { billHome } from '../support/paying-world.ts'
import { addPlace } from '../support/service-place.ts'
import { asPreviewed, booked } from '../support/story.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * A customer moves out, leaves the final bill unpaid and comes back to another house. What is owed for the old house moves
 * to the new one. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 2, months: 6, from: '2026-02-01' })
const { clientId, tariffId } = world.town
const [home, stranger] = world.homes as [(typeof world.homes)[0], (typeof world.homes)[0]]
const { customerId, accountNumber, agreementId } = home
const place = await world.act((tx) => addPlace(tx, world.town, { number: 8, until: '2026-07-01' }))
const worker = { database: db, clock: world.now, actor: ACTOR }
const by = { requestedBy: 'Customer, by phone' }
const collected = async () =>
  (await collectionProcesses(db.read, customerId)).map((one) => `${one.pathCode} ${one.status}`)
/** After 1-0001, where the customer lived. */
const next = 10_002
/** January 56.32, February 51.79. */
const OLD = 5632 + 5179

test('moved out at the end of February; two months are owed', async () => {
  await billHome(world, home, '2026-02-01')
  const requestId = await world.act((tx, done) =>
    requestService(tx, {
      ...{ clientId, kind: 'stop', customerId, accountNumber, agreementIds: [agreementId] },
      ...{ stopDate: '2026-03-01', disconnect: false, ...by, ...done },
    }),
  )
  await workServiceRequest(worker, { clientId, requestId })
  await world.through('2026-03-02')
  expect((await getAgreement(db.read, home)).status).toBe('stopped')
  expect(await owed(db, home)).toEqual([[agreementId, OLD, OLD]])
  await world.through('2026-04-10')
  // Begun while service was still there; what is left of it is collected as what has ended.
  expect(await collected()).toEqual(['residential inactive', 'final active'])
  expect(await broken(db)).toEqual([])
})

test('back in another house in May: the debt stands in the way until somebody decides', async () => {
  const wish = {
    ...{ clientId, kind: 'start' as const, customerId, accountNumber, premiseId: place.premiseId },
    ...{ startDate: '2026-05-01', services: [{ servicePointIds: [place.servicePointId], tariffId }], ...by },
  }
  const preview = await world.act((tx, done) => previewServiceRequest(tx, { ...wish, ...done }))
  expect([preview.status, preview.fault]).toEqual([
    'failed',
    'The person has 10811 cents past due; have it paid or arranged, or accept the debt.',
  ])
  const requestId = await world.act((tx, done) => requestService(tx, { ...wish, acceptDebt: true, ...done }))
  await workServiceRequest(worker, { clientId, requestId })
  await world.through('2026-05-01')
  expect(await getServiceRequest(db.read, { clientId, requestId })).toMatchObject({ status: 'complete' })
  expect(await getAgreement(db.read, { customerId, agreementId: next })).toMatchObject({ status: 'active' })
})

const from = { customerId, agreementId }
const to = { customerId, agreementId: next }
let moved: [Adjustment, Adjustment]

test('to a stranger nothing moves, and no more than is owed', async () => {
  const wish = { from, what: 'debt' as const, effectiveDate: world.today() }
  const refused = (more: Partial<Parameters<typeof transferBalance>[1]>) =>
    world.act((tx, done) => transferBalance(tx, { ...wish, to, scope: { clientId }, ...more, ...done }))
  const mine = { clientId, customerIds: [customerId] }
  await expect(refused({ to: stranger, scope: mine })).rejects.toMatchObject({ code: 'account_unknown' })
  await expect(refused({ amountCents: OLD + 1 })).rejects.toMatchObject({ code: 'transfer_above_eligible' })
  expect(await transferable(db.read, from)).toMatchObject({ debtCents: OLD, creditCents: 0 })
})

test('moved: the new house owes it, still due when it was, and nothing is made or lost', async () => {
  const wish = { from, to, scope: { clientId, customerIds: [customerId] }, what: 'debt' as const }
  moved = await asPreviewed(world, home, (tx, done) =>
    transferBalance(tx, { ...wish, effectiveDate: world.today(), ...done }),
  )
  expect(moved.map((one) => one.amountCents)).toEqual([-OLD, OLD])
  expect(await owed(db, home)).toEqual([[next, OLD, OLD]])
  const [balance] = await balances(db.read, [customerId], world.today())
  expect(balance?.pastDueCents).toBe(OLD)
  await world.through('2026-05-02')
  expect(await collected()).toEqual(['residential inactive', 'final inactive', 'residential active'])
  expect(await broken(db)).toEqual([])
})

test('taken back, both sides together, and moved again', async () => {
  const [left] = moved
  await asPreviewed(world, home, (tx, done) =>
    cancelAdjustment(tx, { ...left, reason: 'wrong day', cancelledOn: world.today(), ...done }),
  )
  expect(await owed(db, home)).toEqual([[agreementId, OLD, OLD]])
  expect(await broken(db)).toEqual([])
  const wish = { from, to, scope: { clientId }, what: 'debt' as const, effectiveDate: world.today() }
  await world.act((tx, done) => transferBalance(tx, { ...wish, ...done }))
  expect(await owed(db, home)).toEqual([[next, OLD, OLD]])
})

test('the first bill of the new house asks for both, and one payment pays them', async () => {
  await world.through('2026-06-01')
  const bill = await billHome(world, home, '2026-06-01')
  // May 56.32. What moved is an adjustment between this bill and the one before.
  expect([bill.chargesCents, bill.amountDueCents]).toEqual([5632, OLD + 5632])
  await payCash(world, home, bill.amountDueCents)
  await world.through('2026-06-02')
  expect(await owed(db, home)).toEqual([])
  expect((await collected()).at(-1)).toBe('residential inactive')
  expect(await booked(db, world, ['receivable', 'cash', 'clearing'])).toEqual([0, OLD + 5632, 0])
  expect(await broken(db)).toEqual([])
})

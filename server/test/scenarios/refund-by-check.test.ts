import { expect, test } from 'vitest'
import { billDocument, completeBill } from '../../src/domain/billing/index.ts'
import { collectionProcesses } from '../../src/domain/collections/index.ts'
import { trialBalance } from '../../src/domain/ledger/index.ts'
import {
  cancelDisbursement,
  disbursementsOf,
  disbursementsOfCustomer,
  payablesCsv,
  payDisbursement,
  recordPayment,
  reissueDisbursement,
  requestDisbursement,
  returnPayment,
  stopDisbursement,
} from '../../src/domain/payments/index.ts'
import { balances, postedBy, previewAct } from '../../src/domain/receivables/index.ts'
import { checkBillDocument } from '../../src/formats/pdf/index.ts'
import type { Home } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { payCash } from '../support/debtors.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * A bill is paid twice; the credit goes out by check, which is stopped twice and comes back. The neighbour's second payment
 * bounces when its check is cashed. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 2, from: '2026-02-01' })
const { clientId } = world.town
const [home, bouncer] = world.homes as [Home, Home]
const { customerId } = home
const bill = (day: string) =>
  world.act((tx, done) => completeBill(tx, { ...home, periodEnd: day, billDate: day, ...done }))
const book = async (code: string) =>
  (await trialBalance(db.read, clientId)).find((one) => one.code === code)?.balanceCents ?? 0
const books = async () => [await book('cash'), await book('refunds_payable')]
const owedBy = async (id: number) =>
  (await balances(db.read, [id], world.today())).reduce((sum, one) => sum + one.payoffCents, 0)
const owed = () => owedBy(customerId)
const check = () => ({ customerId, disbursementNumber: 1 })
const refusalOf = (act: Promise<unknown>) => act.then(String, (error: { code?: string }) => error.code)

test('a bill of 56.32 is paid at the counter and once more: the account has a credit', async () => {
  await bill('2026-02-01')
  await payCash(world, home, 5632)
  await world.through('2026-02-05')
  await payCash(world, home, 5632)
  expect(await owed()).toBe(-5632)
  expect(await books()).toEqual([11_264, 0])
})

test('no check over more than the credit; one over all of it posts what its preview showed', async () => {
  const credit = (await balances(db.read, [customerId], world.today())).find((one) => one.payoffCents < 0)
  const wish = {
    ...{ customerId, agreementId: credit?.agreementId ?? 0, amountCents: 5632 },
    ...{ reason: 'Paid twice', requestedOn: world.today() },
  }
  const request = (amountCents: number) =>
    world.act((tx, done) => requestDisbursement(tx, { ...wish, amountCents, ...done }))
  expect(await refusalOf(request(5633))).toBe('refund_above_credit')
  expect(await refusalOf(request(-1))).toBe('amount_not_positive')
  const preview = await world.act((tx, done) =>
    previewAct(tx, [customerId], () => requestDisbursement(tx, { ...wish, ...done })),
  )
  const real = await world.act((tx, done) =>
    postedBy(tx, [customerId], () => requestDisbursement(tx, { ...wish, ...done })),
  )
  expect(real).toEqual(preview)
  expect([await owed(), await books()]).toEqual([0, [11_264, -5632]])
  expect(payablesCsv(await disbursementsOf(db.read, clientId)).split('\n')[1]).toBe(
    '1-1,Home Number 1,1 Elm St,,Springfield,IL,62701,56.32,2026-02-05,Paid twice',
  )
})

test('accounts payable writes the check; it is lost, stopped, and written again', async () => {
  await world.through('2026-02-10')
  await world.act((tx, done) =>
    payDisbursement(tx, { ...check(), checkNumber: '7001', paidOn: world.today(), ...done }),
  )
  expect(await books()).toEqual([5632, 0])
  const cancel = world.act((tx, done) =>
    cancelDisbursement(tx, { ...check(), cancelledOn: world.today(), ...done }),
  )
  expect(await refusalOf(cancel)).toBe('disbursement_state')
  await world.through('2026-02-20')
  await world.act((tx, done) => stopDisbursement(tx, { ...check(), stoppedOn: world.today(), ...done }))
  expect(await books()).toEqual([11_264, -5632])
  await world.act((tx, done) => reissueDisbursement(tx, { ...check(), ...done }))
  await world.act((tx, done) =>
    payDisbursement(tx, { ...check(), checkNumber: '7002', paidOn: world.today(), ...done }),
  )
  expect([await owed(), await books()]).toEqual([0, [5632, 0]])
  expect(await broken(db)).toEqual([])
})

test('the second check is stopped too, and its money goes back to the account', async () => {
  await world.through('2026-02-26')
  await world.act((tx, done) => stopDisbursement(tx, { ...check(), stoppedOn: world.today(), ...done }))
  await world.act((tx, done) => cancelDisbursement(tx, { ...check(), cancelledOn: world.today(), ...done }))
  expect([await owed(), await books()]).toEqual([-5632, [11_264, 0]])
  const [one] = await disbursementsOfCustomer(db.read, customerId)
  expect(one).toMatchObject({ status: 'cancelled', checkNumber: '7002', endedOn: '2026-02-26' })
  const pay = world.act((tx, done) =>
    payDisbursement(tx, { ...check(), checkNumber: '7003', paidOn: world.today(), ...done }),
  )
  expect(await refusalOf(pay)).toBe('disbursement_state')
})

test('the next bill takes it: a rest of the credit stays for the bill after', async () => {
  await world.through('2026-03-01')
  // 672 h x 0.6 kWh = 403.2 kWh x 0.10 = 40.32; 9.00; 5 % of 49.32 = 2.466; 51.79 - 56.32 = -4.53
  const march = await bill('2026-03-01')
  expect(march).toMatchObject({ previousCents: 5632, chargesCents: 5179, amountDueCents: -453 })
  checkBillDocument(await billDocument(db.read, march))
  await world.through('2026-04-01')
  // 743 h x 0.6 kWh = 445.8 kWh x 0.10 = 44.58; 9.00; 5 % of 53.58 = 2.679; 56.26 - 4.53
  const april = await bill('2026-04-01')
  expect(april).toMatchObject({ previousCents: -453, chargesCents: 5626, amountDueCents: 5173 })
  const document = await billDocument(db.read, april)
  checkBillDocument(document)
  expect([await owed(), await broken(db)]).toEqual([5173, []])
})

test('the neighbour’s second payment bounces after it was sent back: it is owed, billed and collected', async () => {
  const { customerId: neighbour } = bouncer
  const bill = (kind: 'regular' | 'off_cycle') =>
    world.act((tx, done) =>
      completeBill(tx, { ...bouncer, kind, periodEnd: '2026-04-01', billDate: world.today(), ...done }),
    )
  const { amountDueCents } = await bill('regular')
  const how = { source: 'counter' as const, tender: { method: 'check' as const } }
  const pay = (amountCents: number) =>
    world.act((tx, done) =>
      recordPayment(tx, {
        payerCustomerId: neighbour,
        accounts: [{ ...bouncer, amountCents }],
        paymentDate: world.today(),
        ...how,
        ...done,
      }),
    )
  await pay(amountDueCents)
  const eventNumber = await pay(6000)
  const credit = (await balances(db.read, [neighbour], world.today())).find((one) => one.payoffCents < 0)
  const wish = { customerId: neighbour, agreementId: credit?.agreementId ?? 0, amountCents: 6000 }
  const dated = { reason: 'Paid twice', requestedOn: world.today() }
  const disbursementNumber = await world.act((tx, done) =>
    requestDisbursement(tx, { ...wish, ...dated, ...done }),
  )
  await world.act((tx, done) =>
    payDisbursement(tx, {
      ...{ customerId: neighbour, disbursementNumber, checkNumber: '7003', paidOn: world.today() },
      ...done,
    }),
  )
  const back = { payerCustomerId: neighbour, eventNumber: eventNumber ?? 0, returnCode: 'R01' }
  await world.act((tx, done) => returnPayment(tx, { ...back, returnedOn: world.today(), ...done }))
  // 60.00 on the agreement that had the credit, and the fee of 25.00 for the check
  expect(await owedBy(neighbour)).toBe(8500)
  await world.through('2026-04-10')
  const off = await bill('off_cycle')
  expect(off).toMatchObject({ amountDueCents: 8500, dueDate: '2026-05-01' })
  checkBillDocument(await billDocument(db.read, off))
  await world.through('2026-05-06')
  // Due on 1 May: five days past due.
  expect(await collectionProcesses(db.read, neighbour)).toMatchObject([
    { debtClass: 'regulated', arrearsCents: 8500, startedOn: '2026-05-06', status: 'active' },
  ])
  await payCash(world, bouncer, 8500)
  await world.through('2026-05-07')
  expect(await collectionProcesses(db.read, neighbour)).toMatchObject([{ endReason: 'paid' }])
  expect([await owedBy(neighbour), await broken(db)]).toEqual([0, []])
})

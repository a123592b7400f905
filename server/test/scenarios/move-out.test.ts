import { expect, test } from 'vitest'
import { getAgreement } from '../../src/domain/agreements/index.ts'
import { completeBill, getBill } from '../../src/domain/billing/index.ts'
import { fieldActivities } from '../../src/domain/field/index.ts'
import { disbursementsOfCustomer, recordPayment } from '../../src/domain/payments/index.ts'
import { assessDeposit, balances } from '../../src/domain/receivables/index.ts'
import {
  changeServiceDates,
  getServiceRequest,
  type NewServiceRequest,
  requestService,
  workServiceRequest,
} from '../../src/domain/sales/index.ts'
import type { LocalDate } from '../../src/platform/time.ts'
import { ACTOR } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** A customer with a deposit moves out: final bill, deposit, check over the rest. The steps build on each other. */
const { db } = await testDatabase()
const world = await openWorld(db, { from: '2026-01-05' })
const { clientId } = world.town
const [home] = world.homes
if (!home) throw new Error('the town has a home')
const { customerId, accountNumber, agreementId } = home
const worker = { database: db, clock: world.now, actor: ACTOR }

const pay = (amountCents: number) =>
  world.act((tx, done) =>
    recordPayment(tx, {
      payerCustomerId: customerId,
      accounts: [{ customerId, accountNumber, amountCents }],
      tender: { method: 'cash' },
      source: 'counter',
      paymentDate: world.today(),
      ...done,
    }),
  )
const bill = (day: LocalDate) =>
  world.act((tx, done) =>
    completeBill(tx, { customerId, accountNumber, periodEnd: day, billDate: day, ...done }),
  )
const stop = (stopDate: LocalDate): NewServiceRequest => ({
  ...{ clientId, kind: 'stop', customerId, accountNumber, agreementIds: [agreementId], stopDate },
  ...{ requestedBy: 'Customer, on the portal', reason: 'Moves away', now: world.now(), actor: ACTOR },
})

let requestId = 0
const request = () => getServiceRequest(db.read, { clientId, requestId })
const stepsOf = async () => (await request()).steps.map(({ kind, status }) => `${kind} ${status}`)

test('lived in: a deposit of 100.00 is paid with the bill of January', async () => {
  await world.act((tx, done) =>
    assessDeposit(tx, { ...home, amountCents: 10_000, reason: 'credit', day: '2026-01-05', ...done }),
  )
  await world.through('2026-02-01')
  // 744 h x 0.6 kWh = 446.4 kWh x 0.10 = 44.64; 9.00; 5 % of 53.64 = 2.68; deposit 100.00
  expect((await bill('2026-02-01')).amountDueCents).toBe(4464 + 900 + 268 + 10_000)
  await pay(15_632)
  await world.through('2026-03-01')
  // 672 h x 0.6 kWh = 403.2 kWh x 0.10 = 40.32; 9.00; 5 % of 49.32 = 2.466 -> 2.47
  expect((await bill('2026-03-01')).amountDueCents).toBe(4032 + 900 + 247)
  await pay(5179)
})

test('asked for: the stop is arranged, and can be moved to another day', async () => {
  requestId = await world.act((tx) => requestService(tx, stop('2026-03-09')))
  await workServiceRequest(worker, { clientId, requestId })
  expect(await getAgreement(db.read, home)).toMatchObject({ status: 'pending_stop', endDate: '2026-03-09' })
  await world.act((tx, done) =>
    changeServiceDates(tx, { clientId, requestId, stopDate: '2026-03-11', ...done }),
  )
  await workServiceRequest(worker, { clientId, requestId })
  expect(await getAgreement(db.read, home)).toMatchObject({ status: 'pending_stop', endDate: '2026-03-11' })
  const { activities } = await fieldActivities(db.read, { clientId, limit: 9, offset: 0 })
  expect(activities.map((one) => `${one.kind} ${one.requestedFor} ${one.status}`)).toEqual([
    'disconnect 2026-03-11 pending',
    'disconnect 2026-03-09 cancelled',
  ])
})

test('on the day: stopped, billed to the end, the deposit pays and the rest goes out by check', async () => {
  await world.through('2026-03-11')
  expect(await stepsOf()).toEqual([
    'check_stop done',
    'request_stop done',
    'revert_to_landlord skipped',
    'order_stop_work done',
    'end_service done',
    'final_bill done',
    'pay_out_credit done',
    'close_agreements pending',
  ])
  const { status, steps } = await request()
  expect(status).toBe('complete')
  const billId = steps.find((step) => step.kind === 'final_bill')?.made.billIds?.[0] ?? 0
  const final = await getBill(db.read, { customerId, billId })
  // 10 days are 239 h (one is lost) x 0.6 kWh = 143.4 kWh x 0.10 = 14.34; 9.00 x 10/30 = 3.00; 5 % of 17.34 = 0.867
  expect(final).toMatchObject({ kind: 'final', startDate: '2026-03-01', endDate: '2026-03-11' })
  expect(final.chargesCents).toBe(1434 + 300 + 87)
  const checks = await disbursementsOfCustomer(db.read, customerId)
  expect(checks).toMatchObject([
    { amountCents: 10_000 - 1821, status: 'requested', requestedOn: '2026-03-11' },
  ])
  expect(await balances(db.read, [customerId], '2026-03-11')).toEqual([])
  expect(await broken(db)).toEqual([])
})

test('a month later, when nothing can be reinstated any more, the agreement is closed', async () => {
  await world.through('2026-04-10')
  expect((await getAgreement(db.read, home)).status).toBe('stopped')
  await world.through('2026-04-11')
  expect((await getAgreement(db.read, home)).status).toBe('closed')
  expect((await request()).dueDate).toBe(null)
  expect(await broken(db)).toEqual([])
})

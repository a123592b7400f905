import { expect, test } from 'vitest'
import { getAgreement } from '../../src/domain/agreements/index.ts'
import { chargesOfAgreement, completeBill, getBill } from '../../src/domain/billing/index.ts'
import { completeFieldActivity, fieldActivities } from '../../src/domain/field/index.ts'
import { getServicePoint } from '../../src/domain/metering/index.ts'
import { disbursementsOfCustomer, recordPayment } from '../../src/domain/payments/index.ts'
import { balances } from '../../src/domain/receivables/index.ts'
import {
  cancelServiceRequest,
  getServiceRequest,
  requestService,
  workServiceRequest,
} from '../../src/domain/sales/index.ts'
import { ACTOR } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** A customer moves out, is billed to the end and refunded, and stays after all. The steps build on each other. */
const { db } = await testDatabase()
const world = await openWorld(db, { from: '2026-01-05' })
const { clientId } = world.town
const [home] = world.homes
if (!home) throw new Error('the town has a home')
const { customerId, accountNumber, agreementId } = home
const worker = { database: db, clock: world.now, actor: ACTOR }
const about = {
  clientId,
  customerId,
  accountNumber,
  agreementIds: [agreementId],
  requestedBy: 'Customer, by phone',
}

const ask = async (what: { kind: 'stop'; stopDate: string } | { kind: 'reinstate' }) => {
  const requestId = await world.act((tx, done) => requestService(tx, { ...about, ...what, ...done }))
  return workServiceRequest(worker, { clientId, requestId })
}
const activities = async () => {
  const found = await fieldActivities(db.read, { clientId, limit: 9, offset: 0 })
  return found.activities
}

test('a stop that has not come is withdrawn as if it had not been asked for', async () => {
  const { requestId } = await ask({ kind: 'stop', stopDate: '2026-01-20' })
  expect((await getAgreement(db.read, home)).status).toBe('pending_stop')
  await expect(ask({ kind: 'reinstate' })).resolves.toMatchObject({
    status: 'failed',
    faultCode: 'stop_request_open',
  })
  await world.act((tx, done) => cancelServiceRequest(tx, { clientId, requestId, reason: 'Stays.', ...done }))
  expect(await getAgreement(db.read, home)).toMatchObject({ status: 'active', endDate: null })
  expect(await activities()).toMatchObject([{ kind: 'disconnect', status: 'cancelled' }])
  const again = world.act((tx, done) =>
    cancelServiceRequest(tx, { clientId, requestId, reason: 'x', ...done }),
  )
  await expect(again).rejects.toMatchObject({ code: 'service_request_state' })
  expect(await broken(db)).toEqual([])
})

test('stopped and switched off in February: billed to the end, too much was paid, a check is asked for', async () => {
  await world.act((tx, done) =>
    recordPayment(tx, {
      payerCustomerId: customerId,
      accounts: [{ customerId, accountNumber, amountCents: 20_000 }],
      ...{
        tender: { method: 'cash' as const },
        source: 'counter' as const,
        paymentDate: world.today(),
        ...done,
      },
    }),
  )
  await world.through('2026-02-01')
  await world.act((tx, done) =>
    completeBill(tx, { customerId, accountNumber, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }),
  )
  await ask({ kind: 'stop', stopDate: '2026-02-11' })
  await world.through('2026-02-11')
  const open = (await activities()).find((one) => one.status === 'pending')
  const result = { outcome: 'done' as const }
  const activity = { clientId, activityId: open?.activityId ?? 0, completedAt: world.now(), result }
  await world.act((tx, done) => completeFieldActivity(tx, { ...activity, ...done }))
  // January 56.32; 10 days: 144 kWh x 0.10 = 14.40; 9.00 x 10/30 = 3.00; 5 % of 17.40 = 0.87
  const [check] = await disbursementsOfCustomer(db.read, customerId)
  expect(check).toMatchObject({ amountCents: 20_000 - 5632 - (1440 + 300 + 87), status: 'requested' })
  expect((await getServicePoint(db.read, home.servicePointId)).status).toBe('disconnected')
  expect(await broken(db)).toEqual([])
})

test('reinstated: the final bill, its charge and the check are taken back, the field reconnects', async () => {
  await world.through('2026-02-20')
  const reinstated = await ask({ kind: 'reinstate' })
  expect(reinstated.steps.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'check_reinstate done',
    'resume_agreements done',
    'cancel_final_bill done',
    'drop_stop done',
    'order_reconnect done',
  ])
  expect(reinstated.status).toBe('complete')
  expect(await getAgreement(db.read, home)).toMatchObject({ status: 'active', endDate: null })
  expect((await chargesOfAgreement(db.read, home)).map((one) => one.status)).toEqual(['frozen', 'cancelled'])
  expect(await getBill(db.read, { customerId, billId: 2 })).toMatchObject({
    kind: 'final',
    status: 'cancelled',
  })
  expect(await disbursementsOfCustomer(db.read, customerId)).toMatchObject([{ status: 'cancelled' }])
  const owed = await balances(db.read, [customerId], '2026-02-20')
  expect(owed.map((one) => one.payoffCents)).toEqual([5632 - 20_000])
  expect((await activities())[0]).toMatchObject({ kind: 'reconnect', status: 'pending' })
  expect(await broken(db)).toEqual([])
})

test('February is billed as if nothing had happened', async () => {
  await world.through('2026-03-01')
  const bill = await world.act((tx, done) =>
    completeBill(tx, { customerId, accountNumber, periodEnd: '2026-03-01', billDate: '2026-03-01', ...done }),
  )
  // 672 h x 0.6 kWh = 403.2 kWh x 0.10 = 40.32; 9.00; 5 % of 49.32 = 2.466 -> 2.47
  expect(bill.chargesCents).toBe(4032 + 900 + 247)
  const stops = await getServiceRequest(db.read, { clientId, requestId: 3 })
  expect(stops).toMatchObject({ kind: 'stop', status: 'complete', dueDate: null })
  expect(await broken(db)).toEqual([])
})

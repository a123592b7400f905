import { expect, test } from 'vitest'
import { getAgreement } from '../../src/domain/agreements/index.ts'
import { completeBill } from '../../src/domain/billing/index.ts'
import { createPerson } from '../../src/domain/customers/index.ts'
import { completeFieldActivity, fieldActivities } from '../../src/domain/field/index.ts'
import { saveSettings } from '../../src/domain/identity/index.ts'
import { recordPayment } from '../../src/domain/payments/index.ts'
import { balances } from '../../src/domain/receivables/index.ts'
import {
  findServiceRequests,
  getServiceRequest,
  type NewServiceRequest,
  previewServiceRequest,
  requestService,
  workServiceRequest,
} from '../../src/domain/sales/index.ts'
import { ACTOR, CYCLE } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { addPlace } from '../support/service-place.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** Somebody new moves into an empty house that is switched off. The steps build on each other. */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 0, from: '2026-02-20' })
const { clientId, companyId, tariffId } = world.town
const worker = { database: db, clock: world.now, actor: ACTOR }
const place = await world.act((tx) => addPlace(tx, world.town, { number: 7, status: 'disconnected' }))
const personId = await world.act((tx) =>
  createPerson(tx, { clientId, name: { kind: 'human', lastName: 'Rivers' }, now: world.now() }),
)
const value = { coolingOffDays: 3, newAccountDepositCents: 12_000 }
await world.act((tx, done) => saveSettings(tx, { clientId, section: 'serviceRequests', value, ...done }))

const wish = (): NewServiceRequest => ({
  clientId,
  kind: 'start',
  premiseId: place.premiseId,
  startDate: '2026-03-01',
  services: [{ servicePointIds: [place.servicePointId], tariffId }],
  newAccount: {
    personId,
    companyId,
    class: 'residential',
    cycleCode: CYCLE,
    mailingAddress: { line1: '7 Oak St', city: 'Springfield', state: 'IL', postalCode: '62701' },
  },
  requestedBy: 'Customer, by phone',
  now: world.now(),
  actor: ACTOR,
})
let requestId = 0
const request = () => getServiceRequest(db.read, { clientId, requestId })
const account = async () => {
  const { customerId, accountNumber } = await request()
  return { customerId: customerId ?? 0, accountNumber: accountNumber ?? 0 }
}

test('previewed: every step with its day, and nothing is left of it', async () => {
  const preview = await db.transaction((tx) => previewServiceRequest(tx, wish()))
  expect(preview.steps.map(({ kind, status, takenOn }) => `${takenOn} ${kind} ${status}`)).toEqual([
    '2026-02-20 check_start done',
    '2026-02-20 open_account done',
    '2026-02-20 release_landlord skipped',
    '2026-02-20 start_agreements done',
    '2026-02-20 order_start_work done',
    '2026-02-20 assess_deposit done',
    '2026-03-01 begin_service done',
  ])
  expect(preview.status).toBe('complete')
  expect((await findServiceRequests(db.read, { clientId, limit: 9, offset: 0 })).total).toBe(0)
})

test('asked for: the file, the agreement, the deposit and the field work are there, service is not', async () => {
  requestId = await world.act((tx) => requestService(tx, wish()))
  await workServiceRequest(worker, { clientId, requestId })
  const { status, dueDate } = await request()
  expect({ status, dueDate }).toEqual({ status: 'in_progress', dueDate: '2026-03-01' })
  const agreement = await getAgreement(db.read, { ...(await account()), agreementId: 10_001 })
  expect(agreement.status).toBe('pending_start')
  expect(agreement.flags).toMatchObject([
    { flag: 'cooling_off', startDate: '2026-03-01', endDate: '2026-03-04' },
  ])
  const { activities } = await fieldActivities(db.read, { clientId, limit: 9, offset: 0 })
  expect(activities).toMatchObject([{ kind: 'connect', status: 'pending', requestedFor: '2026-03-01' }])
})

test('on the day service waits for the field', async () => {
  await world.through('2026-03-01')
  const { status, steps } = await request()
  expect(status).toBe('in_progress')
  expect(steps.at(-1)?.message).toContain('has to switch service on first')
})

test('switched on: service has begun, from the day that was asked for', async () => {
  await world.act(async (tx, done) => {
    const { activities } = await fieldActivities(tx, { clientId, limit: 9, offset: 0 })
    const activityId = activities[0]?.activityId ?? 0
    const result = { outcome: 'done' as const }
    await completeFieldActivity(tx, { clientId, activityId, completedAt: done.now, result, ...done })
  })
  await world.through('2026-03-02')
  expect((await request()).status).toBe('complete')
  const agreement = await getAgreement(db.read, { ...(await account()), agreementId: 10_001 })
  expect(agreement).toMatchObject({ status: 'active', startDate: '2026-03-01' })
  expect(await broken(db)).toEqual([])
})

test('the first bill shows March and the deposit, and the deposit is held when it is paid', async () => {
  await world.through('2026-04-01')
  const bill = await world.act(async (tx, done) =>
    completeBill(tx, { ...(await account()), periodEnd: '2026-04-01', billDate: '2026-04-01', ...done }),
  )
  // 743 h (one is lost) x 0.6 kWh = 445.8 kWh x 0.10 = 44.58; 9.00; 5 % of 53.58 = 2.679 -> 2.68; deposit 120.00
  expect(bill.amountDueCents).toBe(4458 + 900 + 268 + 12_000)
  await world.act(async (tx, done) => {
    const { customerId, accountNumber } = await account()
    const accounts = [{ customerId, accountNumber, amountCents: bill.amountDueCents }]
    const tender = { method: 'cash' as const }
    await recordPayment(tx, {
      payerCustomerId: customerId,
      accounts,
      tender,
      source: 'counter',
      paymentDate: '2026-04-01',
      ...done,
    })
  })
  const left = await balances(db.read, [(await account()).customerId], '2026-04-01')
  expect(left.map(({ payoffCents, currentCents }) => ({ payoffCents, currentCents }))).toEqual([
    { payoffCents: -12_000, currentCents: 0 },
  ])
  expect(await broken(db)).toEqual([])
})

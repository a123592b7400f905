import { expect, test } from 'vitest'
import { agreementsOfCustomers, getAgreement } from '../../src/domain/agreements/index.ts'
import { completeBill } from '../../src/domain/billing/index.ts'
import { assessDeposit, balances, depositsOf, type Posted } from '../../src/domain/receivables/index.ts'
import {
  getServiceRequest,
  type NewServiceRequest,
  type PreviewedRequest,
  previewServiceRequest,
  requestService,
} from '../../src/domain/sales/index.ts'
import { ACTOR } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { bareStep, takeStepsOn } from '../support/request-days.ts'
import { addPlace } from '../support/service-place.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** A customer who owes a bill moves within the town, with two days in both houses. The steps build on each other. */
const { db } = await testDatabase()
const world = await openWorld(db, { from: '2026-01-05' })
const { clientId, tariffId } = world.town
const [home] = world.homes
if (!home) throw new Error('the town has a home')
const { customerId, accountNumber, agreementId } = home
const place = await world.act((tx) => addPlace(tx, world.town, { number: 8 }))

const wish = (): NewServiceRequest => ({
  ...{ clientId, kind: 'transfer', customerId, accountNumber, agreementIds: [agreementId] },
  ...{ startDate: '2026-02-11', stopDate: '2026-02-13', premiseId: place.premiseId },
  services: [{ servicePointIds: [place.servicePointId] }],
  ...{ requestedBy: 'Customer, by phone', now: world.now(), actor: ACTOR },
})
let requestId = 0
let preview: PreviewedRequest
/** After 1-0001, where the customer lived, and 1-0002, which holds the deposit. */
const NEW = 10_003
const request = () => getServiceRequest(db.read, { clientId, requestId })

test('lived in: a deposit that secures this service is asked for, and the bill of January is not paid yet', async () => {
  await world.act((tx, done) =>
    assessDeposit(tx, {
      ...home,
      coversAgreementId: agreementId,
      amountCents: 5000,
      reason: 'credit',
      day: '2026-01-05',
      ...done,
    }),
  )
  await world.through('2026-02-01')
  const bill = await world.act((tx, done) =>
    completeBill(tx, { customerId, accountNumber, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }),
  )
  expect(bill.amountDueCents).toBe(5632 + 5000)
})

test('previewed: from the new house to the balance that moves', async () => {
  await world.through('2026-02-05')
  preview = await db.transaction((tx) => previewServiceRequest(tx, wish()))
  expect(preview.steps.map(({ kind, status, takenOn }) => `${takenOn} ${kind} ${status}`)).toEqual([
    '2026-02-05 check_start done',
    '2026-02-05 check_stop done',
    '2026-02-05 release_landlord skipped',
    '2026-02-05 start_agreements done',
    '2026-02-05 order_start_work skipped',
    '2026-02-05 request_stop done',
    '2026-02-05 revert_to_landlord skipped',
    '2026-02-05 order_stop_work done',
    '2026-02-11 begin_service done',
    '2026-02-13 end_service done',
    '2026-02-13 carry_deposits done',
    '2026-02-13 final_bill done',
    '2026-02-13 carry_balance done',
    'null close_agreements pending',
  ])
  expect(await agreementsOfCustomers(db.read, [customerId])).toHaveLength(2)
})

test('done: what is posted on the days is what was previewed', async () => {
  requestId = await world.act((tx) => requestService(tx, wish()))
  const posted: Posted[] = []
  for (const day of ['2026-02-05', '2026-02-11', '2026-02-13'])
    posted.push(...(await takeStepsOn(db, { clientId, requestId }, { day, customerId })))
  const { status, steps } = await request()
  expect(status).toBe(preview.status)
  expect(steps.map(bareStep)).toEqual(preview.steps.map(bareStep))
  expect(posted).toEqual(preview.steps.flatMap((step) => step.posted ?? []))
  expect(posted.flatMap(({ entries }) => entries).length).toBeGreaterThan(0)
  expect(await broken(db)).toEqual([])
})

test('the new house owes what the old one owed, and the deposit secures it', async () => {
  const [old, next] = [agreementId, NEW]
  const owed = await balances(db.read, [customerId], '2026-02-13')
  expect(owed.find((one) => one.agreementId === old)).toBe(undefined)
  // January 56.32; 12 days are 288 h x 0.6 kWh = 172.8 kWh x 0.10 = 17.28; 9.00 x 12/30 = 3.60; 5 % of 20.88 = 1.044
  expect(owed.find((one) => one.agreementId === next)?.payoffCents).toBe(5632 + 1728 + 360 + 104)
  expect(await getAgreement(db.read, { customerId, agreementId: next })).toMatchObject({
    ...{ status: 'active', startDate: '2026-02-11', premiseId: place.premiseId },
    plans: [{ tariffId }],
  })
  expect((await getAgreement(db.read, home)).status).toBe('stopped')
  const [deposit] = await depositsOf(db.read, [customerId], '2026-02-13')
  expect(deposit).toMatchObject({ coversAgreementId: next, status: 'active', unpaidCents: 5000 })
})

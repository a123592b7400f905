import { expect, test } from 'vitest'
import { agreementsOfCustomers, startAgreement } from '../../src/domain/agreements/index.ts'
import { getBillingAccounts } from '../../src/domain/customers/index.ts'
import { fieldActivities } from '../../src/domain/field/index.ts'
import {
  cancelServiceRequest,
  getServiceRequest,
  liftSwitchHold,
  type NewServiceRequest,
  placeSwitchHold,
  previewServiceRequest,
  requestService,
  takeStep,
  workServiceRequest,
} from '../../src/domain/sales/index.ts'
import { findWorkItems } from '../../src/domain/work/index.ts'
import { localDateAt } from '../../src/platform/time.ts'
import { ACTOR, ZONE } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { addPlace } from '../support/service-place.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** Starts that cannot be: what they had done is undone, and they say why. */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 2, from: '2026-02-01' })
const { clientId, companyId, tariffId } = world.town
const [first, second] = world.homes
if (!first || !second) throw new Error('the town has two homes')
const worker = { database: db, clock: world.now, actor: ACTOR }
const place = await world.act((tx) => addPlace(tx, world.town, { number: 9, status: 'disconnected' }))
const { servicePointId } = place

const wish = (more: object = {}): NewServiceRequest => ({
  ...{ clientId, kind: 'start', premiseId: place.premiseId, startDate: '2026-02-10' },
  services: [{ servicePointIds: [servicePointId], tariffId }],
  ...{ customerId: first.customerId, accountNumber: first.accountNumber },
  ...{ requestedBy: 'Customer, by phone', now: world.now(), actor: ACTOR, ...more },
})
const ask = async (input: NewServiceRequest) => {
  const requestId = await world.act((tx) => requestService(tx, input))
  return workServiceRequest(worker, { clientId, requestId })
}
const summary = ({ status, faultCode, steps }: Awaited<ReturnType<typeof ask>>) => ({
  ...{ status, faultCode },
  steps: steps.map((step) => `${step.kind} ${step.status}`),
})

test('the place is taken between the check and the agreement: the new account is closed again', async () => {
  const newAccount = {
    customerId: first.customerId,
    companyId,
    class: 'residential' as const,
    cycleCode: 'C01',
  }
  const mailingAddress = { line1: '9 Oak St', city: 'Springfield', state: 'IL', postalCode: '62701' }
  const {
    customerId: _,
    accountNumber: __,
    ...bare
  } = wish() as NewServiceRequest & { customerId: number; accountNumber: number }
  const input = { ...bare, newAccount: { ...newAccount, mailingAddress } } as NewServiceRequest
  const requestId = await world.act((tx) => requestService(tx, input))
  const due = { clientId, requestId, day: localDateAt(world.now(), ZONE), now: world.now(), actor: ACTOR }
  for (const expected of ['taken', 'taken', 'taken'])
    expect(await db.transaction((tx) => takeStep(tx, due))).toBe(expected)
  const { customerId, accountNumber } = second
  const squatter = await world.act((tx, { now }) =>
    startAgreement(tx, {
      customerId,
      accountNumber,
      startDate: '2026-02-05',
      points: [{ servicePointId }],
      tariffId,
      now,
    }),
  )
  const failed = await workServiceRequest(worker, { clientId, requestId })
  expect(summary(failed)).toEqual({
    status: 'failed',
    faultCode: 'service_point_taken',
    steps: [
      'check_start undone',
      'open_account undone',
      'release_landlord skipped',
      'start_agreements failed',
      'order_start_work skipped',
      'assess_deposit skipped',
      'begin_service skipped',
    ],
  })
  const accounts = await getBillingAccounts(db.read, [first.customerId])
  expect(accounts.map(({ status }) => status)).toEqual(['active', 'closed'])
  expect(await agreementsOfCustomers(db.read, [first.customerId])).toHaveLength(1)
  const { items } = await findWorkItems(db.read, {
    clientId,
    kind: 'service_request_failed',
    limit: 9,
    offset: 0,
  })
  expect(items).toMatchObject([{ reasonCode: 'service_point_taken', customerId: first.customerId }])
  expect(squatter).toBe(10_002)
  expect(await broken(db)).toEqual([])
})

test('taken back by the customer: deposit, field work and agreement are undone', async () => {
  const other = await world.act((tx) => addPlace(tx, world.town, { number: 10, status: 'disconnected' }))
  const services = [{ servicePointIds: [other.servicePointId], tariffId }]
  const requestId = await world.act((tx) =>
    requestService(tx, wish({ premiseId: other.premiseId, services, depositCents: 5000 })),
  )
  const due = { clientId, requestId, day: '2026-02-01', now: world.now(), actor: ACTOR }
  for (let step = 0; step < 6; step++) expect(await db.transaction((tx) => takeStep(tx, due))).toBe('taken')
  await world.act((tx, done) =>
    cancelServiceRequest(tx, { clientId, requestId, reason: 'Changed plans.', ...done }),
  )
  const request = await getServiceRequest(db.read, { clientId, requestId })
  expect(summary(request)).toMatchObject({
    status: 'cancelled',
    steps: [
      'check_start undone',
      'open_account skipped',
      'release_landlord skipped',
      'start_agreements undone',
      'order_start_work undone',
      'assess_deposit undone',
      'begin_service skipped',
    ],
  })
  const own = await agreementsOfCustomers(db.read, [first.customerId])
  expect(own.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'service active',
    'service cancelled',
    'deposit active',
  ])
  const { activities } = await fieldActivities(db.read, {
    clientId,
    customerId: first.customerId,
    limit: 9,
    offset: 0,
  })
  expect(activities.map(({ status }) => status)).toEqual(['cancelled'])
  expect(await broken(db)).toEqual([])
})

test('refused at the door: no plan, no place, a strange customer', async () => {
  const draft = (more: object) => world.act((tx) => requestService(tx, wish(more)))
  const code = (value: string) => ({ code: value })
  await expect(draft({ services: [] })).rejects.toMatchObject(code('service_points_missing'))
  await expect(draft({ services: [{ servicePointIds: [servicePointId] }] })).rejects.toMatchObject(
    code('plan_missing'),
  )
  await expect(draft({ premiseId: 999 })).rejects.toMatchObject(code('premise_unknown'))
  await expect(draft({ customerId: 200_000_001 })).rejects.toMatchObject(code('customer_unknown'))
  await expect(draft({ depositCents: -1 })).rejects.toMatchObject(code('amount_not_positive'))
})

test('refused by its first step: too far ahead, held, taken, somebody else’s premise', async () => {
  const free = await world.act((tx) => addPlace(tx, world.town, { number: 11 }))
  const at = { premiseId: free.premiseId, services: [{ servicePointIds: [free.servicePointId], tariffId }] }
  expect((await ask(wish({ ...at, startDate: '2027-02-01' }))).faultCode).toBe('service_date_range')
  const hold = { clientId, servicePointId: free.servicePointId }
  await world.act((tx, done) =>
    placeSwitchHold(tx, { ...hold, reason: 'Tampering.', startDate: '2026-01-01', ...done }),
  )
  expect((await ask(wish(at))).faultCode).toBe('switch_hold')
  await world.act((tx, done) => liftSwitchHold(tx, { ...hold, endDate: '2026-02-02', ...done }))
  expect((await ask(wish())).faultCode).toBe('service_point_taken')
  expect((await ask(wish({ ...at, premiseId: place.premiseId }))).faultCode).toBe('service_point_elsewhere')
  const preview = await db.transaction((tx) =>
    previewServiceRequest(tx, wish({ ...at, startDate: '2027-02-01' })),
  )
  expect(preview).toMatchObject({ status: 'failed', fault: expect.stringContaining('Choose a day') })
  expect((await ask(wish(at))).status).toBe('in_progress')
  expect(await broken(db)).toEqual([])
})

import { expect, test } from 'vitest'
import {
  addLandlordPremise,
  agreementsOfCustomers,
  createLandlordAgreement,
  getAgreement,
} from '../../src/domain/agreements/index.ts'
import { fieldActivities } from '../../src/domain/field/index.ts'
import {
  cancelServiceRequest,
  getServiceRequest,
  type NewServiceRequest,
  requestService,
  workServiceRequest,
} from '../../src/domain/sales/index.ts'
import { ACTOR } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** A tenant leaves, the landlord has service for three weeks, the next tenant comes. The steps build on each other. */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 3, from: '2026-01-05' })
const { clientId, tariffId } = world.town
const [tenant, landlord, next] = world.homes
if (!tenant || !landlord || !next) throw new Error('the town has three homes')
const { servicePointId } = tenant
const worker = { database: db, clock: world.now, actor: ACTOR }
const { premiseId } = await getAgreement(db.read, tenant)
await world.act(async (tx, done) => {
  const service = { serviceKind: 'electricity' as const, tariffId, seasonStart: null, seasonEnd: null }
  const landlordId = await createLandlordAgreement(tx, { ...landlord, services: [service], ...done })
  await addLandlordPremise(tx, {
    clientId,
    landlordId,
    premiseId: premiseId ?? 0,
    startDate: '2025-01-01',
    ...done,
  })
})

const by = () => ({ requestedBy: 'Customer, by phone', now: world.now(), actor: ACTOR })
const ask = async (input: NewServiceRequest) => {
  const requestId = await world.act((tx) => requestService(tx, input))
  return workServiceRequest(worker, { clientId, requestId })
}
const stop = (stopDate: string): NewServiceRequest => {
  const { customerId, accountNumber, agreementId } = tenant
  return { kind: 'stop', clientId, customerId, accountNumber, agreementIds: [agreementId], stopDate, ...by() }
}
const ofLandlord = async () => {
  const all = await agreementsOfCustomers(db.read, [landlord.customerId])
  return all.slice(1).map(({ status, startDate, endDate }) => `${startDate} ${endDate} ${status}`)
}

test('a stop that is withdrawn takes the landlord’s agreement with it', async () => {
  const { requestId } = await ask(stop('2026-01-20'))
  expect(await ofLandlord()).toEqual(['2026-01-20 null pending_start'])
  await world.act((tx, done) => cancelServiceRequest(tx, { clientId, requestId, reason: 'Stays.', ...done }))
  expect(await ofLandlord()).toEqual(['2026-01-20 null cancelled'])
})

test('the tenant leaves: nobody switches off, the landlord is served from that day on', async () => {
  await ask(stop('2026-02-01'))
  await world.through('2026-02-01')
  expect((await getAgreement(db.read, tenant)).status).toBe('stopped')
  expect((await ofLandlord()).at(-1)).toBe('2026-02-01 null active')
  expect((await fieldActivities(db.read, { clientId, limit: 9, offset: 0 })).total).toBe(0)
  expect(await broken(db)).toEqual([])
})

test('the next tenant comes: the landlord gives service up on that day', async () => {
  await world.through('2026-02-18')
  const { customerId, accountNumber } = next
  const { requestId } = await ask({
    ...{ kind: 'start', clientId, customerId, accountNumber, premiseId: premiseId ?? 0, ...by() },
    ...{ startDate: '2026-02-22', services: [{ servicePointIds: [servicePointId], tariffId }] },
  })
  expect((await ofLandlord()).at(-1)).toBe('2026-02-01 2026-02-22 pending_stop')
  await world.through('2026-02-22')
  expect((await getServiceRequest(db.read, { clientId, requestId })).status).toBe('complete')
  expect((await ofLandlord()).at(-1)).toBe('2026-02-01 2026-02-22 stopped')
  const [, started] = await agreementsOfCustomers(db.read, [customerId])
  expect(started).toMatchObject({ status: 'active', startDate: '2026-02-22' })
  expect(await broken(db)).toEqual([])
})

test('what the landlord has taken over is not reinstated', async () => {
  const { customerId, accountNumber, agreementId } = tenant
  const about = { clientId, customerId, accountNumber, agreementIds: [agreementId] }
  const { status, faultCode } = await ask({ kind: 'reinstate', ...about, ...by() })
  expect({ status, faultCode }).toEqual({ status: 'failed', faultCode: 'service_point_taken' })
})

import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { Temporal } from '../../platform/time.ts'
import { addSet, createCustomer, createPerson, openBillingAccount } from '../customers/index.ts'
import { createServicePoint, installMeter, meterAt, registerMeter } from '../metering/index.ts'
import { createPremise } from '../premises/index.ts'
import { saveTariff } from '../tariffs/index.ts'
import {
  addFact,
  agreementsOfAccounts,
  assignPlan,
  formatAccountId,
  getAgreement,
  moveToBillingAccount,
  parseAccountId,
  resumeAgreement,
  startAgreement,
  stopAgreement,
} from './index.ts'

const { db, owner } = await testDatabase()
const now = Temporal.Instant.from('2025-06-15T12:00:00Z')
const clientId = 1
const address = { line1: '1 Elm Street', city: 'Millbrook', state: 'TX', postalCode: '75001' }

await owner.read
  .insertInto('client')
  .values({ client_id: clientId, code: 't', name: 'Test', time_zone: 'America/Chicago', created_at: now })
  .execute()
await owner.read
  .insertInto('company')
  .values({
    client_id: clientId,
    company_id: 1,
    code: 'u',
    name: 'Utility',
    kind: 'utility',
    currency: 'USD',
    time_zone: 'America/Chicago',
  })
  .execute()

function tariffText(code: string, serviceType: 'electricity' | 'gas') {
  return {
    code,
    name: code,
    serviceType,
    currency: 'USD',
    versions: [
      {
        effectiveFrom: '2020-01-01',
        rules: [
          {
            kind: 'flat_charge' as const,
            code: 'customer',
            text: { en: 'Customer charge' },
            price: '10',
            class: 'fixed',
          },
        ],
      },
    ],
  }
}

async function customerWithPoint() {
  return await db.transaction(async (tx) => {
    const personId = await createPerson(tx, {
      clientId,
      name: { kind: 'human', firstName: 'Ada', lastName: 'Núñez' },
      contacts: [{ kind: 'phone', value: '(512) 555-0100' }],
      now,
    })
    const customerId = await createCustomer(tx, {
      clientId,
      companyId: 1,
      mainPersonId: personId,
      class: 'residential',
      since: '2025-01-01',
      now,
    })
    const accountNumber = await openBillingAccount(tx, {
      customerId,
      cycleCode: 'C1',
      openedOn: '2025-01-01',
      mailingAddress: address,
    })
    const premiseId = await createPremise(tx, { clientId, kind: 'house', ...address, now })
    const servicePointId = await createServicePoint(tx, {
      clientId,
      premiseId,
      serviceKind: 'electricity',
      timeZone: 'America/Chicago',
      now,
    })
    return { customerId, accountNumber, premiseId, servicePointId }
  })
}

const saved = await db.transaction(async (tx) => ({
  power: await saveTariff(tx, { clientId, companyId: 1, document: tariffText('res-1', 'electricity'), now }),
  other: await saveTariff(tx, { clientId, companyId: 1, document: tariffText('res-2', 'electricity'), now }),
  gas: await saveTariff(tx, { clientId, companyId: 1, document: tariffText('gas-1', 'gas'), now }),
}))

async function started() {
  const place = await customerWithPoint()
  const agreementId = await db.transaction((tx) =>
    startAgreement(tx, {
      customerId: place.customerId,
      accountNumber: place.accountNumber,
      startDate: '2025-02-01',
      points: [{ servicePointId: place.servicePointId }],
      tariffId: saved.power.tariffId,
      now,
    }),
  )
  return { ...place, agreementId }
}

describe('starting an agreement', () => {
  test('gives it the first number of set 1, the kind of service of its point, and all its terms', async () => {
    const { customerId, accountNumber, agreementId, servicePointId } = await started()
    expect(agreementId).toBe(10_001)
    const [agreement] = await agreementsOfAccounts(db.read, [{ customerId, accountNumber }], '2025-03-01')
    expect(agreement).toMatchObject({
      status: 'active',
      serviceKind: 'electricity',
      startDate: '2025-02-01',
      points: [{ servicePointId, timeZone: 'America/Chicago', sign: 1, percent: '100.0000' }],
      plans: [{ tariffId: saved.power.tariffId, startDate: '2025-02-01', endDate: null }],
    })
  })

  test('is pending until its first day has come where it is served', async () => {
    const place = await customerWithPoint()
    const agreementId = await db.transaction((tx) =>
      startAgreement(tx, {
        ...place,
        startDate: '2025-06-16',
        points: [{ servicePointId: place.servicePointId }],
        now,
      }),
    )
    expect((await getAgreement(db.read, { ...place, agreementId })).status).toBe('pending_start')
  })

  test('refuses a point that another agreement holds, until that one has stopped', async () => {
    const first = await started()
    const second = await customerWithPoint()
    const start = () =>
      db.transaction((tx) =>
        startAgreement(tx, {
          ...second,
          startDate: '2025-05-01',
          points: [{ servicePointId: first.servicePointId }],
          now,
        }),
      )
    await expect(start()).rejects.toMatchObject({ code: 'service_point_taken' })
    await db.transaction((tx) => stopAgreement(tx, { ...first, endDate: '2025-05-01', now }))
    expect(await start()).toBe(10_001)
    await expect(db.transaction((tx) => resumeAgreement(tx, first))).rejects.toMatchObject({
      code: 'service_point_taken',
    })
  })

  test('two at once for one point: one wins', async () => {
    const [a, b] = [await customerWithPoint(), await customerWithPoint()]
    const starts = [a, b].map((place) =>
      db.transaction((tx) =>
        startAgreement(tx, {
          ...place,
          startDate: '2025-05-01',
          points: [{ servicePointId: a.servicePointId }],
          now,
        }),
      ),
    )
    const outcomes = (await Promise.allSettled(starts)).map((outcome) => outcome.status)
    expect(outcomes.sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('refuses a plan for another kind of service, an unknown set, an end before the start', async () => {
    const place = await customerWithPoint()
    const terms = {
      ...place,
      startDate: '2025-05-01',
      points: [{ servicePointId: place.servicePointId }],
      now,
    }
    const start = (change: object) => db.transaction((tx) => startAgreement(tx, { ...terms, ...change }))
    await expect(start({ tariffId: saved.gas.tariffId })).rejects.toMatchObject({
      code: 'plan_other_service',
    })
    await expect(start({ setNumber: 2 })).rejects.toMatchObject({ code: 'set_unknown' })
    await db.transaction((tx) => addSet(tx, place))
    const agreementId = await start({ setNumber: 2 })
    expect(formatAccountId({ ...place, agreementId })).toMatch(/^\d{8}-02-0001$/)
    await expect(
      db.transaction((tx) => stopAgreement(tx, { ...place, agreementId, endDate: '2025-05-01', now })),
    ).rejects.toMatchObject({ code: 'end_before_start' })
  })
})

describe('the terms of an agreement', () => {
  test('a new plan ends the one before it; a gap and an overlap are refused', async () => {
    const agreement = await started()
    const assign = (change: object) =>
      db.transaction((tx) =>
        assignPlan(tx, {
          ...agreement,
          tariffId: saved.other.tariffId,
          startDate: '2025-04-01',
          endDate: '2025-05-01',
          ...change,
        }),
      )
    await expect(assign({ startDate: '2025-01-01' })).rejects.toMatchObject({ code: 'plan_before_agreement' })
    await expect(assign({ startDate: '2025-02-01' })).rejects.toMatchObject({ code: 'plan_overlaps' })
    expect(await assign({})).toBe(2)
    await expect(assign({ startDate: '2025-06-01', endDate: '2025-07-01' })).rejects.toMatchObject({
      code: 'plan_gap',
    })
    const { plans } = await getAgreement(db.read, agreement)
    expect(plans.map((plan) => [plan.startDate, plan.endDate])).toEqual([
      ['2025-02-01', '2025-04-01'],
      ['2025-04-01', '2025-05-01'],
    ])
  })

  test('a fact holds until the next one of its code', async () => {
    const agreement = await started()
    await db.transaction(async (tx) => {
      await addFact(tx, { ...agreement, factCode: 'contract_kw', startDate: '2025-02-01', value: '50' })
      await addFact(tx, { ...agreement, factCode: 'contract_kw', startDate: '2025-04-01', value: '60' })
    })
    const { facts } = await getAgreement(db.read, agreement)
    expect(facts.map((fact) => [fact.value, fact.startDate, fact.endDate])).toEqual([
      ['50', '2025-02-01', '2025-04-01'],
      ['60', '2025-04-01', null],
    ])
  })

  test('moves to another billing account of the same customer only', async () => {
    const agreement = await started()
    const other = {
      customerId: agreement.customerId,
      cycleCode: 'C2',
      openedOn: '2025-03-01',
      mailingAddress: address,
    }
    const accountNumber = await db.transaction((tx) => openBillingAccount(tx, other))
    await db.transaction((tx) => moveToBillingAccount(tx, { ...agreement, accountNumber }))
    expect((await getAgreement(db.read, agreement)).accountNumber).toBe(2)
    await expect(
      db.transaction((tx) => moveToBillingAccount(tx, { ...agreement, accountNumber: 9 })),
    ).rejects.toMatchObject({ code: 'billing_account_unknown' })
  })

  test('a stop is withdrawn as if it had never been', async () => {
    const agreement = await started()
    const before = await getAgreement(db.read, agreement)
    await db.transaction((tx) => stopAgreement(tx, { ...agreement, endDate: '2025-08-01', now }))
    expect((await getAgreement(db.read, agreement)).status).toBe('pending_stop')
    await db.transaction((tx) => resumeAgreement(tx, agreement))
    expect(await getAgreement(db.read, agreement)).toEqual(before)
  })
})

test('an account id reads back, with dashes or without', () => {
  const key = { customerId: 100_000_042, agreementId: 10_001 }
  expect(formatAccountId(key)).toBe('00000042-01-0001')
  expect(parseAccountId(1, '00000042-01-0001')).toEqual(key)
  expect(parseAccountId(1, '42-1-1')).toEqual(key)
  expect(parseAccountId(1, '00000042010001')).toEqual(key)
  expect(() => parseAccountId(1, '42')).toThrow(/write it as 00000042-01-0001/)
})

test('a meter is at one place at a time, and a place has one meter', async () => {
  const [a, b] = [await customerWithPoint(), await customerWithPoint()]
  const channels = [{ kind: 'interval', unit: 'kWh', flow: 'delivered', intervalSeconds: 900 }] as const
  const installedAt = Temporal.Instant.from('2025-01-01T06:00:00Z')
  const deviceId = await db.transaction(async (tx) => {
    const id = await registerMeter(tx, { clientId, badge: 'M-1', channels, now })
    await installMeter(tx, { servicePointId: a.servicePointId, deviceId: id, installedAt })
    return id
  })
  expect((await meterAt(db.read, a.servicePointId, installedAt))?.badge).toBe('M-1')
  expect(await meterAt(db.read, a.servicePointId, installedAt.subtract({ seconds: 1 }))).toBeUndefined()
  await expect(
    db.transaction((tx) => installMeter(tx, { servicePointId: b.servicePointId, deviceId, installedAt })),
  ).rejects.toMatchObject({ code: 'meter_installed_elsewhere' })
  await expect(
    db.transaction((tx) => registerMeter(tx, { clientId, badge: 'M-1', channels, now })),
  ).rejects.toMatchObject({ code: 'badge_taken' })
})

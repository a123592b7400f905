import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { makeClient, makeServicePoint } from '../../../test/support/place.ts'
import { Temporal } from '../../platform/time.ts'
import { startAgreement, stopAgreement } from '../agreements/index.ts'
import { createCustomer, createPerson, openBillingAccount } from '../customers/index.ts'
import { ensureSeries, registerMeter } from '../metering/index.ts'
import {
  actOnUsages,
  cancelUsage,
  createUsage,
  getUsage,
  loadReads,
  postUsage,
  recordReads,
  usageOfAgreement,
} from './index.ts'

const { db, owner } = await testDatabase()
const clientId = await makeClient(owner)
const now = Temporal.Instant.from('2025-07-01T12:00:00Z')
const mailingAddress = { line1: '1 Elm Street', city: 'Millbrook', state: 'TX', postalCode: '75001' }

async function served() {
  const servicePointId = await makeServicePoint(db)
  return await db.transaction(async (tx) => {
    const name = { kind: 'human' as const, lastName: 'Ortiz' }
    const mainPersonId = await createPerson(tx, { clientId, name, now })
    const file = { clientId, companyId: 1, mainPersonId, class: 'residential' as const, since: '2025-01-01' }
    const customerId = await createCustomer(tx, { ...file, now })
    const account = { customerId, cycleCode: 'C1', openedOn: '2025-01-01', mailingAddress }
    const accountNumber = await openBillingAccount(tx, account)
    const terms = { customerId, accountNumber, startDate: '2025-01-01', points: [{ servicePointId }], now }
    return { customerId, agreementId: await startAgreement(tx, terms), servicePointId }
  })
}

const june = { startDate: '2025-05-01', endDate: '2025-06-01' }
const kwh = { unit: 'kWh', quantity: 512_250, scale: 3 }

test('posted usage is ready, reads back whole, and its number is the customer’s next', async () => {
  const agreement = await served()
  const post = (period: { startDate: string; endDate: string }) =>
    db.transaction((tx) =>
      postUsage(tx, {
        ...agreement,
        ...period,
        quantities: [kwh, { unit: 'kW', kind: 'max', quantity: 41, scale: 1 }],
        now,
      }),
    )
  expect(await post(june)).toBe(1)
  expect(await post({ startDate: '2025-06-01', endDate: '2025-07-01' })).toBe(2)
  const [usage] = await usageOfAgreement(db.read, agreement)
  expect(usage).toMatchObject({ usageId: 1, status: 'ready', source: 'posted', ...june })
  expect(usage?.quantities).toMatchObject([
    { unit: 'kWh', quantity: 512_250, scale: 3, touCode: '', kind: '' },
    { unit: 'kW', quantity: 41, scale: 1, kind: 'max' },
  ])
})

test('posted usage is refused with the reason', async () => {
  const agreement = await served()
  const post = (change: object) =>
    db.transaction((tx) => postUsage(tx, { ...agreement, ...june, quantities: [kwh], now, ...change }))
  await expect(post({ endDate: '2025-05-01' })).rejects.toMatchObject({ code: 'end_before_start' })
  await expect(post({ startDate: '2024-12-01' })).rejects.toMatchObject({ code: 'usage_outside_agreement' })
  await expect(post({ quantities: [] })).rejects.toMatchObject({ code: 'usage_empty' })
  await expect(post({ quantities: [{ ...kwh, unit: 'ccf' }] })).rejects.toMatchObject({
    code: 'unit_not_of_service',
  })
  await expect(post({ quantities: [{ ...kwh, quantity: 0.5 }] })).rejects.toMatchObject({
    code: 'quantity_malformed',
  })
  await expect(post({ agreementId: 10_009 })).rejects.toMatchObject({ code: 'agreement_unknown' })
  await post({})
  await expect(post({ startDate: '2025-05-31', endDate: '2025-06-10' })).rejects.toMatchObject({
    code: 'usage_overlaps',
  })
  await db.transaction((tx) => stopAgreement(tx, { ...agreement, endDate: '2025-06-05', now }))
  await expect(post({ startDate: '2025-06-01', endDate: '2025-06-06' })).rejects.toMatchObject({
    code: 'usage_outside_agreement',
  })
})

test('charged usage is cancelled only after its charge has released it', async () => {
  const agreement = await served()
  const { customerId } = agreement
  const usageId = await db.transaction((tx) =>
    postUsage(tx, { ...agreement, ...june, quantities: [kwh], now }),
  )
  const key = { customerId, usageId }
  await db.transaction((tx) => actOnUsages(tx, [key], 'charge'))
  await expect(db.transaction((tx) => cancelUsage(tx, key))).rejects.toMatchObject({ code: 'usage_state' })
  await db.transaction((tx) => actOnUsages(tx, [key], 'release'))
  await db.transaction((tx) => cancelUsage(tx, key))
  expect((await getUsage(db.read, key)).status).toBe('cancelled')
})

test('usages of many customers are written at once, with the versions of their blocks', async () => {
  const [a, b] = [await served(), await served()]
  const usage = {
    ...june,
    source: 'measured' as const,
    status: 'charged' as const,
    asOf: now,
    quantities: [kwh],
  }
  const source = (servicePointId: number, blockVersions: number[] | null) => ({
    servicePointId,
    seriesNumber: 1,
    sign: 1 as const,
    percent: '100',
    startDay: june.startDate,
    endDay: june.endDate,
    blockVersions,
  })
  const usages = [
    { ...a, ...usage, sources: [source(a.servicePointId, null)] },
    { ...b, ...usage, sources: [source(b.servicePointId, [1, 3, 1])] },
  ]
  const keys = await db.transaction((tx) => createUsage(tx, { usages, now }))
  expect(keys.map((key) => key.usageId)).toEqual([1, 1])
  const [second] = keys.slice(1)
  expect(second && (await getUsage(db.read, second)).sources).toEqual([
    { ...source(b.servicePointId, [1, 3, 1]), percent: '100.0000' },
  ])
  await expect(db.transaction((tx) => createUsage(tx, { usages, now }))).rejects.toThrow(
    /exclusion constraint/,
  )
})

test('a dial reading again changes nothing; another for the same moment is a new version', async () => {
  const servicePointId = await makeServicePoint(db)
  const { deviceId, seriesNumber } = await db.transaction(async (tx) => ({
    deviceId: await registerMeter(tx, {
      clientId,
      badge: 'R-1',
      channels: [{ kind: 'register', unit: 'kWh', flow: 'delivered', dials: 5 }],
      now,
    }),
    seriesNumber: await ensureSeries(tx, {
      servicePointId,
      kind: 'register',
      unit: 'kWh',
      flow: 'delivered',
      scale: 0,
    }),
  }))
  const read = (reading: number) =>
    db.transaction((tx) =>
      recordReads(tx, {
        reads: [{ servicePointId, seriesNumber, deviceId, readAt: now, reading, quality: 'measured' }],
        source: 'test',
        now,
      }),
    )
  expect(await read(12_345)).toEqual({ taken: 1, same: 0, corrected: 0 })
  expect(await read(12_345)).toEqual({ taken: 0, same: 1, corrected: 0 })
  expect(await read(12_346)).toEqual({ taken: 0, same: 0, corrected: 1 })
  const reads = await loadReads(db.read, [{ servicePointId, from: now, until: now }])
  expect(reads).toMatchObject([{ reading: 12_346, version: 2 }])
})

import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { makeClient } from '../../../test/support/place.ts'
import { Temporal } from '../../platform/time.ts'
import {
  billFactors,
  getTariff,
  holidays,
  readTariff,
  saveBillFactor,
  saveHolidays,
  saveTariff,
  saveTariffVersion,
  setBillFactorValue,
  type TariffInput,
  tariffSha256,
  tariffVersionsFor,
} from './index.ts'

const { db, owner } = await testDatabase()
const clientId = await makeClient(owner)
const now = Temporal.Instant.from('2025-01-01T00:00:00Z')

function text(code: string, versions: { from: string; price: string }[]): TariffInput {
  return {
    code,
    name: `Tariff ${code}`,
    serviceType: 'electricity',
    currency: 'USD',
    versions: versions.map(({ from, price }) => ({
      effectiveFrom: from,
      rules: [
        { kind: 'flat_charge', code: 'customer', class: 'fixed', text: { en: 'Customer charge' }, price },
      ],
    })),
  }
}

const save = (document: TariffInput) =>
  db.transaction((tx) => saveTariff(tx, { clientId, companyId: 1, document, now }))

describe('a tariff in the database', () => {
  test('keeps each version until the next begins, and gives those of a period', async () => {
    const versions = [
      { from: '2024-01-01', price: '10.00' },
      { from: '2025-01-01', price: '11.00' },
    ]
    const { tariffId, saved } = await save(text('r-1', versions))
    expect(saved).toEqual([1, 2])
    const during = async (start: string, end: string) =>
      (await tariffVersionsFor(db.read, clientId, [tariffId], start, end)).map((version) => version.version)
    expect(await during('2024-12-01', '2025-01-01')).toEqual([1])
    expect(await during('2024-12-15', '2025-01-15')).toEqual([1, 2])
    expect(await during('2023-01-01', '2024-01-01')).toEqual([])
    const [first] = await tariffVersionsFor(db.read, clientId, [tariffId], '2024-06-01', '2024-06-02')
    expect(first).toMatchObject({ effectiveFrom: '2024-01-01', effectiveTo: '2025-01-01' })
    expect(first && tariffSha256(first.document).toString('hex')).toBe(first?.sha256)
    expect(first && readTariff(first.document)).toEqual(first?.document)
  })

  test('the same text again saves nothing; a later version is added under the same id', async () => {
    const one = { from: '2024-01-01', price: '10.00' }
    const first = await save(text('r-2', [one]))
    expect(await save(text('r-2', [one]))).toEqual({ ...first, saved: [], same: [1] })
    const both = text('r-2', [one, { from: '2024-07-01', price: '12.00' }])
    expect(await save(both)).toEqual({ tariffId: first.tariffId, saved: [2], same: [1] })
    expect(await getTariff(db.read, clientId, first.tariffId)).toMatchObject({
      code: 'r-2',
      status: 'active',
    })
  })

  test('approved text never changes: another text for the day, or one before it, is refused', async () => {
    const { tariffId } = await save(text('r-3', [{ from: '2024-01-01', price: '10.00' }]))
    const change = (from: string) =>
      db.transaction((tx) =>
        saveTariffVersion(tx, { clientId, tariffId, document: text('r-3', [{ from, price: '99.00' }]), now }),
      )
    await expect(change('2024-01-01')).rejects.toMatchObject({ code: 'tariff_version_approved' })
    await expect(change('2023-01-01')).rejects.toMatchObject({ code: 'tariff_version_overlaps' })
    await expect(save({ ...text('r-3', []), versions: [] })).rejects.toMatchObject({ code: 'tariff_faulty' })
    await expect(
      save({ ...text('r-3', [{ from: '2025-01-01', price: '1' }]), serviceType: 'gas' }),
    ).rejects.toMatchObject({ code: 'tariff_other_service' })
  })
})

test('a bill factor has one value at a time, and a calendar each day once', async () => {
  const key = { clientId, factorCode: 'fuel' }
  await db.transaction(async (tx) => {
    await saveBillFactor(tx, { ...key, name: { en: 'Fuel' }, kind: 'unit_rate' })
    await setBillFactorValue(tx, { ...key, effectiveFrom: '2025-01-01', value: '0.01234' })
    await setBillFactorValue(tx, { ...key, effectiveFrom: '2025-02-01', value: '0.02' })
  })
  const late = db.transaction((tx) =>
    setBillFactorValue(tx, { ...key, effectiveFrom: '2025-01-15', value: '1' }),
  )
  await expect(late).rejects.toMatchObject({ code: 'factor_value_overlaps' })
  const [fuel] = await billFactors(db.read, clientId)
  expect(fuel?.values.map(({ value, effectiveTo }) => [value, effectiveTo])).toEqual([
    ['0.01234', '2025-02-01'],
    ['0.02', null],
  ])
  const days = [{ day: '2025-07-04', name: { en: 'Independence Day' } }]
  await db.transaction((tx) => saveHolidays(tx, { clientId, calendarCode: 'us', days }))
  await db.transaction((tx) => saveHolidays(tx, { clientId, calendarCode: 'us', days }))
  expect(await holidays(db.read, clientId, 'us')).toEqual(days)
})

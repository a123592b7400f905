import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, CYCLE, NOW, PLAN } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { addFact } from '../../agreements/index.ts'
import {
  correctBillFactorValue,
  saveBillFactor,
  saveHolidays,
  saveTariff,
  setBillFactorValue,
  type TariffInput,
} from '../../tariffs/index.ts'
import { findWorkItems } from '../../work/index.ts'
import {
  chargesOfAgreement,
  completeBill,
  explainBill,
  getBill,
  rebillCharge,
  startBillRun,
  workBillRun,
} from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const january = { periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }
const town = await act((tx) => buildTown(tx, 0))
const { clientId } = town

type Version = TariffInput['versions'][number]

/** A home of its own plan: the town's, with these changes. */
async function homeOn(number: number, code: string, change: (version: Version) => Partial<Version>) {
  const versions = PLAN.versions.map((version) => ({ ...version, ...change(version) }))
  return await act(async (tx) => {
    const { tariffId } = await saveTariff(tx, {
      clientId,
      companyId: town.companyId,
      document: { ...PLAN, code, versions },
      now: NOW,
    })
    return await addHome(tx, { ...town, tariffId }, { number })
  })
}

const setValue = (factorCode: string, effectiveFrom: string, value: string, characteristic = '') =>
  act((tx) => setBillFactorValue(tx, { clientId, factorCode, effectiveFrom, value, characteristic }))

test('a rider that changes in the middle is two lines, and a later correction leaves the bill explained', async () => {
  await act((tx) =>
    saveBillFactor(tx, { clientId, factorCode: 'fuel', name: { en: 'Fuel' }, kind: 'unit_rate' }),
  )
  await setValue('fuel', '2025-12-01', '0.01')
  await setValue('fuel', '2026-01-16', '0.02')
  const home = await homeOn(1, 'res-fuel', (version) => ({
    sharedFactors: [{ code: 'fuel' }],
    rules: [
      ...version.rules,
      {
        code: 'fuel',
        kind: 'service_quantity',
        text: { en: 'Fuel' },
        class: 'rider',
        quantity: 'energy',
        prices: [{ bands: [{ price: { factor: 'fuel' } }] }],
      },
    ],
  }))
  const bill = await act((tx) => completeBill(tx, { ...home, ...january }))
  const fuelOf = async (billId: number) =>
    (await getBill(db.read, { ...bill, billId })).charges
      .flatMap(({ lines }) => lines)
      .filter(({ ruleCode }) => ruleCode === 'fuel')
      .map(({ startDate, amountCents }) => [startDate, amountCents])
  // 15 x 24 x 0.6 = 216 kWh at 0.01 = 2.16; 16 x 24 x 0.6 = 230.4 kWh at 0.02 = 4.608
  const asBilled = [
    ['2026-01-01', 216],
    ['2026-01-16', 461],
  ]
  expect(await fuelOf(bill.billId)).toEqual(asBilled)

  const corrected = { clientId, factorCode: 'fuel', effectiveFrom: '2026-01-16', value: '0.03' }
  await act((tx) => correctBillFactorValue(tx, corrected))
  expect(await fuelOf(bill.billId)).toEqual(asBilled)
  expect((await explainBill(db.read, bill)).reproduced).toBe(true)

  const [charge] = await chargesOfAgreement(db.read, home)
  const correction = {
    customerId: home.customerId,
    chargeId: charge?.chargeId ?? 0,
    reason: 'fuel corrected',
  }
  await act((tx) => rebillCharge(tx, { ...correction, correctedOn: '2026-02-02', ...done }))
  const [, again] = await chargesOfAgreement(db.read, home)
  // 230.4 x (0.03 - 0.02) = 2.304: 6.912 -> 6.91 instead of 4.61
  expect((again?.amountCents ?? 0) - (charge?.amountCents ?? 0)).toBe(230)
  expect(await broken(db)).toEqual([])
})

test('a value that is missing holds the account with factor, characteristic and day; set, it is billed', async () => {
  await act((tx) =>
    saveBillFactor(tx, { clientId, factorCode: 'city', name: { en: 'City' }, kind: 'percent' }),
  )
  await setValue('city', '2025-01-01', '2', 'north')
  const home = await homeOn(2, 'res-city', (version) => ({
    sharedFactors: [{ code: 'city', by: 'zone' }],
    rules: version.rules.map((rule) =>
      rule.kind === 'apply_to' ? { ...rule, percent: { factor: 'city' } } : rule,
    ),
  }))
  const key = { customerId: home.customerId, agreementId: home.agreementId }
  await act((tx) =>
    addFact(tx, { ...key, factCode: 'zone', value: 'south', startDate: '2026-01-01', ...done }),
  )
  const run = async () => {
    const wish = { clientId, cycleCode: CYCLE, billDate: '2026-02-01', mode: 'live' as const, ...done }
    const started = await act((tx) => startBillRun(tx, wish))
    await workBillRun({ database: db, clock: () => NOW, worker: 'test', actor: ACTOR }, started)
    return (await findWorkItems(db.read, { clientId, status: 'open', limit: 10, offset: 0 })).items.map(
      ({ reason }) => reason,
    )
  }
  const reason =
    'Bill factor "city" of tariff res-city has no value for zone south on 2026-01-01; set one from that day or before.'
  expect(await run()).toEqual([reason])
  await setValue('city', '2026-01-10', '3', 'south')
  expect(await run()).toEqual([reason])
  await setValue('city', '2025-01-01', '4')
  expect(await run()).toEqual([])
  const [charge] = await chargesOfAgreement(db.read, home)
  // 31 x 24 x 0.7 = 520.8 kWh: 50.00 + 20.8 x 0.12 = 52.50 + 9.00 = 61.50, 4 % for nine days, 3 % for 22
  expect(charge?.basis.shared?.factors.city).toHaveLength(2)
  expect(await broken(db)).toEqual([])
})

test('holidays of the client change the time of use, and a year without any is refused', async () => {
  const home = await homeOn(3, 'res-holiday', () => ({
    holidayCalendar: 'us',
    touMaps: [
      {
        code: 'clock',
        periods: ['peak', 'off'].map((code) => ({ code, text: { en: code } })),
        rows: [
          { days: ['weekday'], from: '00:00', until: '24:00', period: 'peak' },
          { days: ['holiday'], from: '00:00', until: '24:00', period: 'off' },
        ],
        otherwise: 'off',
      },
    ],
    quantities: [{ code: 'energy', fn: 'usage', unit: 'kWh', tou: 'clock' }],
    rules: [
      {
        code: 'energy',
        kind: 'service_quantity',
        text: { en: 'Energy' },
        class: 'energy',
        quantity: 'energy',
        prices: [
          { tou: 'peak', bands: [{ price: '0.20' }] },
          { tou: 'off', bands: [{ price: '0.10' }] },
        ],
      },
    ],
  }))
  const bill = () => act((tx) => completeBill(tx, { ...home, ...january }))
  await expect(bill()).rejects.toMatchObject({ code: 'holidays_missing' })
  const days = [{ day: '2026-01-01', name: { en: "New Year's Day" } }]
  await act((tx) => saveHolidays(tx, { clientId, calendarCode: 'us', days }))
  const made = await bill()
  // 22 weekdays, one of them New Year's Day: 21 x 24 x 0.8 x 0.20 = 80.64; 10 x 24 x 0.8 x 0.10 = 19.20
  expect(made.chargesCents).toBe(8064 + 1920)
  const more = [{ day: '2026-01-19', name: { en: 'A late holiday' } }]
  await act((tx) => saveHolidays(tx, { clientId, calendarCode: 'us', days: more }))
  expect((await explainBill(db.read, made)).reproduced).toBe(true)
})

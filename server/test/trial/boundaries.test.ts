import { expect, test } from 'vitest'
import { startAgreement } from '../../src/domain/agreements/index.ts'
import { chargeAgreement, getCharge, rebillCharge } from '../../src/domain/billing/index.ts'
import { createServicePoint, ensureSeries } from '../../src/domain/metering/index.ts'
import { createPremise } from '../../src/domain/premises/index.ts'
import { balances } from '../../src/domain/receivables/index.ts'
import { saveTariff, type TariffInput } from '../../src/domain/tariffs/index.ts'
import { dayGrid, recordBlocks } from '../../src/domain/usage/index.ts'
import type { Tx } from '../../src/platform/db/index.ts'
import { type LocalDate, Temporal } from '../../src/platform/time.ts'
import { ACTOR, addHome, buildTown, PLAN } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { broken } from '../support/verified.ts'

/** Where a period, a day, a version or an amount ends. 1 kWh every hour, and 100 kWh in the first hour of a period. */
const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const now = Temporal.Instant.from('2028-04-02T12:00:00Z')
const done = { now, actor: ACTOR }
const town = await act((tx) => buildTown(tx, 0))
let number = 0

interface Case {
  zone: string
  start: LocalDate
  end: LocalDate
  document?: TariffInput
  wattHours?: number
}

/** Charges one period of a new agreement and answers the charge with its lines. */
async function charged({ zone, start, end, document, wattHours = 1000 }: Case) {
  const { clientId, companyId } = town
  const key = await act(async (tx) => {
    const { tariffId } = document ? await saveTariff(tx, { clientId, companyId, document, now }) : town
    const home = await addHome(tx, town, { number: ++number, measured: false })
    const address = { line1: '1 Edge Rd', city: 'Springfield', state: 'IL', postalCode: '62701' }
    const premiseId = await createPremise(tx, { clientId, kind: 'house', ...address, now })
    const place = { clientId, premiseId, serviceKind: 'electricity' as const, timeZone: zone, now }
    const servicePointId = await createServicePoint(tx, place)
    const owner = { customerId: home.customerId, accountNumber: home.accountNumber }
    const agreementId = await startAgreement(tx, {
      ...owner,
      startDate: start,
      points: [{ servicePointId }],
      tariffId,
      billMethod: 'bill_ready',
      now,
    })
    const series = { servicePointId, unit: 'kWh', flow: 'delivered' as const, kind: 'interval' as const }
    const seriesNumber = await ensureSeries(tx, { ...series, intervalSeconds: 3600, scale: 6 })
    const { days, starts } = dayGrid(zone, start, end)
    const blocks = days.map((localDay, index) => {
      const startSeconds = starts[index] ?? 0
      const hours = ((starts[index + 1] ?? 0) - startSeconds) / 3600
      const values = new Array<number>(hours).fill(wattHours * 1000)
      if (index === 0) values[0] = wattHours * 100_000
      return { servicePointId, seriesNumber, localDay, startSeconds, intervalSeconds: 3600, values }
    })
    await recordBlocks(tx, { blocks, source: 'test', now })
    const charge = { ...owner, agreementId, periodEnd: end, chargedOn: end, ...done }
    return (await chargeAgreement(tx, charge))[0]
  })
  return await getCharge(db.read, key ?? { customerId: 0, chargeId: 0 })
}

const energy = (rules: TariffInput['versions'][number]['rules'], effectiveFrom = '2025-01-01') => ({
  effectiveFrom,
  quantities: [{ code: 'energy', fn: 'usage' as const, unit: 'kWh' }],
  rules,
})

const text = { en: 'Customer charge', es: 'Cargo por cliente' }
const fixed = (price: string) => ({
  code: 'customer',
  kind: 'flat_charge' as const,
  text,
  class: 'fixed' as const,
  price,
})

/** The base plan in cents for a number of kWh: 9.00, 0.10 up to 500 kWh, 0.12 above, 5 %. */
function expectedCents(kwh: number): number {
  const lines = 900 + Math.min(kwh, 500) * 10 + Math.round(Math.max(kwh - 500, 0) * 12)
  return lines + Math.round(lines / 20)
}

test('months with clocks that change, in zones of whole and half hours, hold their own hours', async () => {
  // 99 kWh more than hours. March in Los Angeles has 743 h (842 kWh), November 721 h (820), in Kolkata 744 and 720.
  const cases = [
    { zone: 'America/Los_Angeles', start: '2027-03-01', end: '2027-04-01', kwh: 743 + 99 },
    { zone: 'America/Los_Angeles', start: '2026-11-01', end: '2026-12-01', kwh: 721 + 99 },
    { zone: 'Asia/Kolkata', start: '2027-03-01', end: '2027-04-01', kwh: 744 + 99 },
    { zone: 'Asia/Kolkata', start: '2026-11-01', end: '2026-12-01', kwh: 720 + 99 },
    // Leap day: 29 x 24 = 696 h.
    { zone: 'America/Los_Angeles', start: '2028-02-01', end: '2028-03-01', kwh: 696 + 99 },
  ]
  for (const { kwh, ...one } of cases) expect((await charged(one)).amountCents).toBe(expectedCents(kwh))
  expect(await broken(db)).toEqual([])
})

test('a price that changes on the first day of a period is the only one; on its last day it has one day', async () => {
  const versions = (from: LocalDate) => [energy([fixed('28.00')]), energy([fixed('56.00')], from)]
  const february = { zone: 'America/Los_Angeles', start: '2027-02-01', end: '2027-03-01' }
  const changing = async (code: string, from: LocalDate) => {
    const charge = await charged({ ...february, document: { ...PLAN, code, versions: versions(from) } })
    return charge.lines.map((line) => line.amountCents)
  }
  expect(await changing('first-day', '2027-02-01')).toEqual([5600])
  // 28.00 x 27/28 = 27.00; 56.00 x 1/28 = 2.00
  expect(await changing('last-day', '2027-02-28')).toEqual([2700, 200])
  expect(await changing('day-after', '2027-03-01')).toEqual([2800])
  expect(await broken(db)).toEqual([])
})

test('a charge of nothing and a charge that is a credit are charges: rebilled they change nothing', async () => {
  const month = { zone: 'America/Chicago', start: '2027-02-01', end: '2027-03-01' }
  for (const [code, price, cents] of [
    ['nothing', '0.00', 0],
    ['credit', '-20.00', -2000],
  ] as const) {
    const charge = await charged({
      ...month,
      document: { ...PLAN, code, versions: [energy([fixed(price)])] },
    })
    expect(charge.amountCents).toBe(cents)
    expect(await broken(db)).toEqual([])
    const { customerId, chargeId } = charge
    const correction = { customerId, chargeId, reason: 'trial', correctedOn: '2027-03-02', ...done }
    await act((tx) => rebillCharge(tx, correction))
    const owed = await balances(db.read, [customerId], '2027-03-02')
    expect(owed.reduce((sum, one) => sum + one.payoffCents, 0)).toBe(cents)
    expect(await broken(db)).toEqual([])
  }
})

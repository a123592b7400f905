import { expect, test } from 'vitest'
import {
  billDocument,
  chargesOfAgreement,
  completeBill,
  getCharge,
  monthlyWindows,
  previewRebill,
  rebillPeriods,
  saveCycle,
} from '../../src/domain/billing/index.ts'
import { ensureSeries } from '../../src/domain/metering/index.ts'
import { balances, postedBy, previewAct } from '../../src/domain/receivables/index.ts'
import { saveTariff, type TariffInput } from '../../src/domain/tariffs/index.ts'
import { recordBlocks } from '../../src/domain/usage/index.ts'
import { checkBillDocument } from '../../src/formats/pdf/index.ts'
import { addDays, type LocalDate, Temporal } from '../../src/platform/time.ts'
import { addHome, CYCLE, hourly, PLAN } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { payCash } from '../support/debtors.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * A year under a roof of solar cells: surplus is carried in kWh from bill to bill, and what is left in December is paid.
 * Then July is corrected, and every later bank with it. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 0 })
const { clientId, companyId } = world.town

/** 9.00 a bill; 0.10 for a kWh that neither the month nor the bank covers; 0.03 for one that is left; 5 % tax. */
const [version] = PLAN.versions
const SOLAR = {
  ...PLAN,
  code: 'res-solar',
  name: 'Residential solar',
  versions: [
    {
      ...version,
      touMaps: [
        { code: 'all-day', periods: [{ code: 'all', text: { en: 'All' } }], rows: [], otherwise: 'all' },
      ],
      quantities: [
        { code: 'energy', fn: 'net_bank', tou: 'all-day', settleMonth: 12 },
        { code: 'left', fn: 'bank_settlement', of: 'energy' },
      ],
      rules: [
        ...(version?.rules ?? []).map((rule) =>
          rule.code === 'energy' ? { ...rule, prices: [{ bands: [{ price: '0.10' }] }] } : rule,
        ),
        {
          code: 'payout',
          kind: 'service_quantity',
          text: { en: 'Surplus of the year', es: 'Excedente del año' },
          class: 'credit',
          quantity: 'left',
          credit: true,
          prices: [{ bands: [{ price: '0.03' }] }],
        },
      ],
    },
  ],
} as TariffInput

const home = await world.act(async (tx, { now }) => {
  const { tariffId } = await saveTariff(tx, { clientId, companyId, document: SOLAR, now })
  const windows = monthlyWindows(CYCLE, '2026-05-01', 10)
  await saveCycle(tx, { clientId, cycleCode: CYCLE, name: 'First of the month', windows })
  return addHome(tx, { ...world.town, tariffId }, { number: 1, measured: false })
})
const { customerId, agreementId, servicePointId } = home
const received = {
  servicePointId,
  seriesNumber: await world.act((tx) =>
    ensureSeries(tx, {
      ...{ servicePointId, unit: 'kWh', flow: 'received', kind: 'interval', intervalSeconds: 3600, scale: 6 },
    }),
  ),
}
const measure = (series: typeof received, wattHours: number, from: LocalDate, until: LocalDate) =>
  world.act((tx, { now }) =>
    recordBlocks(tx, { blocks: hourly(series, wattHours, from, until), source: 'test', now }),
  )
const monthAfter = (day: LocalDate) => Temporal.PlainDate.from(day).add({ months: 1 }).toString()
/** Lives through a month in which the roof gave so much an hour and the house took 0.5 kWh, and bills it. */
const liveAndBill = async (month: LocalDate, receivedWattHours: number) => {
  const end = monthAfter(month)
  await world.through(end)
  await measure(home, 500, month, end)
  await measure(received, receivedWattHours, month, end)
  const bill = await world.act((tx, done) =>
    completeBill(tx, { ...home, periodEnd: end, billDate: end, ...done }),
  )
  checkBillDocument(await billDocument(db.read, bill))
  return bill
}
const payOff = async (amountCents: number) => {
  await world.through(addDays(world.today(), 9))
  await payCash(world, home, amountCents)
}
const owed = async () =>
  (await balances(db.read, [customerId], world.today())).reduce((sum, one) => sum + one.payoffCents, 0)
const bankAfter = async (endDate: LocalDate) => {
  const charge = (await chargesOfAgreement(db.read, home)).find(
    (one) => one.endDate === endDate && one.status === 'frozen',
  )
  return charge?.basis.carry.balances.energy
}
const year: number[] = []

test('the first winter: what the roof gives is taken off at once', async () => {
  for (const month of ['2026-01-01', '2026-02-01', '2026-03-01']) {
    const { amountDueCents } = await liveAndBill(month, 100)
    year.push(amountDueCents)
    await payOff(amountDueCents)
  }
  // 744, 672 and 743 hours (the clocks go forward) x (0.5 - 0.1) kWh: 297.6, 268.8, 297.2 kWh: 29.76, 26.88, 29.72;
  // and 9.00; and 5 %
  expect(year).toEqual([4070, 3767, 4066])
  expect(await owed()).toBe(0)
})

test('from April to September the bank fills, and the bills ask for the customer charge alone', async () => {
  for (let month = '2026-04-01'; month < '2026-10-01'; month = monthAfter(month)) {
    const { amountDueCents } = await liveAndBill(month, 800)
    expect(amountDueCents).toBe(945)
    await payOff(amountDueCents)
  }
  // (720 + 744 + 720 + 744 + 744 + 720) h x 0.3 kWh = 4392 x 0.3
  expect(await bankAfter('2026-10-01')).toMatchObject({ all: '1317.6', running: '1317.6' })
})

test('the second winter lives on the bank, and December pays what is left of it', async () => {
  for (const month of ['2026-10-01', '2026-11-01'])
    await payOff((await liveAndBill(month, 100)).amountDueCents)
  // 1317.6 - 744 x 0.4 - 721 (the clocks go back) x 0.4
  expect(await bankAfter('2026-12-01')).toMatchObject({ all: '731.6' })
  const december = await liveAndBill('2026-12-01', 100)
  // 731.6 - 744 x 0.4 = 434 kWh x 0.03 = 13.02; 9.45 - 13.02
  expect(december.amountDueCents).toBe(945 - 1302)
  expect(await bankAfter('2027-01-01')).toMatchObject({ running: '0', settled: '434' })
  const [charge] = (await chargesOfAgreement(db.read, home)).filter((one) => one.endDate === '2027-01-01')
  const { lines } = await getCharge(db.read, { customerId, chargeId: charge?.chargeId ?? 0 })
  expect(lines.map(({ ruleCode, amountCents }) => `${ruleCode} ${amountCents}`)).toEqual([
    'customer 900',
    'city_tax 45',
    'payout -1302',
  ])
  expect([await owed(), await broken(db)]).toEqual([-357, []])
})

test('the meter of the roof had missed a phase in July: only December changes in money, by what more is left', async () => {
  await world.through('2027-01-10')
  await measure(received, 900, '2026-07-01', '2026-08-01')
  const input = {
    ...{ customerId, agreementId, from: '2026-07-01', correctedOn: world.today(), reason: 'Missed a phase' },
  }
  const shown = await world.act((tx, { now }) => previewRebill(tx, { ...input, now }))
  // 744 h x 0.1 kWh = 74.4 more: 508.4 kWh x 0.03 = 15.252
  expect(shown.periods.map(({ startDate, differenceCents }) => `${startDate} ${differenceCents}`)).toEqual([
    '2026-07-01 0',
    '2026-08-01 0',
    '2026-09-01 0',
    '2026-10-01 0',
    '2026-11-01 0',
    '2026-12-01 -223',
  ])
  const preview = await world.act((tx, done) =>
    previewAct(tx, [customerId], () => rebillPeriods(tx, { ...input, ...done })),
  )
  const real = await world.act((tx, done) =>
    postedBy(tx, [customerId], () => rebillPeriods(tx, { ...input, ...done })),
  )
  expect(preview).toEqual(real)
  expect(real.result).toEqual(shown)
  // 1317.6 + 74.4
  expect(await bankAfter('2026-10-01')).toMatchObject({ all: '1392' })
  expect([await owed(), await broken(db)]).toEqual([-357 - 223, []])
})

test('the new year begins with an empty bank, and the credit pays its first bill', async () => {
  const january = await liveAndBill('2027-01-01', 100)
  // Taken back: five times 9.45 less 3.57; in their place five times 9.45 less 5.80; and 40.70 as a year ago
  expect(january).toMatchObject({
    previousCents: -357,
    creditsCents: -(5 * 945 - 357),
    chargesCents: 5 * 945 - 580 + 4070,
    amountDueCents: 4070 - 580,
  })
  await payOff(3490)
  expect([await owed(), await broken(db)]).toEqual([0, []])
})

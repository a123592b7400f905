import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, CYCLE, hourly, NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { decimalText } from '../../platform/decimal.ts'
import { Temporal } from '../../platform/time.ts'
import { startBillRun, workBillRun } from '../billing/index.ts'
import { saveTariff, type TariffInput } from '../tariffs/index.ts'
import { recordBlocks } from '../usage/index.ts'
import { getBillRecord, getIntervals, traceLine } from './index.ts'

/** On peak from 14 to 18 on weekdays; 0.20 on and 0.10 off peak; 5.00 for each kW of the highest hour. */
const PLAN: TariffInput = {
  code: 'tou-1',
  name: 'Time of use',
  serviceType: 'electricity',
  currency: 'USD',
  versions: [
    {
      effectiveFrom: '2025-01-01',
      touMaps: [
        {
          code: 'clock',
          periods: [
            { code: 'on', text: { en: 'On peak' } },
            { code: 'off', text: { en: 'Off peak' } },
          ],
          rows: [{ days: ['weekday'], from: '14:00', until: '18:00', period: 'on' }],
          otherwise: 'off',
        },
      ],
      quantities: [
        { code: 'energy', fn: 'usage', unit: 'kWh', tou: 'clock' },
        { code: 'peak', fn: 'max_demand' },
      ],
      rules: [
        {
          code: 'energy',
          kind: 'service_quantity',
          text: { en: 'Energy' },
          class: 'energy',
          quantity: 'energy',
          prices: [
            { tou: 'on', bands: [{ price: '0.20' }] },
            { tou: 'off', bands: [{ price: '0.10' }] },
          ],
        },
        {
          code: 'demand',
          kind: 'service_quantity',
          text: { en: 'Demand' },
          class: 'demand',
          quantity: 'peak',
          measuresPeak: true,
          prices: [{ bands: [{ price: '5' }] }],
        },
      ],
    },
  ],
}

const { db } = await testDatabase()

const { town, home } = await db.transaction(async (tx) => {
  const town = await buildTown(tx, 0)
  const { clientId, companyId } = town
  const { tariffId } = await saveTariff(tx, { clientId, companyId, document: PLAN, now: NOW })
  const home = await addHome(tx, { ...town, tariffId }, { number: 1 })
  const [friday] = hourly(home, 600, '2026-01-09', '2026-01-10')
  if (!friday) throw new Error('a day has a block')
  // 17:00 to 18:00: 3.1 kWh instead of 0.6
  const values = Array.from(friday.values, (value, hour) => (hour === 17 ? 3_100_000 : value))
  await recordBlocks(tx, { blocks: [{ ...friday, values }], source: 'test', now: NOW })
  return { town, home }
})
const run = await db.transaction((tx) =>
  startBillRun(tx, {
    clientId: town.clientId,
    cycleCode: CYCLE,
    billDate: '2026-02-01',
    mode: 'live',
    now: NOW,
    actor: ACTOR,
  }),
)
await workBillRun({ database: db, clock: () => NOW, worker: 'test', actor: ACTOR }, run)
const bill = await getBillRecord(db.read, { ...home, billId: 1 })

async function trace(ruleCode: string, touCode: string | null) {
  const line = bill.charges[0]?.lines.find((one) => one.ruleCode === ruleCode && one.touCode === touCode)
  if (!line) throw new Error(`the bill has no line ${ruleCode} ${touCode}`)
  const { chargeId, lineNumber } = line
  return traceLine(db.read, { clientId: town.clientId, ...home, billId: 1, chargeId, lineNumber })
}

test('a time-of-use line counts the intervals of its period only, and they sum to its quantity', async () => {
  const on = await trace('energy', 'on')
  // 22 weekdays x 4 h x 0.6 kWh = 52.8, + 2.5 more in one hour = 55.3 kWh
  expect(on.line.quantity).toBe('55.3')
  expect(on.usage).toMatchObject({ agrees: true, touCode: 'on' })
  expect(on.usage && decimalText(on.usage.countedSum)).toBe('55.3')
  expect(on.usage?.counted.filter(Boolean)).toHaveLength(88)
  expect(on.usage?.daySums).toHaveLength(22)
  const off = await trace('energy', 'off')
  // (744 - 88) h x 0.6 kWh = 393.6 kWh
  expect(off.usage && decimalText(off.usage.countedSum)).toBe('393.6')
  expect(off.usage?.agrees).toBe(true)
})

test('a demand line points at the hour of the peak', async () => {
  const demand = await trace('demand', null)
  expect(demand.line).toMatchObject({ quantity: '3.1', unit: 'kW', amountCents: 1550 })
  const counted = demand.usage?.startSeconds.filter((_, index) => demand.usage?.counted[index])
  // 2026-01-09 17:00 in Chicago is 23:00 UTC
  expect(counted).toEqual([Temporal.Instant.from('2026-01-09T23:00:00Z').epochMilliseconds / 1000])
  expect(demand.usage?.agrees).toBe(true)
})

test('days and months are split by the times of use of the plan, which sum to the quantities of the bill', async () => {
  const january = { ...home, from: '2026-01-01', to: '2026-02-01' }
  const { channels } = await getIntervals(db.read, { ...january, grain: 'month' })
  // as on the lines: 55.3 and 393.6 kWh, in units of 10^-6
  expect(channels[0]?.timesOfUse.toSorted((a, b) => a.values.length - b.values.length)).toEqual([
    { touCode: 'off', values: [393_600_000] },
    { touCode: 'on', values: [55_300_000] },
  ])
  const days = (await getIntervals(db.read, { ...january, grain: 'day' })).channels[0]
  const on = days?.timesOfUse.find(({ touCode }) => touCode === 'on')
  // Friday the 9th: 3 h x 0.6 + 3.1 kWh; the days after are a weekend
  expect(on?.values.slice(8, 11)).toEqual([4_900_000, 0, 0])
})

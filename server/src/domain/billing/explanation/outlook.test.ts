import { expect, test } from 'vitest'
import { addHome, buildTown, hourly, NOW, TOWN_END } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { recordBlocks } from '../../usage/index.ts'
import { agreementOutlook } from '../index.ts'

const { db } = await testDatabase()
const town = await db.transaction((tx) => buildTown(tx, 0))
const add = (number: number, measured: boolean) =>
  db.transaction((tx) => addHome(tx, town, { number, wattHours: 500, measured }))

test('the bill to date ends with the last measured day; the forecast repeats the weekdays', async () => {
  const home = await add(1, false)
  // January: 15 days of 0.5 kWh an hour. 15 x 24 x 0.5 = 180 kWh; the month 31 x 24 x 0.5 = 372.
  const blocks = hourly(home, 500, '2026-01-01', '2026-01-16')
  await db.transaction((tx) => recordBlocks(tx, { blocks, source: 'test', now: NOW }))
  const { toDate, forecast } = await agreementOutlook(db.read, home, '2026-01-20')
  expect(toDate?.period).toEqual({ start: '2026-01-01', end: '2026-01-16' })
  // 15 days are no whole period: 9.00 x 15/30 = 4.50; 180 x 0.10 = 18.00; 5 % of 22.50 = 1.125.
  expect(toDate?.rated.lines.map((line) => line.amountCents)).toEqual([450, 1800, 113])
  expect(forecast.period).toEqual({ start: '2026-01-01', end: '2026-02-01' })
  // 9.00 + 37.20 and 5 % of 46.20 = 2.31.
  expect(forecast.rated.lines.map((line) => line.amountCents)).toEqual([900, 3720, 231])
})

test('a day to come is the mean of the same weekdays, and a measured period is its own forecast', async () => {
  const home = await add(2, false)
  // Thursdays (1 and 8 January) use 1.0 and 0.6 kWh an hour, the other days 0.5.
  const blocks = [
    ...hourly(home, 1000, '2026-01-01', '2026-01-02'),
    ...hourly(home, 500, '2026-01-02', '2026-01-08'),
    ...hourly(home, 600, '2026-01-08', '2026-01-09'),
    ...hourly(home, 500, '2026-01-09', '2026-01-15'),
  ]
  await db.transaction((tx) => recordBlocks(tx, { blocks, source: 'test', now: NOW }))
  const { forecast } = await agreementOutlook(db.read, home, '2026-01-15')
  // To come are Thursdays 15, 22, 29 at 0.8: 24 x (1.0 + 0.6 + 3 x 0.8) + 24 x 26 x 0.5 = 96 + 312 = 408 kWh.
  expect(forecast.rated.lines[1]?.amountCents).toBe(4080)
  const whole = await agreementOutlook(db.read, await add(3, true), TOWN_END)
  expect(whole.toDate?.rated.amountCents).toBe(whole.forecast.rated.amountCents)
})

test('without intervals there is nothing to look ahead from', async () => {
  const home = await add(4, false)
  await expect(agreementOutlook(db.read, home, '2026-01-20')).rejects.toThrow(
    /Nothing was measured|no intervals/,
  )
})

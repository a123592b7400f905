import { describe, expect, test } from 'vitest'
import { dayGrid, daysOf } from './calendar.ts'
import { type LoadProfile, loadOf } from './load-shapes.ts'
import { randomOf } from './random.ts'
import { weatherOn } from './weather.ts'

const HOME: LoadProfile = { shape: 'home', baseW: 200, busyW: 800, coolW: 150, heatW: 20 }
const load = (day: string, profile: LoadProfile = HOME, seconds = 900) =>
  loadOf('88120417', profile, dayGrid(day), weatherOn(day), seconds)
const kWh = (day: string, profile?: LoadProfile) =>
  load(day, profile).delivered.reduce((sum, value) => sum + value, 0) / 1_000_000

describe('a day of a meter', () => {
  test('has 92 quarter hours when the clock goes forward and 100 when it goes back', () => {
    expect(load('2026-03-08').delivered.length).toBe(92)
    expect(load('2025-11-02').delivered.length).toBe(100)
    expect(load('2025-11-03').delivered.length).toBe(96)
  })

  test('is the same each time, in any order', () => {
    const once = load('2026-08-10').delivered
    load('2026-02-01')
    expect(load('2026-08-10').delivered).toEqual(once)
  })

  test('counts whole watt-hours', () => {
    expect(load('2026-05-05').delivered.every((mWh) => mWh % 1000 === 0)).toBe(true)
  })

  test('is much longer in the heat of August than in July', () => {
    const month = (start: string, end: string) => daysOf(start, end).reduce((sum, day) => sum + kWh(day), 0)
    expect(month('2026-08-01', '2026-09-01')).toBeGreaterThan(1.2 * month('2026-07-01', '2026-08-01'))
  })

  test('of panels sends energy out at noon and none at night', () => {
    const { received } = load('2026-06-10', { ...HOME, solarW: 6000 })
    expect(received?.[50]).toBeGreaterThan(0)
    expect(received?.[4]).toBe(0)
  })

  test('holds the one peak that it was given', () => {
    const peak = { day: '2026-07-14', hour: 15, quarter: 1, watts: 92_400 }
    // 92.4 kW for a quarter of an hour: 23.1 kWh, at the 62nd quarter (15 x 4 + 1, from 0).
    expect(load('2026-07-14', { ...HOME, peak }).delivered[61]).toBe(23_100_000)
  })
})

test('choices depend on their seed alone', () => {
  const draw = (seed: string) => Array.from({ length: 5 }, () => randomOf(seed).below(1000))[0]
  expect(draw('Rosa')).toBe(draw('Rosa'))
  expect(draw('Rosa')).not.toBe(draw('Dan'))
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startOfDaySeconds } from '../../../platform/time.ts'
import type { RatingInput, Usage } from '../../rating/index.ts'
import { continuedByDays, withTotalsOf } from './counterfactual-load.ts'

const timeZone = 'America/Los_Angeles'

function hourly(start: string, end: string, values: number[]): RatingInput {
  const startSeconds = startOfDaySeconds(start, timeZone)
  const channel = { unit: 'kWh', flow: 'delivered' as const, intervalSeconds: 3600, startSeconds, scale: 3 }
  const usage: Usage = { kind: 'interval', channels: [{ ...channel, values: Float64Array.from(values) }] }
  return { versions: [], period: { start, end }, timeZone, usage }
}

function valuesOf(usage: Usage | undefined): number[] {
  if (usage?.kind !== 'interval') throw new Error('not an interval load')
  return [...(usage.channels[0]?.values ?? [])]
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

test('the same load a day: 30 days of 24 kWh become 31 days of 24 kWh, the spring day an hour shorter', () => {
  const then = hourly('2026-04-01', '2026-05-01', Array(720).fill(1000))
  const now = hourly('2026-03-01', '2026-04-01', [])
  const values = valuesOf(continuedByDays(then, now))
  // March 2026 has 31 x 24 - 1 hours; 720 kWh x 31 / 30 = 744 kWh
  expect(values.length).toBe(743)
  expect(sum(values)).toBe(744_000)
})

test('a load given other totals sums to them exactly, and no hour that used nothing uses something', () => {
  const load = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 48, maxLength: 48 })
  fc.assert(
    fc.property(load, load, (earlier, later) => {
      fc.pre(sum(earlier) > 0)
      const [then, now] = [
        hourly('2026-01-05', '2026-01-07', earlier),
        hourly('2026-01-05', '2026-01-07', later),
      ]
      const values = valuesOf(withTotalsOf(then.usage, now.usage))
      expect(sum(values)).toBe(sum(later))
      for (const [hour, value] of values.entries()) if (earlier[hour] === 0) expect(value).toBe(0)
    }),
    { seed: 7, numRuns: 100 },
  )
})

test('registers follow the days, their peaks do not', () => {
  const quantities = [
    { unit: 'kWh', quantity: 30_000, scale: 2 },
    { unit: 'kW', quantity: 500, scale: 2 },
  ]
  const then = {
    ...hourly('2026-04-01', '2026-05-01', []),
    usage: { kind: 'quantities' as const, quantities },
  }
  const usage = continuedByDays(then, hourly('2026-05-01', '2026-06-01', []))
  // 300.00 kWh x 31 / 30 = 310.00 kWh
  expect(usage).toMatchObject({ quantities: [{ quantity: 31_000 }, { quantity: 500 }] })
  expect(withTotalsOf(usage, hourly('2026-05-01', '2026-06-01', [1]).usage)).toBeUndefined()
})

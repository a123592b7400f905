import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, decimalText, sum } from '../../platform/decimal.ts'
import { addDays, startOfDaySeconds } from '../../platform/time.ts'
import type { RatedCharge, Usage, UsageChannel } from './charge.ts'
import { bill, energyAt, fixedOf, KWH, type VersionInput } from './rating.fixture.ts'

const ZONES = ['America/New_York', 'America/Los_Angeles', 'Europe/Berlin', 'Australia/Lord_Howe', 'UTC']
const ALWAYS = '2000-01-01'

const price = fc.integer({ min: 0, max: 60_000 }).map((value) => (value / 100_000).toFixed(5))
const limit = fc.integer({ min: 1, max: 900 })
/** Periods of a few days, over the clock changes of both hemispheres too. */
const period = fc.record({
  zone: fc.constantFrom(...ZONES),
  start: fc.integer({ min: 0, max: 700 }).map((day) => addDays('2024-01-01', day)),
  days: fc.integer({ min: 1, max: 40 }),
  seed: fc.integer({ min: 1, max: 10_000 }),
})
type Period = typeof period extends fc.Arbitrary<infer T> ? T : never

function load({ zone, start, days, seed }: Period, intervalSeconds = 1800): UsageChannel {
  const startSeconds = startOfDaySeconds(start, zone)
  const count = (startOfDaySeconds(addDays(start, days), zone) - startSeconds) / intervalSeconds
  const values = Float64Array.from(
    { length: count },
    (_, slot) => ((slot * 7919 + seed) * 104_729) % 3_000_000,
  )
  return { unit: 'kWh', flow: 'delivered', intervalSeconds, startSeconds, scale: 6, values }
}

const touMap = {
  code: 'tou',
  periods: ['peak', 'off'].map((code) => ({ code, text: { en: code } })),
  rows: [{ days: ['weekday' as const], from: '15:30', until: '20:30', period: 'peak' }],
  otherwise: 'off',
}

function stepped(
  peak: string,
  off: string,
  end: number,
  fill: 'proportional' | 'chronological' | 'per_tou',
): VersionInput {
  const bandsAt = (first: string) => [{ upTo: { value: String(end) }, price: first }, { price: peak }]
  return {
    effectiveFrom: ALWAYS,
    touMaps: [touMap],
    quantities: [
      { ...KWH, tou: 'tou' },
      { code: 'kw', fn: 'max_demand' },
    ],
    rules: [
      fixedOf('9.95'),
      {
        ...energyAt('0'),
        fill,
        prices: [
          { tou: 'peak', bands: bandsAt(off) },
          { tou: 'off', bands: bandsAt(peak) },
        ],
      },
      { ...energyAt('3.21'), code: 'demand', class: 'demand', quantity: 'kw', measuresPeak: true },
      { kind: 'apply_to', code: 'tax', text: { en: 'Tax' }, class: 'tax', percent: '4.25', base: {} },
    ],
  }
}

const fill = fc.constantFrom('proportional' as const, 'chronological' as const, 'per_tou' as const)

function priced(version: VersionInput, at: Period, usage: Usage): RatedCharge {
  return bill(version, { usage, start: at.start, end: addDays(at.start, at.days), timeZone: at.zone })
}

function intervals(...channels: UsageChannel[]): Usage {
  return { kind: 'interval', channels }
}

/** JSON for comparison; big integers as text. */
function text(charge: RatedCharge): string {
  return JSON.stringify(charge, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

describe('any bill', () => {
  it('adds up: rounded lines to the total, blocks and periods to the energy measured', () => {
    fc.assert(
      fc.property(period, price, price, limit, fill, (at, peak, off, end, how) => {
        const channel = load(at)
        const charge = priced(stepped(peak, off, end, how), at, intervals(channel))
        expect(charge.lines.reduce((total, line) => total + line.amountCents, 0)).toBe(charge.amountCents)
        const energy = charge.lines.filter((line) => line.ruleCode === 'energy')
        const measured = {
          units: Array.from(channel.values).reduce((total, value) => total + BigInt(value), 0n),
          scale: 6,
        }
        expect(compare(sum(energy.flatMap((line) => line.quantity ?? [])), measured)).toBe(0)
      }),
    )
  })

  it('is the same twice, and the same for channels in any order', () => {
    fc.assert(
      fc.property(period, price, price, limit, fill, (at, peak, off, end, how) => {
        const version = stepped(peak, off, end, how)
        const [one, two] = [load(at), load({ ...at, seed: at.seed + 1 })]
        const first = text(priced(version, at, intervals(one, two)))
        expect(text(priced(version, at, intervals(one, two)))).toBe(first)
        expect(text(priced(version, at, intervals(two, one)))).toBe(first)
      }),
    )
  })

  it('is the same in energy when every interval is split in two', () => {
    fc.assert(
      fc.property(period, price, price, limit, fill, (at, peak, off, end, how) => {
        const whole = load(at)
        const halves: UsageChannel = {
          ...whole,
          intervalSeconds: 900,
          values: Float64Array.from({ length: whole.values.length * 2 }, (_, slot) => {
            const value = whole.values[slot >> 1] ?? 0
            return slot % 2 === 0 ? Math.floor(value / 2) : Math.ceil(value / 2)
          }),
        }
        const energyOf = (channel: UsageChannel) =>
          priced(stepped(peak, off, end, how), at, intervals(channel))
            .lines.filter((line) => line.ruleCode === 'energy')
            .map((line) => `${line.quantity?.tou} ${line.band?.number} ${decimalText(line.amountUnrounded)}`)
        expect(energyOf(halves)).toEqual(energyOf(whole))
      }),
    )
  })

  it('never falls when use grows', () => {
    fc.assert(
      fc.property(period, price, limit, fc.nat(), (at, one, end, where) => {
        const rising = stepped(one, one, end, 'proportional')
        const channel = load(at)
        const more = { ...channel, values: Float64Array.from(channel.values) }
        const slot = where % more.values.length
        more.values[slot] = (more.values[slot] ?? 0) + 5_000_000
        const cents = (usage: UsageChannel) => priced(rising, at, intervals(usage)).amountCents
        expect(cents(more)).toBeGreaterThanOrEqual(cents(channel))
      }),
    )
  })

  it('is the sum of its parts when a linear tariff is split at any day', () => {
    const linear: VersionInput = {
      effectiveFrom: ALWAYS,
      touMaps: [touMap],
      quantities: [{ ...KWH, tou: 'tou' }],
      rules: [
        { ...fixedOf('0.45'), per: 'day' },
        {
          ...energyAt('0'),
          prices: [
            { tou: 'peak', bands: [{ price: '0.31' }] },
            { tou: 'off', bands: [{ price: '0.12' }] },
          ],
        },
      ],
    }
    const exact = (charge: RatedCharge) => sum(charge.lines.map((line) => line.amountUnrounded))
    fc.assert(
      fc.property(period, fc.nat(), (at, cut) => {
        fc.pre(at.days > 1)
        const usage = intervals(load(at))
        const days = 1 + (cut % (at.days - 1))
        const first = priced(linear, { ...at, days }, usage)
        const rest = priced(linear, { ...at, start: addDays(at.start, days), days: at.days - days }, usage)
        expect(compare(sum([exact(first), exact(rest)]), exact(priced(linear, at, usage)))).toBe(0)
      }),
    )
  })

  it('prices the same without a trace', () => {
    fc.assert(
      fc.property(period, price, price, limit, fill, (at, peak, off, end, how) => {
        const version = stepped(peak, off, end, how)
        const input = {
          usage: intervals(load(at)),
          start: at.start,
          end: addDays(at.start, at.days),
          timeZone: at.zone,
        }
        const withTrace = bill(version, input)
        const lines = withTrace.lines.map(({ reason: _reason, ...line }) => line)
        expect(text(bill(version, { ...input, trace: false }))).toBe(text({ ...withTrace, lines }))
      }),
    )
  })
})

it('is the same whatever zone the host is in', () => {
  const script = `
    const { bill, energyAt, KWH } = await import(${JSON.stringify(import.meta.resolve('./rating.fixture.ts'))})
    const values = Float64Array.from({ length: 4000 }, (_, slot) => slot % 97)
    const channel = { unit: 'kWh', flow: 'delivered', intervalSeconds: 900, startSeconds: 1740805200, scale: 3, values }
    const touMap = ${JSON.stringify(touMap)}
    const rule = { ...energyAt('0'), prices: [{ tou: 'peak', bands: [{ price: '0.3' }] }, { tou: 'off', bands: [{ price: '0.1' }] }] }
    const version = { effectiveFrom: '2000-01-01', touMaps: [touMap], quantities: [{ ...KWH, tou: 'tou' }], rules: [rule] }
    const usage = { kind: 'interval', channels: [channel] }
    const charge = bill(version, { usage, start: '2025-03-01', end: '2025-04-01' })
    console.log(new Intl.DateTimeFormat().resolvedOptions().timeZone, charge.lines.map((line) => line.amountCents).join())`
  const run = (zone: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { TZ: zone },
      encoding: 'utf8',
    })
      .trim()
      .split(' ')
  const runs = ['UTC', 'America/New_York', 'Pacific/Auckland'].map(run)
  expect(runs.map(([zone]) => zone)).toEqual(['UTC', 'America/New_York', 'Pacific/Auckland'])
  expect(new Set(runs.map(([, cents]) => cents)).size).toBe(1)
  expect(runs[0]?.[1]).toMatch(/^\d+,\d+$/)
})

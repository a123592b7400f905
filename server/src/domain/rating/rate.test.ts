import { describe, expect, it } from 'vitest'
import { decimalText } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import { startOfDaySeconds } from '../../platform/time.ts'
import type { Usage } from './charge.ts'
import { bill, charges, energyAt, fixedOf, KWH, kwh, type VersionInput } from './rating.fixture.ts'

const ALWAYS = '2000-01-01'

function version(rules: VersionInput['rules'], more: Partial<VersionInput> = {}): VersionInput {
  return { effectiveFrom: ALWAYS, quantities: [KWH], rules, ...more }
}

const tax = {
  kind: 'apply_to' as const,
  code: 'tax',
  text: { en: 'State tax' },
  class: 'tax',
  taxCategory: 'state',
  percent: '6',
  base: { classes: ['energy', 'fixed'] },
}

describe('rate', () => {
  it('prices a plain bill line by line, each with its reason', () => {
    const charge = bill(version([fixedOf('5.00'), energyAt('0.10'), tax]), { usage: kwh(500) })
    // 5.00 + 500 x 0.10 = 55.00; 6 % of 55.00 = 3.30
    expect(charges(charge)).toEqual(['fixed 500', 'energy 5000', 'tax 330'])
    expect(charge.amountCents).toBe(5830)
    expect(charge.lines.map((line) => line.reason?.en)).toEqual([
      '5 USD = 5 USD',
      '500 kWh × 0.1 USD = 50 USD',
      '6 % of 55 USD = 3.3 USD',
    ])
    expect(charge.lines[1]?.text.es).toBe('Energía')
    expect(charge.lines[2]?.base?.lines).toEqual([1, 2])
  })

  it('ends a reason with the rounded amount: 33 x 0.1234 = 4.0722', () => {
    const [line] = bill(version([energyAt('0.1234')]), { usage: kwh(33) }).lines
    expect(line?.reason).toEqual({
      en: '33 kWh × 0.1234 USD = 4.0722 USD ≈ 4.07 USD',
      es: '33 kWh × 0.1234 USD = 4.0722 USD ≈ 4.07 USD',
    })
  })

  it('fills steps in order and says which block a line is', () => {
    const bands = [
      { upTo: { value: '250' }, price: '0.064' },
      { upTo: { value: '700' }, price: '0.049' },
      { price: '0.0446' },
    ]
    const charge = bill(version([{ ...energyAt('0'), prices: [{ bands }] }]), { usage: kwh(1200) })
    // 250 x 0.064 = 16.00, 450 x 0.049 = 22.05, 500 x 0.0446 = 22.30
    expect(charges(charge)).toEqual(['energy 1600', 'energy 2205', 'energy 2230'])
    expect(charge.lines.map((line) => line.band)).toEqual([
      { number: 1, upTo: '250' },
      { number: 2, upTo: '700' },
      { number: 3 },
    ])
  })

  it('prices the whole quantity at the block reached where the mode is volume', () => {
    const bands = [{ upTo: { value: '100' }, price: '0.10' }, { price: '0.20' }]
    const rule = { ...energyAt('0'), mode: 'volume' as const, prices: [{ bands }] }
    // 100 is still in the first block: 10.00; 101 is wholly in the second: 20.20
    expect(bill(version([rule]), { usage: kwh(100) }).amountCents).toBe(1000)
    expect(bill(version([rule]), { usage: kwh(101) }).amountCents).toBe(2020)
  })

  it('takes an exemption off a tax', () => {
    const rules = [energyAt('0.10'), tax]
    const facts = { exemptPercent: { state: '75' } }
    // 6 % of 100.00, of which 25 % is taxed: 1.50
    expect(charges(bill(version(rules), { usage: kwh(1000), facts }))).toEqual(['energy 10000', 'tax 150'])
  })

  it('grosses a tax up: 2.5 / 97.5 of 100.00 = 2.564...', () => {
    const rule = { ...tax, percent: '2.5', grossUp: true }
    expect(charges(bill(version([energyAt('0.10'), rule]), { usage: kwh(1000) }))[1]).toBe('tax 256')
  })

  it('brings a bill up to its minimum and down to its maximum', () => {
    const bound = { text: { en: 'Bound' }, class: 'minimum', base: { classes: ['energy'] } }
    const rules = [
      energyAt('0.10'),
      { ...bound, kind: 'minimum' as const, code: 'least', amount: '20' },
      { ...bound, kind: 'maximum' as const, code: 'most', amount: '90' },
    ]
    expect(charges(bill(version(rules), { usage: kwh(50) }))).toEqual(['energy 500', 'least 1500'])
    expect(charges(bill(version(rules), { usage: kwh(1000) }))).toEqual(['energy 10000', 'most -1000'])
  })

  it('settles a yearly minimum with the bill of its month, on the bills since the last', () => {
    const rules = [
      energyAt('0.10'),
      {
        kind: 'minimum' as const,
        code: 'yearly',
        text: { en: 'Yearly minimum' },
        class: 'minimum',
        amount: '100',
        per: 'year' as const,
        base: { classes: ['energy'] },
      },
    ]
    const november = bill(version(rules), { usage: kwh(300), start: '2025-11-01', end: '2025-12-01' })
    expect(charges(november)).toEqual(['energy 3000'])
    const december = bill(version(rules), {
      usage: kwh(200),
      start: '2025-12-01',
      end: '2026-01-01',
      facts: { history: november.carry },
    })
    // 100 - (30 + 20) = 50
    expect(charges(december)).toEqual(['energy 2000', 'yearly 5000'])
  })

  it('splits register use and fixed charges by days where a version changes', () => {
    const versions = [
      version([fixedOf('30'), energyAt('0.10')]),
      { ...version([fixedOf('60'), energyAt('0.20')]), effectiveFrom: '2025-06-11' },
    ]
    const charge = bill(versions, { usage: kwh(300) })
    // 10 of 30 days: 30 x 10/30 = 10.00, 100 kWh x 0.10; 20 of 30 days: 60 x 20/30 = 40.00, 200 kWh x 0.20
    expect(charges(charge)).toEqual(['fixed 1000', 'energy 1000', 'fixed 4000', 'energy 4000'])
    expect(charge.parts.map(({ start, end, days }) => [start, end, days])).toEqual([
      ['2025-06-01', '2025-06-11', 10],
      ['2025-06-11', '2025-07-01', 20],
    ])
    expect(charge.lines[0]?.proration).toEqual({ days: 10, ofDays: '30', rule: 'normal' })
  })

  it('splits a rule, and only that rule, where its factor changes', () => {
    const rider = {
      ...energyAt('0'),
      code: 'rider',
      class: 'rider',
      prices: [{ bands: [{ price: { factor: 'fuel' } }] }],
    }
    const factors = [
      {
        code: 'fuel',
        values: [
          { from: ALWAYS, value: '0.01' },
          { from: '2025-06-16', value: '0.03' },
        ],
      },
    ]
    // 150 kWh x 0.01 = 1.50 and 150 kWh x 0.03 = 4.50
    expect(charges(bill(version([fixedOf('8'), rider], { factors }), { usage: kwh(300) }))).toEqual([
      'fixed 800',
      'rider 150',
      'rider 450',
    ])
  })

  it('prices seasons by the days of each', () => {
    const seasons = [
      { code: 'summer', ranges: [{ from: '06-01', until: '10-01' }] },
      { code: 'winter', ranges: [{ from: '10-01', until: '06-01' }] },
    ]
    const prices = [
      { season: 'summer', bands: [{ price: '0.20' }] },
      { season: 'winter', bands: [{ price: '0.10' }] },
    ]
    const charge = bill(version([{ ...energyAt('0'), prices }], { seasons }), {
      usage: kwh(310),
      start: '2025-05-17',
      end: '2025-06-17',
    })
    // 15 days of May: 150 kWh x 0.10; 16 days of June: 160 kWh x 0.20
    expect(charges(charge)).toEqual(['energy 1500', 'energy 3200'])
  })

  it('scales a step with the days of a bill outside the tolerance: 300 x 21/30 = 210', () => {
    const bands = [{ upTo: { value: '300' }, price: '0.10' }, { price: '0.20' }]
    const charge = bill(version([{ ...energyAt('0'), prices: [{ bands }] }]), {
      usage: kwh(420),
      end: '2025-06-22',
    })
    expect(charges(charge)).toEqual(['energy 2100', 'energy 4200'])
  })

  it('rounds the total once where the policy says so, and the lines still add up', () => {
    const rules = ['a', 'b', 'c'].map((code) => ({ ...energyAt('0.0033'), code }))
    const usage = kwh(1)
    // Three lines of 0.0033: each alone is 0.00, together 0.0099 = 0.01
    expect(bill(version(rules), { usage }).amountCents).toBe(0)
    const once = bill(version(rules, { rounding: { level: 'total' } }), { usage })
    expect(charges(once)).toEqual(['a 0', 'b 1', 'c 0'])
  })

  it('prices what a formula makes of usage and facts: round(50 x 0.95 / 0.65, 2) - 50 = 23.08', () => {
    const quantities = [
      { code: 'kw', fn: 'max_demand' as const },
      {
        code: 'penalty',
        fn: 'formula' as const,
        unit: 'kW',
        expression: 'round(kw * 0.95 / power_factor, 2) - kw',
      },
    ]
    const usage: Usage = { kind: 'quantities', quantities: [{ unit: 'kW', quantity: 50, scale: 0 }] }
    const facts = { values: { power_factor: '0.65' } }
    const rule = { ...energyAt('13.90'), quantity: 'penalty' }
    expect(charges(bill(version([rule], { quantities }), { usage, facts }))).toEqual(['energy 32081'])
  })

  it('remembers peaks for a ratchet: 75 % of 80 kW binds over 50 kW', () => {
    const always = <T>(value: T) => Array.from({ length: 12 }, () => value)
    const quantities = [
      { code: 'kw', fn: 'max_demand' as const },
      {
        code: 'billed',
        fn: 'billing_demand' as const,
        of: 'kw',
        lookbackMonths: 11,
        percentByMonth: always('75'),
        includeCurrentByMonth: always(true),
      },
    ]
    const rule = { ...energyAt('10'), quantity: 'billed', measuresPeak: true }
    const peak = (kw: number): Usage => ({
      kind: 'quantities',
      quantities: [{ unit: 'kW', quantity: kw, scale: 0 }],
    })
    const june = bill(version([rule], { quantities }), { usage: peak(80) })
    expect(june.carry.peaks).toEqual([{ month: '2025-06', quantity: 'billed', value: '80' }])
    const july = bill(version([rule], { quantities }), {
      usage: peak(50),
      start: '2025-07-01',
      end: '2025-08-01',
      facts: { history: june.carry },
    })
    expect(charges(july)).toEqual(['energy 60000'])
  })
})

describe('a bill over a change of the clock', () => {
  const touMap = {
    code: 'night',
    periods: ['night', 'day'].map((code) => ({ code, text: { en: code } })),
    rows: [{ days: ['every' as const], from: '00:00', until: '06:00', period: 'night' }],
    otherwise: 'day',
  }
  const priced = {
    ...energyAt('0'),
    prices: [
      { tou: 'night', bands: [{ price: '0.10' }] },
      { tou: 'day', bands: [{ price: '0.20' }] },
    ],
  }
  const nightly = version([priced], { touMaps: [touMap], quantities: [{ ...KWH, tou: 'night' }] })
  const oneDay = (start: string, end: string) => {
    const from = startOfDaySeconds(start, 'America/New_York')
    const hours = (startOfDaySeconds(end, 'America/New_York') - from) / 3600
    const values = new Float64Array(hours).fill(1)
    const usage: Usage = {
      kind: 'interval',
      channels: [
        { unit: 'kWh', flow: 'delivered', intervalSeconds: 3600, startSeconds: from, scale: 0, values },
      ],
    }
    const charge = bill(nightly, { usage, start, end })
    return charge.quantities.map((row) => `${row.tou} ${decimalText(row.initial)}`)
  }

  it('has five night hours in spring and seven in autumn', () => {
    expect(oneDay('2025-03-09', '2025-03-10')).toEqual(['night 5', 'day 18'])
    expect(oneDay('2025-11-02', '2025-11-03')).toEqual(['night 7', 'day 18'])
  })
})

describe('what cannot be priced', () => {
  const refusal = (act: () => unknown) => {
    try {
      act()
    } catch (error) {
      if (error instanceof Refusal) return `${error.code}: ${error.message}`
      throw error
    }
    return 'priced'
  }

  it('is refused with one sentence that says what to do', () => {
    const plain = version([energyAt('0.10')])
    const none: Usage = { kind: 'quantities', quantities: [] }
    expect(refusal(() => bill(plain, { usage: none }))).toBe(
      'usage_missing: The tariff prices kWh, but the usage holds none: add the quantity or use another tariff.',
    )
    expect(refusal(() => bill(plain, { usage: kwh(1), end: '2025-06-01' }))).toBe(
      'period_empty: The period 2025-06-01 to 2025-06-01 holds no day: its end must be after its start.',
    )
    expect(refusal(() => bill({ ...plain, effectiveFrom: '2025-06-02' }, { usage: kwh(1) }))).toBe(
      'version_missing: No tariff version is in force on 2025-06-01: add one that is effective from that day or before.',
    )
    expect(refusal(() => bill(plain, { usage: kwh(1), timeZone: 'Mars/Olympus' }))).toContain(
      'time_zone_unknown',
    )
  })

  it('includes intervals that end before the period does', () => {
    const startSeconds = startOfDaySeconds('2025-06-01', 'America/New_York')
    const values = new Float64Array(24)
    const usage: Usage = {
      kind: 'interval',
      channels: [{ unit: 'kWh', flow: 'delivered', intervalSeconds: 3600, startSeconds, scale: 0, values }],
    }
    expect(refusal(() => bill(version([energyAt('0.10')]), { usage }))).toContain('usage_incomplete')
  })
})

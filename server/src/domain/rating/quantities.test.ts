import { describe, expect, it } from 'vitest'
import { decimalText } from '../../platform/decimal.ts'
import { addDays, startOfDaySeconds } from '../../platform/time.ts'
import type { RatedCharge, RatingFacts, Usage, UsageChannel } from './charge.ts'
import { bill, charges, energyAt, fixedOf, KWH, kwh, type VersionInput } from './rating.fixture.ts'

const ZONE = 'America/New_York'
const HOUR = 3600

/** Hourly kWh from a day on: 1 in each hour, except what `other` says of hours counted from its midnight. */
function hourly(start: string, days: number, other: Record<number, number> = {}): UsageChannel {
  const startSeconds = startOfDaySeconds(start, ZONE)
  const count = (startOfDaySeconds(addDays(start, days), ZONE) - startSeconds) / HOUR
  const values = Int32Array.from({ length: count }, (_, hour) => other[hour] ?? 1)
  return { unit: 'kWh', flow: 'delivered', intervalSeconds: HOUR, startSeconds, scale: 0, values }
}

const intervals = (...channels: UsageChannel[]): Usage => ({ kind: 'interval', channels })

function priced(
  version: Partial<VersionInput>,
  usage: Usage,
  more: { facts?: RatingFacts; start?: string; end?: string } = {},
) {
  return bill({ effectiveFrom: '2020-01-01', rules: [], ...version } as VersionInput, { usage, ...more })
}

function quantity(charge: RatedCharge, code: string, tou?: string): string | undefined {
  const row = charge.quantities.find((one) => one.code === code && one.tou === tou)
  return row && decimalText(row.billable)
}

const demandOf = (code: string) => ({
  ...energyAt('10'),
  code: `rule-${code}`,
  quantity: code,
  measuresPeak: true,
})

describe('demand', () => {
  const peaks = { 5: 9, 6: 8, 30: 7, 60: 6 }
  const kinds = [
    { code: 'second', rank: 2 },
    { code: 'second-day', rank: 2, each: 'day' as const },
    { code: 'mean', rank: 3, each: 'day' as const, take: 'average' as const },
    { code: 'daily', each: 'day' as const, take: 'sum' as const },
  ]

  it('takes the k-th highest window, the k-th highest day, the mean of days, and every day', () => {
    const charge = priced(
      {
        quantities: kinds.map((kind) => ({ fn: 'max_demand' as const, ...kind })),
        rules: kinds.map(({ code }) => demandOf(code)),
      },
      intervals(hourly('2025-06-01', 30, peaks)),
    )
    // Days: 9 (hours 5 and 6), 7, 6, then 27 days of 1. (9 + 7 + 6) / 3; 9 + 7 + 6 + 27 x 1
    const found = kinds.map(({ code }) => Number(quantity(charge, code)).toFixed(4))
    expect(found).toEqual(['8.0000', '7.0000', '7.3333', '49.0000'])
  })

  it('has no window from one meter to the next', () => {
    const channel = hourly('2025-06-01', 30, { 10: 9, 11: 9 })
    const version = {
      quantities: [{ code: 'kw', fn: 'max_demand' as const, windowMinutes: 120, sliding: true }],
      rules: [demandOf('kw')],
    }
    expect(quantity(priced(version, intervals(channel)), 'kw')).toBe('9')
    const exchanged = { ...channel, exchangesSeconds: [channel.startSeconds + 11 * HOUR] }
    // The windows of hours 9-10 and 11-12 are left: (1 + 9) / 2.
    expect(quantity(priced(version, intervals(exchanged)), 'kw')).toBe('5')
  })

  it('does not scale the steps of a peak with the days of the bill', () => {
    const bands = [{ upTo: { value: '6' }, price: '1' }, { price: '2' }]
    const version = {
      quantities: [{ code: 'kw', fn: 'max_demand' as const }],
      rules: [{ ...demandOf('kw'), prices: [{ bands }] }],
    }
    const charge = priced(version, intervals(hourly('2025-06-01', 10, { 5: 9 })), { end: '2025-06-11' })
    // Steps 6 and 3 kW, the money by 10/30 days: 6 x 1 / 3 and 3 x 2 / 3.
    expect(charges(charge)).toEqual(['rule-kw 200', 'rule-kw 200'])
  })
})

describe('power factor', () => {
  const usage: Usage = {
    kind: 'quantities',
    quantities: [
      { unit: 'kW', quantity: 80, scale: 0 },
      { unit: 'kVAR', quantity: 60, scale: 0 },
      { unit: 'kVARh', quantity: 5000, scale: 0 },
      { unit: 'kWh', quantity: 9000, scale: 0 },
    ],
  }
  const formula = (code: string, unit: string, expression: string) => ({
    code,
    fn: 'formula' as const,
    unit,
    expression,
  })
  const quantities = [
    { code: 'kw', fn: 'max_demand' as const },
    { code: 'kvar', fn: 'max_demand' as const, unit: 'kVAR', from: 'kVARh' },
    KWH,
    { code: 'kvarh', fn: 'usage' as const, unit: 'kVARh' },
    formula('kva', 'kVA', 'sqrt(kw * kw + kvar * kvar)'),
    formula('pf', 'ratio', 'kw / kva'),
    formula('adjusted', 'kW', 'kw * max(1, 0.9 / pf)'),
    formula('penalty_percent', '%', 'max(0, ceil((0.9 - pf) * 100))'),
    formula('excess_kvarh', 'kVARh', 'max(0, kvarh - 0.5 * kwh)'),
  ]

  it('bills apparent power, adjusted kW, a step percent, or reactive energy beyond what is free', () => {
    const used = ['kva', 'adjusted', 'penalty_percent', 'excess_kvarh']
    const charge = priced(
      { quantities, rules: used.map((code) => ({ ...energyAt('1'), code: `r-${code}`, quantity: code })) },
      usage,
    )
    // sqrt(80² + 60²) = 100; pf 0.8; 80 x 0.9 / 0.8; 10 points below 0.9; 5000 - 4500
    expect(used.map((code) => quantity(charge, code))).toEqual(['100', '90', '10', '500'])
  })
})

describe('what no meter measures', () => {
  it('counts lamps by burn hours of the month: (24 x 0.1 + 2 x 0.4) kW x 320 h = 1024 kWh', () => {
    const lamps = {
      code: 'lamps',
      fn: 'items' as const,
      table: [
        { item: '100 W', value: '0.1' },
        { item: '400 W', value: '0.4' },
      ],
      times: { factor: 'burn_hours' },
    }
    const factors = [{ code: 'burn_hours', values: [{ from: '2025-01-01', value: '320' }] }]
    const items = [
      { item: '100 W', count: 24 },
      { item: '400 W', count: 2 },
    ]
    const version = { quantities: [lamps], factors, rules: [{ ...energyAt('0.05'), quantity: 'lamps' }] }
    expect(charges(priced(version, kwh(0), { facts: { items } }))).toEqual(['energy 5120'])
    const strange = { items: [{ item: '9 W', count: 1 }] }
    expect(() => priced(version, kwh(0), { facts: strange })).toThrow('no number for the item "9 W"')
  })

  it('adds losses period by period, and takes one usage loop of several', () => {
    const version = {
      quantities: [
        { ...KWH, loop: 'primary' },
        { code: 'with_losses', fn: 'scaled' as const, of: 'kwh', by: { fact: 'loss_factor' } },
      ],
      rules: [{ ...energyAt('1'), quantity: 'with_losses' }],
    }
    const usage: Usage = {
      kind: 'quantities',
      quantities: [
        { unit: 'kWh', quantity: 100, scale: 0, loop: 'primary' },
        { unit: 'kWh', quantity: 999, scale: 0, loop: 'summary' },
      ],
    }
    expect(charges(priced(version, usage, { facts: { values: { loss_factor: '1.035' } } }))).toEqual([
      'energy 10350',
    ])
  })
})

describe('prices', () => {
  it('follow the price of an earlier line, a service contract, and an agreement with a value of its own', () => {
    const version = {
      quantities: [KWH],
      factors: [{ code: 'rider', overridable: true, values: [{ from: '2025-01-01', value: '0.02' }] }],
      rules: [
        energyAt('0.10'),
        {
          ...energyAt('0'),
          code: 'green',
          prices: [{ bands: [{ price: { line: 'energy', times: '0.1' } }] }],
        },
        { ...energyAt('0'), code: 'rider', prices: [{ bands: [{ price: { factor: 'rider' } }] }] },
      ],
    }
    expect(charges(priced(version, kwh(1000)))).toEqual(['energy 10000', 'green 1000', 'rider 2000'])
    const facts = { prices: { energy: '0.08' }, factors: { rider: '0.015' } }
    expect(charges(priced(version, kwh(1000), { facts }))).toEqual(['energy 8000', 'green 800', 'rider 1500'])
  })

  it('of a factor split a rule where they change, or are those of its first or last day', () => {
    const changes = (onChange?: 'prorate' | 'pin_start' | 'pin_end') =>
      charges(
        priced(
          {
            quantities: [KWH],
            factors: [
              {
                code: 'fuel',
                ...(onChange ? { onChange } : {}),
                values: [
                  { from: '2025-01-01', value: '0.03' },
                  { from: '2025-06-11', value: '0.06' },
                ],
              },
            ],
            rules: [{ ...energyAt('0'), prices: [{ bands: [{ price: { factor: 'fuel' } }] }] }],
          },
          kwh(900),
        ),
      )
    // 10 of 30 days: 300 x 0.03 and 600 x 0.06; or all 900 at one price.
    expect(changes()).toEqual(['energy 900', 'energy 3600'])
    expect(changes('pin_start')).toEqual(['energy 2700'])
    expect(changes('pin_end')).toEqual(['energy 5400'])
  })

  it('split a rule where a dated factor of its quantity changes: heat content of gas', () => {
    const version = {
      quantities: [
        { code: 'ccf', fn: 'usage' as const, unit: 'ccf' },
        { code: 'therms', fn: 'formula' as const, unit: 'therm', expression: 'ccf * btu_factor' },
      ],
      factors: [
        {
          code: 'btu_factor',
          values: [
            { from: '2025-01-01', value: '1.02' },
            { from: '2025-06-16', value: '1.04' },
          ],
        },
      ],
      rules: [{ ...energyAt('1'), quantity: 'therms' }],
    }
    const usage: Usage = { kind: 'quantities', quantities: [{ unit: 'ccf', quantity: 100, scale: 0 }] }
    // 50 x 1.02 and 50 x 1.04
    expect(charges(priced(version, usage))).toEqual(['energy 5100', 'energy 5200'])
  })

  it('show a sum that is not charged', () => {
    const summary = {
      kind: 'summary' as const,
      code: 'supply',
      text: { en: 'Supply' },
      class: 'memo',
      base: { classes: ['energy'] },
    }
    const charge = priced({ quantities: [KWH], rules: [fixedOf('5'), energyAt('0.1'), summary] }, kwh(100))
    expect(
      charge.lines.map((line) => [line.ruleCode, line.amountCents, decimalText(line.amountUnrounded)]),
    ).toEqual([
      ['fixed', 500, '5'],
      ['energy', 1000, '10'],
      ['supply', 0, '10'],
    ])
    expect(charge.amountCents).toBe(1500)
  })
})

describe('critical-peak events', () => {
  const at = (day: string, hour: number) => {
    const fromSeconds = startOfDaySeconds(day, ZONE) + hour * HOUR
    return { fromSeconds, untilSeconds: fromSeconds + 4 * HOUR }
  }
  const version = {
    quantities: [
      KWH,
      { code: 'called', fn: 'event_usage' as const, event: 'cpp' },
      { code: 'saved', fn: 'event_reduction' as const, event: 'cpp', days: 3, highest: 2 },
    ],
    rules: [
      energyAt('0.10'),
      { ...energyAt('0.90'), code: 'adder', quantity: 'called' },
      { ...energyAt('1.25'), code: 'rebate', quantity: 'saved', credit: true },
    ],
  }
  // Usage begins ten days before the bill, for the baseline: Fri 30 May uses 3 an hour from 16 to 20, Thu 2, Wed 5.
  const before = hourly('2025-05-22', 40, {
    ...Object.fromEntries(
      [16, 17, 18, 19].flatMap((hour) => [
        [6 * 24 + hour, 5],
        [7 * 24 + hour, 2],
        [8 * 24 + hour, 3],
      ]),
    ),
  })

  it('cost more inside the window, and earn what is saved against the highest of the last ordinary weekdays', () => {
    const facts = { windows: { cpp: [at('2025-06-02', 16)] } }
    // 4 kWh called. Baseline: mean of the 2 highest of 12, 8, 20 kWh = 16; saved 12.
    expect(charges(priced(version, intervals(before), { facts }))).toEqual([
      'energy 7200',
      'adder 360',
      'rebate -1500',
    ])
  })

  it('pass over weekends, holidays and days with an event of their own', () => {
    const holidays = [{ name: 'A day off', date: '2025-05-30' }]
    const facts = { windows: { cpp: [at('2025-05-29', 16), at('2025-06-02', 16)] } }
    // Left: Wed 28 May (20), Tue 27 May (4), Mon 26 May (4): mean of the 2 highest = 12; saved 8.
    expect(charges(priced({ ...version, holidays }, intervals(before), { facts }))).toContain('rebate -1000')
  })

  it('are refused while it is not known whether there was one, and cost nothing when there was none', () => {
    expect(() => priced(version, intervals(before))).toThrow('"cpp", which are not known')
    const facts = { windows: { cpp: [] } }
    expect(charges(priced(version, intervals(before), { facts }))).toEqual(['energy 7200'])
  })
})

describe('what is missing or wrong', () => {
  const version = { quantities: [KWH], rules: [energyAt('0.10')] }

  it('is refused above the tolerance, with place and remedy', () => {
    const channel = {
      ...hourly('2025-06-01', 30),
      quality: [{ from: 0, to: 36, quality: 'missing' as const }],
    }
    const rated = (missingTolerance: number) =>
      bill({ effectiveFrom: '2020-01-01', ...version } as VersionInput, {
        usage: intervals(channel),
        missingTolerance,
      })
    // 36 of 720 are 5 %.
    expect(rated(0.05).warnings[0]?.en).toContain('36 of 720')
    expect(() => rated(0.04)).toThrow(
      '36 of 720 intervals from 2025-06-01 to 2025-07-01 are missing: import or estimate them first.',
    )
  })

  it('is a price curve that ends before the bill does', () => {
    const spot = { ...energyAt('0'), prices: [{ bands: [{ price: { curve: 'spot' } }] }] }
    const channel = hourly('2025-06-01', 30)
    const curve = {
      startSeconds: channel.startSeconds,
      intervalSeconds: HOUR,
      scale: 2,
      values: new Int32Array(700),
    }
    const usage = intervals(channel)
    expect(() =>
      priced({ quantities: [KWH], rules: [spot] }, usage, { facts: { curves: { spot: curve } } }),
    ).toThrow('The price curve of the rule "energy" does not reach over 2025-06-01 to 2025-07-01')
  })

  it('is no interval below zero: it is added as it is, and a whole below zero charges nothing', () => {
    const bill = (other: Record<number, number>) =>
      charges(priced(version, intervals(hourly('2025-06-01', 30, other))))
    // 719 x 1 - 19 = 700 kWh; 719 - 720 = -1
    expect(bill({ 5: -19 })).toEqual(['energy 7000'])
    expect(bill({ 5: -720 })).toEqual([])
  })

  it('is a register that counted backwards', () => {
    expect(() => priced(version, kwh(-5))).toThrow('A kWh register counted -5: correct its reading')
  })
})

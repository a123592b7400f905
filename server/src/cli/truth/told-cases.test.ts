import { describe, expect, it } from 'vitest'
import { runEdgeCase } from './edge-case.ts'
import { runEngineCase } from './engine-case.ts'
import { type ExactObject, readExactJson } from './exact-json.ts'

const exact = (given: object) => readExactJson(JSON.stringify({ id: 'case', ...given })) as ExactObject
const edge = (inputs: object, expected: object) => runEdgeCase('', exact({ inputs, expected }))
const engine = (rate: object, inputs: object, expected: object) =>
  runEngineCase('', exact({ rate, inputs, expected }))
const passed = { passed: true, detail: expect.any(String) }

describe('edge cases', () => {
  it('splits a window over midnight in two, on a day of 25 hours: 22-24, 0-6 and the repeated hour', () => {
    const inputs = {
      time_zone: 'Europe/London',
      local_date: '2025-10-26',
      load: 'constant 1.5 kW',
      night_window: '22:00-06:00 local',
    }
    // 9 hours x 1.5; 16 x 1.5
    expect(edge(inputs, { hours: 25, night_kwh: '13.5', other_kwh: 24 })).toMatchObject(passed)
  })

  it('prices two steps scaled to 45 days of 30: 150 and 450', () => {
    const inputs = {
      kwh: 500,
      days: 45,
      normal_days: 30,
      step_kwh_per_normal: [100, 300],
      prices: ['0.1', '0.2', '0.3'],
    }
    // 150 x 0.1 + 300 x 0.2 + 50 x 0.3
    expect(edge(inputs, { step_limit_1: 150, step_limit_2: 450, amount: '90.00' })).toMatchObject(passed)
  })

  it('multiplies any factors of a gas volume, and rolls an exchanged meter over', () => {
    const gas = { mcf: 10, btu_factor: '1.03', temperature_factor: '0.98', price_per_dth: '4' }
    expect(edge(gas, { dth_unrounded: '10.094', dth_whole: 10, amount_on_whole: '40.00' })).toMatchObject(
      passed,
    )
    const meters = {
      old: { start: 9990, removal: 10, dials: 4 },
      new: { install: 0, end: 5, multiplier: 10 },
    }
    expect(edge(meters, { kwh: 70 })).toMatchObject(passed)
  })

  it('refuses what no rule reads', () => {
    expect(() => edge({ dials: 5, previous: 1, present: 2, colour: 'red' }, { kwh: 1 })).toThrow(
      'the input "colour"',
    )
    expect(() =>
      edge({ per_day: '1', from_date: '2025-01-01', to_date_exclusive: '2025-01-02' }, { amount: 'one' }),
    ).toThrow('no rule compares what is expected of amount')
  })
})

describe('cases of other engines', () => {
  const load = '1 kW in every hour except hour 22 = 200 kW, hour 2403 = 400 kW and hours 4088, 8333 = 300 kW'
  const at = { flat_demand_usd_per_kw: 1, lookback_percent: 0.5 }

  it('remembers listed months for the whole year: January and April', () => {
    // Peaks: January 200, April 400 (hour 2403 is in April), June 300, December 300; 50 % of 400 binds elsewhere.
    const monthly = [200, 200, 200, 400, 200, 300, 200, 200, 200, 200, 200, 300]
    const expected = { annual_demand_charge: monthly.reduce((a, b) => a + b), monthly_demand_charge: monthly }
    expect(engine({ ...at, lookback_months: [1, 4] }, { load }, expected)).toMatchObject({
      ...passed,
      compared: 13,
    })
  })

  it('remembers a range of months, round New Year: December binds January and February', () => {
    // 50 % of the highest of the two months before: January max(200, 150), May and June 200 from April.
    const monthly = [200, 150, 100, 400, 200, 300, 150, 150, 1, 1, 1, 300]
    expect(
      engine(
        { ...at, lookback_range_months: 2 },
        { load },
        { annual_demand_charge: 1953, monthly_demand_charge: monthly },
      ),
    ).toMatchObject(passed)
  })

  it('refuses words of a rate or load that no rule reads', () => {
    expect(() => engine({ ...at, lookback: 'sometimes' }, { load }, { annual_demand_charge: 1 })).toThrow(
      '"sometimes"',
    )
    expect(() =>
      engine({ ...at, lookback_months: [1] }, { load: 'a lot' }, { annual_demand_charge: 1 }),
    ).toThrow('the load "a lot"')
    const elements = [{ name: 'x', rateElementType: 'Auction', rateComponents: [{ charge: 1 }] }]
    expect(() => engine({ elements }, { hourly_kw_pattern_24: [1], hours: 8760 }, [])).toThrow(
      'a rate element Auction',
    )
    expect(() =>
      engine({ energyratestructure: [[{ rate: 1, unit: 'kWh/kW', max: 2 }]] }, { monthly_kwh: 10 }, {}),
    ).toThrow('no rule reads a tier in kWh/kW')
  })
})

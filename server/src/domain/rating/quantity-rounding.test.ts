import { describe, expect, it } from 'vitest'
import { decimalText } from '../../platform/decimal.ts'
import type { RatedCharge, Usage } from './charge.ts'
import { bill, energyAt, type VersionInput } from './rating.fixture.ts'

/** 33 days: 1 to 18 June and 19 June to 3 July. 107 x 18/33 = 58.36 and 107 x 15/33 = 48.64. */
const [CHANGE, END] = ['2025-06-19', '2025-07-04']
const THERMS = { code: 'therms', fn: 'usage', unit: 'therm' } as const
const counted = (...rows: [unit: string, quantity: number, tou?: string][]): Usage => ({
  kind: 'quantities',
  quantities: rows.map(([unit, quantity, tou]) => ({ unit, quantity, scale: 0, ...(tou ? { tou } : {}) })),
})
const cutTo = (unit: string, places: number, mode: 'truncate' | 'half_up' | 'up' = 'truncate') => ({
  rounding: { quantities: [{ unit, places, mode }] },
})
const changing = (code: string, before: string, after: string, from = CHANGE) => ({
  code,
  values: [
    { from: '2025-01-01', value: before },
    { from, value: after },
  ],
})
const ruleOf = (code: string, quantity: string, price: string | { factor: string } = '1') => ({
  ...energyAt('0'),
  code,
  quantity,
  prices: [{ bands: [{ price }] }],
})

function quantities(versions: Partial<VersionInput> | Partial<VersionInput>[], usage: Usage, end = END) {
  const whole = [versions].flat().map((one) => ({ effectiveFrom: '2020-01-01', rules: [], ...one }))
  const { lines }: RatedCharge = bill(whole as VersionInput[], { usage, end })
  return lines.map((line) => `${line.ruleCode} ${line.quantity && decimalText(line.quantity)}`)
}

describe('a rounded quantity that is split', () => {
  it('sums to the rounded whole where a price changes: 58 + (107 - 58), and 107 where none does', () => {
    const version = {
      ...cutTo('therm', 0),
      factors: [changing('gas_cost', '0.50', '0.60')],
      quantities: [THERMS],
      rules: [ruleOf('gas', 'therms', { factor: 'gas_cost' }), ruleOf('transport', 'therms')],
    }
    expect(quantities(version, counted(['therm', 107]))).toEqual(['gas 58', 'gas 49', 'transport 107'])
  })

  it('sums to it where a factor of the quantity changes', () => {
    const version = {
      ...cutTo('therm', 0),
      factors: [changing('heat', '1.02', '1.06', '2025-06-16')],
      quantities: [
        { code: 'ccf', fn: 'usage' as const, unit: 'ccf' },
        { code: 'therms', fn: 'formula' as const, unit: 'therm', expression: 'ccf * heat' },
      ],
      rules: [ruleOf('gas', 'therms')],
    }
    // Half of 103 each: 51.5 x 1.02 = 52.53 and 51.5 x 1.06 = 54.59, together 107.12: 52 and 107 - 52.
    expect(quantities(version, counted(['ccf', 103]), '2025-07-01')).toEqual(['gas 52', 'gas 55'])
  })

  it('gives a season its part also where no rule prices the days before it', () => {
    const version = {
      ...cutTo('therm', 0),
      seasons: [{ code: 'summer', ranges: [{ from: CHANGE.slice(5), until: '10-01' }] }],
      quantities: [THERMS],
      rules: [{ ...ruleOf('gas', 'therms'), seasons: ['summer'] }],
    }
    expect(quantities(version, counted(['therm', 107]))).toEqual(['gas 49'])
  })

  it('sums to it where a new version begins', () => {
    const version = { ...cutTo('therm', 0), quantities: [THERMS], rules: [ruleOf('gas', 'therms')] }
    const later = { ...version, effectiveFrom: CHANGE }
    expect(quantities([version, later], counted(['therm', 107]))).toEqual(['gas 58', 'gas 49'])
  })

  it('sums to it in each time-of-use period', () => {
    const row = { days: ['every' as const], from: '00:00', until: '24:00', period: 'off' }
    const periods = ['off', 'peak'].map((code) => ({ code, text: { en: code } }))
    const prices = ['off', 'peak'].map((tou) => ({ tou, bands: [{ price: { factor: 'gas_cost' } }] }))
    const version = {
      ...cutTo('therm', 0),
      touMaps: [{ code: 'clock', periods, rows: [row] }],
      factors: [changing('gas_cost', '0.50', '0.60')],
      quantities: [{ ...THERMS, tou: 'clock' }],
      rules: [{ ...ruleOf('gas', 'therms'), prices }],
    }
    // 40 x 18/33 = 21.82 and 18.18.
    const usage = counted(['therm', 107, 'off'], ['therm', 40, 'peak'])
    expect(quantities(version, usage)).toEqual(['gas 58', 'gas 21', 'gas 49', 'gas 19'])
  })

  it('is not rounded up for the last digit of a division: 10/31 + 10/31 + 11/31 of 32 lamp hours are 32', () => {
    const lamps = {
      code: 'lamps',
      fn: 'items' as const,
      table: [{ item: 'lamp', value: '1' }],
      times: { factor: 'hours' },
      proration: 'calendar_month' as const,
    }
    const version = (effectiveFrom: string) => ({
      effectiveFrom,
      ...cutTo('kWh', 0, 'up'),
      factors: [{ code: 'hours', values: [{ from: '2020-01-01', value: '32' }] }],
      quantities: [lamps],
      rules: [ruleOf('light', 'lamps')],
    })
    const versions = ['2020-01-01', '2025-07-11', '2025-07-21'].map(version) as VersionInput[]
    const { lines } = bill(versions, {
      usage: counted(),
      start: '2025-07-01',
      end: '2025-08-01',
      facts: { items: [{ item: 'lamp', count: 1 }] },
    })
    // 10.32 up to 11; 20.65 up to 21, less 11; 32 less 21. At eighteen digits the three sum to a trace more than 32.
    expect(lines.map(({ quantity }) => quantity && decimalText(quantity))).toEqual(['11', '10', '11'])
  })
})

describe('what does not add up', () => {
  it('is rounded by itself: a ratio is the same in both halves', () => {
    const version = {
      ...cutTo('ratio', 2, 'half_up'),
      factors: [changing('fee', '10', '20')],
      quantities: [
        { code: 'kwh', fn: 'usage' as const, unit: 'kWh' },
        { code: 'kvah', fn: 'usage' as const, unit: 'kVAh' },
        { code: 'factor', fn: 'formula' as const, unit: 'ratio', expression: 'kwh / kvah' },
      ],
      rules: [ruleOf('fee', 'factor', { factor: 'fee' })],
    }
    // 800 / 900 = 0.889
    expect(quantities(version, counted(['kWh', 800], ['kVAh', 900]))).toEqual(['fee 0.89', 'fee 0.89'])
  })
})

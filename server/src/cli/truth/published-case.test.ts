import { describe, expect, it } from 'vitest'
import { type ExactObject, readExactJson } from './exact-json.ts'
import { runPublishedCase } from './published-case.ts'

function run(given: object) {
  return runPublishedCase('', readExactJson(JSON.stringify({ id: 'case', ...given })) as ExactObject)
}

const passed = { passed: true, detail: expect.any(String) }

describe('the neutral vocabulary', () => {
  it('fills hours-use steps by the kW of the case: 150 x 40 = 6000 kWh at 0.05, 4000 at 0.03', () => {
    const steps = [
      { up_to_per_kw: '150', price: '0.05' },
      { up_to: null, price: '0.03' },
    ]
    const result = run({
      inputs: { kwh: 10000, kw: 40 },
      rate: [
        { name: 'Energy', type: 'tiered', uom: 'kWh', steps },
        { name: 'Demand', type: 'quantity', uom: 'kW', price: '9.5' },
      ],
      expected: {
        step_kwh: ['6000', '4000'],
        energy_charge: '420.00',
        demand_charge: '380.00',
        total: '800.00',
      },
    })
    expect(result).toMatchObject({ ...passed, compared: 5 })
  })

  it('grosses up by percent or share: 2.5 / 97.5 of 100.00 = 2.56', () => {
    for (const told of [{ percent: '2.5' }, { rate: '0.025' }])
      expect(
        run({
          inputs: { kwh: 1000 },
          rate: [
            { name: 'Energy', type: 'quantity', uom: 'kWh', price: '0.10' },
            { name: 'Gross receipts tax', type: 'gross_up', of: ['Energy'], ...told },
          ],
          expected: {
            lines: [
              ['Energy', '100.00'],
              ['Gross receipts tax', '2.56'],
            ],
            subtotal: '100.00',
            tax: '2.56',
            total: '102.56',
          },
        }),
      ).toMatchObject({ ...passed, compared: 5 })
  })

  it('prices apparent power and step penalties by formula: 80 / 0.8 = 100 kVA', () => {
    const result = run({
      inputs: { kw: 80, power_factor: '0.8', contract_kw: 70 },
      rate: [
        { name: 'kVA demand', type: 'quantity', uom: 'kVA', price: '5', quantity: 'kw / power_factor' },
        {
          name: 'Excess',
          type: 'quantity',
          uom: 'kW',
          price: '2',
          quantity: 'max(kw - contract_kw * 1.1, 0)',
        },
        { name: 'Capacity', type: 'fixed', amount: '1.5', quantity: 'contract_kw' },
      ],
      // 100 x 5; (80 - 77) x 2; 70 x 1.5
      expected: {
        billing_kva: '100',
        lines: [
          ['kVA demand', '500.00'],
          ['Excess', '6.00'],
          ['Capacity', '105.00'],
        ],
        total: '611.00',
      },
    })
    expect(result).toMatchObject({ ...passed, compared: 5 })
  })

  it('bills whole units where the source says so: 83 x 1.0331 = 85.7473, billed as 86', () => {
    const result = run({
      features: ['quantity-rounding'],
      inputs: { ccf: 83, therm_factor: '1.0331' },
      rate: [
        { name: 'Therms', type: 'conversion', formula: 'ccf * therm_factor' },
        { name: 'Gas', type: 'quantity', uom: 'therm', price: '0.50' },
      ],
      expected: { therms_unrounded: '85.7473', therms: '86', total: '43.00' },
    })
    expect(result).toMatchObject({ ...passed, compared: 3 })
  })

  it('rounds as the note says or shows', () => {
    const told = (note: string, printed: string) =>
      run({
        note,
        inputs: { kwh: 1 },
        rate: [{ name: 'Energy', type: 'quantity', uom: 'kWh', price: '3404.025' }],
        expected: { lines: [['Energy', printed]] },
      }).passed
    expect(told('', '3404.03')).toBe(true)
    expect(told('', '3404.02')).toBe(false)
    expect(told('3404.025 is printed as 3404.02', '3404.02')).toBe(true)
    expect(told('rounds half-even', '3404.02')).toBe(true)
    expect(told('cents are truncated', '3404.02')).toBe(true)
  })

  it('prices demand and steps by period, each with its own steps', () => {
    const steps = [
      { up_to: '100', price: '0.2' },
      { up_to: null, price: '0.1' },
    ]
    const result = run({
      inputs: { kwh: { peak: 150, off: 80 }, kw: { peak: 10, off: 12 } },
      rate: [
        { name: 'Peak energy', type: 'tiered', uom: 'kWh', tou: 'peak', steps },
        { name: 'Off energy', type: 'quantity', uom: 'kWh', tou: 'off', price: '0.05' },
        { name: 'Peak demand', type: 'quantity', uom: 'kW', tou: 'peak', price: '3' },
        { name: 'Minimum', type: 'minimum', amount: '60' },
      ],
      // 100 x 0.2 + 50 x 0.1 = 25; 80 x 0.05 = 4; 10 x 3 = 30; 60 - 59 = 1
      expected: {
        lines: [
          ['Peak energy step 1', '20.00'],
          ['Peak energy step 2', '5.00'],
          ['Off energy', '4.00'],
          ['Peak demand', '30.00'],
          ['Minimum', '1.00'],
        ],
        total: '60.00',
      },
    })
    expect(result).toMatchObject({ ...passed, compared: 6 })
  })

  it('takes days over normal days for a moved-in customer: 12.00 x 10/30 = 4.00', () => {
    const fixed = { name: 'Customer charge', type: 'fixed', amount: '12.00' }
    const told = (proration: string) =>
      run({
        inputs: { kwh: 0, days: 10, normal_days: 30 },
        rate: [{ ...fixed, proration }],
        expected: { customer_charge: '4.00' },
      })
    expect(told('days / normal_days')).toMatchObject(passed)
    expect(told('days / 30')).toMatchObject(passed)
    expect(() => told('by the moon')).toThrow('no rule reads the proration "by the moon"')
  })

  it('halves a period twice as long as normal, and not one inside the tolerance', () => {
    const factor = (days: number, factor: string) =>
      run({
        inputs: { consumption_period_days: days, normal_days: 30, maximum_offset_days: 3 },
        rate: [],
        expected: { consumption_period_factor: factor },
      }).passed
    expect([factor(60, '0.5'), factor(31, '1'), factor(31, '0.968')]).toEqual([true, true, false])
  })
})

describe('what no rule reads', () => {
  const energy = { name: 'Energy', type: 'quantity', uom: 'kWh', price: '0.10' }
  const refused = (change: object) => () =>
    run({ inputs: { kwh: 10 }, rate: [energy], expected: { total: '1.00' }, ...change })

  it('is refused by its name, wherever it stands', () => {
    expect(refused({})).not.toThrow()
    expect(refused({ weather: 'mild' })).toThrow('no rule reads the field "weather" of the case')
    expect(refused({ rate: [{ ...energy, ratchet: '80' }] })).toThrow(
      'no rule reads the field "ratchet" of the charge "Energy"',
    )
    expect(refused({ rate: [{ ...energy, type: 'auction' }] })).toThrow('a charge of type "auction"')
    expect(refused({ rate: [{ ...energy, uom: 'furlong' }] })).toThrow('no rule makes the unit "furlong"')
    const tax = { name: 'Tax', type: 'percent_of', percent: '5', of: ['Enregy'] }
    expect(refused({ rate: [energy, tax] })).toThrow('no charge before it is named "Enregy"')
    expect(refused({ expected: { total: '1.00', verdict: 'fair' } })).toThrow(
      'no rule compares what is expected of "verdict"',
    )
    const steps = [{ up_to_per_week: '5', price: '1' }]
    expect(refused({ rate: [{ ...energy, price: undefined, type: 'tiered', steps }] })).toThrow(
      '"up_to_per_week" of a step',
    )
  })
})

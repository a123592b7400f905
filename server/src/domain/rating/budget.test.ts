import { expect, it } from 'vitest'
import { decimalText } from '../../platform/decimal.ts'
import { bill, energyAt, KWH, kwh, type VersionInput } from './rating.fixture.ts'

const level: VersionInput = {
  effectiveFrom: '2020-01-01',
  quantities: [KWH],
  rules: [
    { ...energyAt('0.10'), memo: true },
    {
      kind: 'flat_charge',
      code: 'budget',
      text: { en: 'Budget amount' },
      class: 'budget',
      price: { fact: 'budget_amount' },
    },
  ],
}

it('asks for the agreed amount and keeps what the usage came to beside it: 300 x 0.10 = 30.00, asked 25.00', () => {
  const charge = bill(level, { usage: kwh(300), facts: { values: { budget_amount: '25.00' } } })
  expect(charge.amountCents).toBe(2500)
  const energy = charge.lines.find((line) => line.ruleCode === 'energy')
  expect(energy?.memo).toBe(true)
  expect(energy && decimalText(energy.amountUnrounded)).toBe('30')
})

it('refuses a bill whose agreement has no budget amount', () => {
  expect(() => bill(level, { usage: kwh(300) })).toThrow(/budget_amount/)
})

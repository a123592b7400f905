import { expect, it } from 'vitest'
import { decimal, decimalText } from '../../platform/decimal.ts'
import { parseFormula } from './tariff-formula.ts'

function value(text: string, facts: Record<string, string> = {}): string {
  return decimalText(parseFormula(text).evaluate((name) => decimal(facts[name] ?? '0')))
}

it('computes exactly, products before sums', () => {
  expect(value('0.1 + 0.2 * 3')).toBe('0.7')
  expect(value('-(kw - 5) / 2', { kw: '8' })).toBe('-1.5')
})

it('makes apparent power of real and reactive power: sqrt(30 x 30 + 40 x 40) = 50', () => {
  expect(value('sqrt(kw * kw + kvar * kvar)', { kw: '30', kvar: '40' })).toBe('50')
  expect(value('sqrt(2)')).toBe('1.414213562373')
})

it('rounds up and down to whole units, below zero too', () => {
  expect(
    ['ceil(1.2)', 'floor(1.8)', 'ceil(-1.2)', 'floor(-1.2)', 'ceil(3)'].map((text) => value(text)),
  ).toEqual(['2', '1', '-1', '-2', '3'])
  expect(value('round(2.345, 2)')).toBe('2.35')
})

it('bills a penalty only above 105 % of the contract: (50 - 42) x 2 = 16, and nothing at 44.1 kW', () => {
  const band = 'if(kw > contract * 1.05, (kw - contract) * 2, 0)'
  expect(value(band, { kw: '50', contract: '42' })).toBe('16')
  expect(value(band, { kw: '44.1', contract: '42' })).toBe('0')
})

it('refuses to divide by zero, and computes only the branch that holds', () => {
  expect(() => value('kw / power_factor', { kw: '5' })).toThrow('divides by zero')
  expect(value('if(power_factor > 0, kw / power_factor, kw)', { kw: '5' })).toBe('5')
})

it('says where a text is no formula', () => {
  expect(() => parseFormula('sqrt(1, 2)')).toThrow('formula "sqrt(1, 2)"')
  expect(() => parseFormula('nonsense(1)')).toThrow('formula "nonsense(1)"')
  expect(() => parseFormula('1 +')).toThrow('unexpected end')
})

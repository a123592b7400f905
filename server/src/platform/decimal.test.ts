import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  compare,
  decimal,
  decimalText,
  divide,
  multiply,
  parseDecimal,
  round,
  subtract,
  toMinorUnits,
} from './decimal.ts'

const number = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, scale]) => ({ units, scale }))

describe('decimal', () => {
  it('reads and writes text exactly', () => {
    expect(decimalText(decimal('0.07076899707317352'))).toBe('0.07076899707317352')
    expect(decimalText(decimal('-.50'))).toBe('-0.5')
    expect(decimalText(decimal('1.2e3'))).toBe('1200')
    expect(decimalText(decimal('5e-2'))).toBe('0.05')
    expect(['', '.', '1,5', 'abc', '1.2.3', 'NaN'].map(parseDecimal)).toEqual(Array(6).fill(undefined))
  })

  it('rounds the half by the mode it is told', () => {
    const rounded = (mode: 'half_up' | 'half_even' | 'truncate' | 'up') =>
      ['0.125', '0.135', '-0.125', '0.121'].map((text) => decimalText(round(decimal(text), 2, mode), 2))
    expect(rounded('half_up')).toEqual(['0.13', '0.14', '-0.13', '0.12'])
    expect(rounded('half_even')).toEqual(['0.12', '0.14', '-0.12', '0.12'])
    expect(rounded('truncate')).toEqual(['0.12', '0.13', '-0.12', '0.12'])
    expect(rounded('up')).toEqual(['0.13', '0.14', '-0.13', '0.13'])
  })

  it('divides to eighteen digits: 2 / 3', () => {
    expect(decimalText(divide(decimal('2'), decimal('3')))).toBe('0.666666666666666667')
  })

  it('refuses an amount that is no safe integer of cents', () => {
    expect(() => toMinorUnits(decimal('1e15'))).toThrow('larger than any bill can be')
  })

  it('keeps the laws of arithmetic without a lost digit', () => {
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(compare(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(0)
        expect(compare(subtract(add(a, b), b), a)).toBe(0)
        expect(compare(decimal(decimalText(a)), a)).toBe(0)
      }),
    )
  })
})

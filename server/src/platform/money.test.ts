import { expect, test } from 'vitest'
import { parseAmount, requireAmount } from './money.ts'

const refusal = (act: () => unknown) => {
  try {
    return act()
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('amounts are read as people and files write them', () => {
  expect(['12', '12.3', '$12.34', '1,234.56', ' 0.05 ', '1.500'].map((text) => parseAmount(text))).toEqual([
    1200, 1230, 1234, 123456, 5, 150,
  ])
})

test('what is no amount of the books is refused by name', () => {
  expect(refusal(() => parseAmount('1.234'))).toBe('amount_precision')
  expect(refusal(() => parseAmount('-5.00'))).toBe('amount_negative')
  expect(['', 'ten', '1,23.00', '1e3', '0x10'].map((text) => refusal(() => parseAmount(text)))).toEqual(
    Array(5).fill('amount_malformed'),
  )
  expect(refusal(() => parseAmount('5', { currency: 'cad' }))).toBe('currency_differs')
  expect(parseAmount('5', { currency: 'usd' })).toBe(500)
})

test('an amount to move is a whole number of cents above zero', () => {
  expect([0, -1, 1.5, Number.NaN, 2 ** 60].map((cents) => refusal(() => requireAmount(cents, 'It')))).toEqual(
    Array(5).fill('amount_not_positive'),
  )
  expect(requireAmount(1, 'It')).toBeUndefined()
})

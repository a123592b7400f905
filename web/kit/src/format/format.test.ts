import { describe, expect, test } from 'vitest'
import { toCsv } from './csv.ts'
import {
  addDays,
  addMonths,
  formatDay,
  formatInstant,
  formatPeriod,
  localDay,
  localDays,
  weekdayName,
} from './day.ts'
import {
  centsToDecimal,
  decimalToCents,
  formatMoney,
  formatQuantity,
  sameDecimal,
  sumDecimals,
} from './decimal.ts'

describe('money', () => {
  test('is written with a leading minus, separators and two places', () => {
    expect(formatMoney('1234.5')).toBe('$1,234.50')
    expect(formatMoney('-12.40')).toBe('-$12.40')
    expect(formatMoney('1234567')).toBe('$1,234,567.00')
  })
  test('goes to cents and back without a float', () => {
    expect(decimalToCents('-0.07')).toBe(-7)
    expect(decimalToCents('90071992547409.91')).toBe(9007199254740991)
    expect(centsToDecimal(-7)).toBe('-0.07')
    expect(() => decimalToCents('1.005')).toThrow('not an amount')
  })
  test('sums exactly where binary floats would not', () => {
    expect(sumDecimals(['0.1', '0.2', '-0.05'])).toBe('0.25')
    expect(sameDecimal('412.60', '412.6')).toBe(true)
  })
})

test('quantities are grouped, rounded half away from zero and lose idle zeros', () => {
  expect(formatQuantity('12345.600', 'kWh')).toBe('12,345.6 kWh')
  expect(formatQuantity('-0.0049', 'kWh', 2)).toBe('0 kWh')
  expect(formatQuantity('0.125', undefined, 2)).toBe('0.13')
})

describe('days', () => {
  test('are written the same wherever the reader sits', () => {
    expect(formatDay('2026-03-04', 'en')).toBe('Mar 4, 2026')
    expect(formatDay('2026-03-04', 'es')).toBe('4 mar 2026')
    expect(weekdayName('2026-03-04', 'en')).toBe('Wed')
  })
  test('of a half-open period end a day before its end', () => {
    expect(formatPeriod('2026-02-03', '2026-03-05', 'en')).toBe('Feb 3 – Mar 4, 2026')
    expect(formatPeriod('2025-12-20', '2026-01-20', 'es')).toBe('20 dic 2025 – 19 ene 2026')
  })
  test('move over month ends and leap days', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-03-31', -13)).toBe('2025-02-28')
  })
  test('of a moment belong to the zone of the meter', () => {
    const late = Date.UTC(2026, 2, 4, 7, 30) / 1000
    expect(localDay(late, 'America/Los_Angeles')).toBe('2026-03-03')
    expect(formatInstant('2026-03-04T07:30:00Z', 'en', 'America/Los_Angeles')).toContain('Mar 3, 2026, 11:30')
  })
})

test('the days of a long series are those of each moment, also when the clocks change', () => {
  for (const zone of ['America/Los_Angeles', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC']) {
    const start = Date.UTC(2026, 0, 1) / 1000
    const moments = Array.from({ length: 365 * 48 }, (_, index) => start + index * 1800)
    expect(localDays(moments, zone)).toEqual(moments.map((seconds) => localDay(seconds, zone)))
  }
})

test('a CSV cell cannot become a formula and numbers stay numbers', () => {
  const csv = toCsv(
    ['name', 'amount'],
    [
      ['=1+1', '-12.40'],
      ['a "b", c', 3],
      ['@x', undefined],
    ],
  )
  expect(csv).toBe('\uFEFFname,amount\r\n\'=1+1,-12.40\r\n"a ""b"", c",3\r\n\'@x,\r\n')
})

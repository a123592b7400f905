import { describe, expect, it } from 'vitest'
import { residentialBill } from './fixtures/bills.ts'
import { catalogueOf, fill } from './messages.ts'
import { toChartView } from './view-usage.ts'
import { wordDate, wordDecimal, wordMoney, wordPeriod } from './wording.ts'

describe('words of a bill', () => {
  it('writes money as US readers of both languages do', () => {
    expect([123456, -1240, 0, 7, 100000000].map(wordMoney)).toEqual([
      '$1,234.56',
      '-$12.40',
      '$0.00',
      '$0.07',
      '$1,000,000.00',
    ])
  })

  it('groups whole digits only', () => {
    expect(wordDecimal('-1234567.12345')).toBe('-1,234,567.12345')
    expect(wordDecimal('999')).toBe('999')
  })

  it('writes dates and periods with their last day', () => {
    expect(wordDate('2026-03-04', 'en')).toBe('Mar 4, 2026')
    expect(wordDate('2026-03-04', 'es')).toBe('4 mar 2026')
    expect(wordPeriod({ start: '2026-02-28', end: '2026-03-01' }, 'en')).toBe(
      'Feb 28, 2026 to Feb 28, 2026 (1 day)',
    )
  })

  it('has the same gaps to fill in both languages, and no text left untranslated', () => {
    const [en, es] = [catalogueOf('en'), catalogueOf('es')]
    const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(gaps(es[key]), key).toEqual(gaps(en[key]))
      if (/\p{L}/u.test(en[key].replace(/\{\w+\}/g, ''))) expect(es[key], key).not.toBe(en[key])
    }
  })

  it('never reads a value as a pattern', () => {
    expect(fill('{a} and {b}', { a: '{b} $& $1', b: 'x' })).toBe('{b} $& $1 and x')
    expect(() => fill('{a}', {})).toThrow('no value for {a}')
  })
})

describe('the usage chart', () => {
  const bars = ['10', '-5', undefined].map((value, index) => ({
    date: `2026-0${index + 1}-01`,
    ...(value === undefined ? {} : { value }),
    estimated: index === 1,
  }))

  it('draws generation below zero and leaves gaps empty', () => {
    const chart = toChartView({ unit: 'kWh', every: 'month', bars }, 'en')
    expect(chart?.ticks.map((tick) => tick.text)).toEqual(['-5', '0', '5', '10']) // span 15, a third is 5
    expect(chart?.zero).toBeCloseTo(1 / 3, 3)
    expect(chart?.bars.map(({ from, to }) => to - from)).toEqual([
      expect.closeTo(2 / 3, 3),
      expect.closeTo(1 / 3, 3),
      0,
    ])
    expect(chart?.alt).toBe(
      'Bar chart of kWh used. Jan 2026: 10; Feb 2026: -5 (estimated); Mar 2026: no reading.',
    )
  })

  it('is left out when nothing was measured', () => {
    expect(toChartView({ unit: 'kWh', every: 'month', bars: [] }, 'en')).toBeUndefined()
  })

  it('sets this month and the same month last year apart', () => {
    const usage = residentialBill.charges[0]?.usage
    const looks = usage && toChartView(usage, 'es')?.bars.map((bar) => bar.look)
    expect(looks?.at(0)).toBe('then')
    expect(looks?.at(-1)).toBe('now')
    expect(looks?.filter((look) => look === 'plain')).toHaveLength(11)
  })
})

import { describe, expect, it } from 'vitest'
import { decimalText } from '../../platform/decimal.ts'
import { addDays } from '../../platform/time.ts'
import type { RatedCharge } from './charge.ts'
import { bill, energyAt, fixedOf, KWH, kwh, type VersionInput } from './rating.fixture.ts'

const START = '2025-05-01'
const NORMAL = { normalDays: '30', toleranceMinDays: 27, toleranceMaxDays: 33 }

function version(effectiveFrom: string, more: Partial<VersionInput> = {}): VersionInput {
  return { effectiveFrom, billingPeriod: NORMAL, quantities: [KWH], rules: [fixedOf('30.00')], ...more }
}

function over(days: number, versions: VersionInput | VersionInput[], quantity = 900): RatedCharge {
  return bill(versions, { usage: kwh(quantity), start: START, end: addDays(START, days) })
}

const exact = ({ lines }: RatedCharge) => lines.map((line) => decimalText(line.amountUnrounded))

describe('the length of a bill', () => {
  it('is one period inside the tolerance, and days / normal days outside it: 45/30, 10/30', () => {
    expect([over(27, version('2020-01-01')), over(33, version('2020-01-01'))].map(exact)).toEqual([
      ['30'],
      ['30'],
    ])
    expect(exact(over(45, version('2020-01-01')))).toEqual(['45'])
    expect(exact(over(10, version('2020-01-01')))).toEqual(['10'])
  })

  it('divides once and last, so that a truncated third of 30.00 is 10.00 and not 9.99', () => {
    const rounding = { mode: 'truncate' as const }
    expect(over(10, version('2020-01-01', { rounding })).amountCents).toBe(1000)
  })

  it('scales steps with it and leaves the energy as it was measured: 100 x 45/30 = 150', () => {
    const bands = [{ upTo: { value: '100' }, price: '1' }, { price: '2' }]
    const stepped = version('2020-01-01', { rules: [{ ...energyAt('0'), prices: [{ bands }] }] })
    expect(over(45, stepped, 400).lines.map((line) => line.quantity && decimalText(line.quantity))).toEqual([
      '150',
      '250',
    ])
  })
})

describe('a version that begins inside a bill', () => {
  it('takes its days of the whole charge, inside the tolerance and outside it', () => {
    const two = (days: number) =>
      over(days, [version('2020-01-01'), version(addDays(START, 10), { rules: [fixedOf('60.00')] })])
    // Inside: 10/30 of 30 and 20/30 of 60. Outside: 10/30 of 30 and 35/30 of 60.
    expect(exact(two(30))).toEqual(['10', '40'])
    expect(exact(two(45))).toEqual(['10', '70'])
  })

  it('splits what a register counted by days, so that no kWh is lost: 900 = 300 + 600', () => {
    const priced = (price: string) => ({ rules: [energyAt(price)] })
    const charge = over(30, [version('2020-01-01', priced('1')), version(addDays(START, 10), priced('2'))])
    expect(exact(charge)).toEqual(['300', '1200'])
  })
})

describe('a season that changes inside a version', () => {
  it('splits again inside the part: 10 days of the old version, 11 and 9 of the new in May and June', () => {
    const seasons = [
      { code: 'spring', ranges: [{ from: '01-01', until: '05-22' }] },
      { code: 'summer', ranges: [{ from: '05-22', until: '01-01' }] },
    ]
    const prices = [
      { season: 'spring', bands: [{ price: '1' }] },
      { season: 'summer', bands: [{ price: '2' }] },
    ]
    const flat = version('2020-01-01', { rules: [energyAt('3')] })
    const seasonal = version(addDays(START, 10), { seasons, rules: [{ ...energyAt('0'), prices }] })
    // 30 kWh a day: 300 x 3; 330 x 1 to 21 May; 270 x 2 to 30 May.
    expect(exact(over(30, [flat, seasonal]))).toEqual(['900', '330', '540'])
  })
})

describe('cancel and rebill', () => {
  it('comes to 0.00 also after a later version was added: the mirror and the same bill again', () => {
    const versions = [
      version('2020-01-01'),
      version(addDays(START, 10), { rules: [fixedOf('33.33'), energyAt('0.12345')] }),
    ]
    const original = over(30, versions)
    const again = over(30, [...versions, version('2026-01-01', { rules: [fixedOf('99')] })])
    const mirror = original.lines.map((line) => -line.amountCents)
    expect(again.lines.map((line) => line.amountCents)).toEqual(mirror.map((cents) => -cents))
    expect(again.amountCents + mirror.reduce((total, cents) => total + cents, 0)).toBe(0)
  })
})

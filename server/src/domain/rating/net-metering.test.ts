import { describe, expect, it } from 'vitest'
import { decimalText } from '../../platform/decimal.ts'
import type { RatedCharge, RatingHistory, Usage } from './charge.ts'
import { bill, charges, energyAt, KWH, type VersionInput } from './rating.fixture.ts'

const ALWAYS = '2000-01-01'

function metered(delivered: number, received: number): Usage {
  const row = (flow: 'delivered' | 'received', quantity: number) => ({
    unit: 'kWh',
    flow,
    quantity,
    scale: 0,
    tou: 'all',
  })
  return { kind: 'quantities', quantities: [row('delivered', delivered), row('received', received)] }
}

const touMaps = [
  { code: 'all-day', periods: [{ code: 'all', text: { en: 'All' } }], rows: [], otherwise: 'all' },
]

function monthsOf(version: VersionInput, months: [month: number, delivered: number, received: number][]) {
  let history: RatingHistory | undefined
  return months.map(([month, delivered, received]): RatedCharge => {
    const day = (at: number) => (at > 12 ? '2026-01-01' : `2025-${String(at).padStart(2, '0')}-01`)
    const charge = bill(version, {
      usage: metered(delivered, received),
      start: day(month),
      end: day(month + 1),
      ...(history ? { facts: { history } } : {}),
    })
    history = charge.carry
    return charge
  })
}

describe('a bank of money', () => {
  const exported = {
    ...energyAt('0.08'),
    code: 'export',
    class: 'credit',
    quantity: 'export',
    credit: true,
    memo: true,
  }
  const bank = {
    kind: 'credit_bank' as const,
    code: 'bank',
    text: { en: 'Credit applied' },
    class: 'credit',
    earns: { rules: ['export'] },
    offsets: { classes: ['energy'] },
    settleMonth: 12,
  }
  const version = (more: object): VersionInput => ({
    effectiveFrom: ALWAYS,
    quantities: [KWH, { code: 'export', fn: 'usage', unit: 'kWh', flow: 'received' }],
    rules: [energyAt('0.10'), exported, { ...bank, ...more }],
  })

  it('uses what was earned, carries the rest, and pays it in its month', () => {
    const [october, november, december] = monthsOf(version({ settle: 'pay' }), [
      [10, 100, 500],
      [11, 200, 0],
      [12, 50, 100],
    ])
    // Earned 500 x 0.08 = 40, used 10, left 30; then used 20, left 10; then 10 + 8 - 5 = 13 paid
    expect(charges(october as RatedCharge)).toEqual(['energy 1000', 'export 0', 'bank -1000'])
    expect(charges(november as RatedCharge)).toEqual(['energy 2000', 'bank -2000'])
    expect(charges(december as RatedCharge)).toEqual(['energy 500', 'export 0', 'bank -500', 'bank -1300'])
    expect(december?.carry.balances.bank).toEqual({ credit: '0' })
    expect(november?.lines[1]?.reason?.en).toBe(
      'Credit carried 30 USD, earned 0 USD, used 20 USD, left 10 USD',
    )
  })

  it('waits a bill with what was just earned, and lets it expire, where the tariff says so', () => {
    const [november, december] = monthsOf(version({ settle: 'expire', useInBillEarned: false }), [
      [11, 100, 500],
      [12, 100, 500],
    ])
    expect(november?.amountCents).toBe(1000)
    expect(december?.amountCents).toBe(0)
    expect(december?.carry.balances.bank).toEqual({ credit: '0' })
  })
})

describe('a bank of energy', () => {
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    touMaps,
    quantities: [
      { code: 'kwh', fn: 'net_bank', tou: 'all-day', settleMonth: 12 },
      { code: 'surplus', fn: 'bank_settlement', of: 'kwh' },
    ],
    rules: [
      energyAt('0.10'),
      { ...energyAt('0.03'), code: 'payout', class: 'settlement', quantity: 'surplus', credit: true },
    ],
  }

  it('bills what is left after this and earlier surpluses, and pays the rest of the year', () => {
    const months = monthsOf(version, [
      [10, 100, 300],
      [11, 250, 20],
      [12, 100, 400],
    ])
    // October 200 over; November 250 - 20 - 200 = 30 billed; December 300 over, running sum max(0, 200 - 230) + 300
    expect(months.map(charges)).toEqual([[], ['energy 300'], ['payout -900']])
    expect(months.map((charge) => charge.carry.balances.kwh)).toEqual([
      { all: '200', running: '200', settled: '0' },
      { running: '0', settled: '0' },
      { running: '0', settled: '300' },
    ])
  })

  it('banks a surplus once where a season changes inside the bill', () => {
    const seasons = [
      { code: 'early', ranges: [{ from: '01-01', until: '11-06' }] },
      { code: 'late', ranges: [{ from: '11-06', until: '01-01' }] },
    ]
    const energy = {
      ...energyAt('0'),
      prices: ['early', 'late'].map((season) => ({ season, bands: [{ price: '0.10' }] })),
    }
    const seasonal = { ...version, seasons, rules: [energy, ...version.rules.slice(1)] }
    const [november, december] = monthsOf(seasonal, [
      [11, 0, 300],
      [12, 0, 310],
    ])
    // 300 of November and 310 of December, x 0.03
    expect(november?.carry.balances.kwh).toEqual({ all: '300', running: '300', settled: '0' })
    expect(charges(december as RatedCharge)).toEqual(['payout -1830'])
  })

  it('nets nothing below zero without a bank', () => {
    const netted: VersionInput = {
      effectiveFrom: ALWAYS,
      quantities: [
        { ...KWH, flow: 'net' },
        { code: 'surplus', fn: 'usage', unit: 'kWh', flow: 'surplus' },
      ],
      rules: [
        energyAt('0.10'),
        { ...energyAt('0.04'), code: 'credit', class: 'credit', quantity: 'surplus', credit: true },
      ],
    }
    const [over, under] = monthsOf(netted, [
      [10, 100, 300],
      [11, 300, 100],
    ])
    expect(charges(over as RatedCharge)).toEqual(['credit -800'])
    expect(charges(under as RatedCharge)).toEqual(['energy 2000'])
    expect(
      decimalText(over?.quantities.find((row) => row.code === 'kwh')?.initial ?? { units: -1n, scale: 0 }),
    ).toBe('0')
  })
})

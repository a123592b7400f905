import type { TariffInput } from '../server/src/domain/tariffs/index.ts'

const PERIODS = 36
const TIERS = 8

const codeOf = (period: number) => `p${period}`
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** A period for every forty minutes of the day, all in each of eight blocks. */
const rows = Array.from({ length: PERIODS }, (_, period) => ({
  days: ['every' as const],
  from: clock(period * 40),
  until: clock((period + 1) * 40),
  period: codeOf(period),
}))

function bandsOf(period: number) {
  return Array.from({ length: TIERS }, (_, tier) => ({
    ...(tier < TIERS - 1 ? { upTo: { value: String((tier + 1) * 150) } } : {}),
    price: (0.05 + period / 1000 + tier / 100).toFixed(5),
  }))
}

function rider(code: string, percent: string) {
  return {
    kind: 'apply_to' as const,
    code,
    text: { en: code },
    class: 'rider',
    percent,
    base: { classes: ['energy', 'demand'] },
  }
}

/** 36 time-of-use periods x 8 blocks, a demand with an eleven-month look-back, and three riders. */
export const worstCase: TariffInput = {
  code: 'bench-worst',
  name: 'Thirty-six periods in eight blocks',
  serviceType: 'electricity',
  currency: 'USD',
  versions: [
    {
      effectiveFrom: '2020-01-01',
      touMaps: [
        { code: 'tou', periods: rows.map(({ period }) => ({ code: period, text: { en: period } })), rows },
      ],
      quantities: [
        { code: 'kwh', fn: 'usage', unit: 'kWh', tou: 'tou' },
        { code: 'kw', fn: 'max_demand' },
        {
          code: 'billed',
          fn: 'billing_demand',
          of: 'kw',
          lookbackMonths: 11,
          percentByMonth: Array.from({ length: 12 }, () => '75'),
          includeCurrentByMonth: Array.from({ length: 12 }, () => true),
          floor: '30',
        },
      ],
      rules: [
        {
          kind: 'service_quantity',
          code: 'energy',
          text: { en: 'Energy' },
          class: 'energy',
          quantity: 'kwh',
          prices: rows.map(({ period }, index) => ({ tou: period, bands: bandsOf(index) })),
        },
        {
          kind: 'service_quantity',
          code: 'demand',
          text: { en: 'Demand' },
          class: 'demand',
          quantity: 'billed',
          measuresPeak: true,
          prices: [{ bands: [{ price: '12.5' }] }],
        },
        rider('rider-fuel', '3.1'),
        rider('rider-storm', '1.25'),
        rider('rider-credit', '-0.4'),
      ],
    },
  ],
}

/** Peaks of the eleven months before, as earlier bills left them. */
export const earlierPeaks = Array.from({ length: 11 }, (_, index) => ({
  month: `2024-${String(index + 2).padStart(2, '0')}`,
  quantity: 'billed',
  value: String(5 + index),
}))

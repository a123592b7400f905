import type { TariffInput } from '../../domain/tariffs/index.ts'
import {
  ENERGY,
  ENERGY_BY_CLOCK,
  FACTORS,
  FIRST_PRICES,
  HOLIDAYS,
  NEW_PRICES,
  RIDERS,
  type RuleInput,
  SEASONS,
  TARIFF_HEADER,
  TAXES,
  TOU_MAP,
} from './shared.ts'

type Version = TariffInput['versions'][number]

const customerCharge = (price: string): RuleInput => ({
  code: 'customer_charge',
  kind: 'flat_charge',
  text: { en: 'Customer charge', es: 'Cargo fijo por cliente' },
  class: 'fixed',
  price,
})

/** A household with medical equipment pays less for all its energy. */
const MEDICAL_DISCOUNT: RuleInput = {
  code: 'medical_discount',
  kind: 'apply_to',
  text: { en: 'Medical equipment discount', es: 'Descuento por equipo médico' },
  class: 'energy',
  when: { medical_equipment: 'yes' },
  percent: '-12',
  base: { classes: ['energy'] },
}

interface StandardPrices {
  from: string
  customer: string
  first: string
  above: string
}

function standard({ from, customer, first, above }: StandardPrices): Version {
  return {
    effectiveFrom: from,
    seasons: SEASONS,
    factors: FACTORS,
    quantities: [ENERGY],
    rules: [
      customerCharge(customer),
      {
        code: 'energy_charge',
        kind: 'service_quantity',
        text: { en: 'Energy', es: 'Energía' },
        class: 'energy',
        quantity: 'energy',
        prices: [
          {
            season: 'summer',
            bands: [{ upTo: { value: '18.5', per: 'day' }, price: first }, { price: above }],
          },
          {
            season: 'winter',
            bands: [{ upTo: { value: '14.2', per: 'day' }, price: first }, { price: above }],
          },
        ],
      },
      MEDICAL_DISCOUNT,
      ...RIDERS,
      {
        code: 'minimum',
        kind: 'minimum',
        text: { en: 'Minimum charge', es: 'Cargo mínimo' },
        class: 'minimum',
        amount: '0.48',
        per: 'day',
        base: { classes: ['fixed', 'energy', 'rider'] },
      },
      ...TAXES,
    ],
  }
}

export const STANDARD: TariffInput = {
  ...TARIFF_HEADER,
  code: 'r-1',
  name: 'Residential Standard',
  description: 'Two steps a day, larger in summer. For homes without a time-of-use meter or wish.',
  versions: [
    standard({ from: FIRST_PRICES, customer: '9.50', first: '0.14210', above: '0.19860' }),
    standard({ from: NEW_PRICES, customer: '10.25', first: '0.14980', above: '0.21340' }),
  ],
}

interface ClockPrices {
  from: string
  customer: string
  /** Peak, off-peak, night. */
  summer: readonly [string, string, string]
  winter: readonly [string, string, string]
}

/** The prices of a season by time of use. */
function byClock(season: 'summer' | 'winter', [peak, offPeak, night]: readonly [string, string, string]) {
  return [
    { season, tou: 'peak', bands: [{ price: peak }] },
    { season, tou: 'off_peak', bands: [{ price: offPeak }] },
    { season, tou: 'night', bands: [{ price: night }] },
  ]
}

function timeOfUse({ from, customer, summer, winter }: ClockPrices): Version {
  return {
    effectiveFrom: from,
    seasons: SEASONS,
    holidays: HOLIDAYS,
    touMaps: [TOU_MAP],
    factors: FACTORS,
    quantities: [ENERGY, ENERGY_BY_CLOCK],
    rules: [
      customerCharge(customer),
      {
        code: 'energy_charge',
        kind: 'service_quantity',
        text: { en: 'Energy', es: 'Energía' },
        class: 'energy',
        quantity: 'energy_by_clock',
        prices: [...byClock('summer', summer), ...byClock('winter', winter)],
      },
      MEDICAL_DISCOUNT,
      ...RIDERS,
      ...TAXES,
    ],
  }
}

export const TIME_OF_USE: TariffInput = {
  ...TARIFF_HEADER,
  code: 'r-tou',
  name: 'Residential Time-of-Use',
  description: 'Dear on working days from 16:00 to 21:00, cheap at night: for those who can shift.',
  versions: [
    timeOfUse({
      from: FIRST_PRICES,
      customer: '9.50',
      summer: ['0.31240', '0.14130', '0.08350'],
      winter: ['0.20150', '0.13620', '0.08350'],
    }),
    timeOfUse({
      from: NEW_PRICES,
      customer: '10.25',
      summer: ['0.33870', '0.14850', '0.08610'],
      winter: ['0.21330', '0.14310', '0.08610'],
    }),
  ],
}

interface SolarPrices {
  from: string
  customer: string
  energy: readonly [string, string, string]
  credit: string
}

function solar({ from, customer, energy, credit }: SolarPrices): Version {
  return {
    effectiveFrom: from,
    seasons: SEASONS,
    holidays: HOLIDAYS,
    touMaps: [TOU_MAP],
    factors: FACTORS,
    quantities: [ENERGY, ENERGY_BY_CLOCK, { code: 'exported', fn: 'usage', unit: 'kWh', flow: 'received' }],
    rules: [
      customerCharge(customer),
      {
        code: 'energy_charge',
        kind: 'service_quantity',
        text: { en: 'Energy from the grid', es: 'Energía de la red' },
        class: 'energy',
        quantity: 'energy_by_clock',
        prices: [...byClock('summer', energy), ...byClock('winter', energy)],
      },
      {
        code: 'export_credit',
        kind: 'service_quantity',
        text: { en: 'Solar energy to the grid', es: 'Energía solar a la red' },
        class: 'credit',
        quantity: 'exported',
        credit: true,
        prices: [{ bands: [{ price: credit }] }],
      },
      MEDICAL_DISCOUNT,
      ...RIDERS,
      ...TAXES,
    ],
  }
}

export const SOLAR: TariffInput = {
  ...TARIFF_HEADER,
  code: 'r-sol',
  name: 'Residential Solar',
  description: 'Grid energy by time of use; what the panels send out earns a credit.',
  versions: [
    solar({
      from: FIRST_PRICES,
      customer: '14.00',
      energy: ['0.28900', '0.14400', '0.09100'],
      credit: '0.07450',
    }),
    solar({
      from: NEW_PRICES,
      customer: '15.00',
      energy: ['0.31200', '0.15100', '0.09400'],
      credit: '0.07120',
    }),
  ],
}

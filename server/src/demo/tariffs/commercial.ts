import type { TariffInput } from '../../domain/tariffs/index.ts'
import {
  ENERGY,
  ENERGY_BY_CLOCK,
  FACTORS,
  FIRST_PRICES,
  HOLIDAYS,
  NEW_PRICES,
  RIDERS,
  SEASONS,
  TARIFF_HEADER,
  TAXES,
  TOU_MAP,
} from './shared.ts'

type Version = TariffInput['versions'][number]

interface GeneralPrices {
  from: string
  customer: string
  summer: string
  winter: string
}

function general({ from, customer, summer, winter }: GeneralPrices): Version {
  return {
    effectiveFrom: from,
    seasons: SEASONS,
    factors: FACTORS,
    quantities: [ENERGY],
    rules: [
      {
        code: 'customer_charge',
        kind: 'flat_charge',
        text: { en: 'Customer charge', es: 'Cargo fijo por cliente' },
        class: 'fixed',
        price: customer,
      },
      {
        code: 'energy_charge',
        kind: 'service_quantity',
        text: { en: 'Energy', es: 'Energía' },
        class: 'energy',
        quantity: 'energy',
        prices: [
          { season: 'summer', bands: [{ price: summer }] },
          { season: 'winter', bands: [{ price: winter }] },
        ],
      },
      ...RIDERS,
      ...TAXES,
    ],
  }
}

export const GENERAL: TariffInput = {
  ...TARIFF_HEADER,
  code: 'gs-1',
  name: 'General Service',
  description: 'Shops, offices and schools below 50 kW.',
  versions: [
    general({ from: FIRST_PRICES, customer: '22.00', summer: '0.17150', winter: '0.14390' }),
    general({ from: NEW_PRICES, customer: '24.00', summer: '0.18420', winter: '0.15260' }),
  ],
}

interface DemandPrices {
  from: string
  customer: string
  summer: readonly [string, string, string]
  winter: readonly [string, string, string]
  peakKw: string
  facilitiesKw: string
}

/** All twelve months alike. */
const everyMonth = <T>(value: T): T[] => Array.from({ length: 12 }, () => value)

function demandPrices({ summer, winter }: DemandPrices) {
  const rows = (season: string, [peak, offPeak, night]: readonly [string, string, string]) => [
    { season, tou: 'peak', bands: [{ price: peak }] },
    { season, tou: 'off_peak', bands: [{ price: offPeak }] },
    { season, tou: 'night', bands: [{ price: night }] },
  ]
  return [...rows('summer', summer), ...rows('winter', winter)]
}

function demand(prices: DemandPrices): Version {
  return {
    effectiveFrom: prices.from,
    seasons: SEASONS,
    holidays: HOLIDAYS,
    touMaps: [TOU_MAP],
    factors: FACTORS,
    quantities: [
      ENERGY,
      ENERGY_BY_CLOCK,
      { code: 'peak_kw', fn: 'max_demand', windowMinutes: 15 },
      { code: 'peak_kw_by_clock', fn: 'max_demand', windowMinutes: 15, tou: 'clock' },
      {
        code: 'billing_kw',
        fn: 'billing_demand',
        of: 'peak_kw',
        lookbackMonths: 11,
        percentByMonth: everyMonth('60'),
        includeCurrentByMonth: everyMonth(true),
      },
    ],
    rules: [
      {
        code: 'customer_charge',
        kind: 'flat_charge',
        text: { en: 'Customer charge', es: 'Cargo fijo por cliente' },
        class: 'fixed',
        price: prices.customer,
      },
      {
        code: 'energy_charge',
        kind: 'service_quantity',
        text: { en: 'Energy', es: 'Energía' },
        class: 'energy',
        quantity: 'energy_by_clock',
        prices: demandPrices(prices),
      },
      {
        code: 'peak_demand',
        kind: 'service_quantity',
        text: { en: 'Summer peak demand', es: 'Demanda máxima de verano' },
        class: 'demand',
        quantity: 'peak_kw_by_clock',
        measuresPeak: true,
        seasons: ['summer'],
        prices: [{ tou: 'peak', bands: [{ price: prices.peakKw }] }],
      },
      {
        code: 'facilities_demand',
        kind: 'service_quantity',
        text: { en: 'Facilities demand', es: 'Demanda de instalaciones' },
        class: 'demand',
        quantity: 'billing_kw',
        measuresPeak: true,
        prices: [{ bands: [{ price: prices.facilitiesKw }] }],
      },
      ...RIDERS,
      ...TAXES,
    ],
  }
}

export const DEMAND: TariffInput = {
  ...TARIFF_HEADER,
  code: 'gs-d',
  name: 'General Service Demand',
  description:
    'From 50 kW: energy by time of use, the highest 15 minutes as demand; at least 60 % of the highest of eleven months before.',
  versions: [
    demand({
      from: FIRST_PRICES,
      customer: '85.00',
      summer: ['0.14820', '0.09950', '0.07140'],
      winter: ['0.10940', '0.09350', '0.07140'],
      peakKw: '9.80',
      facilitiesKw: '6.45',
    }),
    demand({
      from: NEW_PRICES,
      customer: '92.00',
      summer: ['0.15640', '0.10480', '0.07390'],
      winter: ['0.11510', '0.09820', '0.07390'],
      peakKw: '10.60',
      facilitiesKw: '6.90',
    }),
  ],
}

export const STREET_LIGHTING: TariffInput = {
  ...TARIFF_HEADER,
  serviceType: 'lighting',
  code: 'ls-1',
  name: 'Street Lighting',
  description: 'Metered street and area lights that burn from dusk to dawn.',
  versions: [
    {
      effectiveFrom: FIRST_PRICES,
      factors: FACTORS,
      quantities: [ENERGY],
      rules: [
        {
          code: 'lamp_charge',
          kind: 'item',
          text: { en: 'Lamps', es: 'Luminarias' },
          class: 'fixed',
          table: [
            { item: 'led_45w', text: { en: 'LED lamp 45 W', es: 'Luminaria LED 45 W' }, price: '2.35' },
            { item: 'led_90w', text: { en: 'LED lamp 90 W', es: 'Luminaria LED 90 W' }, price: '3.10' },
          ],
        },
        {
          code: 'energy_charge',
          kind: 'service_quantity',
          text: { en: 'Energy', es: 'Energía' },
          class: 'energy',
          quantity: 'energy',
          prices: [{ bands: [{ price: '0.09410' }] }],
        },
        ...RIDERS,
        ...TAXES,
      ],
    },
  ],
}

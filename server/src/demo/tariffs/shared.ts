import type { CalcRule, TariffInput } from '../../domain/tariffs/index.ts'

type Version = TariffInput['versions'][number]

/** What a rule of a tariff text may be written as: fields with defaults left out. */
export type RuleInput = Version['rules'][number]
export type RuleCode = CalcRule['code']

/** When the utility moved its service to this system; prices before are not kept. */
export const FIRST_PRICES = '2025-01-01'
/** The prices of the rate case. */
export const NEW_PRICES = '2026-06-01'

export const TARIFF_HEADER = {
  serviceType: 'electricity',
  currency: 'USD',
  timeZone: 'America/Los_Angeles',
} as const

export const SEASONS: Version['seasons'] = [
  { code: 'summer', ranges: [{ from: '06-01', until: '10-01' }] },
  { code: 'winter', ranges: [{ from: '10-01', until: '06-01' }] },
]

/** The same days as the demo's own calendar. */
export const HOLIDAYS: Version['holidays'] = [
  { name: "New Year's Day", monthDay: '01-01' },
  { name: "Presidents' Day", month: 2, weekday: 'mon', nth: 3 },
  { name: 'Memorial Day', month: 5, weekday: 'mon', nth: -1 },
  { name: 'Independence Day', monthDay: '07-04' },
  { name: 'Labor Day', month: 9, weekday: 'mon', nth: 1 },
  { name: 'Veterans Day', monthDay: '11-11' },
  { name: 'Thanksgiving Day', month: 11, weekday: 'thu', nth: 4 },
  { name: 'Christmas Day', monthDay: '12-25' },
]

/** Values that change between rate cases: fuel each quarter, programmes and city tax once a year. */
export const FACTORS: Version['factors'] = [
  {
    code: 'fuel',
    values: [
      { from: '2025-01-01', value: '0.01120' },
      { from: '2025-10-01', value: '0.00985' },
      { from: '2026-01-01', value: '0.01210' },
      { from: '2026-04-01', value: '0.01065' },
      { from: '2026-07-01', value: '0.01290' },
    ],
  },
  {
    code: 'public_programs',
    values: [
      { from: '2025-01-01', value: '0.00613' },
      { from: '2026-01-01', value: '0.00647' },
    ],
  },
  { code: 'grid_hardening', values: [{ from: '2025-01-01', value: '0.00420' }] },
  { code: 'state_surcharge', values: [{ from: '2025-01-01', value: '0.00030' }] },
  {
    code: 'city_tax',
    values: [
      { from: '2025-01-01', value: '5.25' },
      { from: '2026-01-01', value: '5.50' },
    ],
  },
]

export const TOU_MAP: NonNullable<Version['touMaps']>[number] = {
  code: 'clock',
  periods: [
    { code: 'peak', text: { en: 'Peak', es: 'Punta' } },
    { code: 'off_peak', text: { en: 'Off-peak', es: 'Fuera de punta' } },
    { code: 'night', text: { en: 'Night', es: 'Noche' } },
  ],
  rows: [
    { days: ['weekday'], from: '16:00', until: '21:00', period: 'peak' },
    { days: ['every'], from: '00:00', until: '06:00', period: 'night' },
    { days: ['weekday'], from: '06:00', until: '16:00', period: 'off_peak' },
    { days: ['weekday'], from: '21:00', until: '24:00', period: 'off_peak' },
    { days: ['weekend', 'holiday'], from: '06:00', until: '24:00', period: 'off_peak' },
  ],
}

export const ENERGY = { code: 'energy', fn: 'usage', unit: 'kWh' } as const
export const ENERGY_BY_CLOCK = { code: 'energy_by_clock', fn: 'usage', unit: 'kWh', tou: 'clock' } as const

/** This will write the rider of a factor on each kWh. */
function rider(code: string, en: string, es: string): RuleInput {
  return {
    code,
    kind: 'service_quantity',
    text: { en, es },
    class: 'rider',
    quantity: 'energy',
    prices: [{ bands: [{ price: { factor: code } }] }],
  }
}

/** What every plan adds to each kWh. */
export const RIDERS: readonly RuleInput[] = [
  rider('fuel', 'Fuel and purchased power', 'Combustible y energía comprada'),
  rider('public_programs', 'Public purpose programs', 'Programas de interés público'),
  rider('grid_hardening', 'Wildfire safety', 'Seguridad contra incendios forestales'),
]

/** Taxes come last: the state's on each kWh, the city's on everything before it but the state's. */
export const TAXES: readonly RuleInput[] = [
  {
    code: 'state_surcharge',
    kind: 'service_quantity',
    text: { en: 'State energy surcharge', es: 'Recargo estatal de energía' },
    class: 'tax',
    taxCategory: 'state',
    quantity: 'energy',
    prices: [{ bands: [{ price: { factor: 'state_surcharge' } }] }],
  },
  {
    code: 'city_tax',
    kind: 'apply_to',
    text: { en: 'City utility users tax', es: 'Impuesto municipal de servicios públicos' },
    class: 'tax',
    taxCategory: 'city',
    percent: { factor: 'city_tax' },
    base: { except: ['state_surcharge'] },
  },
]

import { compileTariff, rate, type UsageChannel } from '../server/src/domain/rating/index.ts'
import { readTariff, type TariffInput } from '../server/src/domain/tariffs/index.ts'
import { measure, print } from './harness.ts'
import { monthsOf, yearOf } from './load.ts'
import { peerFigures } from './peer.ts'
import { earlierPeaks, worstCase } from './worst-case.ts'

const ZONE = 'America/Los_Angeles'
const YEAR = 2025

const windows = [
  { days: ['weekday' as const], from: '00:00', until: '08:30', period: 'off' },
  { days: ['weekday' as const], from: '08:30', until: '12:00', period: 'mid' },
  { days: ['weekday' as const], from: '12:00', until: '18:00', period: 'peak' },
  { days: ['weekday' as const], from: '18:00', until: '21:30', period: 'mid' },
  { days: ['weekday' as const], from: '21:30', until: '24:00', period: 'off' },
  { days: ['weekend' as const, 'holiday' as const], from: '00:00', until: '24:00', period: 'off' },
]

/** Time-of-use energy in three periods and demand in two of them with a flat one, a rider and a tax: ten lines. */
const commercial: TariffInput = {
  code: 'bench-commercial',
  name: 'Commercial time of use with demand',
  serviceType: 'electricity',
  currency: 'USD',
  versions: [
    {
      effectiveFrom: '2020-01-01',
      holidays: [{ name: 'Independence Day', monthDay: '07-04' }],
      touMaps: [
        {
          code: 'tou',
          periods: ['off', 'mid', 'peak'].map((code) => ({ code, text: { en: code } })),
          rows: windows,
        },
      ],
      quantities: [
        { code: 'energy', fn: 'usage', unit: 'kWh', tou: 'tou' },
        { code: 'peak', fn: 'max_demand' },
        { code: 'tou-peak', fn: 'max_demand', tou: 'tou' },
      ],
      rules: [
        {
          kind: 'flat_charge',
          code: 'customer',
          text: { en: 'Customer charge' },
          class: 'fixed',
          price: '599.59',
        },
        {
          kind: 'service_quantity',
          code: 'energy',
          text: { en: 'Energy' },
          class: 'energy',
          quantity: 'energy',
          prices: [
            { tou: 'off', bands: [{ price: '0.08837' }] },
            { tou: 'mid', bands: [{ price: '0.11883' }] },
            { tou: 'peak', bands: [{ price: '0.16484' }] },
          ],
        },
        {
          kind: 'service_quantity',
          code: 'demand',
          text: { en: 'Demand' },
          class: 'demand',
          quantity: 'peak',
          measuresPeak: true,
          prices: [{ bands: [{ price: '19.53' }] }],
        },
        {
          kind: 'service_quantity',
          code: 'tou-demand',
          text: { en: 'Time-of-use demand' },
          class: 'demand',
          quantity: 'tou-peak',
          measuresPeak: true,
          prices: [
            { tou: 'mid', bands: [{ price: '5.81' }] },
            { tou: 'peak', bands: [{ price: '20.97' }] },
          ],
        },
        {
          kind: 'apply_to',
          code: 'rider',
          text: { en: 'Rider' },
          class: 'rider',
          percent: '1.25',
          base: { classes: ['energy', 'demand'] },
        },
        {
          kind: 'apply_to',
          code: 'state-tax',
          text: { en: 'State tax' },
          class: 'tax',
          percent: '4.25',
          base: {},
        },
        {
          kind: 'apply_to',
          code: 'city-tax',
          text: { en: 'City tax' },
          class: 'tax',
          percent: '1.5',
          base: { classes: ['energy', 'demand', 'fixed', 'rider'] },
        },
      ],
    },
  ],
}

/** Three blocks, a customer charge and a tax. */
const residential: TariffInput = {
  code: 'bench-residential',
  name: 'Residential steps',
  serviceType: 'electricity',
  currency: 'USD',
  versions: [
    {
      effectiveFrom: '2020-01-01',
      quantities: [{ code: 'energy', fn: 'usage', unit: 'kWh' }],
      rules: [
        {
          kind: 'flat_charge',
          code: 'customer',
          text: { en: 'Customer charge' },
          class: 'fixed',
          price: '9.95',
        },
        {
          kind: 'service_quantity',
          code: 'energy',
          text: { en: 'Energy' },
          class: 'energy',
          quantity: 'energy',
          prices: [
            {
              bands: [
                { upTo: { value: '500' }, price: '0.10' },
                { upTo: { value: '1000' }, price: '0.12' },
                { price: '0.15' },
              ],
            },
          ],
        },
        { kind: 'apply_to', code: 'tax', text: { en: 'Tax' }, class: 'tax', percent: '4.25', base: {} },
      ],
    },
  ],
}

function yearlyBills(input: TariffInput, channel: UsageChannel, trace: boolean): () => void {
  const tariff = readTariff(input)
  const [version] = tariff.versions
  if (!version) throw new Error('no version')
  const versions = [compileTariff(tariff, version)]
  return () => {
    for (const period of monthsOf(YEAR))
      rate({ versions, period, timeZone: ZONE, usage: { kind: 'interval', channels: [channel] }, trace })
  }
}

/** One month of the tariff with most to do, with the peaks of the months before. */
function worstMonth(channel: UsageChannel, trace: boolean): () => void {
  const tariff = readTariff(worstCase)
  const versions = tariff.versions.map((version) => compileTariff(tariff, version))
  const facts = { history: { peaks: earlierPeaks, balances: {} } }
  const period = { start: `${YEAR}-01-01`, end: `${YEAR}-02-01` }
  const usage = { kind: 'interval' as const, channels: [channel] }
  return () => void rate({ versions, period, timeZone: ZONE, usage, facts, trace })
}

const hourly = yearOf(YEAR, ZONE, 3600)
const quarterHourly = yearOf(YEAR, ZONE, 900)
const yearly = { unit: 'year-long bills' }
const monthly = { unit: 'monthly bills' }
const own = [
  measure('commercial, hourly, no trace', yearlyBills(commercial, hourly, false), yearly),
  measure('commercial, hourly, trace', yearlyBills(commercial, hourly, true), yearly),
  measure('commercial, 15-minute, no trace', yearlyBills(commercial, quarterHourly, false), yearly),
  measure('commercial, 15-minute, trace', yearlyBills(commercial, quarterHourly, true), yearly),
  measure('residential, hourly, no trace', yearlyBills(residential, hourly, false), yearly),
  measure('residential, hourly, trace', yearlyBills(residential, hourly, true), yearly),
  measure('36 periods x 8 blocks, 15-minute, no trace', worstMonth(quarterHourly, false), monthly),
  measure('36 periods x 8 blocks, 15-minute, trace', worstMonth(quarterHourly, true), monthly),
]
const beside = await peerFigures()
if (!beside) console.error('The peer engine could not be installed: rating is measured without it.')
print([...own, ...(beside ?? [])])

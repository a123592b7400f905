import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileTariff, rate, type UsageChannel } from '../server/src/domain/rating/index.ts'
import { readTariff, type TariffInput } from '../server/src/domain/tariffs/index.ts'
import { startOfDaySeconds } from '../server/src/platform/time.ts'
import { type Figure, measure } from './harness.ts'
import { monthsOf } from './load.ts'

const PEER = '@bellawatt/electric-rate-engine'
const HERE = fileURLToPath(new URL('.', import.meta.url))
const HOURS = 8760
const YEAR = 2025
/** The peer takes a bill's hours by the host's clock; without clock changes both read the same year. */
const ZONE = 'UTC'

interface Peer {
  RateCalculator: {
    new (rate: object): { annualCost(): number }
    shouldValidate: boolean
  }
  LoadProfile: new (load: number[], options: { year: number }) => object
}

const SUMMER = [5, 6, 7, 8]
const WINTER = [0, 1, 2, 3, 4, 9, 10, 11]
const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6]
const PEAK_HOURS = [16, 17, 18, 19, 20]
const REST_HOURS = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => !PEAK_HOURS.includes(hour))

/** One rate in the peer's words: five time-of-use energy prices, a customer charge, and the month's highest kW. */
const peerElements = [
  {
    name: 'Customer charge',
    rateElementType: 'FixedPerMonth',
    rateComponents: [{ name: 'Customer charge', charge: 228.13 }],
  },
  {
    name: 'Demand',
    rateElementType: 'Demand',
    rateComponents: [{ name: 'Demand', charge: 11.5, demandPeriod: 'monthly' }],
  },
  {
    name: 'Energy',
    rateElementType: 'EnergyTimeOfUse',
    rateComponents: [
      {
        name: 'Summer peak',
        charge: 0.42,
        months: SUMMER,
        daysOfWeek: [1, 2, 3, 4, 5],
        hourStarts: PEAK_HOURS,
      },
      { name: 'Summer mid', charge: 0.31, months: SUMMER, daysOfWeek: [0, 6], hourStarts: PEAK_HOURS },
      { name: 'Summer off', charge: 0.18, months: SUMMER, daysOfWeek: ALL_DAYS, hourStarts: REST_HOURS },
      { name: 'Winter mid', charge: 0.29, months: WINTER, daysOfWeek: ALL_DAYS, hourStarts: PEAK_HOURS },
      { name: 'Winter off', charge: 0.16, months: WINTER, daysOfWeek: ALL_DAYS, hourStarts: REST_HOURS },
    ],
  },
]

const window = { from: '16:00', until: '21:00' }
const everyDay = { days: ['every' as const], ...window }
const prices = { sp: '0.42', sm: '0.31', so: '0.18', wm: '0.29', wo: '0.16' }

/** The same rate in ours. */
const ours: TariffInput = {
  code: 'bench-peer',
  name: 'The rate that both engines price',
  serviceType: 'electricity',
  currency: 'USD',
  versions: [
    {
      effectiveFrom: '2020-01-01',
      billingPeriod: { toleranceMinDays: 28, toleranceMaxDays: 31 },
      seasons: [
        { code: 'summer', ranges: [{ from: '06-01', until: '10-01' }] },
        { code: 'winter', ranges: [{ from: '10-01', until: '06-01' }] },
      ],
      touMaps: [
        {
          code: 'tou',
          periods: Object.keys(prices).map((code) => ({ code, text: { en: code } })),
          rows: [
            { seasons: ['summer'], days: ['weekday'], ...window, period: 'sp' },
            { seasons: ['summer'], days: ['weekend'], ...window, period: 'sm' },
            { seasons: ['winter'], ...everyDay, period: 'wm' },
            { seasons: ['summer'], days: ['every'], from: '00:00', until: '16:00', period: 'so' },
            { seasons: ['summer'], days: ['every'], from: '21:00', until: '24:00', period: 'so' },
            { seasons: ['winter'], days: ['every'], from: '00:00', until: '16:00', period: 'wo' },
            { seasons: ['winter'], days: ['every'], from: '21:00', until: '24:00', period: 'wo' },
          ],
        },
      ],
      quantities: [
        { code: 'kwh', fn: 'usage', unit: 'kWh', tou: 'tou' },
        { code: 'kw', fn: 'max_demand' },
      ],
      rules: [
        {
          kind: 'flat_charge',
          code: 'customer',
          text: { en: 'Customer charge' },
          class: 'fixed',
          price: '228.13',
        },
        {
          kind: 'service_quantity',
          code: 'demand',
          text: { en: 'Demand' },
          class: 'demand',
          quantity: 'kw',
          measuresPeak: true,
          prices: [{ bands: [{ price: '11.5' }] }],
        },
        {
          kind: 'service_quantity',
          code: 'energy',
          text: { en: 'Energy' },
          class: 'energy',
          quantity: 'kwh',
          prices: Object.entries(prices).map(([tou, price]) => ({ tou, bands: [{ price }] })),
        },
      ],
    },
  ],
}

/**
 * This will measure both engines on one rate, load and year, after checking that they agree to the cent a line.
 * Undefined where the peer cannot be installed, as without a registry.
 */
export async function peerFigures(): Promise<[theirs: Figure, ours: Figure] | undefined> {
  const engine = await peer().catch(() => undefined)
  if (!engine) return undefined
  const { RateCalculator, LoadProfile } = engine
  RateCalculator.shouldValidate = false
  const kw = Array.from({ length: HOURS }, (_, hour) => 40 + ((hour * 7919) % 9000) / 100)
  const theirs = () => {
    const loadProfile = new LoadProfile(kw, { year: YEAR })
    return new RateCalculator({
      name: 'bench',
      title: 'Bench',
      rateElements: peerElements,
      loadProfile,
    }).annualCost()
  }
  const bills = yearOfBills(kw)
  const difference = Math.abs(theirs() - bills() / 100)
  if (difference > 0.5)
    throw new Error(`the engines differ by ${difference.toFixed(2)}: the comparison would be unfair`)
  const unit = 'year-long bills'
  const own = measure('same rate, ours, hourly, no trace', bills, { unit })
  const peers = measure('same rate, peer, hourly', theirs, { unit, runs: 20, warmUps: 5 })
  return [peers, { ...own, timesPeer: own.perSecond / peers.perSecond }]
}

function yearOfBills(kw: readonly number[]): () => number {
  const tariff = readTariff(ours)
  const versions = tariff.versions.map((version) => compileTariff(tariff, version))
  const channel: UsageChannel = {
    unit: 'kWh',
    flow: 'delivered',
    intervalSeconds: 3600,
    startSeconds: startOfDaySeconds(`${YEAR}-01-01`, ZONE),
    scale: 2,
    values: Int32Array.from(kw, (value) => Math.round(value * 100)),
  }
  const usage = { kind: 'interval' as const, channels: [channel] }
  return () => {
    let cents = 0
    for (const period of monthsOf(YEAR))
      cents += rate({ versions, period, timeZone: ZONE, usage, trace: false }).amountCents
    return cents
  }
}

/** Installed on first use: the project itself never needs it. */
async function peer(): Promise<Peer> {
  if (!existsSync(`${HERE}node_modules/${PEER}`))
    execFileSync('npm', ['ci', '--prefix', HERE, '--no-audit', '--no-fund', '--ignore-scripts'], {
      stdio: 'ignore',
    })
  const { default: module } = (await import(PEER)) as { default: Peer }
  return module
}

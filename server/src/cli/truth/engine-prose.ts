import { startOfDaySeconds } from '../../platform/time.ts'
import type { Comparison } from './comparison.ts'
import { LOAD_SCALE, toldLoad } from './engine-load.ts'
import { monthsOf } from './engine-year.ts'
import { assertKnown, type ExactJson, type ExactObject, list, object, text } from './exact-json.ts'
import { channel, moneyOf, price, priced, type VersionInput, windowMap, ZONE } from './neutral.ts'
import { Unsupported } from './unsupported.ts'

const ALWAYS = '1970-01-01'
const DAY_SECONDS = 86_400

const WINDOW = /(\d+(?:\.\d+)?) \$\/kWh? .*?\((\d\d:\d\d)-(\d\d:\d\d)\)/
const WHOLE_DAY = /(\d+(?:\.\d+)?) \$\/kWh? all day/
const PRICE = /(\d+(?:\.\d+)?)/

/** A rate told in words: weekday energy with a window, weekend energy, flat and windowed demand. */
export function proseRate(comparison: Comparison, given: ExactObject): void {
  const told = object(given.rate)
  assertKnown(told, ['energy_weekday', 'energy_weekend', 'flat_demand', 'tou_demand_weekday'], 'the rate')
  const { price: peakPrice, from, until, otherwise } = windowOf(told.energy_weekday)
  const offPrice = otherwise ?? peakPrice
  const { price: demandPrice, from: demandFrom, until: demandUntil } = windowOf(told.tou_demand_weekday)
  const weekendPrice = priceOf(told.energy_weekend)
  const days = ['weekday' as const]
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    touMaps: [
      {
        code: 'energy',
        periods: ['peak', 'off', 'weekend'].map((code) => ({ code, text: { en: code } })),
        rows: [
          { days, from, until, period: 'peak' },
          { days: ['weekend'], from: '00:00', until: '24:00', period: 'weekend' },
        ],
        otherwise: 'off',
      },
      windowMap('demand', [{ days, from: demandFrom, until: demandUntil }]),
    ],
    quantities: [
      { code: 'kwh', fn: 'usage', unit: 'kWh', tou: 'energy' },
      { code: 'peak', fn: 'max_demand' },
      { code: 'window-peak', fn: 'max_demand', tou: 'demand' },
    ],
    rules: [
      priced('peak-energy', 'kwh', peakPrice, { tou: 'peak' }),
      priced('off-energy', 'kwh', offPrice, { tou: 'off' }),
      priced('weekend-energy', 'kwh', weekendPrice, { tou: 'weekend' }),
      priced('flat-demand', 'peak', priceOf(told.flat_demand), { measuresPeak: true, class: 'demand' }),
      priced('window-demand', 'window-peak', demandPrice, { tou: 'in', measuresPeak: true, class: 'demand' }),
    ],
  }
  for (const row of list(given.expected).map(object)) {
    assertKnown(row, ['year', 'energy', 'demand'], 'expected')
    const year = Number(text(row.year))
    const days =
      (startOfDaySeconds(`${year + 1}-01-01`, ZONE) - startOfDaySeconds(`${year}-01-01`, ZONE)) / DAY_SECONDS
    const values = toldLoad(text(object(given.inputs).load), days * 24).channels[0]?.values as Float64Array
    const usage = { kind: 'interval' as const, channels: [channel(values, LOAD_SCALE, `${year}-01-01`)] }
    const charges = monthsOf(year).map(({ start, end }) => price([version], { usage, start, end }))
    for (const name of ['energy', 'demand'])
      comparison.number(
        `${year} ${name}`,
        text(row[name]),
        moneyOf(charges.flatMap((charge) => charge.lines.filter((line) => line.glAccount === name))),
      )
  }
}

/** `0.36 $/kWh hours 07-19 (07:00-20:00), else 0.28`, or a price `all day`. */
function windowOf(given: ExactJson | undefined) {
  const told = text(given)
  const windowed = WINDOW.exec(told)
  const price = windowed?.[1] ?? WHOLE_DAY.exec(told)?.[1] ?? (given === undefined ? '0' : undefined)
  if (price === undefined) throw new Unsupported(`no rule reads the price "${told}"`)
  const otherwise = /else (\d+(?:\.\d+)?)/.exec(told)?.[1]
  return { price, from: windowed?.[2] ?? '00:00', until: windowed?.[3] ?? '24:00', otherwise }
}

function priceOf(told: ExactJson | undefined): string {
  return PRICE.exec(text(told))?.[1] ?? ''
}

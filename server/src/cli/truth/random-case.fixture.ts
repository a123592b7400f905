import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MONTH_DAYS, referenceYear } from './reference-bill.fixture.ts'
import type { ReferenceRate, ReferenceTerms, ReferenceTier } from './reference-rate.fixture.ts'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
/** Years of 365 days, by the weekday they begin with. */
const YEARS = [2018, 2019, 2014, 2015, 2021, 2022, 2023]

/** Numbers that look random and are the same for a seed everywhere. */
export class Dice {
  private state: number
  constructor(seed: number) {
    this.state = (seed * 2_654_435_761) >>> 0
    for (let i = 0; i < 4; i++) this.next()
  }
  next(): number {
    this.state = (Math.imul(this.state ^ (this.state >>> 15), 0x2c1b_3c6d) + 0x9e37_79b9) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0x85eb_ca6b) >>> 0
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
  /** A whole number of `[from, to]`. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }
  one<T>(values: readonly T[]): T {
    return values[this.whole(0, values.length - 1)] as T
  }
  chance(share: number): boolean {
    return this.next() < share
  }
  price(top: number): number {
    return Math.round(this.next() * top * 1e5) / 1e5
  }
}

const OPTIONS = [
  'nem_kwh_rollover',
  'nem_dollar_rollover',
  'net_billing',
  'net_billing_carryover',
  'buy_all_sell_all',
]

/** This will write a rate, loads and a case with the answers of the reference into a corpus folder. */
export function writeRandomCase(folder: string, seed: number): void {
  const dice = new Dice(seed)
  const option = dice.chance(0.75) ? dice.one(OPTIONS) : undefined
  const rate = randomRate(dice)
  const terms = randomTerms(dice, rate, option)
  const load = series(dice, dice.one([8760, 8760, 17520, 35040]), (hour) => 2 + 3 * Math.sin(hour / 3.8) ** 2)
  const generation = option ? series(dice, dice.one([8760, 17520]), sunOf) : undefined
  const curves = option && !option.startsWith('nem') && dice.chance(0.15)
  if (curves) {
    const prices = () => Array.from({ length: 8760 }, () => dice.price(0.3))
    terms.prices = { ...(dice.chance(0.7) ? { buy: prices() } : {}), sell: prices() }
  }
  for (const name of ['expected', 'rates', 'loads']) mkdirSync(join(folder, name), { recursive: true })
  const column = (name: string, values: readonly number[]) => {
    writeFileSync(join(folder, `loads/${name}.csv`), `kw\n${values.join('\n')}\n`)
    return `loads/${name}.csv`
  }
  writeFileSync(join(folder, `rates/r${seed}.json`), JSON.stringify(rate))
  const { firstWeekday, prices, ...told } = terms
  const calendar = { year: YEARS[firstWeekday], first_weekday: WEEKDAYS[firstWeekday], days: 365 }
  const given = {
    id: `random-${seed}`,
    rate: `rates/r${seed}.json`,
    load: column(`l${seed}`, load),
    generation: generation ? column(`g${seed}`, generation) : null,
    calendar,
    ...told,
    ...(prices
      ? {
          timeseries_prices: Object.fromEntries(
            Object.entries(prices).map(([name, values]) => [name, column(`p${seed}-${name}`, values)]),
          ),
        }
      : {}),
    expected: {
      without_generation: side(rate, terms, load, undefined),
      ...(generation ? { with_generation: side(rate, terms, load, generation) } : {}),
    },
  }
  writeFileSync(join(folder, `expected/c${seed}.json`), JSON.stringify(given))
}

function side(
  rate: ReferenceRate,
  terms: ReferenceTerms,
  load: readonly number[],
  generation: readonly number[] | undefined,
) {
  const months = referenceYear(rate, terms, load, generation)
  const annual = months.reduce((sum, month) => sum + month.total, 0)
  const rounded = months.map((month) =>
    Object.fromEntries(Object.entries(month).map(([name, value]) => [name, Math.round(value * 1e6) / 1e6])),
  )
  return { months: rounded, annual_total: annual }
}

function series(dice: Dice, count: number, shape: (hour: number) => number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const noise = 0.6 + 0.8 * dice.next()
    return Math.round(shape((i * 8760) / count) * noise * 1000) / 1000
  })
}

function sunOf(hour: number): number {
  const clock = hour % 24
  return clock < 7 || clock > 19 ? 0 : 9 * Math.sin(((clock - 7) / 12) * Math.PI)
}

function randomRate(dice: Dice): ReferenceRate {
  const periods = dice.whole(1, 4)
  const units = dice.one(['kWh', 'kWh daily', 'kWh/kW', 'kWh/kW daily', 'nested', 'none'] as const)
  const limits = limitsOf(dice, units)
  const structure = Array.from({ length: periods }, () => limits.map((limit) => priceTier(dice, limit)))
  const energy = schedules(dice, periods)
  const rate: ReferenceRate = {
    energyratestructure: structure,
    energyweekdayschedule: energy.weekday,
    energyweekendschedule: energy.weekend,
  }
  if (dice.chance(0.6)) {
    const count = dice.whole(1, 3)
    const demand = schedules(dice, count)
    rate.demandratestructure = Array.from({ length: count }, () => demandTiers(dice))
    rate.demandweekdayschedule = demand.weekday
    rate.demandweekendschedule = demand.weekend
  }
  if (dice.chance(0.6)) {
    const count = dice.whole(1, 3)
    rate.flatdemandstructure = Array.from({ length: count }, () => demandTiers(dice))
    rate.flatdemandmonths = MONTH_DAYS.map(() => dice.whole(0, count - 1))
  }
  if (dice.chance(0.7)) rate.fixedchargefirstmeter = dice.price(40)
  if (dice.chance(0.4)) {
    rate.mincharge = dice.price(dice.one([60, 400]))
    rate.minchargeunits = dice.one(['$/month', '$/year'])
    if (rate.minchargeunits === '$/month' && dice.chance(0.4)) rate.annualmincharge = dice.price(3000)
  }
  return rate
}

type TierLimit = Pick<ReferenceTier, 'unit' | 'max'>

function limitsOf(dice: Dice, units: ReferenceTier['unit'] | 'nested' | 'none'): TierLimit[] {
  if (units === 'none') return [{ unit: 'kWh' }]
  if (units === 'nested') {
    const steps = [200, 600]
    return [
      { unit: 'kWh/kW', max: dice.whole(50, 200) },
      ...steps.map((max): TierLimit => ({ unit: 'kWh', max })),
      { unit: 'kWh', max: 1e38 },
      { unit: 'kWh/kW', max: dice.whole(250, 400) },
      { unit: 'kWh/kW' },
    ]
  }
  const size = { kWh: 700, 'kWh daily': 25, 'kWh/kW': 150, 'kWh/kW daily': 5 }[units]
  const first = dice.whole(1, size)
  const second = first + dice.whole(1, size)
  return dice.chance(0.5)
    ? [{ unit: units, max: first }, { unit: units }]
    : [{ unit: units, max: first }, { unit: units, max: second }, { unit: units }]
}

function priceTier(dice: Dice, limit: TierLimit): ReferenceTier {
  return {
    ...limit,
    rate: dice.price(0.5),
    ...(dice.chance(0.3) ? { adj: dice.price(0.05) - 0.02 } : {}),
    ...(dice.chance(0.8) ? { sell: dice.price(0.3) } : {}),
  }
}

function demandTiers(dice: Dice) {
  const open = { rate: dice.price(20), ...(dice.chance(0.3) ? { adj: dice.price(2) } : {}) }
  return dice.chance(0.5) ? [open] : [{ rate: dice.price(20), max: dice.whole(1, 6) }, open]
}

/** Two seasons of quarter days; weekends hold only periods of the weekdays, so that a surplus finds its period. */
function schedules(dice: Dice, periods: number): { weekday: number[][]; weekend: number[][] } {
  const season = () => {
    const quarters = Array.from({ length: 4 }, () => dice.whole(0, periods - 1))
    const hours = (of: () => number) => [0, 1, 2, 3].flatMap(() => Array.from({ length: 6 }, of).fill(of()))
    let quarter = 0
    const weekday = hours(() => quarters[quarter++ >> 3] ?? 0)
    return {
      weekday: weekday.map((_, hour) => quarters[Math.floor(hour / 6)] ?? 0),
      weekend: weekday.map((_, hour) => quarters[(Math.floor(hour / 6) + 1) % 4] ?? 0),
    }
  }
  const [cold, warm] = [season(), season()]
  const from = dice.whole(2, 5)
  const pick = (month: number) => (month >= from && month < from + 5 ? warm : cold)
  return {
    weekday: MONTH_DAYS.map((_, month) => pick(month).weekday),
    weekend: MONTH_DAYS.map((_, month) => pick(month).weekend),
  }
}

function randomTerms(dice: Dice, rate: ReferenceRate, option: string | undefined): ReferenceTerms {
  const terms: ReferenceTerms = {
    firstWeekday: dice.whole(0, 6),
    tier_method: option?.startsWith('nem') || dice.chance(0.5) ? 'proportional' : 'chronological',
  }
  if (option)
    terms.net_metering = {
      option,
      true_up_month: dice.whole(1, 12),
      true_up_sell_rate: dice.price(0.05),
      ...(option === 'nem_kwh_rollover' ? { true_up_credit_rolls_over: dice.chance(0.4) } : {}),
      ...(option === 'net_billing_carryover'
        ? { apply_credit_in_month_earned: dice.chance(0.5), credits_expire_at_true_up: dice.chance(0.4) }
        : {}),
    }
  if (dice.chance(0.4))
    terms.billing_demand = {
      minimum_kw: dice.one([0, 2, 5]),
      lookback_months: dice.one([1, 3, 6, 11]),
      lookback_percent_by_month: MONTH_DAYS.map(() => dice.one([0, 60, 75, 95, 100])),
      include_current_month_actual: MONTH_DAYS.map(() => dice.chance(0.6)),
      prior_year_peaks_kw: MONTH_DAYS.map(() => dice.whole(0, 9)),
      tou_periods_included: (rate.demandratestructure ?? [[]])
        .map((_, index) => index)
        .filter((index) => index === 0 || dice.chance(0.5)),
    }
  if (dice.chance(0.15) && rate.demandratestructure) terms.tou_demand_single_peak = true
  return terms
}

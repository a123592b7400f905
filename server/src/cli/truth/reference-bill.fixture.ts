import type {
  ReferenceDemandTier,
  ReferenceRate,
  ReferenceTerms,
  ReferenceTier,
} from './reference-rate.fixture.ts'

/**
 * A deliberately plain second way to price a year of intervals, in binary floating point and month by month.
 * It shares no code with the engine, so that the two can only agree by being right.
 */

interface MonthUse {
  month: number
  days: number
  /** Index of the first interval of the month in the year. */
  first: number
  /** kWh per interval. */
  imports: number[]
  exports: number[]
  energyPeriod: number[]
  demandPeriod: number[]
}

export const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const periodsOf = (rows: readonly number[]) => [...new Set(rows)].sort((a, b) => a - b)

/** This will give the components of twelve monthly bills, unrounded. */
export function referenceYear(
  rate: ReferenceRate,
  terms: ReferenceTerms,
  load: readonly number[],
  generation: readonly number[] | undefined,
) {
  const months = monthsOf(rate, terms, load, generation)
  const option = generation ? (terms.net_metering?.option ?? 'none') : 'none'
  const hours = 8760 / Math.max(load.length, generation?.length ?? 0)
  const state = { bank: 0, bankKwh: 0, carried: new Map<number, number>(), yearBill: 0 }
  const peaks = months.map((use) => ratchetPeak(rate, terms, use, hours))
  return months.map((use) => {
    const kw = use.imports.map((kwh) => kwh / hours)
    const maxKw = Math.max(0, ...kw)
    const billingKw = terms.billing_demand ? billedKw(terms.billing_demand, peaks, use.month) : maxKw
    const energy = priceEnergy(rate, terms, use, billingKw, option, state)
    const demand = priceDemand(rate, terms, use, kw, billingKw)
    const fixed = rate.fixedchargefirstmeter ?? 0
    const bill = Math.max(0, energy.energy + demand.flat + demand.tou + fixed)
    state.yearBill += bill
    const yearly = rate.minchargeunits === '$/year' ? (rate.mincharge ?? 0) : (rate.annualmincharge ?? 0)
    const monthly = rate.minchargeunits === '$/year' ? 0 : (rate.mincharge ?? 0)
    const december = use.month === 11 ? Math.max(0, yearly - state.yearBill) : 0
    const minimum = Math.max(0, monthly - bill) + december
    const net = total(use.exports) - total(use.imports)
    return {
      month: use.month + 1,
      ...energy,
      demand_flat: demand.flat,
      demand_tou: demand.tou,
      fixed,
      minimum,
      total: energy.energy + demand.flat + demand.tou + fixed + minimum - energy.true_up_credit,
      kwh: -net,
      excess_kwh: option === 'buy_all_sell_all' ? 0 : Math.max(0, net),
      max_kw: maxKw,
      billing_demand_kw: billingKw,
    }
  })
}

function monthsOf(
  rate: ReferenceRate,
  terms: ReferenceTerms,
  load: readonly number[],
  generation: readonly number[] | undefined,
): MonthUse[] {
  const count = Math.max(load.length, generation?.length ?? 0)
  const at = (values: readonly number[], i: number) => values[Math.floor((i * values.length) / count)] ?? 0
  const hours = 8760 / count
  const perDay = count / 365
  let day = 0
  return MONTH_DAYS.map((days, month) => {
    const use: MonthUse = {
      month,
      days,
      first: day * perDay,
      imports: [],
      exports: [],
      energyPeriod: [],
      demandPeriod: [],
    }
    for (let i = day * perDay; i < (day + days) * perDay; i++) {
      const bought = at(load, i) * hours
      const made = generation ? at(generation, i) * hours : 0
      const separate = generation && terms.net_metering?.option === 'buy_all_sell_all'
      use.imports.push(separate ? bought : Math.max(0, bought - made))
      use.exports.push(separate ? made : Math.max(0, made - bought))
      const weekday = (terms.firstWeekday + Math.floor(i / perDay)) % 7
      const hour = Math.floor((i % perDay) * hours)
      const weekend = weekday >= 5
      const energy = weekend ? rate.energyweekendschedule : rate.energyweekdayschedule
      const demand = weekend ? rate.demandweekendschedule : rate.demandweekdayschedule
      use.energyPeriod.push(energy[month]?.[hour] ?? 0)
      use.demandPeriod.push(demand?.[month]?.[hour] ?? 0)
    }
    day += days
    return use
  })
}

function ratchetPeak(rate: ReferenceRate, terms: ReferenceTerms, use: MonthUse, hours: number): number {
  const included = terms.billing_demand?.tou_periods_included ?? []
  const counts = (i: number) => !rate.demandratestructure || included.includes(use.demandPeriod[i] ?? 0)
  return Math.max(0, ...use.imports.map((kwh, i) => (counts(i) ? kwh / hours : 0)))
}

function billedKw(
  terms: NonNullable<ReferenceTerms['billing_demand']>,
  peaks: readonly number[],
  month: number,
): number {
  let kw = terms.minimum_kw
  for (let back = 0; back <= terms.lookback_months; back++) {
    const index = month - back
    const calendarMonth = (index + 12) % 12
    const peak = index >= 0 ? peaks[index] : terms.prior_year_peaks_kw[calendarMonth]
    kw = Math.max(kw, ((peak ?? 0) * (terms.lookback_percent_by_month[calendarMonth] ?? 0)) / 100)
  }
  return terms.include_current_month_actual[month] ? Math.max(kw, peaks[month] ?? 0) : kw
}

/** Cumulative upper ends of the tiers of a period, in kWh of the month; a nested step ends at its block at the latest. */
export function tierEnds(tiers: readonly ReferenceTier[], days: number, billingKw: number): number[] {
  const end = ({ max, unit }: ReferenceTier) => {
    if (max === undefined) return Number.POSITIVE_INFINITY
    return max * (unit.includes('/kW') ? billingKw : 1) * (unit.includes('daily') ? days : 1)
  }
  let block = Number.POSITIVE_INFINITY
  return tiers.map((tier, index) => {
    const next = tiers[index + 1]
    const mixed = tiers.some(({ unit }) => unit.includes('/kW')) && tiers.some(({ unit }) => unit === 'kWh')
    if (mixed && tier.unit.includes('/kW')) {
      block = end(tier)
      // A block that kWh steps subdivide has no width of its own.
      return next?.unit === 'kWh' ? Number.NaN : block
    }
    return mixed ? Math.min(end(tier), block) : end(tier)
  })
}

function priceEnergy(
  rate: ReferenceRate,
  terms: ReferenceTerms,
  use: MonthUse,
  billingKw: number,
  option: string,
  state: { bank: number; bankKwh: number; carried: Map<number, number> },
) {
  const metering = terms.net_metering
  const settles = metering && use.month + 1 === metering.true_up_month
  const byPeriod = (values: readonly number[]) => {
    const sums = new Map<number, number>()
    for (const period of periodsOf(use.energyPeriod)) sums.set(period, 0)
    values.forEach((kwh, i) => {
      const period = use.energyPeriod[i] ?? 0
      sums.set(period, (sums.get(period) ?? 0) + kwh)
    })
    return sums
  }
  const none = { nem_credit: 0, net_billing_credit: 0, sell_all_sales: 0, true_up_credit: 0 }
  const buy = ({ rate: price, adj }: ReferenceTier) => price + (adj ?? 0)
  const sell = (tier: ReferenceTier) => tier.sell ?? 0
  if (option.startsWith('nem')) {
    const used = byPeriod(use.imports)
    for (const [period, kwh] of byPeriod(use.exports)) used.set(period, (used.get(period) ?? 0) - kwh)
    if (option === 'nem_kwh_rollover') return rollKwh(rate, terms, use, billingKw, used, state)
    const deficit = new Map([...used].map(([period, kwh]) => [period, Math.max(0, kwh)]))
    const surplus = new Map([...used].map(([period, kwh]) => [period, Math.max(0, -kwh)]))
    const gross = proportional(rate, use, billingKw, deficit, buy)
    const usable = state.bank + proportional(rate, use, billingKw, surplus, sell)
    const credit = Math.min(gross, usable)
    const left = usable - credit
    state.bank = settles ? 0 : left
    return {
      ...none,
      energy_before_credits: gross,
      energy: gross - credit,
      nem_credit: credit,
      true_up_credit: settles ? left : 0,
    }
  }
  const money = (
    values: readonly number[],
    curve: number[] | undefined,
    price: (t: ReferenceTier) => number,
  ) => {
    if (curve) return total(values.map((kwh, i) => kwh * (curve[priceIndex(use, i, curve.length)] ?? 0)))
    return terms.tier_method === 'chronological'
      ? chronological(rate, use, billingKw, values, price)
      : proportional(rate, use, billingKw, byPeriod(values), price)
  }
  const gross = money(use.imports, terms.prices?.buy, buy)
  const earned = option === 'none' ? 0 : money(use.exports, terms.prices?.sell, sell)
  if (option === 'net_billing_carryover') {
    const now = metering?.apply_credit_in_month_earned ? earned : 0
    const credit = Math.min(gross, state.bank + now)
    const left = state.bank + earned - credit
    state.bank = settles ? 0 : left
    const paid = settles && !metering?.credits_expire_at_true_up ? left : 0
    return {
      ...none,
      energy_before_credits: gross,
      energy: gross - credit,
      net_billing_credit: credit,
      true_up_credit: paid,
    }
  }
  return {
    ...none,
    energy_before_credits: gross,
    energy: gross - earned,
    ...(option === 'net_billing' ? { net_billing_credit: earned } : {}),
    ...(option === 'buy_all_sell_all' ? { sell_all_sales: earned } : {}),
  }
}

function priceIndex(use: MonthUse, i: number, length: number): number {
  const perDay = use.imports.length / use.days
  return Math.floor(((use.first + i) * length) / (perDay * 365))
}

/** A period's surplus is found again at the first of 00, 06, 12, 18 h of a weekday at which the period applies. */
function rollKwh(
  rate: ReferenceRate,
  terms: ReferenceTerms,
  use: MonthUse,
  billingKw: number,
  used: Map<number, number>,
  state: { bank: number; bankKwh: number; carried: Map<number, number> },
) {
  const metering = terms.net_metering
  const settles = use.month + 1 === metering?.true_up_month
  const net = total([...used.values()])
  for (const [hour, kwh] of state.carried) {
    const period = rate.energyweekdayschedule[use.month]?.[hour] ?? 0
    used.set(period, (used.get(period) ?? 0) - kwh)
  }
  state.carried.clear()
  for (const [period, kwh] of used) {
    const hour = [0, 6, 12, 18].find((at) => rate.energyweekdayschedule[use.month]?.[at] === period)
    if (kwh < 0 && hour !== undefined && !settles) state.carried.set(hour, -kwh)
  }
  state.bankKwh = Math.max(0, state.bankKwh - net)
  const worth = settles ? state.bankKwh * (metering?.true_up_sell_rate ?? 0) : 0
  if (settles) state.bankKwh = 0
  const deficit = new Map([...used].map(([period, kwh]) => [period, Math.max(0, kwh)]))
  const buy = ({ rate: price, adj }: ReferenceTier) => price + (adj ?? 0)
  const gross = proportional(rate, use, billingKw, deficit, buy)
  const rolls = metering?.true_up_credit_rolls_over ?? false
  const usable = state.bank + (rolls ? worth : 0)
  const credit = Math.min(gross, usable)
  state.bank = usable - credit
  return {
    energy_before_credits: gross,
    energy: gross - credit,
    nem_credit: credit,
    net_billing_credit: 0,
    sell_all_sales: 0,
    true_up_credit: rolls ? 0 : worth,
  }
}

/** kWh of a period in each tier, when the total of all periods fills the tiers. */
export function tierShares(ends: readonly number[], own: number, whole: number): number[] {
  let low = 0
  return ends.map((end) => {
    if (Number.isNaN(end)) return 0
    const width = Math.max(0, Math.min(end, whole) - low)
    low = Math.max(low, Math.min(end, whole))
    return whole === 0 ? 0 : (own * width) / whole
  })
}

function proportional(
  rate: ReferenceRate,
  use: MonthUse,
  billingKw: number,
  byPeriod: ReadonlyMap<number, number>,
  price: (tier: ReferenceTier) => number,
): number {
  const whole = total([...byPeriod.values()])
  return total(
    [...byPeriod].map(([period, own]) => {
      const tiers = rate.energyratestructure[period] ?? []
      const shares = tierShares(tierEnds(tiers, use.days, billingKw), own, whole)
      return total(tiers.map((tier, index) => price(tier) * (shares[index] ?? 0)))
    }),
  )
}

function chronological(
  rate: ReferenceRate,
  use: MonthUse,
  billingKw: number,
  values: readonly number[],
  price: (tier: ReferenceTier) => number,
): number {
  const ends = rate.energyratestructure.map((tiers) => tierEnds(tiers, use.days, billingKw))
  let at = 0
  let money = 0
  values.forEach((kwh, i) => {
    const period = use.energyPeriod[i] ?? 0
    let rest = kwh
    rate.energyratestructure[period]?.forEach((tier, index) => {
      const end = ends[period]?.[index] ?? 0
      if (Number.isNaN(end) || rest <= 0) return
      const part = Math.min(rest, Math.max(0, end - at))
      money += part * price(tier)
      at += part
      rest -= part
    })
  })
  return money
}

function priceDemand(
  rate: ReferenceRate,
  terms: ReferenceTerms,
  use: MonthUse,
  kw: readonly number[],
  billingKw: number,
) {
  const stepped = (tiers: readonly ReferenceDemandTier[], demand: number) => {
    let low = 0
    return total(
      tiers.map(({ rate: price, adj, max }) => {
        const part = Math.max(0, Math.min(demand, max ?? Number.POSITIVE_INFINITY) - low)
        low = Math.max(low, max ?? low)
        return part * (price + (adj ?? 0))
      }),
    )
  }
  const flatTiers = rate.flatdemandstructure?.[rate.flatdemandmonths?.[use.month] ?? 0] ?? []
  const flat = stepped(flatTiers, billingKw)
  const peaks = periodsOf(use.demandPeriod).map((period) => ({
    period,
    kw: Math.max(0, ...kw.filter((_, i) => use.demandPeriod[i] === period)),
  }))
  const highest = Math.max(...peaks.map((row) => row.kw))
  const billed = terms.tou_demand_single_peak ? peaks.filter((row) => row.kw === highest).slice(0, 1) : peaks
  const tou = total(
    billed.map((row) => {
      const ratcheted = terms.billing_demand?.tou_periods_included.includes(row.period)
      return stepped(rate.demandratestructure?.[row.period] ?? [], ratcheted ? billingKw : row.kw)
    }),
  )
  return { flat, tou: rate.demandratestructure ? tou : 0 }
}

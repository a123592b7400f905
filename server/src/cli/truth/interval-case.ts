import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CompiledTariff,
  compileTariff,
  type PriceCurve,
  type RatedCharge,
  type RatedLine,
  type RatingHistory,
  rate,
  type UsageChannel,
} from '../../domain/rating/index.ts'
import { TariffDocument, TariffVersion, weekdayOf } from '../../domain/tariffs/index.ts'
import { readUrdb, type UrdbRate } from '../../formats/urdb/index.ts'
import type { BillingDemandTerms, ExportTerms, UrdbTerms } from '../../formats/urdb/terms.ts'
import { toTariff } from '../../formats/urdb/to-tariff.ts'
import {
  add,
  type Decimal,
  decimal,
  decimalText,
  negate,
  parseDecimal,
  subtract,
  sum,
  ZERO,
} from '../../platform/decimal.ts'
import { startOfDaySeconds } from '../../platform/time.ts'
import { type CaseResult, Comparison } from './comparison.ts'
import { assertKnown, type ExactObject, isNumber, isYes, list, object, text, texts } from './exact-json.ts'
import { channels, readColumn } from './load.ts'
import { Unsupported } from './unsupported.ts'

const PERIOD_PEAKS = 'measured-peak-by-period'
const ZONE = 'UTC'
const YEAR_SECONDS = 365 * 86_400
const MONTHS = Array.from({ length: 12 }, (_, month) => month)

const SIDES = ['without_generation', 'with_generation']
const CASE_FIELDS = [
  'rate',
  'load',
  'generation',
  'interval_minutes',
  'calendar',
  'tier_method',
  'net_metering',
  'billing_demand',
  'timeseries_prices',
  'tou_demand_single_peak',
  'tolerance',
  'expected',
]

/** This will price a year-long interval case, month by month, without and with its generation. */
export function runIntervalCase(folder: string, given: ExactObject): CaseResult {
  assertKnown(given, CASE_FIELDS, 'the case')
  const comparison = new Comparison(isNumber(given.tolerance) ? given.tolerance : undefined)
  const year = yearOf(object(given.calendar))
  const rateRecord = pricedFields(readUrdb(readFileSync(join(folder, text(given.rate)), 'utf8')))
  const expected = object(given.expected)
  const load = readColumn(join(folder, text(given.load)))
  assertKnown(expected, SIDES, 'expected')
  for (const side of SIDES) {
    if (!expected[side]) continue
    const generates = side === 'with_generation'
    const terms = termsOf(given)
    const { tariff } = toTariff(rateRecord, terms)
    const document = TariffDocument.parse(tariff)
    const [version] = document.versions
    if (!version) throw new Error('the tariff has no version')
    const generation = generates ? readColumn(join(folder, text(given.generation))) : undefined
    const netted = terms.export?.option !== 'buy_all_sell_all'
    const start = startOfDaySeconds(`${year}-01-01`, ZONE)
    const compiled = compileTariff(document, measured({ ...version, effectiveFrom: `${year - 1}-01-01` }))
    const charges = priceYear(
      compiled,
      year,
      channels(load, generation, start, YEAR_SECONDS, netted),
      priorPeaks(given, year),
      curvesOf(folder, given, start),
    )
    compareSide(comparison, object(expected[side]), side, charges, terms)
  }
  return comparison.result(text(given.id))
}

/**
 * The fields that the answers of the corpus are made of. Its reference takes kW as the average of an interval,
 * ratchets from the case, and does not price fuel adjustments and coincident peaks.
 */
function pricedFields(record: UrdbRate): UrdbRate {
  const [stranger] = record.unread
  if (stranger !== undefined) throw new Unsupported(`no rule reads the field "${stranger}" of the rate`)
  const { demandWindowMinutes, lookback, ratchetPercentages, fuelAdjustments, coincident, ...priced } = record
  return priced
}

/** Adds what cases expect of the usage itself, as memo lines. */
function measured(version: TariffVersion): TariffVersion {
  const byPeriod = version.touMaps.some((map) => map.code === 'demand')
  const quantities = [
    { code: 'measured-delivered', fn: 'usage', unit: 'kWh' },
    { code: 'measured-received', fn: 'usage', unit: 'kWh', flow: 'received' },
    { code: 'measured-peak', fn: 'max_demand' },
    ...(byPeriod ? [{ code: PERIOD_PEAKS, fn: 'max_demand', tou: 'demand' }] : []),
  ]
  const rules = quantities.map(({ code }) => ({
    kind: 'service_quantity',
    code,
    text: { en: code },
    class: 'memo',
    memo: true,
    quantity: code,
    prices: [{ bands: [{ price: '0' }] }],
  }))
  return TariffVersion.parse({
    ...version,
    quantities: [...version.quantities, ...quantities],
    rules: [...version.rules, ...rules],
  })
}

/** The case's year, or the nearest other that has no leap day and begins on the weekday it names. */
function yearOf(calendar: ExactObject): number {
  const wanted = text(calendar.first_weekday).slice(0, 3).toLowerCase()
  let year = Number(text(calendar.year, '2018'))
  while (weekdayOf(`${year}-01-01`) !== (wanted || 'mon') || year % 4 === 0) year++
  return year
}

function termsOf(given: ExactObject): UrdbTerms {
  const metering = object(given.net_metering)
  const series = object(given.timeseries_prices)
  const demand = billingDemandOf(object(given.billing_demand))
  const exported = metering.option ? exportOf(metering) : undefined
  const singlePeak = isYes(given.tou_demand_single_peak)
  const fill = text(given.tier_method, 'proportional')
  if (fill !== 'proportional' && fill !== 'chronological')
    throw new Unsupported(`no rule fills tiers by the method "${fill}"`)
  assertKnown(series, ['buy', 'sell'], 'timeseries_prices')
  return {
    fill,
    ...(singlePeak ? { singlePeak } : {}),
    ...(demand ? { billingDemand: demand } : {}),
    ...(exported ? { export: exported } : {}),
    ...(given.timeseries_prices
      ? { curves: { ...(series.buy ? { buy: 'buy' } : {}), ...(series.sell ? { sell: 'sell' } : {}) } }
      : {}),
  }
}

const EXPORT_OPTIONS: readonly string[] = [
  'nem_kwh_rollover',
  'nem_dollar_rollover',
  'net_billing',
  'net_billing_carryover',
  'buy_all_sell_all',
] satisfies ExportTerms['option'][]

function exportOf(metering: ExactObject): ExportTerms {
  assertKnown(
    metering,
    [
      'option',
      'true_up_month',
      'true_up_sell_rate',
      'true_up_credit_rolls_over',
      'apply_credit_in_month_earned',
      'credits_expire_at_true_up',
    ],
    'net_metering',
  )
  if (!EXPORT_OPTIONS.includes(text(metering.option)))
    throw new Unsupported(`no rule credits exports by the option "${text(metering.option)}"`)
  return {
    option: text(metering.option) as ExportTerms['option'],
    settleMonth: Number(text(metering.true_up_month, '12')),
    ...(isNumber(metering.true_up_sell_rate) ? { settlePrice: metering.true_up_sell_rate } : {}),
    settlementRollsOver: isYes(metering.true_up_credit_rolls_over),
    useInBillEarned: isYes(metering.apply_credit_in_month_earned),
    expires: isYes(metering.credits_expire_at_true_up),
  }
}

function billingDemandOf(demand: ExactObject): BillingDemandTerms | undefined {
  if (Object.keys(demand).length === 0) return undefined
  assertKnown(
    demand,
    [
      'minimum_kw',
      'lookback_months',
      'lookback_percent_by_month',
      'include_current_month_actual',
      'prior_year_peaks_kw',
      'tou_periods_included',
    ],
    'billing_demand',
  )
  const byMonth = <T>(values: T[], otherwise: T) => (values.length > 0 ? values : MONTHS.map(() => otherwise))
  return {
    minimumKw: text(demand.minimum_kw, '0'),
    lookbackMonths: Number(text(demand.lookback_months, '0')),
    percentByMonth: byMonth(texts(demand.lookback_percent_by_month), '0'),
    includeCurrentByMonth: byMonth(list(demand.include_current_month_actual).map(isYes), true),
    ...(demand.tou_periods_included ? { touPeriods: texts(demand.tou_periods_included).map(Number) } : {}),
  }
}

function priorPeaks(given: ExactObject, year: number): RatingHistory {
  const peaks = texts(object(given.billing_demand).prior_year_peaks_kw).map((value, month) => ({
    month: monthOf(year - 1, month),
    quantity: 'billing-demand',
    value,
  }))
  return { peaks, balances: {} }
}

function curvesOf(folder: string, given: ExactObject, startSeconds: number): Record<string, PriceCurve> {
  const files = Object.entries(object(given.timeseries_prices))
  return Object.fromEntries(
    files.map(([name, file]) => {
      const prices = readColumn(join(folder, text(file))).map((price) => parseDecimal(price) ?? ZERO)
      const scale = Math.max(...prices.map((price) => price.scale))
      const values = Float64Array.from(prices, (price) => Number(price.units) * 10 ** (scale - price.scale))
      return [name, { startSeconds, intervalSeconds: YEAR_SECONDS / values.length, scale, values }]
    }),
  )
}

function monthOf(year: number, month: number): string {
  return month > 11 ? monthOf(year + 1, month - 12) : `${year}-${String(month + 1).padStart(2, '0')}`
}

function priceYear(
  tariff: CompiledTariff,
  year: number,
  usage: readonly UsageChannel[],
  prior: RatingHistory,
  curves: Record<string, PriceCurve>,
): RatedCharge[] {
  let history = prior
  return MONTHS.map((month) => {
    const charge = rate({
      versions: [tariff],
      period: { start: `${monthOf(year, month)}-01`, end: `${monthOf(year, month + 1)}-01` },
      timeZone: ZONE,
      usage: { kind: 'interval', channels: usage },
      facts: { history, curves },
      trace: false,
    })
    history = charge.carry
    return charge
  })
}

function compareSide(
  comparison: Comparison,
  expected: ExactObject,
  side: string,
  charges: readonly RatedCharge[],
  terms: UrdbTerms,
): void {
  assertKnown(expected, ['months', 'energy_by_period_tier', 'tou_demand', 'annual_total'], `expected ${side}`)
  for (const { month, ...components } of list(expected.months).map(object)) {
    const charge = charges[Number(text(month)) - 1]
    if (!charge) throw new Unsupported(`no rule prices the month "${text(month)}"`)
    const actual = componentsOf(charge, terms)
    for (const [name, value] of Object.entries(components))
      comparison.value(`${side} month ${text(month)} ${name}`, value, actual[name])
  }
  for (const [index, rows] of list(expected.energy_by_period_tier).entries())
    compareTiers(comparison, `${side} month ${index + 1}`, list(rows).map(object), charges[index], terms)
  for (const [index, rows] of list(expected.tou_demand).entries())
    for (const row of list(rows).map(object)) {
      assertKnown(row, ['period', 'kw'], 'tou_demand')
      const kw = quantity(charges[index], PERIOD_PEAKS, `p${text(row.period)}`)
      comparison.value(`${side} month ${index + 1} demand period ${text(row.period)}`, row.kw, kw)
    }
  if (expected.annual_total !== undefined) {
    const total = sum(charges.map((charge) => linesSum(charge.lines)))
    comparison.value(`${side} annual_total`, expected.annual_total, total)
  }
}

/**
 * Compares kWh of every period and tier, and money too; but where tiers fill in time order, money by period:
 * the reference books an interval that straddles two tiers whole with the later one.
 */
function compareTiers(
  comparison: Comparison,
  at: string,
  rows: readonly ExactObject[],
  charge: RatedCharge | undefined,
  terms: UrdbTerms,
): void {
  const lines = (charge?.lines ?? []).filter((line) => !line.memo)
  const periods = Map.groupBy(rows, (row) => text(row.period))
  for (const [period, tiers] of periods) {
    const own = lines.filter((line) => line.quantity?.tou === `p${period}`)
    const money = own.filter((line) => ['energy', 'credit'].includes(line.glAccount))
    for (const row of tiers) {
      assertKnown(row, ['period', 'tier', 'kwh', 'charge'], 'energy_by_period_tier')
      const inTier = (line: RatedLine) => (line.band?.number ?? 1) === Number(text(row.tier)) + 1
      const used = own.filter((line) => line.glAccount === 'energy' && inTier(line))
      const path = `${at} period ${period} tier ${text(row.tier)}`
      comparison.value(`${path} kwh`, row.kwh, sum(used.flatMap((line) => line.quantity ?? [])))
      if (terms.fill !== 'chronological')
        comparison.value(`${path} charge`, row.charge, linesSum(money.filter(inTier)))
    }
    if (terms.fill === 'chronological')
      comparison.number(
        `${at} period ${period} charge`,
        decimalText(sum(tiers.map((row) => decimal(text(row.charge))))),
        linesSum(money),
      )
  }
}

function linesSum(lines: readonly RatedLine[]): Decimal {
  return sum(lines.filter((line) => !line.memo).map((line) => line.amountUnrounded))
}

function quantity(charge: RatedCharge | undefined, code: string, tou?: string): Decimal | undefined {
  const rows = charge?.quantities.filter((row) => row.code === code && (tou === undefined || row.tou === tou))
  const whole = rows?.find((row) => row.tou === tou)
  if (whole) return whole.initial
  return rows?.length
    ? rows.map((row) => row.initial).reduce((a, b) => (subtract(a, b).units > 0n ? a : b))
    : undefined
}

function componentsOf(charge: RatedCharge, terms: UrdbTerms): Record<string, Decimal> {
  const ofClass = (name: string) => linesSum(charge.lines.filter((line) => line.glAccount === name))
  const ofRule = (code: string) => linesSum(charge.lines.filter((line) => line.ruleCode === code))
  const credit = negate(ofClass('credit'))
  const option = terms.export?.option ?? ''
  const flow = (code: string) =>
    sum(charge.quantities.filter((row) => row.code === code).map((row) => row.initial))
  const kwh = subtract(flow('measured-delivered'), flow('measured-received'))
  return {
    energy: add(ofClass('energy'), ofClass('credit')),
    energy_before_credits: ofClass('energy'),
    nem_credit: option.startsWith('nem') ? credit : ZERO,
    net_billing_credit: option.startsWith('net_billing') ? credit : ZERO,
    sell_all_sales: option === 'buy_all_sell_all' ? credit : ZERO,
    true_up_credit: negate(ofClass('settlement')),
    demand_flat: ofRule('demand'),
    demand_tou: ofRule('demand-tou'),
    fixed: ofClass('fixed'),
    minimum: ofClass('minimum'),
    total: linesSum(charge.lines),
    kwh,
    excess_kwh: kwh.units < 0n && option !== 'buy_all_sell_all' ? negate(kwh) : ZERO,
    max_kw: flow('measured-peak'),
    billing_demand_kw: quantity(charge, 'billing-demand') ?? flow('measured-peak'),
  }
}

import type { RatingHistory } from '../../domain/rating/index.ts'
import { decimal, decimalText, multiply } from '../../platform/decimal.ts'
import type { Comparison } from './comparison.ts'
import { toldLoad } from './engine-load.ts'
import { monthSeason, monthsOf, total } from './engine-year.ts'
import { assertKnown, type ExactObject, isNumber, list, object, text, texts } from './exact-json.ts'
import { moneyOf, price, priced, type VersionInput } from './neutral.ts'
import { Unsupported } from './unsupported.ts'

const ALWAYS = '1970-01-01'

const COLD = [10, 11, 12, 1, 2, 3]
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1)
const LOOKBACK_FIELDS = [
  'flat_demand_usd_per_kw_by_month',
  'flat_demand_usd_per_kw',
  'lookback_percent',
  'lookback',
  'lookback_months',
  'lookback_range',
  'lookback_range_months',
]

/**
 * Flat demand prices by month on a peak that other months remember. The year repeats: before January lies the
 * same year, so that what its last months remember is what the first ones of a repeated year do.
 */
export function pricedWithLookback(comparison: Comparison, given: ExactObject): void {
  const told = object(given.rate)
  assertKnown(told, LOOKBACK_FIELDS, 'the rate')
  assertKnown(object(given.expected), ['annual_demand_charge', 'monthly_demand_charge'], 'expected')
  const prices = monthlyPrices(told)
  const version: VersionInput = {
    effectiveFrom: ALWAYS,
    seasons: MONTHS.map((month) => ({ code: `m${month}`, ranges: [monthSeason(month, month)] })),
    quantities: [
      { code: 'peak', fn: 'max_demand' },
      { code: 'billed', of: 'peak', ...remembered(told) },
    ],
    rules: MONTHS.map((month) =>
      priced(`m${month}`, 'billed', prices[month - 1] ?? '', { measuresPeak: true, seasons: [`m${month}`] }),
    ),
  }
  const usage = toldLoad(text(object(given.inputs).load), 8760)
  const year = (first: RatingHistory) => {
    let history = first
    return monthsOf(2023).map(({ start, end }) => {
      const charge = price([version], { usage, start, end, facts: { history } })
      history = charge.carry
      return charge
    })
  }
  const alone = year({ peaks: [], balances: {} }).at(-1)?.carry.peaks ?? []
  const before = alone.map((row) => ({ ...row, month: row.month.replace('2023', '2022') }))
  const charges = year({ peaks: before, balances: {} })
  comparison.number('annual_demand_charge', text(object(given.expected).annual_demand_charge), total(charges))
  for (const [index, value] of list(object(given.expected).monthly_demand_charge).entries())
    comparison.value(`monthly_demand_charge ${index + 1}`, value, moneyOf(charges[index]?.lines ?? []))
}

function monthlyPrices(told: ExactObject): string[] {
  const given = told.flat_demand_usd_per_kw_by_month ?? told.flat_demand_usd_per_kw
  if (isNumber(given)) return MONTHS.map(() => given)
  if (Array.isArray(given) && given.length === 12) return texts(given)
  const halves = object(given)
  assertKnown(halves, ['six_cold_months', 'six_warm_months'], 'the prices')
  return MONTHS.map((month) => text(COLD.includes(month) ? halves.six_cold_months : halves.six_warm_months))
}

/** Which months are remembered, by how much and for how long. */
function remembered(told: ExactObject) {
  const share = text(told.lookback_percent)
  const percent = Number(share) <= 1 ? decimalText(multiply(decimal(share), decimal('100'))) : share
  const words = text(told.lookback)
  const listed = texts(told.lookback_months)
  const flags = listed.length === 12 && listed.every((flag) => flag === '0' || flag === '1')
  const months = flags ? MONTHS.filter((month) => listed[month - 1] === '1') : listed.map(Number)
  const range = text(
    told.lookback_range,
    text(told.lookback_range_months, /^(\d+) months/.exec(words)?.[1] ?? ''),
  )
  const isAlways = /^all months/.test(words)
  if (!range && months.length === 0 && !isAlways)
    throw new Unsupported(`no rule reads the look-back "${words}"`)
  return {
    fn: 'billing_demand' as const,
    lookbackMonths: Number(range || '11'),
    percentByMonth: MONTHS.map((month) => (months.length === 0 || months.includes(month) ? percent : '0')),
    includeCurrentByMonth: MONTHS.map(() => true),
  }
}

import type { PriceRow } from '../../domain/tariffs/index.ts'
import { decimal, isZero } from '../../platform/decimal.ts'
import type { DemandUnit, UrdbRate, UrdbTier } from './rate.ts'
import { periodCode, type TariffDraft } from './tariff-draft.ts'
import { type BillingDemandTerms, percentText, priceText, type UrdbTerms } from './terms.ts'
import { BILLING_DEMAND } from './to-energy.ts'

type Tier = UrdbTier<DemandUnit>

/** This will add the demand charges, flat and by time of use, on the measured or the billing demand. */
export function addDemand(draft: TariffDraft, rate: UrdbRate, terms: UrdbTerms): void {
  const ratchet = terms.billingDemand ?? lookbackOf(draft, rate)
  const tou =
    rate.demand && usable(draft, 'demandratestructure', rate.demand.periods) ? rate.demand : undefined
  const { flatDemand } = rate
  const converted =
    flatDemand && !ratchet && !isInKw(flatDemand) ? convertedPeak(draft, flatDemand) : undefined
  const flat =
    flatDemand && (converted || usable(draft, 'flatdemandstructure', flatDemand.periods))
      ? flatDemand
      : undefined
  if (tou) {
    draft.addTouMap('demand', tou.weekday, tou.weekend)
    draft.addQuantity({
      code: 'peak-by-period',
      fn: 'max_demand',
      tou: 'demand',
      ...(terms.singlePeak && !ratchet ? { singlePeak: true } : {}),
      ...draft.window,
    })
  }
  if (flat || ratchet) draft.addQuantity({ code: 'peak', fn: 'max_demand', ...draft.window })
  const billed = ratchet && addRatchet(draft, ratchet, tou !== undefined, terms.singlePeak ?? false)
  if (flat) addFlat(draft, flat, billed ?? converted ?? 'peak')
  if (tou) addTou(draft, tou.periods, billed ?? 'peak-by-period')
  addCoincident(draft, rate)
}

function isInKw({ periods }: NonNullable<UrdbRate['flatDemand']>): boolean {
  return periods.flat().every((tier) => tier.unit === 'kW')
}

function usable(draft: TariffDraft, field: string, periods: readonly (readonly Tier[])[]): boolean {
  const odd = periods.flat().find((tier) => tier.unit !== 'kW')
  if (odd) draft.omit(field, `demand in ${odd.unit} needs a quantity that the record does not define`)
  return odd === undefined
}

/** Horsepower of electric motors: 0.745699872 kW each. */
const KW_PER_HP = '0.745699872'

/** The flat demand that is billed in another unit than kW, as a quantity; undefined where the record mixes units. */
function convertedPeak(draft: TariffDraft, flat: NonNullable<UrdbRate['flatDemand']>): string | undefined {
  const [unit, ...others] = new Set(flat.periods.flat().map((tier) => tier.unit))
  if (others.length > 0) return undefined
  draft.addQuantity({ code: 'peak', fn: 'max_demand', ...draft.window })
  if (unit === 'kVA' || unit === 'hp') {
    const expression = unit === 'kVA' ? 'peak / power_factor' : `peak / ${KW_PER_HP}`
    draft.addQuantity({ code: 'converted-peak', fn: 'formula', unit, expression })
    return 'converted-peak'
  }
  if (unit !== 'kW daily') return undefined
  draft.addQuantity({ code: 'daily-peaks', fn: 'max_demand', each: 'day', take: 'sum', ...draft.window })
  return 'daily-peaks'
}

function addRatchet(
  draft: TariffDraft,
  terms: BillingDemandTerms,
  byTou: boolean,
  singlePeak: boolean,
): string {
  const plain = draft.quantities.findIndex((quantity) => quantity.code === BILLING_DEMAND)
  if (plain >= 0) draft.quantities.splice(plain, 1)
  draft.addQuantity({
    code: BILLING_DEMAND,
    fn: 'billing_demand',
    of: byTou ? 'peak-by-period' : 'peak',
    ...(byTou && terms.touPeriods ? { touPeriods: terms.touPeriods.map(periodCode) } : {}),
    ...(byTou && singlePeak ? { singlePeak } : {}),
    lookbackMonths: terms.lookbackMonths,
    percentByMonth: terms.percentByMonth,
    includeCurrentByMonth: terms.includeCurrentByMonth,
    floor: terms.minimumKw,
  })
  return BILLING_DEMAND
}

function addFlat(draft: TariffDraft, flat: NonNullable<UrdbRate['flatDemand']>, quantity: string): void {
  const seasons = draft.addSeasons('flat-demand', (month) => String(flat.months[month]))
  const prices = seasons
    .map(({ season, months }) => ({
      ...(season === undefined ? {} : { season }),
      bands: bandsOf(flat.periods[flat.months[months[0] ?? 0] ?? 0] ?? []),
    }))
    .filter(isPriced)
  if (prices.length === 0) return
  draft.rules.push({
    kind: 'service_quantity',
    code: 'demand',
    text: { en: 'Demand', es: 'Demanda' },
    class: 'demand',
    quantity,
    measuresPeak: true,
    prices,
  })
}

function addTou(draft: TariffDraft, periods: readonly (readonly Tier[])[], quantity: string): void {
  const used = draft.touMaps.find((map) => map.code === 'demand')?.periods.map(({ code }) => code) ?? []
  const prices = used
    .map((tou): PriceRow => ({ tou, bands: bandsOf(periods[Number(tou.slice(1))] ?? []) }))
    .filter(isPriced)
  if (prices.length === 0) return
  draft.rules.push({
    kind: 'service_quantity',
    code: 'demand-tou',
    text: { en: 'Time-of-use demand', es: 'Demanda por horario' },
    class: 'demand',
    quantity,
    measuresPeak: true,
    prices,
  })
}

function bandsOf(tiers: readonly Tier[]): PriceRow['bands'] {
  return tiers.map(({ max, rate, adj }) => ({
    ...(max === undefined ? {} : { upTo: { value: max, per: 'bill' as const } }),
    price: priceText(rate, adj),
  }))
}

function isPriced(row: PriceRow): boolean {
  return row.bands.some(({ price }) => typeof price !== 'string' || !isZero(decimal(price)))
}

function lookbackOf(draft: TariffDraft, rate: UrdbRate): BillingDemandTerms | undefined {
  const { lookback, ratchetPercentages } = rate
  const always = Array.from({ length: 12 }, () => true)
  if (lookback?.percent !== undefined && !isZero(decimal(lookback.percent))) {
    const percent = percentText(lookback.percent)
    const { months, rangeMonths } = lookback
    if (!months?.includes(true) && !rangeMonths) return undefined
    return {
      minimumKw: '0',
      lookbackMonths: rangeMonths ?? 11,
      percentByMonth: always.map((_, month) => (rangeMonths || months?.[month] ? percent : '0')),
      includeCurrentByMonth: always,
    }
  }
  if (!ratchetPercentages?.some((percent) => !isZero(decimal(percent)))) return undefined
  draft.omit(
    'demandratchetpercentage',
    'read as percents of the peaks of those months, eleven months back; the record does not say',
  )
  return {
    minimumKw: '0',
    lookbackMonths: 11,
    percentByMonth: ratchetPercentages.map(percentText),
    includeCurrentByMonth: always,
  }
}

function addCoincident(draft: TariffDraft, rate: UrdbRate): void {
  const { coincident } = rate
  if (!coincident) return
  const used = [...new Set(coincident.schedule.flat())]
  const [only] = used
  if (used.length !== 1 || only === undefined) {
    draft.omit(
      'coincidentratestructure',
      'the record says when a system peak may fall, not when it did; prices that differ by hour need a rule each',
    )
    return
  }
  draft.addQuantity({ code: 'coincident-peak', fn: 'coincident_demand', event: 'system-peak' })
  draft.rules.push({
    kind: 'service_quantity',
    code: 'coincident-demand',
    text: { en: 'Coincident demand', es: 'Demanda coincidente' },
    class: 'demand',
    quantity: 'coincident-peak',
    measuresPeak: true,
    prices: [{ bands: bandsOf(coincident.periods[only] ?? []) }],
  })
}

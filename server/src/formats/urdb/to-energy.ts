import type { PriceRow } from '../../domain/tariffs/index.ts'
import { decimal, isZero } from '../../platform/decimal.ts'
import type { EnergyUnit, UrdbRate, UrdbTier } from './rate.ts'
import { periodCode, type TariffDraft } from './tariff-draft.ts'
import { priceText, type UrdbTerms } from './terms.ts'

type Tier = UrdbTier<EnergyUnit>
type BandInput = PriceRow['bands'][number]

/** The demand that hours-use limits multiply. */
export const BILLING_DEMAND = 'billing-demand'

const LIMIT_BASES = {
  kWh: 'bill',
  'kWh daily': 'day',
  'kWh/kW': 'kw',
  'kWh/kW daily': 'kw_day',
} as const

/** This will add the energy charges: time-of-use map, quantity, stepped prices, fuel adjustments. */
export function addEnergy(draft: TariffDraft, rate: UrdbRate, terms: UrdbTerms): void {
  const { energy } = rate
  if (!energy) return
  const seasons = draft.addTouMap('energy', energy.weekday, energy.weekend)
  draft.energySeasons = seasons
  draft.addQuantity({ code: 'energy-use', fn: 'usage', unit: 'kWh', tou: 'energy' })
  draft.rules.push({
    kind: 'service_quantity',
    code: 'energy',
    text: { en: 'Energy', es: 'Energía' },
    class: 'energy',
    quantity: 'energy-use',
    fill: terms.fill ?? 'proportional',
    prices: terms.curves?.buy
      ? [{ bands: [{ price: { curve: terms.curves.buy } }] }]
      : energyRows(draft, energy.periods, seasons, ({ rate: price, adj }) => priceText(price, adj)),
  })
  addFuel(draft, rate)
}

/** This will lay the blocks of each period out as price rows, by season where the blocks have limits. */
export function energyRows(
  draft: TariffDraft,
  periods: readonly (readonly Tier[])[],
  seasons: readonly { season: string | undefined; periods: readonly number[] }[],
  priceOf: (tier: Tier) => string,
): PriceRow[] {
  const used = [...new Set(seasons.flatMap((row) => row.periods))]
  const isStepped = used.some((period) => (periods[period]?.length ?? 0) > 1)
  const row = (period: number, season?: string): PriceRow => ({
    ...(season === undefined ? {} : { season }),
    tou: periodCode(period),
    bands: bandsOf(draft, periods[period] ?? [], priceOf),
  })
  if (!isStepped) return used.map((period) => row(period))
  return seasons.flatMap(({ season, periods: own }) => own.map((period) => row(period, season)))
}

/** A kWh/kW step that kWh steps follow is a block which they subdivide. */
function bandsOf(draft: TariffDraft, tiers: readonly Tier[], priceOf: (tier: Tier) => string): BandInput[] {
  const mixed = tiers.some((tier) => isHoursUse(tier)) && tiers.some((tier) => !isHoursUse(tier))
  const bands: BandInput[] = []
  for (const tier of tiers) {
    const band = { ...limitOf(draft, tier), price: priceOf(tier) }
    const outer = bands.at(-1)
    if (mixed && outer && !isHoursUse(tier)) outer.within = [...(outer.within ?? []), band]
    else bands.push(band)
  }
  return bands
}

function isHoursUse(tier: Tier): boolean {
  return tier.unit.includes('/')
}

function limitOf(draft: TariffDraft, tier: Tier) {
  if (tier.max === undefined) return {}
  if (tier.unit === 'kWh/hp' || tier.unit === 'kWh/hp daily') {
    draft.omit(
      'energyratestructure.unit',
      `limits in ${tier.unit} need the connected horsepower, which no meter gives`,
    )
    return {}
  }
  const per = LIMIT_BASES[tier.unit]
  if (per === 'bill' || per === 'day') return { upTo: { value: tier.max, per } }
  draft.addQuantity({ code: 'peak', fn: 'max_demand', ...draft.window })
  draft.addQuantity({ code: BILLING_DEMAND, fn: 'formula', unit: 'kW', expression: 'peak' })
  return { upTo: { value: tier.max, per, of: BILLING_DEMAND } }
}

function addFuel(draft: TariffDraft, rate: UrdbRate): void {
  const { fuelAdjustments } = rate
  if (!fuelAdjustments?.some((price) => !isZero(decimal(price)))) return
  const seasons = draft.addSeasons('fuel', (month) => fuelAdjustments[month] ?? '0')
  draft.rules.push({
    kind: 'service_quantity',
    code: 'fuel',
    text: { en: 'Fuel adjustment', es: 'Ajuste por combustible' },
    class: 'energy',
    quantity: 'energy-use',
    prices: seasons.map(({ season, months }) => ({
      ...(season === undefined ? {} : { season }),
      bands: [{ price: fuelAdjustments[months[0] ?? 0] ?? '0' }],
    })),
  })
}

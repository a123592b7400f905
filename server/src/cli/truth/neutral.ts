import {
  compileTariff,
  type RatedCharge,
  type RatedLine,
  type RatingFacts,
  rate,
  type Usage,
  type UsageChannel,
} from '../../domain/rating/index.ts'
import { TariffDocument, type TariffInput } from '../../domain/tariffs/index.ts'
import { type Decimal, sum } from '../../platform/decimal.ts'
import { addDays, startOfDaySeconds } from '../../platform/time.ts'

export type VersionInput = TariffInput['versions'][number]
export type RuleInput = VersionInput['rules'][number]
export type QuantityInput = NonNullable<VersionInput['quantities']>[number]
export type TouMapInput = NonNullable<VersionInput['touMaps']>[number]

/** What a case without a bill date is priced in. */
export const ZONE = 'UTC'
export const FIRST_DAY = '2025-01-01'

interface Pricing {
  usage: Usage
  facts?: RatingFacts
  start?: string
  end?: string
  days?: number
  timeZone?: string
}

/** This will price a usage under versions written down for a case. */
export function price(versions: VersionInput[], pricing: Pricing): RatedCharge {
  const document = TariffDocument.parse({
    code: 'case',
    name: 'Case',
    serviceType: 'electricity',
    currency: 'USD',
    versions,
  } satisfies TariffInput)
  const start = pricing.start ?? FIRST_DAY
  return rate({
    versions: document.versions.map((version) => compileTariff(document, version)),
    period: { start, end: pricing.end ?? addDays(start, pricing.days ?? 30) },
    timeZone: pricing.timeZone ?? ZONE,
    usage: pricing.usage,
    ...(pricing.facts ? { facts: pricing.facts } : {}),
  })
}

/** This will write a code for a name of a case. */
export function codeOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
}

/** This will make a rule that prices a quantity at one price. */
export function priced(
  code: string,
  quantity: string,
  unitPrice: string,
  more: { tou?: string; measuresPeak?: boolean; class?: string; seasons?: string[] } = {},
): RuleInput {
  const { tou, class: kind = 'energy', ...rest } = more
  return {
    kind: 'service_quantity',
    code,
    text: { en: code },
    class: kind,
    quantity,
    prices: [{ ...(tou === undefined ? {} : { tou }), bands: [{ price: unitPrice }] }],
    ...rest,
  }
}

/** This will make a map with one window `in`, everything else `out`. */
export function windowMap(code: string, rows: Omit<TouMapInput['rows'][number], 'period'>[]): TouMapInput {
  return {
    code,
    periods: ['in', 'out'].map((period) => ({ code: period, text: { en: period } })),
    rows: rows.filter((row) => row.from !== row.until).map((row) => ({ ...row, period: 'in' })),
    otherwise: 'out',
  }
}

/** This will make an hourly channel (or of other equal intervals) that begins with a local day. */
export function channel(
  energies: Float64Array,
  scale: number,
  start: string,
  timeZone = ZONE,
  intervalSeconds = 3600,
): UsageChannel {
  return {
    unit: 'kWh',
    flow: 'delivered',
    intervalSeconds,
    startSeconds: startOfDaySeconds(start, timeZone),
    scale,
    values: energies,
  }
}

export function moneyOf(lines: readonly RatedLine[]): Decimal {
  return sum(lines.filter((line) => !line.memo).map((line) => line.amountUnrounded))
}

export function centsOf(lines: readonly RatedLine[]): Decimal {
  return sum(lines.map((line) => ({ units: BigInt(line.amountCents), scale: 2 })))
}

/** This will add up a reported quantity, or one period of it. */
export function quantityOf(charge: RatedCharge, code: string, tou?: string): Decimal {
  const rows = charge.quantities.filter((row) => row.code === code && (tou === undefined || row.tou === tou))
  return sum(rows.map((row) => row.initial))
}

import { TariffDocument, type TariffInput } from '../../domain/tariffs/index.ts'
import { add, decimal, decimalText, isZero, multiply, round } from '../../platform/decimal.ts'
import type { UrdbRate } from './rate.ts'
import { TariffDraft } from './tariff-draft.ts'
import { addDemand, type BillingDemandTerms } from './to-demand.ts'
import { addEnergy } from './to-energy.ts'
import { addExport, type ExportTerms } from './to-export.ts'

/** A field of the record that the tariff does not carry, and why. */
export interface NotExpressed {
  field: string
  reason: string
}

/** Terms that a record does not state, but whoever uses it may know. */
export interface UrdbTerms {
  /** How several blocks meet several time-of-use periods; the record is silent. */
  fill?: 'proportional' | 'chronological'
  billingDemand?: BillingDemandTerms
  singlePeak?: boolean
  export?: ExportTerms
  /** Names of price curves in the facts that replace the table's prices. */
  curves?: { buy?: string; sell?: string }
  rounding?: TariffInput['versions'][number]['rounding']
}

const ALWAYS = '1970-01-01'

/** This will turn a URDB rate into a tariff, and name every field that the tariff could not carry. */
export function toTariff(
  rate: UrdbRate,
  terms: UrdbTerms = {},
): { tariff: TariffDocument; notExpressed: NotExpressed[] } {
  const draft = new TariffDraft()
  addFixed(draft, rate)
  addEnergy(draft, rate, terms)
  addDemand(draft, rate, terms)
  addMinimum(draft, rate)
  addExport(draft, rate, terms)
  nameRest(draft, rate)
  const tariff = TariffDocument.parse({
    code: slug(rate.label ?? rate.name ?? 'urdb-rate'),
    name: rate.name ?? rate.label ?? 'URDB rate',
    serviceType: 'electricity',
    currency: 'USD',
    ...(rate.description ? { description: rate.description } : {}),
    ...(rate.source ? { source: rate.source } : {}),
    versions: [
      {
        effectiveFrom: rate.validFrom ?? ALWAYS,
        ...(terms.rounding ? { rounding: terms.rounding } : {}),
        seasons: draft.seasons,
        touMaps: draft.touMaps,
        quantities: draft.quantities,
        rules: draft.rules,
      },
    ],
  } satisfies TariffInput)
  return { tariff, notExpressed: draft.notExpressed }
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return plain.slice(0, 64).replace(/-+$/, '') || 'urdb-rate'
}

const CHARGE_PERIODS = { '$/month': 'bill', '$/day': 'day', '$/year': 'year' } as const

function addFixed(draft: TariffDraft, rate: UrdbRate): void {
  for (const [index, charge] of rate.fixedCharges.entries()) {
    if (isZero(decimal(charge.amount))) continue
    draft.rules.push({
      kind: 'flat_charge',
      code: index === 0 ? 'fixed' : `fixed-${index + 1}`,
      text: { en: 'Customer charge', es: 'Cargo por cliente' },
      class: 'fixed',
      price: charge.amount,
      per: CHARGE_PERIODS[charge.unit],
    })
  }
  const { additionalMeterCharge } = rate
  if (!additionalMeterCharge) return
  draft.rules.push({
    kind: 'flat_charge',
    code: 'additional-meters',
    text: { en: 'Additional meters', es: 'Medidores adicionales' },
    class: 'fixed',
    price: additionalMeterCharge.amount,
    per: CHARGE_PERIODS[additionalMeterCharge.unit],
    times: { fact: 'additional_meters', otherwise: '0' },
  })
}

function addMinimum(draft: TariffDraft, rate: UrdbRate): void {
  for (const [index, { amount, unit }] of rate.minimumCharges.entries()) {
    if (isZero(decimal(amount))) continue
    draft.rules.push({
      kind: 'minimum',
      code: index === 0 ? 'minimum' : `minimum-${index + 1}`,
      text: { en: 'Minimum charge', es: 'Cargo mínimo' },
      class: 'minimum',
      amount,
      per: CHARGE_PERIODS[unit],
      base: { classes: ['energy', 'demand', 'fixed'], rounded: false },
    })
  }
}

function nameRest(draft: TariffDraft, rate: UrdbRate): void {
  if (rate.reactivePowerCharge !== undefined && !isZero(decimal(rate.reactivePowerCharge)))
    draft.omit(
      'demandreactivepowercharge',
      'the record does not say how reactive power is measured and what is free',
    )
  if (Object.keys(rate.eligibility).length > 0)
    draft.omit(
      'peakkwcapacity*, voltage*, phasewiring',
      'who may take the rate is decided when it is assigned, not when it is priced',
    )
  if (rate.validUntil !== undefined) draft.omit('enddate', 'a version ends where the next begins')
  if (Object.keys(rate.comments).length > 0)
    draft.omit('*comments, *attrs', 'free text is not priced; read it for riders and conditions')
}

/** This will write rate + adj exactly. */
export function priceText(rate: string, adj: string): string {
  return decimalText(add(decimal(rate), decimal(adj)))
}

/** This will write a share (0.8) or a percent (80) as percent: records use both. */
export function percentText(text: string): string {
  const value = decimal(text)
  const isShare = round(value, 0, 'up').units <= 1n
  return decimalText(isShare ? multiply(value, decimal('100')) : value)
}

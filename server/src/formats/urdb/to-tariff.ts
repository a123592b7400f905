import type { TariffInput } from '../../domain/tariffs/index.ts'
import { decimal, isZero } from '../../platform/decimal.ts'
import type { UrdbRate } from './rate.ts'
import { TariffDraft } from './tariff-draft.ts'
import type { NotExpressed, UrdbTerms } from './terms.ts'
import { addDemand } from './to-demand.ts'
import { addEnergy } from './to-energy.ts'
import { addExport } from './to-export.ts'

const ALWAYS = '1970-01-01'

/** This will turn a URDB rate into a tariff, and name every field that the tariff could not carry. */
export function toTariff(
  rate: UrdbRate,
  terms: UrdbTerms = {},
): { tariff: TariffInput; notExpressed: NotExpressed[] } {
  const draft = new TariffDraft()
  if (rate.demandWindowMinutes !== undefined) draft.window = { windowMinutes: rate.demandWindowMinutes }
  addFixed(draft, rate)
  addEnergy(draft, rate, terms)
  addDemand(draft, rate, terms)
  addExport(draft, rate, terms)
  addMinimum(draft, rate)
  nameRest(draft, rate)
  const tariff: TariffInput = {
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
  }
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
      base: { classes: ['energy', 'demand', 'fixed', 'credit'], rounded: false },
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
  for (const field of rate.unread) draft.omit(field, 'no field of the database has this name')
  if (rate.validUntil !== undefined) draft.omit('enddate', 'a version ends where the next begins')
  if (Object.keys(rate.comments).length > 0)
    draft.omit('*comments, *attrs', 'free text is not priced; read it for riders and conditions')
}

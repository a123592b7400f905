import { TariffDocument, type TariffInput } from '../tariffs/index.ts'
import type { RatedCharge, RatingFacts, Usage } from './charge.ts'
import { compileTariff } from './compile.ts'
import { rate } from './rate.ts'

export type VersionInput = TariffInput['versions'][number]
export type RuleInput = VersionInput['rules'][number]

export interface BillInput {
  usage: Usage
  start?: string
  end?: string
  timeZone?: string
  facts?: RatingFacts
  trace?: boolean
  missingTolerance?: number
}

/** This will price one bill under versions written in a test; June 2025 in New York unless told otherwise. */
export function bill(versions: VersionInput | VersionInput[], input: BillInput): RatedCharge {
  const tariff = TariffDocument.parse({
    code: 'test',
    name: 'Test',
    serviceType: 'electricity',
    currency: 'USD',
    versions: Array.isArray(versions) ? versions : [versions],
  })
  const { usage, facts, trace, missingTolerance } = input
  return rate({
    versions: tariff.versions.map((version) => compileTariff(tariff, version)),
    period: { start: input.start ?? '2025-06-01', end: input.end ?? '2025-07-01' },
    timeZone: input.timeZone ?? 'America/New_York',
    usage,
    ...(facts ? { facts } : {}),
    ...(trace === undefined ? {} : { trace }),
    ...(missingTolerance === undefined ? {} : { missingTolerance }),
  })
}

/** This will make a register quantity of whole kWh. */
export function kwh(quantity: number, scale = 0): Usage {
  return { kind: 'quantities', quantities: [{ unit: 'kWh', quantity, scale }] }
}

export const KWH = { code: 'kwh', fn: 'usage', unit: 'kWh' } as const

export function energyAt(price: string): Extract<RuleInput, { kind: 'service_quantity' }> {
  return {
    kind: 'service_quantity',
    code: 'energy',
    text: { en: 'Energy', es: 'Energía' },
    class: 'energy',
    quantity: 'kwh',
    prices: [{ bands: [{ price }] }],
  }
}

export function fixedOf(price: string): Extract<RuleInput, { kind: 'flat_charge' }> {
  return { kind: 'flat_charge', code: 'fixed', text: { en: 'Customer charge' }, class: 'fixed', price }
}

/** This will list what a bill charges, as `rule cents`. */
export function charges({ lines }: RatedCharge): string[] {
  return lines.map((line) => `${line.ruleCode} ${line.amountCents}`)
}

import { createHash } from 'node:crypto'
import type { LocalDate } from '../../platform/time.ts'
import type { TariffDocument } from './tariff.ts'
import type { LocalText } from './tariff-text.ts'

/** A tariff of a client, whatever its versions say. */
export interface StoredTariff {
  clientId: number
  tariffId: number
  code: string
  name: LocalText
  companyId: number
  serviceKind: 'electricity' | 'gas' | 'water' | 'lighting'
  customerClass: string | null
  status: 'draft' | 'active' | 'closed'
}

/** An approved version: `document` is a whole tariff text that holds this one version. It never changes. */
export interface StoredTariffVersion {
  tariffId: number
  version: number
  effectiveFrom: LocalDate
  effectiveTo: LocalDate | null
  document: TariffDocument
  /** Hex; equal for equal documents, whatever the order of their fields. */
  sha256: string
}

/** The text that a charge was priced with. */
export type PricedVersion = Pick<StoredTariffVersion, 'tariffId' | 'version' | 'document'>

/** A dated value outside the tariff text: fuel, tax, rider. */
export interface StoredFactor {
  factorCode: string
  name: LocalText
  kind: 'unit_rate' | 'charge' | 'percent'
  values: {
    /** Zone or jurisdiction; '' when the factor has none. */
    characteristic: string
    effectiveFrom: LocalDate
    effectiveTo: LocalDate | null
    /** Decimal text. */
    value: string
  }[]
}

/** This will give the fingerprint of a tariff text: equal texts, whatever the order of their fields, have the same. */
export function tariffSha256(document: TariffDocument): Buffer {
  return createHash('sha256').update(canonicalJson(document)).digest()
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`
}

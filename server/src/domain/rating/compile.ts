import type { LocalDate } from '../../platform/time.ts'
import type { TariffHeader, TariffVersion } from '../tariffs/index.ts'

/** A tariff version made ready for rating: exact numbers, minute tables. Immutable; cache it by version. */
export interface CompiledTariff {
  readonly tariffCode: string
  readonly effectiveFrom: LocalDate
  readonly currency: string
  readonly currencyExponent: number
  readonly timeZone: string | undefined
  readonly version: TariffVersion
}

/** This will make a checked tariff version ready for rating. A version with faults (`checkTariff`) is a defect here. */
export function compileTariff(tariff: TariffHeader, version: TariffVersion): CompiledTariff {
  return {
    tariffCode: tariff.code,
    effectiveFrom: version.effectiveFrom,
    currency: tariff.currency,
    currencyExponent: tariff.currencyExponent,
    timeZone: tariff.timeZone,
    version,
  }
}

import { type Decimal, decimal } from '../../platform/decimal.ts'
import type { LocalDate } from '../../platform/time.ts'
import {
  type DerivedQuantity,
  type Formula,
  parseFormula,
  type Season,
  type TariffHeader,
  type TariffVersion,
  type TouMap,
} from '../tariffs/index.ts'
import type { Calendar } from './calendar.ts'

/** A tariff version made ready for rating. Cache it by version: it keeps what all its bills share. */
export interface CompiledTariff {
  readonly tariffCode: string
  readonly effectiveFrom: LocalDate
  readonly currency: string
  readonly currencyExponent: number
  readonly timeZone: string | undefined
  readonly version: TariffVersion
  /** Decimal text of the version as an exact number. */
  number(text: string): Decimal
  touMap(code: string): TouMap
  season(code: string): Season
  quantity(code: string): DerivedQuantity
  formula(code: string): Formula
  /** Calendars made so far, by zone and period. */
  readonly calendars: Map<string, Calendar>
}

/** This will make a checked tariff version ready for rating. A fault that `checkTariff` names is a defect here. */
export function compileTariff(tariff: TariffHeader, version: TariffVersion): CompiledTariff {
  const numbers = new Map<string, Decimal>()
  const formulas = new Map(
    version.quantities.flatMap((quantity) =>
      quantity.fn === 'formula' ? [[quantity.code, parseFormula(quantity.expression)]] : [],
    ),
  )
  const where = `tariff ${tariff.code} of ${version.effectiveFrom}`
  return {
    tariffCode: tariff.code,
    effectiveFrom: version.effectiveFrom,
    currency: tariff.currency,
    currencyExponent: tariff.currencyExponent,
    timeZone: tariff.timeZone,
    version,
    calendars: new Map(),
    number(text) {
      const known = numbers.get(text)
      if (known) return known
      const read = decimal(text)
      numbers.set(text, read)
      return read
    },
    touMap: finder(version.touMaps, `${where} has no time-of-use map`),
    season: finder(version.seasons, `${where} has no season`),
    quantity: finder(version.quantities, `${where} has no quantity`),
    formula: (code) => {
      const formula = formulas.get(code)
      if (!formula) throw new Error(`${where} has no formula ${code}`)
      return formula
    },
  }
}

function finder<T extends { code: string }>(rows: readonly T[], missing: string): (code: string) => T {
  const byCode = new Map(rows.map((row) => [row.code, row]))
  return (code) => {
    const row = byCode.get(code)
    if (!row) throw new Error(`${missing} ${code}`)
    return row
  }
}

export type { BillFactor, DerivedQuantity, RoundingPolicy, Tariff, TariffInput } from './tariff.ts'
export { TariffDocument, TariffHeader, TariffVersion, TouMap } from './tariff.ts'
export type { CalcRule, Price, PriceRow, RuleKind } from './tariff-rule.ts'
export type { LocalText } from './tariff-text.ts'

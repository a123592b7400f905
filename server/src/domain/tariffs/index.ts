export { type ClockWindow, holidaysOf, inSeason, minutes, weekdayOf, windowsOf } from './calendar.ts'
export {
  correctBillFactorValue,
  type SavedTariff,
  saveBillFactor,
  saveHolidays,
  saveTariff,
  saveTariffVersion,
  setBillFactorValue,
} from './operations.ts'
export {
  billFactors,
  getTariff,
  getTariffs,
  holidays,
  pricedVersions,
  sharedValues,
  tariffVersions,
  tariffVersionsFor,
} from './queries.ts'
export {
  dayWithoutValue,
  type SharedValue,
  type SharedValues,
  sharedValuesSeen,
  takesSharedValues,
  withSharedValues,
  yearWithoutHolidays,
} from './shared-values.ts'
export {
  type PricedVersion,
  type StoredFactor,
  type StoredTariff,
  type StoredTariffVersion,
  tariffSha256,
} from './stored-tariff.ts'
export type {
  BillFactor,
  DayClass,
  RoundingPolicy,
  Season,
  Tariff,
  TariffInput,
} from './tariff.ts'
export { TariffDocument, TariffHeader, TariffVersion, TouMap } from './tariff.ts'
export { checkTariff, readTariff } from './tariff-check.ts'
export { type Formula, parseFormula } from './tariff-formula.ts'
export type { DerivedQuantity } from './tariff-quantity.ts'
export type { Band, Base, CalcRule, Limit, Price, PriceRow, Proration, RuleKind } from './tariff-rule.ts'
export type { LocalText } from './tariff-text.ts'
export {
  type CheckedText,
  checkTariffText,
  faultText,
  readTariffText,
  type TextFault,
  writeTariffText,
} from './text-form.ts'
export { modelSchema, tariffTextSchema } from './text-schema.ts'

export { calendarFor } from './calendar.ts'
export type {
  ChargePart,
  EventWindow,
  LineQuantity,
  Localized,
  PeakRecord,
  PriceCurve,
  QualityRun,
  RatedCharge,
  RatedLine,
  RatedQuantity,
  RatingFacts,
  RatingHistory,
  RatingInput,
  Usage,
  UsageChannel,
  UsageQuantity,
} from './charge.ts'
export { type CompiledTariff, compileTariff } from './compile.ts'
export { rate } from './rate.ts'
export { lineText, reasonOf, type SpokenLine } from './reason.ts'

export { decodeBlock, decodeQuality, encodeBlock, encodeQuality } from './block-codec.ts'
export { type DayGrid, dayGrid, intervalsOfDay } from './day-grid.ts'
export type { ImportedSeries, ImportReport } from './import-report.ts'
export type { DayBlock, IntervalRequest, IntervalSeries, Recorded } from './interval.ts'
export { loadIntervals, loadSource } from './load-intervals.ts'
export { recordBlocks } from './operations/blocks.ts'
export { type ImportInput, importUsage } from './operations/import.ts'
export { recordReads } from './operations/reads.ts'
export { actOnUsages, cancelUsage, createUsage, postUsage } from './operations/usage.ts'
export { countQuality, expandQuality, type Quality, type QualityRun, qualityRuns } from './quality.ts'
export { getUsage, loadReads, readyUsages, usageImports, usageOfAgreement, usagesByKey } from './queries.ts'
export { type RegisterPair, registeredUse } from './register-read.ts'
export type { RegisterRead } from './store/read.ts'
export {
  type NewUsage,
  USAGE_LIFE_CYCLE,
  type Usage,
  type UsageAction,
  type UsageKey,
  type UsageQuantity,
  type UsageSource,
  type UsageStatus,
  usageAfter,
} from './usage.ts'

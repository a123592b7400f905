export type { CsvOptions, Flow, IntervalFile, IntervalSeries, Quality, Unit } from './interval-file.ts'
export { readIntervalCsv } from './read.ts'
export { csvLine } from './write.ts'

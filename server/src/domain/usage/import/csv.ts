import { type CsvOptions, type IntervalSeries, readIntervalCsv } from '../../../formats/csv/index.ts'
import type { FileSeries, UsageFile } from './file-series.ts'

/** This will read an interval CSV into series of our own words. */
export async function readCsvUsage(
  source: AsyncIterable<Uint8Array> | Uint8Array,
  options: CsvOptions,
): Promise<UsageFile> {
  const { series, faults } = await readIntervalCsv(source, options)
  return { series: series.map(toFileSeries), faults }
}

function toFileSeries(series: IntervalSeries): FileSeries {
  const label = [series.meterId, series.channel, series.flow].filter((part) => part !== undefined)
  return {
    name: label.join(' '),
    identifiers: series.meterId === undefined ? [] : [series.meterId],
    measure: 'interval',
    unit: series.unit,
    unitText: series.unit,
    scale: series.scale,
    averagePower: series.unit === 'W' || series.unit === 'kW' || series.unit === 'MW',
    flow: series.flow,
    startSeconds: series.startSeconds,
    durationSeconds: series.intervalSeconds,
    values: series.values,
    qualities: series.qualities,
  }
}

import { type GreenButtonSeries, readGreenButton, type XmlSource } from '../../../formats/espi/index.ts'
import type { Quality } from '../quality.ts'
import type { FileSeries, UsageFile } from './file-series.ts'

/** Symbols of the reader that can be billed, in the names of `metering`. */
const UNITS: Readonly<Record<string, string>> = {
  Wh: 'Wh',
  W: 'W',
  VArh: 'varh',
  VAh: 'VAh',
  therm: 'therm',
  Btu: 'Btu',
  'ft³': 'cf',
  'ft³ compensated': 'cf',
  'm³': 'm3',
  'm³ compensated': 'm3',
  'm³ uncompensated': 'm3',
  'US gal': 'gal',
  L: 'L',
}

/** Source: NAESB REQ.21 ESPI 4.0, QualityOfReading. Codes that are not here were measured and not changed. */
const QUALITIES: Readonly<Record<number, Quality>> = {
  7: 'edited', // manually edited
  8: 'estimated', // using a reference day
  9: 'estimated', // by linear interpolation
  10: 'estimated', // questionable
  11: 'edited', // derived
  12: 'estimated', // projected
  15: 'edited', // normalised for weather
}

/** This will read a Green Button file into series of our own words. */
export async function readGreenButtonUsage(source: XmlSource): Promise<UsageFile> {
  const { series, defects } = await readGreenButton(source)
  return {
    series: series.map(toFileSeries),
    faults: defects.map(({ where, message, code, severity, count }) => ({
      pointer: where,
      message: count > 1 ? `${message} (${count} times)` : message,
      code: severity === 'refused' ? `refused:${code}` : code,
    })),
  }
}

function toFileSeries(series: GreenButtonSeries): FileSeries {
  const { readings, flow, readingType } = series
  const name = series.meterReadingHref ?? series.meterReadingId
  return {
    name,
    identifiers: identifiersOf(series),
    measure: series.measure,
    unit: UNITS[series.unit],
    unitText: series.unit,
    scale: -readingType.powerOfTenMultiplier,
    averagePower: false,
    flow: flow === 'delivered' || flow === 'received' || flow === 'net' ? flow : undefined,
    startSeconds: Float64Array.from(readings, (reading) => reading.startSeconds),
    durationSeconds: Float64Array.from(readings, (reading) => reading.durationSeconds),
    values: Float64Array.from(readings, (reading) => reading.value),
    qualities: readings.map(({ quality }) =>
      quality === undefined ? 'measured' : (QUALITIES[quality] ?? 'measured'),
    ),
  }
}

/** A usage point is known by its id, with and without `urn:uuid:`, and by its link. */
function identifiersOf({ usagePointId, usagePointHref }: GreenButtonSeries): string[] {
  const id = usagePointId === undefined ? [] : [usagePointId, usagePointId.replace(/^urn:uuid:/i, '')]
  return [...new Set([...id, ...(usagePointHref === undefined ? [] : [usagePointHref])])]
}

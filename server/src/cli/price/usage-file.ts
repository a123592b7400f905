import type { QualityRun, UsageChannel } from '../../domain/rating/index.ts'
import { readIntervalCsv } from '../../formats/csv/index.ts'
import { type GreenButtonSeries, readGreenButton } from '../../formats/espi/index.ts'
import { divide, multiply, round } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'

/** Readings of one direction in one unit, as a file gives them: integers x 10^-scale. */
interface Readings {
  unit: string
  flow: string
  intervalSeconds: number
  startSeconds: readonly number[]
  values: readonly number[]
  scale: number
  qualities: readonly QualityRun['quality'][]
}

const KWH_SCALE = 9
const HOUR_SECONDS = 3600n
/** Units of energy and power: power of ten of a kWh or kW, and whether it is power. */
const ELECTRIC: Readonly<Record<string, { exponent: number; power: boolean }>> = {
  Wh: { exponent: -3, power: false },
  kWh: { exponent: 0, power: false },
  MWh: { exponent: 3, power: false },
  W: { exponent: -3, power: true },
  kW: { exponent: 0, power: true },
  MW: { exponent: 3, power: true },
}

/** This will read a Green Button or CSV file as channels that can be priced, and list what was tolerated. */
export async function channelsOf(
  text: string,
  timeZone: string,
): Promise<{ channels: UsageChannel[]; notes: string[] }> {
  const isXml = text.trimStart().startsWith('<')
  const { readings, notes } = isXml ? await fromGreenButton(text) : await fromCsv(text, timeZone)
  const energy = readings.filter(({ unit }) => !ELECTRIC[unit]?.power)
  const channels = (energy.length > 0 ? energy : readings).flatMap(channelsOfReadings)
  if (channels.length === 0)
    throw new Refusal('rule', 'usage_empty', 'The usage file holds no intervals that can be priced.')
  return { channels, notes }
}

async function fromCsv(text: string, timeZone: string) {
  const file = await readIntervalCsv(text, { timeZone })
  const notes = file.faults.map(({ pointer, message }) => `${pointer}: ${message}`)
  return { readings: file.series satisfies Readings[], notes }
}

async function fromGreenButton(text: string) {
  const file = await readGreenButton(text)
  const readings = file.series
    .filter((series) => series.measure === 'interval' && series.readings.length > 0)
    .map(readingsOf)
  return { readings, notes: file.defects.map(({ where, message }) => `${where}: ${message}`) }
}

const DEFAULT_SECONDS = 3600
/** QualityOfReading codes that mean an estimate or an edit (ESPI: 7 manually edited, 8 and 9 estimated, 11 derived). */
const ESTIMATES = new Set([7, 8, 9, 11])

function readingsOf(series: GreenButtonSeries): Readings {
  const { readings, readingType } = series
  return {
    unit: series.unit,
    flow: series.flow,
    intervalSeconds: readings[0]?.durationSeconds ?? readingType.intervalLengthSeconds ?? DEFAULT_SECONDS,
    startSeconds: readings.map((reading) => reading.startSeconds),
    values: readings.map((reading) => reading.value),
    scale: -readingType.powerOfTenMultiplier,
    qualities: readings.map(({ quality }) => (ESTIMATES.has(quality ?? 0) ? 'estimated' : 'measured')),
  }
}

/** Lays readings on a grid without gaps; what is missing is marked. A net flow becomes both of its directions. */
function channelsOfReadings(readings: Readings): UsageChannel[] {
  const { intervalSeconds, startSeconds } = readings
  const [first = 0] = startSeconds
  const count = Math.round(((startSeconds.at(-1) ?? first) - first) / intervalSeconds) + 1
  const values = new Float64Array(count)
  const qualities = Array<QualityRun['quality']>(count).fill('missing')
  const { unit, scale, convert } = conversionOf(readings)
  for (const [index, seconds] of startSeconds.entries()) {
    const slot = (seconds - first) / intervalSeconds
    if (!Number.isInteger(slot)) throw unevenly(intervalSeconds)
    values[slot] = convert(readings.values[index] ?? 0)
    qualities[slot] = readings.qualities[index] ?? 'measured'
  }
  const channel = { unit, intervalSeconds, startSeconds: first, scale, quality: runsOf(qualities) }
  if (readings.flow === 'received') return [{ ...channel, flow: 'received', values }]
  if (readings.flow !== 'net') return [{ ...channel, flow: 'delivered', values }]
  return [
    { ...channel, flow: 'delivered', values: values.map((value) => Math.max(0, value)) },
    { ...channel, flow: 'received', values: values.map((value) => Math.max(0, -value)) },
  ]
}

function unevenly(intervalSeconds: number): Refusal {
  return new Refusal(
    'rule',
    'usage_uneven',
    `The intervals do not follow each other in steps of ${intervalSeconds / 60} minutes: split the file where the length changes.`,
  )
}

/** Electricity becomes kWh of the interval; another unit stays what it is. */
function conversionOf({ unit, scale, intervalSeconds }: Readings) {
  const electric = ELECTRIC[unit]
  if (!electric) return { unit, scale, convert: (value: number) => value }
  const { exponent, power } = electric
  const hours = { units: power ? BigInt(intervalSeconds) : HOUR_SECONDS, scale: 0 }
  const tens = { units: 10n ** BigInt(Math.max(0, exponent - scale)), scale: Math.max(0, scale - exponent) }
  const convert = (value: number) => {
    const kwh = divide(multiply(multiply({ units: BigInt(value), scale: 0 }, tens), hours), {
      units: HOUR_SECONDS,
      scale: 0,
    })
    return Number(round(kwh, KWH_SCALE, 'half_even').units)
  }
  return { unit: 'kWh', scale: KWH_SCALE, convert }
}

function runsOf(qualities: readonly QualityRun['quality'][]): QualityRun[] {
  const runs: QualityRun[] = []
  for (const [index, quality] of qualities.entries()) {
    const last = runs.at(-1)
    if (last && last.quality === quality) last.to = index + 1
    else runs.push({ from: index, to: index + 1, quality })
  }
  return runs
}

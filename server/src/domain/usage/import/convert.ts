import { type Conversion, conversion, seriesUnit } from '../../metering/index.ts'
import type { FileSeries } from './file-series.ts'

/** How the integers of a file become those of a series. */
export interface Converter {
  unit: string
  scale: number
  /** Values that had more digits than the series keeps; they were rounded half to even. */
  rounded: number
  convert(value: number): number
}

/**
 * This will make the converter into the unit and scale of the series that keeps this quantity; average power becomes
 * the energy of its interval. Undefined when the unit is none that can be kept.
 */
export function converterOf(series: FileSeries, intervalSeconds: number): Converter | undefined {
  if (series.unit === undefined) return undefined
  const energyUnit = series.averagePower ? `${series.unit}h` : series.unit
  const target = seriesUnit(energyUnit)
  const exact = conversion({ unit: energyUnit, scale: series.scale }, target)
  if (!exact) return undefined
  const hours = series.averagePower
    ? { over: BigInt(intervalSeconds), under: 3_600n }
    : { over: 1n, under: 1n }
  const ratio = { multiply: exact.multiply * hours.over, divide: exact.divide * hours.under }
  const converter: Converter = {
    ...target,
    rounded: 0,
    convert: (value) => {
      const { result, exactly } = applyRatio(value, ratio)
      if (!exactly) converter.rounded++
      return result
    },
  }
  return converter
}

/** Safe integers where they reach, big ones beyond. */
function applyRatio(value: number, { multiply, divide }: Conversion): { result: number; exactly: boolean } {
  const over = value * Number(multiply)
  const under = Number(divide)
  if (Number.isSafeInteger(over) && over % under === 0) return { result: over / under, exactly: true }
  const product = BigInt(value) * multiply
  const negative = product < 0n
  const magnitude = negative ? -product : product
  const whole = magnitude / divide
  const twice = (magnitude % divide) * 2n
  const up = twice > divide || (twice === divide && whole % 2n === 1n)
  const rounded = up ? whole + 1n : whole
  return { result: Number(negative ? -rounded : rounded), exactly: twice === 0n }
}

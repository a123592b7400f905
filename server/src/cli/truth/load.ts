import { readFileSync } from 'node:fs'
import type { UsageChannel } from '../../domain/rating/index.ts'
import { decimal, divide, multiply, round } from '../../platform/decimal.ts'

/** Digits kept of a kWh: a year of a large site stays within safe integers. */
const ENERGY_SCALE = 9
const HOUR_SECONDS = 3600n

/** Average power of equal intervals over a year, in kW, as text. */
export type LoadFile = readonly string[]

/** This will read one column of numbers under a heading. */
export function readColumn(path: string): LoadFile {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim())
  return lines.slice(1).filter((line) => line !== '')
}

/** This will turn kW of intervals into kWh as integers x 10^-9, on a grid of `count` intervals. */
export function energies(load: LoadFile, count: number, intervalSeconds: number): Float64Array {
  const values = new Float64Array(count)
  const each = count / load.length
  if (!Number.isInteger(each)) throw new Error(`${load.length} values do not spread over ${count} intervals`)
  const hours = { units: BigInt(intervalSeconds), scale: 0 }
  for (const [index, kw] of load.entries()) {
    const kwh = divide(multiply(decimal(kw), hours), { units: HOUR_SECONDS, scale: 0 })
    const energy = Number(round(kwh, ENERGY_SCALE, 'half_even').units)
    for (let i = 0; i < each; i++) values[index * each + i] = energy
  }
  return values
}

/** This will make the delivered and received channels of a load and its generation. */
export function channels(
  load: LoadFile,
  generation: LoadFile | undefined,
  startSeconds: number,
  yearSeconds: number,
  netted: boolean,
): UsageChannel[] {
  const count = Math.max(load.length, generation?.length ?? 0)
  const intervalSeconds = yearSeconds / count
  const delivered = energies(load, count, intervalSeconds)
  const received = new Float64Array(count)
  if (generation) {
    const made = energies(generation, count, intervalSeconds)
    for (let i = 0; i < count; i++) {
      const [use, gain] = [delivered[i] ?? 0, made[i] ?? 0]
      const out = netted ? Math.max(0, gain - use) : Math.max(0, gain)
      received[i] = out
      delivered[i] = use - gain + out
    }
  }
  const grid = { unit: 'kWh', intervalSeconds, startSeconds, scale: ENERGY_SCALE }
  return [
    { ...grid, flow: 'delivered', values: delivered },
    ...(generation ? [{ ...grid, flow: 'received' as const, values: received }] : []),
  ]
}

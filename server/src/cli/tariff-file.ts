import { readTariff, readTariffText, type Tariff } from '../domain/tariffs/index.ts'
import { readUrdb } from '../formats/urdb/index.ts'
import { toTariff } from '../formats/urdb/to-tariff.ts'
import { readTextFile } from './text-file.ts'

export interface TariffFile {
  tariff: Tariff
  /** What a URDB rate says that the tariff does not. */
  notExpressed: { field: string; reason: string }[]
}

/** This will read a tariff from a file: ours as YAML or JSON, or a URDB rate. Refuses one with faults, with the place. */
export async function readTariffFile(path: string): Promise<TariffFile> {
  const text = await readTextFile(path)
  if (!isUrdb(text)) return { tariff: readTariffText(text, path), notExpressed: [] }
  const { tariff, notExpressed } = toTariff(readUrdb(text))
  return { tariff: readTariff(tariff), notExpressed }
}

/** This will tell JSON that is no tariff of ours. */
export function isUrdb(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !('versions' in json) && !('rules' in json)
  } catch {
    return false
  }
}

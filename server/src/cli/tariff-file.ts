import { readFile } from 'node:fs/promises'
import { readTariff, type Tariff } from '../domain/tariffs/index.ts'
import { readUrdb } from '../formats/urdb/index.ts'
import { toTariff } from '../formats/urdb/to-tariff.ts'
import { Refusal } from '../platform/errors.ts'

export interface TariffFile {
  tariff: Tariff
  /** What a URDB rate says that the tariff does not. */
  notExpressed: { field: string; reason: string }[]
}

/** This will read a tariff from a file: our own JSON (it has `versions`), else a URDB rate. */
export async function readTariffFile(path: string): Promise<TariffFile> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new Refusal(
      'not_found',
      'file_unreadable',
      `Cannot read ${path}: ${error.message}. Check the path.`,
    )
  })
  if (isOwnTariff(text)) return { tariff: readTariff(JSON.parse(text)), notExpressed: [] }
  const { tariff, notExpressed } = toTariff(readUrdb(text))
  return { tariff: readTariff(tariff), notExpressed }
}

/** Text that is no JSON goes to the URDB reader, which says where it breaks. */
function isOwnTariff(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && 'versions' in json
  } catch {
    return false
  }
}

import { readTariff, type Tariff } from '../../domain/tariffs/index.ts'
import { readUrdb } from '../../formats/urdb/index.ts'
import type { NotExpressed } from '../../formats/urdb/terms.ts'
import { toTariff } from '../../formats/urdb/to-tariff.ts'
import { Refusal } from '../../platform/errors.ts'

/** This will read a tariff of ours or a URDB rate from JSON text. Refuses one with faults, with place and reason. */
export function tariffOf(text: string): { tariff: Tariff; notExpressed: NotExpressed[] } {
  const json = jsonOf(text)
  const isOurs = typeof json === 'object' && json !== null && 'versions' in json
  if (isOurs) return { tariff: readTariff(json), notExpressed: [] }
  const { tariff, notExpressed } = toTariff(readUrdb(text))
  return { tariff: readTariff(tariff), notExpressed }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Refusal('malformed', 'tariff_not_json', `The tariff file is not JSON: ${reason}.`)
  }
}

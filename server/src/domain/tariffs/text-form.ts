import {
  type PlacedText,
  readPlacedText,
  type TextPlace,
  writePlacedText,
} from '../../formats/tariff/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { TariffDocument, type TariffInput } from './tariff.ts'
import { checkTariff } from './tariff-check.ts'
import { remedyFor } from './text-remedy.ts'
import { modelSchema } from './text-schema.ts'
import { shapeFaults, type TariffFault } from './text-shape-faults.ts'

/** A fault of a tariff's text: where it stands, what is wrong, and what mends it. */
export interface TextFault extends TariffFault, TextPlace {}

export interface CheckedText {
  /** Absent when there are faults. */
  tariff?: TariffDocument
  faults: TextFault[]
}

/** This will read a tariff's text, YAML or JSON, and list all its faults in the order of their places. It never throws. */
export function checkTariffText(text: string): CheckedText {
  const placed = readPlacedText(text, modelSchema())
  if (placed.faults.length > 0)
    return {
      faults: placed.faults.map((fault) => ({
        ...fault,
        pointer: '',
        remedy:
          'mend the text here: indent with spaces, quote text that holds ": " or " #", repeat parts sparingly',
      })),
    }
  const parsed = TariffDocument.safeParse(placed.value)
  const faults = parsed.success
    ? modelFaults(parsed.data)
    : shapeFaults(parsed.error.issues, placed.value, modelSchema())
  if (parsed.success && faults.length === 0) return { tariff: parsed.data, faults: [] }
  return { faults: placedFaults(faults, placed) }
}

function modelFaults(tariff: TariffDocument): TariffFault[] {
  return checkTariff(tariff).map((fault) => ({ ...fault, remedy: remedyFor(fault, tariff) }))
}

function placedFaults(faults: readonly TariffFault[], { placeOf }: PlacedText): TextFault[] {
  return faults
    .map((fault) => ({ ...fault, ...placeOf(fault.pointer) }))
    .sort((a, b) => a.line - b.line || a.column - b.column)
}

/** This will say a fault in one line: `file:line:column: reason; remedy (pointer)`. */
export function faultText(file: string, { line, column, message, remedy, pointer }: TextFault): string {
  return `${file}:${line}:${column}: ${message}; ${remedy}${pointer === '' ? '' : ` (${pointer})`}`
}

/** This will read a tariff's text. Refuses one with faults, and says the first with its place. */
export function readTariffText(text: string, file: string): TariffDocument {
  const { tariff, faults } = checkTariffText(text)
  if (tariff) return tariff
  const [first, ...others] = faults as [TextFault, ...TextFault[]]
  const more =
    others.length === 0 ? '' : ` (and ${others.length} more: billwright tariff check ${file} lists them)`
  throw new Refusal('rule', 'tariff_faulty', `${faultText(file, first)}${more}.`, faults)
}

const SCHEMA_COMMENT = 'yaml-language-server: $schema='

/** This will write a tariff as YAML text; with the address of the JSON Schema, editors complete and check it. */
export function writeTariffText(tariff: TariffInput, schemaAddress?: string): string {
  return writePlacedText(tariff, schemaAddress && SCHEMA_COMMENT + schemaAddress)
}

import { closestWord } from '../../platform/closest-word.ts'
import type { Fault } from '../../platform/errors.ts'
import { knownUnits } from './check-coverage.ts'
import type { TariffDocument, TariffVersion } from './tariff.ts'

type Names = (version: TariffVersion) => readonly string[]
const codes = (rows: readonly { code: string }[]) => rows.map((row) => row.code)

/** Where the names live that a fault says are not there, by the word it uses. */
const NAMES: Readonly<Record<string, { field?: string; names: Names }>> = {
  season: { field: 'seasons', names: (version) => codes(version.seasons) },
  'bill factor': {
    field: 'factors',
    names: (version) => codes([...version.factors, ...(version.sharedFactors ?? [])]),
  },
  'time-of-use map': { field: 'touMaps', names: (version) => codes(version.touMaps) },
  quantity: { field: 'quantities', names: (version) => codes(version.quantities) },
  rule: { field: 'rules', names: (version) => codes(version.rules) },
  unit: { names: knownUnits },
  period: { field: 'touMaps', names: (version) => version.touMaps.flatMap((map) => codes(map.periods)) },
}

const REMEDIES: readonly [RegExp, string][] = [
  [/leaves .* without a period/, 'add a row for these hours, or say with `otherwise` which period they are'],
  [/covers .* twice/, 'let one row end where the other begins'],
  [/has no price$/, 'add a row of prices for it, or one without `tou` for all the others'],
  [
    /no season of these prices/,
    'let the seasons follow each other without a gap, or add a row without `season`',
  ],
  [/both hold/, 'let one season end where the other begins'],
  [/has no value from/, 'add a value from that day or before'],
  [/has two values/, 'keep one of them'],
  [/must follow in time/, 'write the versions in the order of their dates, each day once'],
  [/is used twice/, 'give each its own code'],
  [/the step ends at/, 'write the steps upwards'],
  [/never reached/, 'give the step before it an `upTo`, or take this one out'],
  [/must be written before/, 'move it up; nothing can be computed from what is computed from it'],
  [/^formula /, 'a formula is numbers, names, + - * /, parentheses, min, max, abs and round(value, places)'],
  [/hours-use limit/, 'name the quantity in kW with `of`'],
  [/time zone/, 'use a name like America/New_York'],
  [/of class/, 'name a class that a rule before this one has'],
  [/volume price/, 'use mode graduated, or leave out fill'],
  [/in time order/, 'price unrounded interval usage, or fill proportionally'],
  [/price curve/, 'write one band without `upTo`'],
]

/** This will say what mends a fault that the check of the model found. */
export function remedyFor(fault: Fault, tariff: TariffDocument): string {
  const version = tariff.versions[Number(fault.pointer.split('/')[2] ?? 0)]
  const [, word, name] = /(?:there is|has) no ([a-z -]+?) "([^"]*)"/.exec(fault.message) ?? []
  const known = word === undefined ? undefined : NAMES[word]
  if (version && known && name !== undefined) return missingName(name, known.field, known.names(version))
  return REMEDIES.find(([reason]) => reason.test(fault.message))?.[1] ?? 'change what is written here'
}

function missingName(name: string, field: string | undefined, names: readonly string[]): string {
  const meant = closestWord(
    name,
    names.filter((known) => known !== name),
  )
  if (names.includes(name)) return 'move it before what uses it'
  if (meant) return `did you mean "${meant}"?`
  if (field === undefined) return `use one of ${names.join(', ')}`
  return names.length === 0 ? `add it to ${field}` : `add it to ${field}, or use one of ${names.join(', ')}`
}

import type { Usage, UsageQuantity } from '../../domain/rating/index.ts'
import { decimal } from '../../platform/decimal.ts'
import { type ExactObject, isNumber, object, text } from './exact-json.ts'

/** Code and unit of what a conversion makes. */
export const CONVERTED = 'converted'

/** Units that meters count, by the input that holds them. */
const METERED: Readonly<Record<string, string>> = { kwh: 'kWh', kw: 'kW' }

/** Units that are a multiple of another: 100cf is cubic feet / 100. */
const MULTIPLES: Readonly<Record<string, [of: string, size: string]>> = {
  '100cf': ['cf', '100'],
  ccf: ['cf', '100'],
  mcf: ['cf', '1000'],
  kgal: ['gal', '1000'],
  kl: ['l', '1000'],
  mwh: ['kwh', '1000'],
}

/** This will make register quantities of a case's inputs; a split by names is a split by time of use. */
export function usageOf(inputs: ExactObject): Usage {
  const quantities: UsageQuantity[] = []
  const put = (unit: string, value: string, more: Partial<UsageQuantity> = {}) => {
    const { units, scale } = decimal(value)
    quantities.push({ unit, quantity: Number(units), scale, ...more })
  }
  for (const [name, unit] of Object.entries(METERED)) {
    const given = inputs[name]
    if (isNumber(given)) put(unit, given)
    for (const [tou, value] of Object.entries(object(given))) put(unit, text(value), { tou })
  }
  if (isNumber(inputs.export_kwh)) put('kWh', inputs.export_kwh, { flow: 'received' })
  return { kind: 'quantities', quantities }
}

/** This will say whether a unit comes from a meter of the case itself, not from a formula over its inputs. */
export function isMetered(unit: string, inputs: ExactObject): boolean {
  if (unit === 'kWh export') return inputs.export_kwh !== undefined
  return unit.toLowerCase() in METERED && unit.toLowerCase() in inputs
}

/**
 * This will write the formula that makes a unit from the inputs of a case: the input named like it, a multiple of
 * another, or the difference of two readings; empty when none does.
 */
export function unitFormula(unit: string, inputs: ExactObject): string {
  const name = unit.toLowerCase()
  const own = inputNamed(name, inputs)
  if (own) return own
  const multiple = MULTIPLES[name]
  const base = multiple && inputNamed(multiple[0], inputs)
  if (base) return `${base} / ${multiple[1]}`
  if (!isNumber(inputs.read_previous) || !isNumber(inputs.read_present)) return ''
  const registered = '(read_present - read_previous)'
  return isNumber(inputs.multiplier) ? `${registered} * multiplier` : registered
}

/** The input that holds a unit: named like it or its plural, or else the only one that ends with it. */
function inputNamed(unit: string, inputs: ExactObject): string {
  const names = Object.keys(inputs).filter((name) => isNumber(inputs[name]))
  const exact = names.find((name) => [unit, `${unit}s`].includes(name.toLowerCase()))
  const ending = names.filter((name) =>
    [`_${unit}`, `_${unit}s`].some((end) => name.toLowerCase().endsWith(end)),
  )
  return exact ?? (ending.length === 1 ? (ending[0] ?? '') : '')
}

/**
 * This will read a formula of a case: `round2(x)` rounds to two places, and a name stands for an input exactly,
 * as its ending, or by its initials.
 */
export function caseFormula(written: string, inputs: ExactObject): string {
  const known = Object.keys(inputs)
  const initials = (name: string) =>
    name
      .split('_')
      .map((word) => word[0])
      .join('')
  const resolve = (name: string, offset: number, whole: string) => {
    if (/^\s*\(/.test(whole.slice(offset + name.length))) return name
    return (
      known.find((key) => key === name) ??
      known.find((key) => key.endsWith(`_${name}`)) ??
      known.find((key) => initials(key) === name) ??
      name
    )
  }
  return placed(written.replace(/[a-z_][a-z0-9_]*/gi, resolve)).replaceAll('×', '*')
}

/** `round2(a / (b + 1))` becomes `round(a / (b + 1), 2)`. */
function placed(formula: string): string {
  const found = /\bround(\d)\(/.exec(formula)
  if (!found) return formula
  const from = found.index + found[0].length
  let depth = 1
  let at = from
  while (at < formula.length && depth > 0) {
    if (formula[at] === '(') depth++
    if (formula[at] === ')') depth--
    at++
  }
  const inner = formula.slice(from, at - 1)
  return placed(`${formula.slice(0, found.index)}round(${inner}, ${found[1]})${formula.slice(at)}`)
}

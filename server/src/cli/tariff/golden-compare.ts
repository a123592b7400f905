import { compare, parseDecimal } from '../../platform/decimal.ts'
import type { Expected } from './golden-file.ts'

/** A number of an expected bill that came out otherwise. */
export interface BillDifference {
  /** In the expected bill; of what should hold it, when it is not there. */
  pointer: string
  where: string
  expected: string | undefined
  priced: string | undefined
}

interface Leaf {
  pointer: string
  text: string
}

/** This will compare every number of two bills, line by line: lines are the same by rule, period, step and days. */
export function compareBills(
  expected: Expected | undefined,
  priced: Expected,
): { numbers: number; differences: BillDifference[] } {
  const [wanted, found] = [leavesOf(expected), leavesOf(priced)]
  const differences: BillDifference[] = []
  for (const where of new Set([...wanted.keys(), ...found.keys()])) {
    const [a, b] = [wanted.get(where), found.get(where)]
    if (a && b && same(a.text, b.text)) continue
    // A line that only one side has is told once, by its amount.
    const line = /^(line .*) (amount|memo|[a-z]+)$/.exec(where)
    if (line && line[2] !== 'amount' && line[2] !== 'memo' && isLone(line[1] ?? '', wanted, found)) continue
    differences.push({ pointer: a?.pointer ?? '', where, expected: a?.text, priced: b?.text })
  }
  return { numbers: new Set([...wanted.keys(), ...found.keys()]).size, differences }
}

/** Whether one of the sides does not have the line at all. */
function isLone(line: string, wanted: ReadonlyMap<string, Leaf>, found: ReadonlyMap<string, Leaf>): boolean {
  return !wanted.has(`${line} rule`) || !found.has(`${line} rule`)
}

/** Every number and word of a bill by what it is. */
function leavesOf(bill: Expected | undefined): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>()
  if (!bill) return leaves
  const { lines, ...rest } = bill
  for (const [index, line] of lines.entries()) {
    const { rule, tou, band, from } = line
    const name = ['line', rule, tou, band && `step ${band}`, from && `from ${from}`].filter(Boolean).join(' ')
    const key = leaves.has(`${name} rule`) ? `${name} again ${index + 1}` : name
    for (const [field, text] of Object.entries(line))
      leaves.set(`${key} ${field}`, { pointer: `/lines/${index}/${field}`, text })
  }
  collect(rest, '', leaves)
  return leaves
}

function collect(value: unknown, pointer: string, leaves: Map<string, Leaf>): void {
  if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) collect(inner, `${pointer}/${name}`, leaves)
  else if (value !== undefined)
    leaves.set(pointer.slice(1).replaceAll('/', ' '), { pointer, text: String(value) })
}

function same(expected: string, found: string): boolean {
  if (expected === found) return true
  const [a, b] = [parseDecimal(expected), parseDecimal(found)]
  return a !== undefined && b !== undefined && compare(a, b) === 0
}

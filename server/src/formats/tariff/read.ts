import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import { type JsonSchema, Shape } from './shape.ts'

/** A place in a text, both counted from 1. */
export interface TextPlace {
  line: number
  column: number
}

export interface TextFault extends TextPlace {
  message: string
}

/** A text as plain JSON, and where each of its values stands. */
export interface PlacedText {
  value: unknown
  /** Why the text cannot be read; then `value` holds what was understood. */
  faults: TextFault[]
  /** The place of a JSON pointer; of what holds it, when it is not in the text. */
  placeOf(pointer: string): TextPlace
}

/** Repeated parts (`*name`) may not blow a text up beyond this many values. */
const MAX_VALUES = 500_000

/**
 * This will read YAML or JSON for a document model. Where the model takes text, a number is taken as it is written:
 * `price: 0.07530` is the text "0.07530", digit for digit.
 */
export function readPlacedText(text: string, schema: JsonSchema): PlacedText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const placeAt = (offset: number): TextPlace => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const faults: TextFault[] = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    message: sentence(message),
    ...placeAt(pos[0]),
  }))
  const reader: Reader = {
    document,
    left: MAX_VALUES,
    fail: (node, message) => {
      const place = placeAt(node?.range?.[0] ?? 0)
      if (faults.length === 0) faults.push({ message, ...place })
    },
  }
  const value = faults.length > 0 ? undefined : jsonOf(reader, document.contents, new Shape(schema), [])
  const placeOf = (pointer: string) => placeAt(offsetOf(document, pointer.split('/').slice(1).map(unescaped)))
  return { value, faults, placeOf }
}

interface Reader {
  document: Document.Parsed
  left: number
  fail(node: Node | null, message: string): void
}

function jsonOf(reader: Reader, node: Node | null, shape: Shape, within: readonly Node[]): unknown {
  if (reader.left-- <= 0) {
    reader.fail(node, `the text holds more than ${MAX_VALUES} values`)
    return undefined
  }
  if (isAlias(node)) {
    const target = node.resolve(reader.document)
    if (target && !within.includes(target)) return jsonOf(reader, target, shape, within)
    reader.fail(node, `"*${node.source}" ${target ? 'holds itself' : 'names nothing before it'}`)
    return undefined
  }
  if (isMap(node)) {
    const own = shape.of(scalarsOf(node))
    const fields = node.items.map(({ key, value }): [string, unknown] => {
      const name = String(isScalar(key) ? key.value : key)
      return [name, jsonOf(reader, value as Node | null, own.at(name), [...within, node])]
    })
    return Object.fromEntries(fields)
  }
  if (isSeq(node))
    return node.items.map((item, index) => jsonOf(reader, item as Node, shape.at(index), [...within, node]))
  return isScalar(node) ? scalarOf(node, shape) : null
}

/** The plain fields of a mapping; they say which alternative of the model it is. */
function scalarsOf({ items }: YAMLMap): Record<string, unknown> {
  return Object.fromEntries(
    items.flatMap(({ key, value }) =>
      isScalar(key) && isScalar(value) ? [[String(key.value), value.value]] : [],
    ),
  )
}

function scalarOf({ value, source }: { value: unknown; source?: string }, shape: Shape): unknown {
  const type = typeof value
  if (type !== 'number' && type !== 'boolean' && type !== 'bigint') return value
  const taken = shape.takes(type === 'boolean' ? 'boolean' : 'number')
  return !taken && shape.takes('string') && source !== undefined ? source : value
}

/** The offset of the deepest node on a path; of the name of a field that holds more than a scalar. */
function offsetOf(document: Document.Parsed, path: readonly string[]): number {
  let node: unknown = document.contents
  let offset = (document.contents as ParsedNode | null)?.range[0] ?? 0
  for (const name of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name)
      if (!pair) return offset
      node = pair.value
      offset = rangeStart(isScalar(node) ? node : pair.key) ?? offset
    } else if (isSeq(node)) {
      node = node.items[Number(name)]
      if (!node) return offset
      offset = rangeStart(node) ?? offset
    } else return offset
  }
  return offset
}

function rangeStart(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0]
}

function unescaped(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~')
}

function sentence(message: string): string {
  const [first = ''] = message.split('\n')
  return first.replace(/\.$/, '')
}

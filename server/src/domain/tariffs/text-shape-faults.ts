import type { z } from 'zod'
import type { JsonSchema } from '../../formats/tariff/index.ts'
import { Shape } from '../../formats/tariff/index.ts'
import { closestWord } from '../../platform/closest-word.ts'
import type { Fault } from '../../platform/errors.ts'

/** A fault of a tariff, and what mends it. */
export interface TariffFault extends Fault {
  remedy: string
}

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** This will tell the faults of a document's shape: unknown and missing fields, wrong words and kinds of value. */
export function shapeFaults(issues: readonly Issue[], value: unknown, schema: JsonSchema): TariffFault[] {
  return issues.flatMap((issue) => issueFaults(issue, [], value, new Shape(schema)))
}

function issueFaults(issue: Issue, before: Path, value: unknown, shape: Shape): TariffFault[] {
  const path = [...before, ...issue.path]
  const pointer = pointerOf(path)
  const found = valueAt(value, path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        unknownField(pointerOf([...path, key]), key, shapeAt(shape, value, path)),
      )
    case 'invalid_value':
      return [unknownWord(pointer, found, issue.values.map(String))]
    case 'invalid_union':
      return unionFaults(issue, path, value, shape)
    case 'invalid_type':
      return [typeFault(pointer, found, String(path.at(-1) ?? 'tariff'), issue.expected)]
    default:
      return [{ pointer, message: withValue(issue.message, found), remedy: remedyOf(issue) }]
  }
}

function unknownField(pointer: string, key: string, shape: Shape): TariffFault {
  const fields = shape.fields()
  const meant = closestWord(key, fields)
  return {
    pointer,
    message: `there is no field "${key}" here`,
    remedy: meant ? `did you mean "${meant}"?` : `take it out, or use one of ${fields.join(', ')}`,
  }
}

function unknownWord(pointer: string, found: unknown, words: readonly string[]): TariffFault {
  const name = pointer.slice(pointer.lastIndexOf('/') + 1)
  if (found === undefined)
    return { pointer, message: `"${name}" is missing`, remedy: `write one of ${words.join(', ')}` }
  const meant = closestWord(String(found), words)
  return {
    pointer,
    message: `${shown(found)} is no word that may stand here`,
    remedy: meant ? `did you mean "${meant}"?` : `use one of ${words.join(', ')}`,
  }
}

/** The faults of the alternative that fits best: the one with a fault inside it, and the fewest. */
function unionFaults(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
  value: unknown,
  shape: Shape,
): TariffFault[] {
  const found = valueAt(value, path)
  if ('options' in issue && Array.isArray(issue.options))
    return [unknownWord(pointerOf(path), found, issue.options.map(String))]
  const [best] = issue.errors
    .filter((issues) => !issues.some((inner) => inner.code === 'invalid_type' && inner.path.length === 0))
    .sort((a, b) => unlike(a) - unlike(b))
  if (best) return best.flatMap((inner) => issueFaults(inner, path, value, shape))
  const fields = shapeAt(shape, value, path).fields()
  return [
    {
      pointer: pointerOf(path),
      message: `${shown(found)} cannot stand here`,
      remedy: `write a number or text${fields.length > 0 ? `, or one of the forms with ${fields.join(', ')}` : ''}`,
    },
  ]
}

/** Fields that are missing or unknown tell most against an alternative. */
function unlike(issues: readonly Issue[]): number {
  return issues.reduce(
    (sum, { code }) => sum + (code === 'invalid_type' || code === 'unrecognized_keys' ? 10 : 1),
    0,
  )
}

function typeFault(pointer: string, found: unknown, name: string, expected: string): TariffFault {
  const kind = KINDS[expected] ?? expected
  if (pointer === '')
    return {
      pointer,
      message: 'the text is no tariff',
      remedy: 'begin with code, name, serviceType, currency and versions, as docs/guides/tariffs.md shows',
    }
  if (found === undefined)
    return { pointer, message: `"${name}" is missing`, remedy: `add it: it is ${kind}` }
  return { pointer, message: `${shown(found)} is not ${kind}`, remedy: `write ${kind}` }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
}

function remedyOf(issue: Issue): string {
  if (issue.code === 'too_small') return `at least ${issue.minimum} is needed`
  if (issue.code === 'too_big') return `at most ${issue.maximum} may be written`
  return 'write it in that form'
}

function withValue(message: string, found: unknown): string {
  return typeof found === 'object' || found === undefined ? message : `${shown(found)}: ${message}`
}

const SHOWN = 40

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value)
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`
}

function pointerOf(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? at[key as keyof typeof at]
        : undefined,
    value,
  )
}

/** Walks value and shape together, so that `kind` and `fn` choose among the alternatives. */
function shapeAt(shape: Shape, value: unknown, path: Path): Shape {
  let [at, here] = [value, shape]
  for (const key of path) {
    here = here.of(at).at(key as string | number)
    at = valueAt(at, [key])
  }
  return here.of(at)
}

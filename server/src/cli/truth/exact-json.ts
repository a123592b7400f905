import { Unsupported } from './unsupported.ts'

/** JSON whose numbers are kept as the text that was written: nothing passes through binary floating point. */
export type ExactJson = string | boolean | null | ExactJson[] | { [key: string]: ExactJson }
export type ExactObject = { [key: string]: ExactJson }

type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown

/** This will read JSON with every number as its own text. */
export function readExactJson(text: string): ExactJson {
  const keep: SourceReviver = (_key, value, { source }) => (typeof value === 'number' ? source : value)
  return (JSON.parse as (text: string, reviver: SourceReviver) => ExactJson)(text, keep)
}

/** This will take a value as an object; anything else is empty. */
export function object(value: ExactJson | undefined): ExactObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

export function list(value: ExactJson | undefined): ExactJson[] {
  return Array.isArray(value) ? value : []
}

export function text(value: ExactJson | undefined, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise
}

export function texts(value: ExactJson | undefined): string[] {
  return list(value).map((item) => text(item))
}

/** This will tell whether a text is a number. */
export function isNumber(value: ExactJson | undefined): value is string {
  return typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)
}

/** This will tell a yes that a case writes as true or 1. */
export function isYes(value: ExactJson | undefined): boolean {
  return value === true || (isNumber(value) && Number(value) === 1)
}

/** Words of a case that tell of it and price nothing. */
const TOLD = ['id', 'title', 'note', 'comment', 'source', 'licence', 'provenance', 'features', 'service']

/** Refuses a field that no rule reads, so that nothing a case says is passed over. */
export function assertKnown(given: ExactObject, known: readonly string[], where: string): void {
  for (const name of Object.keys(given))
    if (!known.includes(name) && !TOLD.includes(name) && !name.startsWith('_'))
      throw new Unsupported(`no rule reads the field "${name}" of ${where}`)
}

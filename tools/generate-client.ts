import { readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'

/** The part of JSON Schema that the doors' OpenAPI documents use. */
interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  description?: string
}
interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
}
type Content = Record<string, { schema: Schema }>
interface Operation {
  operationId: string
  summary?: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, { content?: Content }>
}
export interface OpenApi {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** Headers that the client's runtime sets by itself. */
const RUNTIME_HEADERS = new Set(['authorization', 'idempotency-key', 'x-correlation-id'])

/** This will write the typed client of a door: an interface a component, one entry an operation, and the table of routes. */
export function generateClient(document: OpenApi, base: string): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${path.startsWith(base) ? path.slice(base.length) : path}`,
      operation,
    })),
  )
  const components = Object.entries(document.components.schemas)
    .filter(([name, schema]) => schema.$ref !== `#/components/schemas/${name}`)
    .map(([name, schema]) => `export type ${name} = ${typeOf(schema)}\n`)
  const entries = operations.map(({ operation }) => operationEntry(operation))
  const routes = operations.map(({ route, operation }) => `  ${operation.operationId}: '${route}',`)
  return [
    '// Written by tools/generate-client.ts from the OpenAPI document of the door; change the door, not this file.\n',
    ...components,
    `export type Operations = {\n${entries.join('\n')}\n}\n`,
    `export const base = '${base}'\n`,
    `export const routes = {\n${routes.join('\n')}\n} as const\n`,
  ].join('\n')
}

function operationEntry(operation: Operation): string {
  const parameters = operation.parameters ?? []
  const members = [
    parametersMember(
      'params',
      parameters.filter((parameter) => parameter.in === 'path'),
    ),
    parametersMember(
      'query',
      parameters.filter((parameter) => parameter.in === 'query'),
    ),
    parametersMember(
      'headers',
      parameters.filter(
        (parameter) => parameter.in === 'header' && !RUNTIME_HEADERS.has(parameter.name.toLowerCase()),
      ),
    ),
    bodyMember(operation),
    `reply: ${replyType(operation)}`,
  ].filter(Boolean)
  const summary = operation.summary ? `  /** ${operation.summary} */\n` : ''
  return `${summary}  ${operation.operationId}: { ${members.join('; ')} }`
}

function parametersMember(name: string, parameters: Parameter[]): string {
  if (!parameters.length) return ''
  const optional = parameters.every((parameter) => !parameter.required)
  const fields = parameters.map((parameter) =>
    parameter.required
      ? `${key(parameter.name)}: ${inputType(parameter.schema)}`
      : `${key(parameter.name)}?: ${inputType(parameter.schema)} | undefined`,
  )
  return `${name}${optional ? '?' : ''}: { ${fields.join('; ')} }`
}

function bodyMember({ requestBody }: Operation): string {
  const schema = requestBody?.content['application/json']?.schema
  if (!schema) return ''
  const required = schema.required ?? []
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    required.includes(name)
      ? `${key(name)}: ${inputType(field)}`
      : `${key(name)}?: ${inputType(field)} | undefined`,
  )
  const type = schema.properties ? `{ ${fields.join('; ')} }` : typeOf(schema)
  return `body${required.length ? '' : '?'}: ${type}`
}

function replyType({ responses }: Operation): string {
  const answer = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
  const schema = answer?.content?.['application/json']?.schema
  return schema ? typeOf(schema) : 'Blob'
}

/** A door takes numbers and booleans for its strings; the screens send strings. */
function inputType(schema: Schema): string {
  return Array.isArray(schema.type) && schema.type.includes('string')
    ? (enumType(schema) ?? 'string')
    : typeOf(schema)
}

function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  const literals = enumType(schema)
  if (literals) return literals
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return unique(choices.map(typeOf)).join(' | ')
  if (schema.allOf) return unique(schema.allOf.map(typeOf)).join(' & ')
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'unknown']
  return unique(types.map((type) => simpleType(type, schema))).join(' | ')
}

function simpleType(type: string, schema: Schema): string {
  if (type === 'array') return `(${typeOf(schema.items ?? {})})[]`
  if (type === 'integer') return 'number'
  if (type === 'object') return objectType(schema)
  return type
}

function objectType(schema: Schema): string {
  if (!schema.properties) return 'Record<string, unknown>'
  const required = new Set(schema.required ?? [])
  const fields = Object.entries(schema.properties).map(
    ([name, field]) => `${comment(field)}${key(name)}${required.has(name) ? '' : '?'}: ${typeOf(field)}`,
  )
  return `{\n${fields.join('\n')}\n}`
}

function comment({ description }: Schema): string {
  return description ? `/** ${description.replaceAll('*/', '')} */\n` : ''
}

function enumType(schema: Schema): string | undefined {
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
  return values?.map((value) => `'${String(value)}'`).join(' | ')
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)]
}

/** This will read the door's OpenAPI document and write its client, or say with `--check` whether it is stale. */
async function main(check: boolean): Promise<number> {
  const root = new URL('../', import.meta.url)
  const target = new URL('web/enterprise/src/api/client.gen.ts', root)
  const document = JSON.parse(
    await readFile(new URL('docs/openapi/enterprise.json', root), 'utf8'),
  ) as OpenApi
  const text = generateClient(document, '/enterprise/v3')
  if (!check) {
    await writeFile(target, text)
    return 0
  }
  if ((await readFile(target, 'utf8')) === text) return 0
  console.error('web/enterprise/src/api/client.gen.ts is stale: run node tools/generate-client.ts')
  return 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await main(process.argv.includes('--check'))

import { z } from 'zod'
import type { Door } from './door.ts'
import { type Endpoint, isFile, isWrite, methodOf, pathOf, type Schema } from './endpoint.ts'

type Json = Record<string, unknown>

/** This will describe a door as an OpenAPI 3.1 document, out of its endpoints alone. */
export function openApi(
  door: Pick<Door, 'name' | 'base' | 'title' | 'endpoints' | 'problem'>,
  version: string,
): Json {
  const components: Json = {}
  const paths: Record<string, Json> = {}
  for (const endpoint of door.endpoints) {
    const path = door.base + pathOf(endpoint)
    paths[path] = { ...paths[path], [methodOf(endpoint).toLowerCase()]: operation(endpoint, components) }
  }
  components.Problem = jsonSchema(door.problem, 'output', components)
  return {
    openapi: '3.1.0',
    info: { title: door.title, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: sorted(components),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  }
}

function operation(endpoint: Endpoint, components: Json): Json {
  const problems = { $ref: '#/components/schemas/Problem' }
  return {
    operationId: endpoint.name,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.description ? { description: endpoint.description } : {}),
    ...(endpoint.permission === 'public' ? { security: [] } : {}),
    'x-source': endpoint.source,
    'x-permission': endpoint.permission,
    parameters: parameters(endpoint, components),
    ...(endpoint.body ? { requestBody: requestBody(endpoint.body, components) } : {}),
    responses: {
      [endpoint.status ?? 200]: { description: 'Done', content: replyContent(endpoint, components) },
      default: { description: 'Refused', content: { 'application/problem+json': { schema: problems } } },
    },
  }
}

function requestBody(body: Schema, components: Json): Json {
  return {
    required: true,
    content: { 'application/json': { schema: jsonSchema(body, 'input', components) } },
  }
}

function replyContent(endpoint: Endpoint, components: Json): Json {
  if (isFile(endpoint.reply))
    return { [endpoint.reply.contentType]: { schema: { type: 'string', format: 'binary' } } }
  return { 'application/json': { schema: jsonSchema(endpoint.reply, 'output', components) } }
}

function parameters(endpoint: Endpoint, components: Json): Json[] {
  const places = [
    ['path', endpoint.params],
    ['query', endpoint.query],
    ['header', endpoint.headers],
  ] as const
  const named = places.flatMap(([place, schema]) => {
    if (!schema) return []
    const object = jsonSchema(schema, 'input', components) as { properties?: Json; required?: string[] }
    return Object.entries(object.properties ?? {}).map(([name, property]) => ({
      name,
      in: place,
      required: object.required?.includes(name) ?? false,
      schema: property,
    }))
  })
  const takesKey = isWrite(endpoint) && endpoint.permission !== 'public'
  return takesKey ? [...named, IDEMPOTENCY_KEY] : named
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and request again give the first answer again, and act once',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

/** This will write a schema as JSON Schema; schemas with an id are hoisted into `components` and referred to. */
export function jsonSchema(schema: Schema, io: 'input' | 'output', components: Json): Json {
  const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io, reused: 'inline' }) as Json
  for (const [id, definition] of Object.entries(($defs as Json | undefined) ?? {}))
    components[id] = repointed(definition)
  return repointed(own) as Json
}

function repointed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(repointed)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'id' || typeof (node as Json).id !== 'string')
      .map(([key, value]) => [
        key,
        key === '$ref' ? String(value).replace('#/$defs/', '#/components/schemas/') : repointed(value),
      ]),
  )
}

function sorted(object: Json): Json {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** This will give the text of `docs/openapi/<door>.json`. */
export function openApiText(door: Parameters<typeof openApi>[0]): string {
  return `${JSON.stringify(openApi(door, '1'), null, 2)}\n`
}

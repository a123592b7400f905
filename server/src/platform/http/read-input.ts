import { z } from 'zod'
import { type Fault, Refusal } from '../errors.ts'
import type { Endpoint, Input, Schema } from './endpoint.ts'

interface RawRequest {
  params: unknown
  query: unknown
  body: unknown
  headers: Readonly<Record<string, unknown>>
}

/** This will check a request against the schemas of its endpoint. Refuses `request_malformed` with every fault. */
export function readInput(endpoint: Endpoint, request: RawRequest): Input {
  const faults: Fault[] = []
  const input = {
    params: read(endpoint.params, request.params, 'path', faults),
    query: read(endpoint.query, request.query, 'query', faults),
    headers: read(endpoint.headers, named(endpoint.headers, request.headers), 'header', faults),
    body: endpoint.body ? read(endpoint.body, request.body ?? {}, 'body', faults) : undefined,
  }
  if (faults.length === 0) return input
  const [first] = faults
  throw new Refusal(
    'malformed',
    'request_malformed',
    `The request has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}: ${first?.pointer ?? ''} ${first?.message ?? ''}.`,
    faults,
  )
}

function read(schema: Schema | undefined, value: unknown, place: Fault['in'], faults: Fault[]): unknown {
  if (!schema) return undefined
  const result = z.core.safeParse(schema, value)
  if (result.success) return result.data
  for (const issue of result.error.issues) faults.push(...faultsOf(issue, place ?? 'body'))
  return undefined
}

function faultsOf(issue: z.core.$ZodIssue, place: NonNullable<Fault['in']>): Fault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointer([...issue.path, key]),
      in: place,
      code: 'unknown',
      message: 'is not known here',
    }))
  return [{ pointer: pointer(issue.path), in: place, code: issue.code, message: issue.message }]
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Header names have no case: this picks the ones the schema names, in the schema's writing. */
function named(schema: Schema | undefined, headers: Readonly<Record<string, unknown>>): unknown {
  if (!schema) return undefined
  const names = Object.keys((schema as z.ZodObject).shape)
  return Object.fromEntries(names.map((name) => [name, headers[name.toLowerCase()]]))
}

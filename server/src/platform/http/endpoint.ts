import type { z } from 'zod'
import type { Tx } from '../db/index.ts'
import type { Refusal } from '../errors.ts'
import type { Instant } from '../time.ts'

export type Schema = z.core.$ZodType
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Route = `${Method} /${string}`
type Read<S> = S extends Schema ? z.output<S> : undefined

/** What a door gives its endpoints: who calls, what they may use, how an endpoint says whose data it touches. */
export interface Side {
  caller: object
  services: object
  scope: unknown
}

export interface Context<S extends Side> {
  /** The endpoint's one transaction; read-only and a single snapshot for GET. */
  tx: Tx
  now: Instant
  /** Nobody when the endpoint is public: reading it there is a defect. */
  caller: S['caller']
  services: S['services']
  correlationId: string
}

/** A reply that is a file. Its content is made after the transaction has ended. */
export interface FileReply {
  contentType: string
}
export interface FileAnswer {
  fileName: string
  content: () => Promise<Uint8Array>
}

export function file(contentType: string): FileReply {
  return { contentType }
}

/**
 * What a handler gives back. A Refusal that is returned instead of thrown keeps what the transaction wrote:
 * a failed login must be counted.
 */
type Answer<R> = (R extends Schema ? z.input<R> : FileAnswer) | Refusal

/** Requests a caller may make in a time; each address is counted for itself. */
export interface Limit {
  max: number
  windowSeconds: number
}

export interface Described {
  /** Method and path below the door's base: `GET /customers/{customerId}`. */
  route: Route
  /** Verb and noun, unique in the door: the operation id. */
  name: string
  /** The operation's id in the catalogue; `own` when it is ours. */
  source: string
  tag: string
  summary: string
  description?: string
  /** What a caller must hold; `public`: nobody is asked; `signed_in`: anybody known. */
  permission: string
  /** When the method says otherwise: a search that posts what must not stand in an address only reads. */
  effect?: 'read' | 'write'
  status?: number
  limit?: Limit
}

interface Spec<
  S extends Side,
  R extends Schema | FileReply,
  P extends Schema | undefined,
  Q extends Schema | undefined,
  B extends Schema | undefined,
  H extends Schema | undefined,
> extends Described {
  scope: S['scope']
  params?: P
  query?: Q
  body?: B
  headers?: H
  reply: R
  handle: (
    input: { params: Read<P>; query: Read<Q>; body: Read<B>; headers: Read<H> },
    context: Context<S>,
  ) => Promise<Answer<R>>
}

/** An endpoint as data: the registry, OpenAPI, permission matrix and tests are loops over these. */
export interface Endpoint extends Described {
  scope: unknown
  params?: Schema
  query?: Schema
  body?: Schema
  headers?: Schema
  reply: Schema | FileReply
  handle: (input: Input, context: Context<Side>) => Promise<unknown>
}

export interface Input {
  params: unknown
  query: unknown
  body: unknown
  headers: unknown
}

/**
 * This will make the `endpoint` function of a door. It is generic over schemas, not over their outputs, and erases
 * at once: a registry of hundreds costs the compiler nothing.
 */
export function endpointsFor<S extends Side>() {
  return <
    R extends Schema | FileReply,
    P extends Schema | undefined = undefined,
    Q extends Schema | undefined = undefined,
    B extends Schema | undefined = undefined,
    H extends Schema | undefined = undefined,
  >(
    spec: Spec<S, R, P, Q, B, H>,
  ): Endpoint => spec as unknown as Endpoint
}

export function isFile(reply: Endpoint['reply']): reply is FileReply {
  return 'contentType' in reply
}

export function methodOf(endpoint: Endpoint): Method {
  return endpoint.route.slice(0, endpoint.route.indexOf(' ')) as Method
}

/** This will give the path below the door's base, parameters in braces. */
export function pathOf(endpoint: Endpoint): string {
  return endpoint.route.slice(endpoint.route.indexOf(' ') + 1)
}

export function isWrite(endpoint: Endpoint): boolean {
  return (endpoint.effect ?? (methodOf(endpoint) === 'GET' ? 'read' : 'write')) === 'write'
}

import { problemOf } from './problem.ts'
import type { SessionStore } from './session.ts'

/** What an operation takes and answers, as the generated client describes it. */
export interface Operation {
  params?: object
  query?: object
  headers?: object
  body?: unknown
  reply: unknown
}

export type Input<Op> = Omit<Op, 'reply'> & { signal?: AbortSignal; idempotencyKey?: string }

/** Operations without a required input may be called without one. */
type InputArguments<Op> = Record<never, never> extends Input<Op> ? [input?: Input<Op>] : [input: Input<Op>]

type Reply<Op> = Op extends { reply: infer R } ? R : never

export interface Api<Operations extends Record<keyof Operations, Operation>> {
  /** Answers the parsed reply, or throws an `ApiProblem`. */
  call<Name extends keyof Operations>(
    name: Name,
    ...input: InputArguments<Operations[Name]>
  ): Promise<Reply<Operations[Name]>>
  /** Answers a file (a PDF, a CSV), or throws an `ApiProblem`. */
  file<Name extends keyof Operations>(name: Name, ...input: InputArguments<Operations[Name]>): Promise<Blob>
}

interface AnyInput {
  params?: Record<string, string>
  query?: Record<string, unknown>
  headers?: Record<string, string>
  body?: unknown
  signal?: AbortSignal
  idempotencyKey?: string
}

/**
 * This will make the caller of a door's operations. The bearer token comes from the session; when the server refuses it,
 * the request waits for a new sign-in and is sent again with the same idempotency key, so that nothing typed is lost and
 * nothing is done twice.
 */
export function createApi<Operations extends Record<keyof Operations, Operation>>(
  base: string,
  routes: Record<keyof Operations, string>,
  session: SessionStore,
): Api<Operations> {
  const send = async (name: keyof Operations, input: AnyInput = {}): Promise<Response> => {
    const request = requestOf(base, routes[name], input)
    for (;;) {
      const state = session.state()
      if (state.kind === 'open') request.headers.set('authorization', `Bearer ${state.session.token}`)
      const response = await fetch(request.url, request)
      if (response.ok) return response
      if (response.status !== 401 || state.kind === 'none') throw await problemOf(response)
      session.expire()
      if (!(await session.renewed())) throw await problemOf(response)
    }
  }
  const call = async (name: keyof Operations, input?: AnyInput) => (await send(name, input)).json()
  const file = async (name: keyof Operations, input?: AnyInput) => (await send(name, input)).blob()
  return { call, file } as Api<Operations>
}

function requestOf(base: string, route: string, input: AnyInput) {
  const [method = 'GET', path = ''] = route.split(' ')
  const headers = new Headers(input.headers)
  headers.set('accept', 'application/json, application/problem+json, */*')
  if (method !== 'GET') headers.set('idempotency-key', input.idempotencyKey ?? newIdempotencyKey())
  if (input.body !== undefined) headers.set('content-type', 'application/json')
  return {
    url: base + fillPath(path, input.params ?? {}) + queryText(input.query ?? {}),
    method,
    headers,
    body: input.body === undefined ? null : JSON.stringify(input.body),
    signal: input.signal ?? null,
  }
}

/** This will make a key under which a write is done once however often it is sent. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fillPath(path: string, params: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

function queryText(query: Record<string, unknown>): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  if (!entries.length) return ''
  return `?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))}`
}

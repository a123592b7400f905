import { z } from 'zod'
import type { Database, Tx } from '../db/index.ts'
import { Refusal } from '../errors.ts'
import type { Clock } from '../time.ts'
import type { Caller, Door } from './door.ts'
import { type Context, type Endpoint, type FileAnswer, isFile, isWrite, type Side } from './endpoint.ts'
import { actOnce } from './idempotency.ts'
import { readInput } from './read-input.ts'

/** What the server lends to an open door. */
export interface Runtime<S extends object> {
  database: Database
  clock: Clock
  services: S
}

/** The part of a request that a door sees. */
export interface DoorRequest {
  id: string
  method: string
  url: string
  params: unknown
  query: unknown
  body: unknown
  headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface Served {
  status: number
  body: unknown
  replayed: boolean
  file?: FileAnswer & { contentType: string }
}

type Answered = Omit<Served, 'replayed'> | Refusal

/** This will serve one request: who, may they, what, whose; then one transaction, and the reply checked. */
export async function serve<C extends Caller, S extends object>(
  door: Door<C, S>,
  endpoint: Endpoint,
  request: DoorRequest,
  runtime: Runtime<S>,
): Promise<Served> {
  const caller = await admit(door, endpoint, request, runtime)
  const input = readInput(endpoint, request)
  const answer = async (tx: Tx): Promise<Answered> => {
    if (caller) await door.checkScope?.(tx, endpoint.scope, input, caller)
    return toAnswered(endpoint, await endpoint.handle(input, contextOf(tx, caller, request, runtime)))
  }
  if (!isWrite(endpoint)) return { ...thrown(await readOnly(runtime.database, answer)), replayed: false }
  return runtime.database
    .transaction((tx) => act(tx, { door, endpoint, request, runtime, caller, answer }))
    .then(thrown)
}

async function admit<C extends Caller, S extends object>(
  door: Door<C, S>,
  endpoint: Endpoint,
  request: DoorRequest,
  { database, services }: Runtime<S>,
): Promise<C | undefined> {
  if (endpoint.permission === 'public') return undefined
  const caller = await door.authenticate(database.read, request, services)
  if (endpoint.permission !== 'signed_in' && !caller.permissions.has(endpoint.permission))
    throw new Refusal(
      'forbidden',
      'permission_missing',
      `This needs the permission ${endpoint.permission}; an administrator can give it.`,
    )
  return caller
}

function contextOf<S extends object>(
  tx: Tx,
  caller: Caller | undefined,
  request: DoorRequest,
  runtime: Runtime<S>,
): Context<Side> {
  const now = runtime.clock()
  return { tx, now, caller: caller as Caller, services: runtime.services, correlationId: request.id }
}

/** One snapshot, and a promise to the database that nothing is written. */
function readOnly<T>(database: Database, read: (tx: Tx) => Promise<T>): Promise<T> {
  return database.read
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(read)
}

interface WriteInput<C extends Caller, S extends object> {
  door: Door<C, S>
  endpoint: Endpoint
  request: DoorRequest
  runtime: Runtime<S>
  caller: C | undefined
  answer: (tx: Tx) => Promise<Answered>
}

async function act<C extends Caller, S extends object>(
  tx: Tx,
  write: WriteInput<C, S>,
): Promise<Served | Refusal> {
  const { caller, endpoint, request, runtime, door, answer } = write
  const acted = async () => {
    const answered = await answer(tx)
    if (caller && !(answered instanceof Refusal))
      await door.recordAct(tx, caller, {
        at: runtime.clock(),
        operation: endpoint.name,
        subject: subjectOf(request),
        correlationId: request.id,
      })
    return answered
  }
  const key = request.headers['idempotency-key']
  if (!caller || key === undefined) return served(await acted())
  const keyed = {
    clientId: caller.clientId,
    door: door.name,
    caller: caller.name,
    key: String(key),
    request: [request.method, request.url, request.body ?? null],
    now: runtime.clock(),
  }
  return actOnce(tx, keyed, async () => thrown(await acted()))
}

function served(answered: Answered): Served | Refusal {
  return answered instanceof Refusal ? answered : { ...answered, replayed: false }
}

/** The address names what was acted on; its query may name a person. */
function subjectOf(request: DoorRequest): string {
  return request.url.split('?', 1)[0] ?? ''
}

/** A reply that breaks its schema is a defect of ours, and undoes the act. */
function toAnswered(endpoint: Endpoint, result: unknown): Answered {
  if (result instanceof Refusal) return result
  const status = endpoint.status ?? 200
  if (isFile(endpoint.reply))
    return {
      status,
      body: undefined,
      file: { ...(result as FileAnswer), contentType: endpoint.reply.contentType },
    }
  const parsed = z.core.safeParse(endpoint.reply, result)
  if (parsed.success) return { status, body: parsed.data }
  throw new Error(`the reply of ${endpoint.name} breaks its schema: ${parsed.error.message}`)
}

function thrown<T>(answered: T | Refusal): T {
  if (answered instanceof Refusal) throw answered
  return answered
}

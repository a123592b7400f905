import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../db/index.ts'
import { Refusal } from '../errors.ts'
import type { Instant } from '../time.ts'

export interface KeyedRequest {
  clientId: number
  door: string
  caller: string
  key: string
  /** What the key stands for: method, address and body. */
  request: unknown
  now: Instant
}

export interface Reply {
  status: number
  body: unknown
  replayed: boolean
}

/**
 * This will act once for a key: the key is written in the act's own transaction, so that a crash loses both or neither.
 * Refuses conflict `request_running` while the first request has not ended, key_reused `idempotency_key_reused` when the
 * key came with another request before. A refused act leaves no key behind.
 */
export async function actOnce(
  tx: Tx,
  keyed: KeyedRequest,
  act: () => Promise<Omit<Reply, 'replayed'>>,
): Promise<Reply> {
  requireKey(keyed.key)
  if (!(await tryLock(tx, keyed)))
    throw new Refusal(
      'conflict',
      'request_running',
      'The first request with this Idempotency-Key is still running; ask again in a moment.',
    )
  const hash = createHash('sha256').update(canonical(keyed.request)).digest()
  const earlier = await selectKey(tx, keyed)
  if (earlier) return replay(earlier, hash)
  const { status, body } = await act()
  await tx
    .insertInto('idempotency_key')
    .values({
      ...primaryKey(keyed),
      request_hash: hash,
      status,
      reply: JSON.stringify(body),
      created_at: keyed.now,
    })
    .execute()
  return { status, body, replayed: false }
}

/** This will delete the keys of requests that were made before a moment. */
export async function forgetKeys(tx: Tx, before: Instant): Promise<void> {
  await tx.deleteFrom('idempotency_key').where('created_at', '<', before).execute()
}

function replay(
  earlier: { request_hash: Buffer; status: number | null; reply: unknown },
  hash: Buffer,
): Reply {
  if (!earlier.request_hash.equals(hash))
    throw new Refusal(
      'key_reused',
      'idempotency_key_reused',
      'This Idempotency-Key belongs to another request; make a new key for every new request.',
    )
  return { status: earlier.status ?? 200, body: earlier.reply, replayed: true }
}

function requireKey(key: string): void {
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return
  const message = 'must have 1 to 255 visible characters'
  throw new Refusal('malformed', 'request_malformed', `The Idempotency-Key ${message}.`, [
    { pointer: '/Idempotency-Key', in: 'header', message },
  ])
}

function primaryKey({ clientId, door, caller, key }: KeyedRequest) {
  return { client_id: clientId, door, caller, key }
}

async function tryLock(tx: Tx, { clientId, door, caller, key }: KeyedRequest): Promise<boolean> {
  const name = JSON.stringify([door, caller, key])
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${name}, ${clientId})) as locked`.execute(tx)
  return rows[0]?.locked ?? false
}

async function selectKey(tx: Tx, keyed: KeyedRequest) {
  const { client_id, door, caller, key } = primaryKey(keyed)
  return tx
    .selectFrom('idempotency_key')
    .select(['request_hash', 'status', 'reply'])
    .where('client_id', '=', client_id)
    .where('door', '=', door)
    .where('caller', '=', caller)
    .where('key', '=', key)
    .executeTakeFirst()
}

/** JSON with the members of every object in one order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, node) =>
    node && typeof node === 'object' && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)))
      : node,
  )
}

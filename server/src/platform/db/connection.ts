import { setTimeout as pause } from 'node:timers/promises'
import { type IsolationLevel, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { Refusal } from '../errors.ts'
import { columnParsers } from './column-parsers.ts'
import { PreparingClient } from './prepared.ts'
import type { DB } from './schema.ts'

/** What operations and stores take first: a transaction, or for reads the pool itself. */
export type Tx = Kysely<DB>

/** The role of the servers: it may not update or delete append-only tables. Migrations create it. */
export const SERVER_ROLE = 'billwright_server'

export interface ConnectOptions {
  /** A `postgresql://` address; a Unix socket as `postgresql:///name?host=/folder&user=name`. */
  connectionString: string
  /** The role that every connection takes on; the login's own when absent. */
  role?: string
  poolSize?: number
  applicationName?: string
}

export interface Database {
  /** Queries outside a transaction. */
  readonly read: Tx
  /** The driver's pool, for what speaks to the driver itself (job queue, COPY). */
  readonly pool: pg.Pool
  transaction<T>(act: (tx: Tx) => Promise<T>, isolation?: IsolationLevel): Promise<T>
  destroy(): Promise<void>
}

/** This will open a lazy pool: nothing is dialled before the first query. */
export function connect(options: ConnectOptions): Database {
  const pool = createPool(options)
  const read = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    read,
    pool,
    transaction: (act, isolation) => retryingTransaction(read, act, isolation),
    destroy: () => read.destroy(),
  }
}

function createPool({ connectionString, role, poolSize = 10, applicationName }: ConnectOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: withSessionSettings(connectionString, {
      TimeZone: 'UTC',
      DateStyle: 'ISO',
      ...(role === undefined ? {} : { role }),
    }),
    max: poolSize,
    application_name: applicationName ?? 'billwright',
    types: columnParsers,
    Client: PreparingClient,
  })
  // An idle connection that the server closes is replaced by the pool at the next query.
  pool.on('error', () => {})
  // Nor does one that is in use: what is asked of it next fails.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** This will add `-c name=value` start-up settings to an address and keep those it already has. */
export function withSessionSettings(connectionString: string, settings: Record<string, string>): string {
  const address = parseAddress(connectionString)
  const own = address.searchParams.get('options')
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  address.searchParams.set('options', [...(own ? [own] : []), ...ours].join(' '))
  return address.toString()
}

function parseAddress(connectionString: string): URL {
  const address = URL.canParse(connectionString) ? new URL(connectionString) : undefined
  if (address && /^postgres(ql)?:$/.test(address.protocol)) return address
  throw new Refusal(
    'malformed',
    'database_address_malformed',
    'The database address must read postgresql://user:password@host:5432/name, with special characters percent-encoded.',
  )
}

/** Serialization failure and deadlock: the database rolled back, and the same work may succeed now. */
const RETRIABLE = new Set(['40001', '40P01'])
const ATTEMPTS = 5

/** This will say whether an error is a conflict of transactions, after which the same work may succeed. */
export function isRetriable(error: unknown): boolean {
  return RETRIABLE.has((error as { code?: string }).code ?? '')
}

async function retryingTransaction<T>(
  database: Tx,
  act: (tx: Tx) => Promise<T>,
  isolation?: IsolationLevel,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const builder = database.transaction()
      return await (isolation ? builder.setIsolationLevel(isolation) : builder).execute(act)
    } catch (error) {
      if (attempt === ATTEMPTS || !isRetriable(error)) throw error
      await pause(2 ** attempt * (5 + 5 * Math.random()))
    }
  }
}

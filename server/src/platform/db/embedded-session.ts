import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Refusal } from '../errors.ts'
import { OWNER } from './cluster.ts'
import type { Listening } from './server-process.ts'

/** What the session is called that each program holds from opening to closing. */
const HOLDER = 'billwright holder'
const CONNECT_MS = 5_000
const QUERY_MS = 60_000

/** This will make the owner's address of a database on an embedded server. */
export function addressFor(listening: Listening, database: string): string {
  if ('port' in listening) return `postgresql://${OWNER}@127.0.0.1:${listening.port}/${database}`
  return `postgresql:///${database}?host=${encodeURIComponent(listening.socketDir)}&user=${OWNER}`
}

/** `gone`: nobody listens. `busy`: it starts up or shuts down. `silent`: no answer in time, or one cut off. */
export type Reply = Session | 'gone' | 'busy' | 'silent'

/** What holds a server for this program. Idle as it is, it does not keep the program running. */
export interface Session {
  /** The process id that the server knows it by. */
  pid: number | undefined
  end(): Promise<void>
}

const GONE = new Set(['ENOENT', 'ECONNREFUSED'])
const SILENT = new Set([undefined, 'ECONNRESET', 'EPIPE', 'EAGAIN'])
/** PostgreSQL's codes for a server that is starting, shutting down or crashing, or whose database is being made. */
const BUSY = new Set(['57P01', '57P02', '57P03', '42P04', '23505', '55006'])

/**
 * This will take a session that holds the server for this program, and make the program's database where it is
 * missing; or say why not yet.
 */
export async function takeSession(address: string): Promise<Reply> {
  const client = newClient(address, HOLDER)
  try {
    await client.connect()
    await createDatabase(client)
    return sessionOf(client)
  } catch (error) {
    await client.end().catch(() => {})
    const { code, message } = error as { code?: string; message: string }
    if (code !== undefined && BUSY.has(code)) return 'busy'
    if (code !== undefined && GONE.has(code)) return 'gone'
    if (SILENT.has(code)) return 'silent'
    throw new Refusal(
      'unavailable',
      'database_not_reached',
      `The embedded database runs but cannot be joined (${message}); use the account that started it, or end what uses it.`,
    )
  }
}

/** The driver's types do not know how to let a connection alone. */
function sessionOf(client: pg.Client): Session {
  const { processID, ref, unref } = client as pg.Client &
    Record<'ref' | 'unref', () => void> & { processID?: number }
  unref.call(client)
  return {
    pid: processID,
    end: async () => {
      ref.call(client)
      await client.end().catch(() => {})
    },
  }
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [OWNER])
  if (!rowCount) await client.query(`create database ${OWNER}`)
}

const LINGER_MS = 1_000
const LOOK_MS = 20

/**
 * This will say whether others than the session of this process id use a server. A session that has just been closed
 * is listed for a moment more, so that sessions which hold nothing are looked at again. A server that takes nobody is
 * used by nobody, except when it is full.
 */
export async function isUsed(address: string, own: number | undefined): Promise<boolean> {
  const client = newClient(address, 'billwright launcher')
  try {
    await client.connect()
    const began = performance.now()
    for (;;) {
      const { rows } = await client.query(
        `select bool_or(application_name = $1) as held from pg_stat_activity
          where backend_type = 'client backend' and pid <> pg_backend_pid() and pid is distinct from $2::int
         having count(*) > 0`,
        [HOLDER, own ?? null],
      )
      if (rows.length === 0) return false
      if (rows[0].held || performance.now() - began > LINGER_MS) return true
      await pause(LOOK_MS)
    }
  } catch (error) {
    return (error as { code?: string }).code === '53300'
  } finally {
    await client.end().catch(() => {})
  }
}

function newClient(connectionString: string, name: string): pg.Client {
  const client = new pg.Client({
    connectionString,
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
  })
  // The server was killed: whoever uses the database hears it from a session of his own.
  client.on('error', () => {})
  return client
}

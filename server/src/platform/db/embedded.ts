import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Refusal } from '../errors.ts'
import { OWNER, openCluster } from './cluster.ts'
import { preparePostgres } from './postgres-binaries.ts'
import {
  isAlive,
  launchServer,
  makeSocketDir,
  removeStaleLocks,
  runningServer,
  socketDirOf,
} from './server-process.ts'

export interface EmbeddedOptions {
  dataDir: string
  /** False only for tests: no fsync, a crash may lose everything. */
  durable?: boolean
  /** The npm package that carries the server; this machine's PostgreSQL 18 when absent. */
  packageName?: string
  /** A port on the loopback instead of the Unix socket. */
  port?: number
}

export interface EmbeddedDatabase {
  /** The owner's address of the database. */
  connectionString: string
  /** The same server, another database in it. */
  addressOf(database: string): string
  /** True when the server ran already and this program joined it. */
  joined: boolean
  pid: number
  /** Stops the server unless another program still uses it; `force` cuts others off. */
  close(options?: { force?: boolean }): Promise<void>
}

/**
 * This will open the embedded database of a data folder: join the server that runs on it, or make what is missing
 * and launch one. Any number of programs may do so at once; the last one to close stops the server. What a killed
 * program left (a stale lock, an orphaned server) is reused or cleared.
 * Refuses, with the remedy: a folder that cannot be written, of another major version, or damaged.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir)
  const durable = options.durable ?? true
  const binaries = preparePostgres(options.packageName)
  const cluster = await openCluster(dataDir, binaries, durable)
  const socketDir = socketDirOf(dataDir)
  const listen = options.port === undefined ? { socketDir } : { port: options.port }
  const logFile = join(dataDir, 'postgres.log')
  const addressOf = (database: string) => addressFor(listen, database)
  const launch = () => {
    makeSocketDir(socketDir, cluster)
    removeStaleLocks(cluster.dir, socketDir)
    return launchServer({ cluster, binaries, listen, durable, logFile })
  }
  const joined = await reach({ address: addressOf('postgres'), clusterDir: cluster.dir, logFile, launch })
  await createDatabase(addressOf('postgres'))
  const pid = runningServer(cluster.dir)
  if (pid === undefined) throw new Error('the database server answers but wrote no postmaster.pid')
  return {
    connectionString: addressOf(OWNER),
    addressOf,
    joined,
    pid,
    close: async ({ force = false } = {}) => {
      // Not the server that was opened, when that one was killed and launched again.
      const running = runningServer(cluster.dir)
      if (running === undefined) return
      if (force || !(await isUsed(addressOf('postgres')))) await stop(running)
    },
  }
}

function addressFor(listen: { socketDir: string } | { port: number }, database: string): string {
  if ('port' in listen) return `postgresql://${OWNER}@127.0.0.1:${listen.port}/${database}`
  return `postgresql:///${database}?host=${encodeURIComponent(listen.socketDir)}&user=${OWNER}`
}

interface Reach {
  address: string
  clusterDir: string
  logFile: string
  launch: () => ChildProcess
}

const POLL_MS = 20
const LAUNCHES = 6

/** Returns whether a server ran already. Recovery after a crash may take minutes; a dead server ends the wait. */
async function reach({ address, clusterDir, logFile, launch }: Reach): Promise<boolean> {
  let server: ChildProcess | undefined
  let launches = 0
  for (;;) {
    if (await answers(address)) return server === undefined
    const launching = server !== undefined && server.exitCode === null && server.signalCode === null
    if (!launching && runningServer(clusterDir) === undefined) {
      // A server that ends at once lost against another launcher's, or waits for the children of a killed one.
      if (launches === LAUNCHES) throw notStarted(logFile)
      if (launches > 0) await pause(50 * 2 ** launches)
      launches++
      server = launch()
      server.on('error', () => {})
    }
    await pause(POLL_MS)
  }
}

const NOT_YET = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03'])

async function answers(address: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: address })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === undefined || NOT_YET.has(code)) return false
    throw new Refusal(
      'unavailable',
      'database_not_reached',
      `The embedded database runs but cannot be joined (${message}); use the account that started it, or end what uses it.`,
    )
  } finally {
    await client.end().catch(() => {})
  }
}

function notStarted(logFile: string): Refusal {
  const lines = readFileSync(logFile, 'utf8').split('\n')
  const reason = lines.findLast((line) => /FATAL|PANIC/.test(line))?.replace(/^.*?(FATAL|PANIC): +/, '')
  return new Refusal(
    'unavailable',
    'database_not_started',
    `The embedded database did not start (${reason ?? 'it wrote no reason'}; log: ${logFile}); when its files are damaged, restore a backup into a new folder and name it with --data.`,
  )
}

const DUPLICATE = new Set(['42P04', '23505'])

async function createDatabase(address: string): Promise<void> {
  await withClient(address, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [OWNER])
    if (rowCount) return
    await client.query(`create database ${OWNER}`).catch((error) => {
      if (!DUPLICATE.has(error.code)) throw error
    })
  })
}

async function isUsed(address: string): Promise<boolean> {
  return await withClient(address, async (client) => {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    return Boolean(rowCount)
  })
}

async function withClient<T>(address: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: address, application_name: 'billwright launcher' })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written. */
async function stop(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT')
  while (isAlive(pid)) await pause(POLL_MS)
}

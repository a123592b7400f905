import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeFolder, OWNER, openCluster } from './cluster.ts'
import { addressFor, isUsed, type Session } from './embedded-session.ts'
import { locked } from './folder-lock.ts'
import { preparePostgres } from './postgres-binaries.ts'
import { reach } from './reach-server.ts'
import {
  launchServer,
  makeSocketDir,
  removeStaleLocks,
  runningServer,
  socketDirOf,
  stopServer,
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

/** Longer than a recovery may take, which the holder of the lock waits for. */
const LOCK_PATIENCE_MS = 15 * 60_000

/**
 * This will open the embedded database of a data folder: join the server that runs on it, or make what is missing
 * and launch one. Any number of programs may do so at once, one after the other under the folder's lock; each holds a
 * session until it closes, by which the last one to close knows that it stops the server. What a killed program left
 * (a stale lock, an orphaned server) is reused or cleared; a server that does not answer is stopped and launched anew.
 * Refuses, with the remedy: a folder that cannot be written, of another major version, or damaged.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const binaries = preparePostgres(options.packageName)
  const dataDir = makeFolder(resolve(options.dataDir))
  return await underLock(dataDir, async () => {
    const durable = options.durable ?? true
    const cluster = await openCluster(dataDir, binaries, durable)
    const socketDir = socketDirOf(dataDir)
    const listen = options.port === undefined ? { socketDir } : { port: options.port }
    const logFile = join(dataDir, 'postgres.log')
    const launch = () => {
      makeSocketDir(socketDir, cluster)
      removeStaleLocks(cluster.dir, socketDir)
      return launchServer({ cluster, binaries, listen, durable, logFile })
    }
    const { pid, joined, listening, session } = await reach({ clusterDir: cluster.dir, logFile, launch })
    const addressOf = (database: string) => addressFor(listening, database)
    return {
      connectionString: addressOf(OWNER),
      addressOf,
      joined,
      pid,
      close: ({ force = false } = {}) => close(dataDir, { session, address: addressOf('postgres'), force }),
    }
  })
}

interface Closing {
  session: Session
  address: string
  force: boolean
}

async function close(dataDir: string, { session, address, force }: Closing): Promise<void> {
  if (!existsSync(dataDir)) return await session.end()
  await underLock(dataDir, async () => {
    // Not the server that was opened, when that one was killed and launched again.
    const running = runningServer(join(dataDir, 'postgres'))
    const used = running !== undefined && !force && (await isUsed(address, session.pid))
    await session.end()
    if (running === undefined || used) return
    await stopServer(running)
    rmSync(socketDirOf(dataDir), { recursive: true, force: true })
  })
}

function underLock<T>(dataDir: string, act: () => Promise<T>): Promise<T> {
  return locked(join(dataDir, 'lock'), LOCK_PATIENCE_MS, act)
}

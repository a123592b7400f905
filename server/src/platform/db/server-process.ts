import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '../errors.ts'
import type { Cluster } from './cluster.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** This will say whether a process with this id runs; one that ended but was never collected does not. */
export function isAlive(pid: number): boolean {
  return isTaken(pid) && !isZombie(pid)
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

/** Where nobody collects orphans (a container without an init), a killed process keeps its id. */
function isZombie(pid: number): boolean {
  try {
    // `id (name) state ...`, and the name may hold anything.
    return /^.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** The system limits a Unix socket's whole path to about 104 bytes. */
const SOCKET_PATH_BYTES = 100

/** This will choose the socket folder of a data folder: inside it, or a short name when that is too long. */
export function socketDirOf(dataDir: string): string {
  const inside = join(dataDir, 'socket')
  if (Buffer.byteLength(join(inside, '.s.PGSQL.5432.lock')) <= SOCKET_PATH_BYTES) return inside
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  return join(tmpdir(), `billwright-${process.getuid?.() ?? 0}-${key}`)
}

/** This will make a socket folder that only the server's account may enter. */
export function makeSocketDir(dir: string, { account }: Cluster): void {
  const owner = account?.uid ?? process.getuid?.()
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const found = lstatSync(dir)
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== process.getuid?.())) {
    throw new Refusal(
      'unavailable',
      'socket_folder_taken',
      `The folder ${dir} for the database's socket belongs to somebody else; remove it, or name a data folder with a shorter path with --data.`,
    )
  }
  if (account) chownSync(dir, account.uid, account.gid)
  chmodSync(dir, 0o700)
}

/** This will tell the process id in a cluster's `postmaster.pid`, when that process serves this cluster. */
export function runningServer(clusterDir: string): number | undefined {
  const pid = lockHolder(join(clusterDir, 'postmaster.pid'))
  return pid !== undefined && isAlive(pid) && commandOf(pid).includes(clusterDir) ? pid : undefined
}

function lockHolder(lock: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10)
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

/** After a crash the id may have gone to another program, which must not be mistaken for the server. */
function commandOf(pid: number): string {
  try {
    return existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/**
 * This will remove the locks of a killed server whose process id now belongs to another program; PostgreSQL sees
 * for itself that an id is free, but trusts one in use. A lock that changes under our hands is a new server's.
 */
export function removeStaleLocks(clusterDir: string, socketDir: string): void {
  for (const lock of [join(clusterDir, 'postmaster.pid'), join(socketDir, '.s.PGSQL.5432.lock')]) {
    const pid = lockHolder(lock)
    if (pid === undefined || !isTaken(pid) || commandOf(pid).includes('postgres')) continue
    const aside = `${lock}.${process.pid}`
    renameSync(lock, aside)
    if (lockHolder(aside) === pid) rmSync(aside)
    else renameSync(aside, lock)
  }
}

const ROTATE_BYTES = 5_000_000

export interface LaunchOptions {
  cluster: Cluster
  binaries: PostgresBinaries
  /** Exactly one of the two: a folder for the socket, or a port on the loopback. */
  listen: { socketDir: string } | { port: number }
  durable: boolean
  logFile: string
}

/**
 * This will launch a server as a process of its own group, which outlives its launcher: it takes no Ctrl-C meant
 * for the program, and a program that joined it is not cut off. The caller waits until it answers.
 */
export function launchServer({ cluster, binaries, listen, durable, logFile }: LaunchOptions): ChildProcess {
  if (existsSync(logFile) && statSync(logFile).size > ROTATE_BYTES) renameSync(logFile, `${logFile}.old`)
  const log = openSync(logFile, 'a', 0o600)
  const settings = {
    ...SETTINGS,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...('port' in listen
      ? { listen_addresses: '127.0.0.1', port: listen.port, unix_socket_directories: '' }
      : { listen_addresses: '', port: 5432, unix_socket_directories: `"${listen.socketDir}"` }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(binaries.dir, 'bin', 'postgres'), ['-D', cluster.dir, ...flags], {
    cwd: '/',
    detached: true,
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
    stdio: ['ignore', log, log],
    ...cluster.account,
  })
  closeSync(log)
  child.unref()
  return child
}

const SETTINGS = {
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: 100,
  shared_buffers: '256MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  jit: 'off',
  log_checkpoints: 'off',
  // Error details and statements may hold personal data.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

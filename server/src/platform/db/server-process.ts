import { execFileSync, spawn } from 'node:child_process'
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
import { setTimeout as pause } from 'node:timers/promises'
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
  const pid = lockHolder(pidFileOf(clusterDir))
  return pid !== undefined && isAlive(pid) && serves(pid, clusterDir) ? pid : undefined
}

const pidFileOf = (clusterDir: string) => join(clusterDir, 'postmaster.pid')

/** Where a server listens: the folder of its socket, or a port on the loopback. */
export type Listening = { socketDir: string } | { port: number }

/** What a server says of itself in its `postmaster.pid`. */
export interface ServerState {
  listening?: Listening
  /** `starting`, `ready` or `stopping`; absent before its first word. */
  status?: string
}

/** This will read what the server of this process id says of itself; nothing when the file is another one's. */
export function stateOf(clusterDir: string, pid: number): ServerState {
  // Source: PostgreSQL's documentation of postmaster.pid, its lines one by one.
  const [holder, , , port, socketDir, host, , status] = linesOf(pidFileOf(clusterDir))
  if (Number(holder) !== pid) return {}
  const listening = socketDir ? { socketDir } : host ? { port: Number(port) } : undefined
  return { ...(listening ? { listening } : {}), ...(status ? { status } : {}) }
}

function linesOf(lock: string): string[] {
  try {
    return readFileSync(lock, 'utf8')
      .split('\n')
      .map((line) => line.trim())
  } catch {
    return []
  }
}

function lockHolder(lock: string): number | undefined {
  const pid = Number(linesOf(lock)[0])
  return pid > 0 ? pid : undefined
}

/** After a crash or in a copied folder the id may be another program's, which must not be mistaken for the server. */
function serves(pid: number, clusterDir: string): boolean {
  try {
    if (!existsSync('/proc/self/cmdline')) {
      const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      return command.includes(` -D ${clusterDir} `)
    }
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`\0-D\0${clusterDir}\0`)
  } catch {
    return false
  }
}

/**
 * This will remove the locks of a server that is gone whose process id is in use all the same: PostgreSQL sees for
 * itself that an id is free, but trusts one in use. The caller knows that no server runs on the cluster.
 */
export function removeStaleLocks(clusterDir: string, socketDir: string): void {
  for (const lock of [pidFileOf(clusterDir), join(socketDir, '.s.PGSQL.5432.lock')]) {
    const pid = lockHolder(lock)
    if (pid !== undefined && isTaken(pid) && !serves(pid, clusterDir)) rmSync(lock, { force: true })
  }
}

const POLL_MS = 20

/** Fast: sessions are ended, everything is written. At once: the next start recovers. By force. */
const STOPS = [
  { signal: 'SIGINT', patienceMs: 60_000 },
  { signal: 'SIGQUIT', patienceMs: 10_000 },
  { signal: 'SIGKILL', patienceMs: 10_000 },
] as const

/** This will stop a server and wait for its end, the more forcefully the longer it takes. */
export async function stopServer(pid: number, first: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
  for (const { signal, patienceMs } of first === 'SIGINT' ? STOPS : STOPS.slice(1)) {
    if (!isAlive(pid)) return
    send(pid, signal)
    const began = performance.now()
    while (isAlive(pid) && performance.now() - began < patienceMs) await pause(POLL_MS)
  }
  if (isAlive(pid)) throw notStopped(pid)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ESRCH') throw notStopped(pid)
  }
}

function notStopped(pid: number): Refusal {
  return new Refusal(
    'unavailable',
    'database_not_stopped',
    `The embedded database (process ${pid}) cannot be stopped; end that process, or use the account that started it.`,
  )
}

const ROTATE_BYTES = 5_000_000

export interface LaunchOptions {
  cluster: Cluster
  binaries: PostgresBinaries
  listen: Listening
  durable: boolean
  logFile: string
}

/**
 * This will launch a server as a process of its own group, which outlives its launcher: it takes no Ctrl-C meant
 * for the program, and a program that joined it is not cut off. Returns its process id; the caller waits until it
 * answers.
 */
export function launchServer({ cluster, binaries, listen, durable, logFile }: LaunchOptions): number {
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
  child.on('error', () => {})
  if (child.pid === undefined) throw notLaunched(binaries.dir)
  return child.pid
}

function notLaunched(dir: string): Refusal {
  return new Refusal(
    'unavailable',
    'database_not_launched',
    `The programs of the embedded database in ${dir} cannot be run; remove that folder, and it is made anew.`,
  )
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
  // Recovery syncs the whole file system at once, not thousands of files one by one; only Linux can.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
  log_checkpoints: 'off',
  // Error details and statements may hold personal data.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

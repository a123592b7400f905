import { pipeline } from 'node:stream'
import { constants, createZstdCompress } from 'node:zlib'
import type pg from 'pg'
import { Refusal } from '../../errors.ts'
import type { Instant } from '../../time.ts'
import { MIGRATION_LOCK, migrate, readApplied } from '../migrate.ts'
import { type ArchiveWriter, memberOf, type WrittenArchive, writeArchive } from './archive.ts'
import { type BackedUpTable, FORMAT, type Manifest } from './manifest.ts'
import { connectForRows, countRows, RowMeter, readTables, streamRows, type TableShape } from './rows.ts'

export interface BackupOptions {
  /** The owner's address. */
  connectionString: string
  file: string
  /** The program's release. */
  program: string
  now: Instant
  onProgress?: (doneRows: number, totalRows: number) => void
}

export interface BackupReport extends WrittenArchive {
  tables: number
  rows: number
}

/**
 * This will write one snapshot of the database to a file, beside running servers; migrations wait until it is done.
 * A database that waits for migrations is backed up as it is. The job queue is left out: recurring jobs refill it.
 * Refuses an existing file, a database without tables, and one that is newer than the program.
 */
export async function backUp(options: BackupOptions): Promise<BackupReport> {
  await migrate({ connectionString: options.connectionString, check: true })
  const client = await connectForRows(options.connectionString, 'billwright backup')
  try {
    await client.query('select pg_advisory_lock_shared($1)', [MIGRATION_LOCK])
    await client.query('begin isolation level repeatable read read only')
    const migrations = await readApplied(client)
    if (migrations.length === 0) throw nothingThere()
    let tables: BackedUpTable[] = []
    const written = await writeArchive(options.file, async (archive): Promise<Manifest> => {
      tables = await writeTables(client, archive, options.onProgress)
      const { program, now } = options
      const sequences = await readSequences(client)
      return { format: FORMAT, program, createdAt: now.toString(), migrations, tables, sequences }
    })
    return { ...written, tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0) }
  } finally {
    await client.end()
  }
}

async function writeTables(
  client: pg.Client,
  archive: ArchiveWriter,
  onProgress: BackupOptions['onProgress'],
): Promise<BackedUpTable[]> {
  const shapes = await readTables(client)
  let total = 0
  for (const { name } of shapes) total += await countRows(client, name)
  let before = 0
  const tables: BackedUpTable[] = []
  for (const shape of shapes) {
    const table = await writeTable(client, archive, shape, (rows) => onProgress?.(before + rows, total))
    before += table.rows
    tables.push(table)
  }
  return tables
}

async function writeTable(
  client: pg.Client,
  archive: ArchiveWriter,
  shape: TableShape,
  onRows: (rows: number) => void,
): Promise<BackedUpTable> {
  const { name, columns } = shape
  const meter = new RowMeter(onRows)
  const zstd = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } })
  // A failure ends the last stream with it, and with that the loop that writes.
  const compressed = pipeline(streamRows(client, shape), meter, zstd, () => {})
  await archive.add(memberOf(name), compressed)
  const partitions = shape.partitions.map(readBound)
  return { name, columns, partitions, rows: meter.rows, sha256: meter.sha256() }
}

const BOUND = /^FOR VALUES FROM \('([\d-]+)'\) TO \('([\d-]+)'\)$/

function readBound({ name, bound }: TableShape['partitions'][number]) {
  const [, from, to] = BOUND.exec(bound) ?? []
  if (from === undefined || to === undefined)
    throw new Error(`the partition ${name} is not one of days: ${bound}`)
  return { name, from, to }
}

/** Read after the rows: a sequence only goes up, so that it is beyond every number in them. */
async function readSequences(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; quoted: string }>(`
    select relname as name, quote_ident(relname) as quoted from pg_class c
     where relnamespace = 'public'::regnamespace and relkind = 'S'
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     order by relname collate "C"`)
  const sequences: Manifest['sequences'] = []
  for (const { name, quoted } of rows) {
    const state = await client.query(`select last_value::text, is_called from ${quoted}`)
    sequences.push({ name, lastValue: state.rows[0].last_value, isCalled: state.rows[0].is_called })
  }
  return sequences
}

const nothingThere = () =>
  new Refusal(
    'conflict',
    'database_empty',
    'The database holds nothing to back up; name the right one with --data or --database-url.',
  )

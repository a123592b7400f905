import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** A table as a backup sees it: generated columns are left out, partitions are part of their table. */
export interface TableShape {
  name: string
  columns: string[]
  /** The primary key, with the byte order for text, so that every server sorts alike. */
  order: string[]
  partitions: { name: string; bound: string }[]
}

/** What makes a server write the same value as the same text, whatever its own settings are. */
const SESSION = `
  set client_encoding = 'UTF8'; set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres';
  set bytea_output = 'hex'; set extra_float_digits = 1; set search_path = public; set row_security = off;
  set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`

/** This will connect as the owner, with settings under which values survive as text. */
export async function connectForRows(connectionString: string, name: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: name })
  // The statement that was running, or the next one, tells it.
  client.on('error', () => {})
  await client.connect()
  await client.query(SESSION)
  return client
}

/** Tables of ours: not those of extensions, and not the list of migrations, which a restore writes itself. */
const TABLES = `
  select c.relname as name,
    (select json_agg(a.attname order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    (select json_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
              order by array_position(i.indkey::int2[], a.attnum))
       from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
      where i.indrelid = c.oid and i.indisprimary) as order,
    (select coalesce(json_agg(json_build_object('name', p.relname, 'bound', pg_get_expr(p.relpartbound, p.oid))
              order by p.relname), '[]')
       from pg_inherits h join pg_class p on p.oid = h.inhrelid where h.inhparent = c.oid) as partitions
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname <> 'migration'
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  order by c.relname collate "C"`

/** This will describe the tables of the program, by name. */
export async function readTables(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(TABLES)
  const unordered = rows.find(({ order }) => order === null)
  if (unordered) throw new Error(`the table ${unordered.name} has no primary key`)
  return rows
}

/** This will count the rows of a table. */
export async function countRows(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query(`select count(*) as n from ${pg.escapeIdentifier(table)}`)
  return Number(rows[0].n)
}

/** This will stream a table as COPY text, in the order of its primary key. */
export function streamRows(client: pg.Client, { name, columns, order }: TableShape) {
  const select = `select ${quoted(columns)} from ${pg.escapeIdentifier(name)} order by ${order.join(', ')}`
  return client.query(copyTo(`copy (${select}) to stdout`))
}

/** This will list column names for a statement. */
export function quoted(columns: readonly string[]): string {
  return columns.map((column) => pg.escapeIdentifier(column)).join(', ')
}

const LINE_FEED = 10

/** Lets COPY text through while it counts and digests it. */
export class RowMeter extends Transform {
  rows = 0
  readonly #hash = createHash('sha256')
  readonly #onRows: (rows: number) => void
  constructor(onRows: (rows: number) => void = () => {}) {
    super()
    this.#onRows = onRows
  }
  /** A line feed inside a value is written as `\n`, so that each real one ends a row. */
  override _transform(chunk: Buffer, _: string, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk)
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) this.rows++
    this.#onRows(this.rows)
    done(null, chunk)
  }
  sha256(): string {
    return this.#hash.digest('hex')
  }
}

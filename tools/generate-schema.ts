import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { migrate, openEmbedded } from '../server/src/platform/db/index.ts'

const target = fileURLToPath(new URL('../server/src/platform/db/schema.ts', import.meta.url))

interface Column {
  table: string
  name: string
  type: string
  nullable: boolean
  filled: boolean
  always: boolean
}

/** Ordinary and partitioned tables without their partitions, views, and every column in order. */
const COLUMNS = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
         not a.attnotnull as nullable,
         a.atthasdef or a.attidentity <> '' as filled,
         a.attgenerated <> '' or a.attidentity = 'a' as always
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
  order by c.relname, a.attnum`

const TYPES: Record<string, string> = {
  bigint: 'number',
  integer: 'number',
  smallint: 'number',
  real: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  bytea: 'Buffer',
  'timestamp with time zone': 'Instant',
  // Read as text so that no digit is lost; written as text or a number.
  numeric: 'Numeric',
  date: 'LocalDate',
  jsonb: 'Json',
  json: 'Json',
}
const TEXTUAL = new Set([
  'text', 'character varying', 'character', 'name', 'uuid', 'inet', 'citext', 'interval', 'daterange', 'int8range',
  'time without time zone', 'timestamp without time zone', 'xid8', 'regclass', 'tsvector',
]) // biome-ignore format: a list

/** This will write a column's TypeScript type, with what may be left out of an insert. */
export function columnType({ type, nullable, filled, always }: Omit<Column, 'table' | 'name'>): string {
  const array = type.endsWith('[]')
  const element = array ? type.slice(0, -2) : type
  const read = TYPES[element] ?? (TEXTUAL.has(element) ? 'string' : undefined)
  if (read === undefined) throw new Error(`no TypeScript type is known for the column type ${type}`)
  const whole = `${array && read === 'Json' ? 'unknown' : read}${array ? '[]' : ''}${nullable ? ' | null' : ''}`
  if (always) return `GeneratedAlways<${whole}>`
  return filled ? `Generated<${whole}>` : whole
}

/** This will write the module that types every table for the query builder. */
export function schemaModule(columns: Column[]): string {
  const tables = Map.groupBy(columns, (column) => column.table)
  const interfaces = [...tables].map(([table, rows]) => {
    const fields = rows.map((column) => `  ${column.name}: ${columnType(column)}\n`)
    return `export interface ${pascalCase(table)} {\n${fields.join('')}}\n`
  })
  const members = [...tables.keys()].map((table) => `  ${table}: ${pascalCase(table)}\n`)
  return [HEADER, ...interfaces, `export interface DB {\n${members.join('')}}\n`].join('\n')
}

const HEADER = `// Generated from the migrated database by \`npm run db:schema\`; do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Instant, LocalDate } from '../time.ts'

/** Read as a value, written as JSON text: the driver would take an array for an SQL array. */
export type Json = ColumnType<unknown, string, string>

/** A column that the database fills when it is left out. */
export type Generated<T> =
  T extends ColumnType<infer Read, infer Written, infer Changed>
    ? ColumnType<Read, Written | undefined, Changed>
    : ColumnType<T, T | undefined, T>

/** Read as text so that no digit is lost. */
export type Numeric = ColumnType<string, string | number, string | number>
`

function pascalCase(table: string): string {
  return table.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'billwright-schema-'))
  const server = await openEmbedded({ dataDir, durable: false })
  try {
    await migrate({ connectionString: server.connectionString })
    const client = new pg.Client({ connectionString: server.connectionString })
    await client.connect()
    const { rows } = await client.query<Column>(COLUMNS)
    await client.end()
    await writeFile(target, schemaModule(rows))
    console.log(`${target}: ${new Set(rows.map((row) => row.table)).size} tables, ${rows.length} columns`)
  } finally {
    await server.close({ force: true })
    rmSync(dataDir, { recursive: true, force: true })
  }
}

if (import.meta.main) await main()

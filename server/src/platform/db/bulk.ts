import { CompiledQuery } from 'kysely'
import type { Tx } from './connection.ts'

/** The column types that a bulk insert can carry; an array column is none of them. */
export type BulkType =
  | 'int8'
  | 'int4'
  | 'int2'
  | 'float8'
  | 'bool'
  | 'text'
  | 'date'
  | 'timestamptz'
  | 'numeric'
  | 'bytea'
  | 'jsonb'
  | 'uuid'

type Cell = string | number | bigint | boolean | Uint8Array | { toString(): string } | null | undefined

/**
 * This will insert any number of rows with one statement: each column travels as one array and `unnest` turns the
 * arrays into rows. jsonb cells are JSON text; undefined is null. Returns nothing: keys come from the caller.
 */
export async function insertRows<Column extends string>(
  tx: Tx,
  table: string,
  columnTypes: Record<Column, BulkType>,
  rows: readonly Partial<Record<NoInfer<Column>, Cell>>[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(columnTypes) as Column[]
  const names = columns.map(quoteName).join(', ')
  const arrays = columns.map((column, index) => `$${index + 1}::${columnTypes[column]}[]`).join(', ')
  const parameters = columns.map((column) => arrayLiteral(rows, column, columnTypes[column]))
  await tx.executeQuery(
    CompiledQuery.raw(
      `insert into ${quoteName(table)} (${names}) select * from unnest(${arrays})`,
      parameters,
    ),
  )
}

function quoteName(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`not a table or column name: ${name}`)
  return `"${name}"`
}

/** One array in PostgreSQL's text form. Neighbours are often equal (dates, codes, one moment): each is quoted once. */
function arrayLiteral<Column extends string>(
  rows: readonly Partial<Record<Column, Cell>>[],
  column: Column,
  type: BulkType,
): string {
  let literal = ''
  let last: Cell
  let quoted = ''
  for (const row of rows) {
    const cell = row[column]
    if (literal !== '') literal += ','
    if (cell === null || cell === undefined) literal += 'NULL'
    else if (typeof cell === 'number' || typeof cell === 'boolean') literal += cell
    else if (type === 'bytea') literal += quoteBytes(cell)
    else {
      if (cell !== last) {
        last = cell
        quoted = quote(String(cell))
      }
      literal += quoted
    }
  }
  return `{${literal}}`
}

/** Only what cannot hold a comma goes unquoted: one would shift every later row of its column. */
function quote(text: string): string {
  const escaped = text.includes('\\') ? text.replaceAll('\\', '\\\\') : text
  return `"${escaped.includes('"') ? escaped.replaceAll('"', '\\"') : escaped}"`
}

function quoteBytes(cell: NonNullable<Cell>): string {
  if (!(cell instanceof Uint8Array)) throw new Error('a bytea cell must be bytes')
  return `"\\\\x${Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('hex')}"`
}

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { Temporal } from '../time.ts'
import { insertRows } from './bulk.ts'

const { owner } = await testDatabase()

test('every type arrives as it was sent, nulls and hostile text included', async () => {
  await sql`create table sample (n int8 primary key, ok bool, label text, day date, at timestamptz, price numeric,
    blob bytea, facts jsonb)`.execute(owner.read)
  const rows = [
    {
      n: 9007199254740991,
      ok: true,
      label: 'a "b" \\ {c},d\nNULL',
      day: '2026-03-08',
      at: Temporal.Instant.from('2026-03-08T12:00:00Z'),
      price: '0.0001',
      blob: new Uint8Array([0, 34, 92, 255]).subarray(1),
      facts: '{"a":["\\"x\\""]}',
    },
    {
      n: -1,
      ok: null,
      label: 'NULL',
      day: null,
      at: undefined,
      price: 7,
      blob: Buffer.alloc(0),
      facts: null,
    },
    { n: 3, label: '' },
  ]
  const types = {
    n: 'int8',
    ok: 'bool',
    label: 'text',
    day: 'date',
    at: 'timestamptz',
    price: 'numeric',
    blob: 'bytea',
    facts: 'jsonb',
  } as const
  await insertRows(owner.read, 'sample', types, rows)
  const read = await sql`select * from sample order by n desc`.execute(owner.read)
  expect(read.rows).toEqual([
    { ...rows[0], blob: Buffer.from([34, 92, 255]), facts: { a: ['"x"'] } },
    { n: 3, ok: null, label: '', day: null, at: null, price: null, blob: null, facts: null },
    { n: -1, ok: null, label: 'NULL', day: null, at: null, price: '7', blob: Buffer.alloc(0), facts: null },
  ])
})

test('text in a number column fails instead of shifting its neighbours', async () => {
  await sql`create table pair (a int8, b int8)`.execute(owner.read)
  const shifted = insertRows(owner.read, 'pair', { a: 'int8', b: 'int8' }, [{ a: '1,2', b: 1 }])
  await expect(shifted).rejects.toThrow('invalid input syntax for type bigint')
})

test('no rows are no statement', async () => {
  await insertRows(owner.read, 'absent_table', { a: 'int8' }, [])
})

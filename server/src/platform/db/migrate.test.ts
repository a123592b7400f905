import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { migrate, readMigrations } from './migrate.ts'

const root = mkdtempSync(join(tmpdir(), 'billwright-migrations-'))
afterAll(() => rmSync(root, { recursive: true }))

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(root, 'of-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  return dir
}

const FIRST = { '0001_first.sql': 'create table first_table (n int); insert into first_table values (1)' }
const SECOND = { ...FIRST, '0002_second.sql': 'alter table first_table add m int' }

/** A database without any migration of ours. */
async function emptyDatabase() {
  const { owner, connectionString } = await testDatabase()
  await sql`drop schema public cascade; create schema public`.execute(owner.read)
  return { owner, connectionString }
}
const { owner, connectionString } = await emptyDatabase()
const names = async (files: Record<string, string>, check = false) =>
  (await migrate({ connectionString, dir: folder(files), check })).map(({ name }) => name)

test('runs what is missing, once, in order, and tells before what would run', async () => {
  expect(await names(FIRST, true)).toEqual(['0001_first.sql'])
  expect(await names(FIRST)).toEqual(['0001_first.sql'])
  expect(await names(SECOND, true)).toEqual(['0002_second.sql'])
  expect(await Promise.all([names(SECOND), names(SECOND)])).toContainEqual([])
  const { rows } = await sql`select * from first_table`.execute(owner.read)
  expect(rows).toEqual([{ n: 1, m: null }])
})

test('a failing file leaves nothing and names its line', async () => {
  const broken = { ...SECOND, '0003_third.sql': 'create table third (n int);\n\ncreate tabel oops' }
  await expect(names(broken)).rejects.toThrow(/0003_third.sql failed: .*line 3/)
  const { rows } = await sql`select to_regclass('third') as third`.execute(owner.read)
  expect(rows).toEqual([{ third: null }])
})

test('refuses a changed file', async () => {
  await expect(names({ ...SECOND, '0001_first.sql': 'select 1' })).rejects.toMatchObject({
    code: 'migration_changed',
  })
})

test('refuses a database newer than the program', async () => {
  await expect(names(FIRST, true)).rejects.toMatchObject({
    code: 'database_newer',
    message: expect.stringContaining('0002_second.sql'),
  })
})

test('numbers have no gap', async () => {
  await expect(readMigrations(folder({ '0002_second.sql': 'select 1' }))).rejects.toThrow('0002_second.sql')
})

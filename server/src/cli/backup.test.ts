import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { ACTOR, CYCLE, NOW } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { staffedTown } from '../../test/support/staffed-town.ts'
import { broken } from '../../test/support/verified.ts'
import { startBillRun, workBillRun } from '../domain/billing/index.ts'
import { audit, sealAudit } from '../domain/identity/index.ts'
import { memberOf, writeArchive } from '../platform/db/backup/archive.ts'
import {
  backUp,
  connect,
  type Database,
  migrate,
  migrationsDir,
  openArchive,
  openEmbedded,
  restore,
  SERVER_ROLE,
} from '../platform/db/index.ts'
import { installJobs } from '../platform/jobs/index.ts'

const root = mkdtempSync(join(tmpdir(), 'billwright backup '))
chmodSync(root, 0o755)
afterAll(() => rmSync(root, { recursive: true, force: true }))

const original = await testDatabase()
const town = await staffedTown(original.db)
const { clientId } = town
await original.db.transaction((tx) => sealAudit(tx, { clientId, now: NOW }))
await bill(original.db, '2026-03-01')
const file = join(root, 'town.backup')
const report = await backUp({ connectionString: original.connectionString, file, program: '0.1.0', now: NOW })

/** What a database needs to have before a restore: nothing. */
async function emptyDatabase() {
  const database = await testDatabase()
  await sql`drop schema public cascade; create schema public; drop schema graphile_worker cascade`.execute(
    database.owner.read,
  )
  return database
}

async function restoreInto(connectionString: string, from = file) {
  const archive = await openArchive(from)
  try {
    return await restore({ connectionString, archive })
  } finally {
    await archive.close()
  }
}

async function manifestOf(connectionString: string, name: string) {
  const again = join(root, name)
  await backUp({ connectionString, file: again, program: '0.1.0', now: NOW })
  return await manifestIn(again)
}

async function manifestIn(path: string) {
  const archive = await openArchive(path)
  await archive.close()
  // A restore moves the offset of the audit trail; everything else stays.
  const tables = archive.manifest.tables.filter(({ name }) => name !== 'audit_offset')
  return { ...archive.manifest, tables }
}

async function bill(db: Database, billDate: string): Promise<number> {
  const input = { clientId, cycleCode: CYCLE, billDate, mode: 'live' as const, now: NOW, actor: ACTOR }
  const run = await db.transaction((tx) => startBillRun(tx, input))
  await workBillRun({ database: db, clock: () => NOW, worker: 'test', actor: ACTOR }, run)
  const { total } = await db.read
    .selectFrom('bill')
    .select((eb) => eb.fn.sum<string>('amount_due_cents').as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

const tableCount = async (database: Database) => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`.execute(
    database.read,
  )
  return rows[0]?.n
}

test('a restored database is the same to the last row, and goes on like the other', async () => {
  expect(report.rows).toBeGreaterThan(200)
  const { db, connectionString } = await emptyDatabase()
  expect(await restoreInto(connectionString)).toEqual({
    tables: report.tables,
    rows: report.rows,
    migrated: [],
  })
  expect(await manifestOf(connectionString, 'again.backup')).toEqual(await manifestIn(file))
  await installJobs(connectionString)
  expect(await broken(db)).toEqual([])
  expect(await bill(db, '2026-04-01')).toBe(await bill(original.db, '2026-04-01'))
  expect(await db.transaction((tx) => sealAudit(tx, { clientId, now: NOW }))).toBeGreaterThan(0)
  expect(await broken(db)).toEqual([])
}, 60_000)

test.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'another, older server whose transactions count from the start takes it and seals on',
  async () => {
    // The trail's numbers are beyond those of the new server, as after years of work.
    const years = await emptyDatabase()
    await restoreInto(years.connectionString)
    await sql`update audit_offset set transactions = 5000000000`.execute(years.owner.read)
    await bill(years.db, '2026-04-01')
    await years.db.transaction((tx) => sealAudit(tx, { clientId, now: NOW }))
    await sql`update audit_offset set transactions = 0`.execute(years.owner.read)
    const path = join(root, 'years.backup')
    await backUp({ connectionString: years.connectionString, file: path, program: '0.1.0', now: NOW })
    const dataDir = join(root, 'fifteen')
    const server = await openEmbedded({
      dataDir,
      durable: false,
      packageName: 'postgres-15-linux-x64',
      port: await freePort(),
    })
    const { connectionString } = server
    const db = connect({ connectionString, role: SERVER_ROLE })
    try {
      await restoreInto(connectionString, path)
      await installJobs(connectionString)
      expect(await manifestOf(connectionString, 'fifteen.backup')).toEqual(await manifestIn(path))
      expect(await broken(db)).toEqual([])
      const act = { clientId, at: NOW, actor: ACTOR, operation: 'test', subject: 'client:1' }
      await db.transaction((tx) => audit(tx, act))
      expect(await broken(db)).toEqual([])
      expect(await db.transaction((tx) => sealAudit(tx, { clientId, now: NOW }))).toBe(1)
      expect(await broken(db)).toEqual([])
    } finally {
      await db.destroy()
      await server.close({ force: true })
    }
  },
  60_000,
)

test('a backup from before the program grew is brought up to it', async () => {
  const { owner, db, connectionString } = await emptyDatabase()
  const dir = mkdtempSync(join(root, 'first-'))
  for (const name of readdirSync(migrationsDir).filter((name) => name < '0015'))
    cpSync(join(migrationsDir, name), join(dir, name))
  await migrate({ connectionString, dir })
  await sql`insert into client (client_id, code, name, time_zone, created_at)
            values (1, 'old', 'Old', 'UTC', now())`.execute(owner.read)
  await sql`insert into audit_entry (client_id, at, actor, door, operation, subject, transaction_id)
            values (1, now(), 'user:old', 'cli', 'test', 'client:1', '7000000000')`.execute(owner.read)
  const path = join(root, 'old.backup')
  await backUp({ connectionString, file: path, program: '0.1.0', now: NOW })
  await sql`drop schema public cascade; create schema public`.execute(owner.read)
  const { migrated } = await restoreInto(connectionString, path)
  expect(migrated[0]).toBe('0015_audit_offset.sql')
  expect(await migrate({ connectionString, check: true })).toEqual([])
  // Without a new act there is no later transaction; the old entry is sealed all the same.
  expect(await db.transaction((tx) => sealAudit(tx, { clientId: 1, now: NOW }))).toBe(1)
}, 60_000)

test('the commands: back up, restore, verified; a second restore is refused in one sentence', async () => {
  const { connectionString } = await emptyDatabase()
  const path = join(root, 'command.backup')
  const made = await command('backup', path, '--database-url', original.connectionString, '--json')
  expect(JSON.parse(made.stdout)).toMatchObject({
    file: path,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  const into = ['restore', path, '--database-url', connectionString]
  const restored = await command(...into)
  expect(restored.stdout).toContain('Every invariant of the books and the audit chain holds.')
  expect(restored.stdout).toContain('The encryption key is not in a backup')
  const again = await command(...into)
  expect([again.code, again.stdout]).toEqual([1, ''])
  expect(again.stderr.split('\n').slice(-2)).toEqual([
    expect.stringMatching(/^billwright: The database has tables/),
    '',
  ])
}, 60_000)

const entry = join(import.meta.dirname, 'index.ts')

function command(...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) =>
    execFile(process.execPath, [entry, ...options], (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    ),
  )
}

test('a database with tables is not touched', async () => {
  const { owner, connectionString } = await testDatabase()
  const before = await tableCount(owner)
  await expect(restoreInto(connectionString)).rejects.toMatchObject({ code: 'database_not_empty' })
  expect(await tableCount(owner)).toBe(before)
})

test('a restore that fails at its very end leaves nothing', async () => {
  const { owner, connectionString } = await emptyDatabase()
  const archive = await openArchive(file)
  const untrue = join(root, 'untrue.backup')
  await writeArchive(untrue, async ({ add }) => {
    for (const { name } of archive.manifest.tables) await add(memberOf(name), archive.read(memberOf(name)))
    const tables = archive.manifest.tables.map((table) => ({ ...table, sha256: '0'.repeat(64) }))
    return { ...archive.manifest, tables: [...archive.manifest.tables.slice(0, -1), ...tables.slice(-1)] }
  })
  await expect(restoreInto(connectionString, untrue)).rejects.toThrow('is not what was backed up')
  expect(await tableCount(owner)).toBe(0)
  await restore({ connectionString, archive })
  await archive.close()
}, 60_000)

test('nothing to back up and a file that exists are refused', async () => {
  const { connectionString } = await emptyDatabase()
  const options = { program: '0.1.0', now: NOW }
  const nowhere = join(root, 'nothing.backup')
  await expect(backUp({ connectionString, file: nowhere, ...options })).rejects.toMatchObject({
    code: 'database_empty',
  })
  const address = original.connectionString
  await expect(backUp({ connectionString: address, file, ...options })).rejects.toMatchObject({
    code: 'backup_exists',
  })
  await expect(
    backUp({ connectionString: address, file: join(root, 'no', 'folder'), ...options }),
  ).rejects.toMatchObject({ code: 'backup_file' })
  expect(existsSync(nowhere)).toBe(false)
  expect(readdirSync(root).filter((name) => name.endsWith('.unfinished'))).toEqual([])
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { runCrowd, serversOf } from '../../../test/support/crowd.ts'
import { connect, type EmbeddedDatabase, type EmbeddedOptions, migrate, openEmbedded } from './index.ts'
import { isAlive } from './server-process.ts'

const root = mkdtempSync(join(tmpdir(), 'billwright embedded '))
chmodSync(root, 0o755)
const opened: EmbeddedDatabase[] = []

async function open(name: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedDatabase> {
  const database = await openEmbedded({ dataDir: join(root, name), durable: false, ...options })
  opened.push(database)
  return database
}

afterAll(async () => {
  for (const database of opened) await database.close({ force: true })
  rmSync(root, { recursive: true, force: true })
})

async function query(database: EmbeddedDatabase, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.connectionString })
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

/** Ends only after the process is gone. */
async function kill(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve))
}

test('by default every commit reaches the disk', async () => {
  const database = await open('durable', { durable: true })
  expect(await query(database, 'show fsync')).toEqual([['on']])
  expect(await query(database, 'show synchronous_commit')).toEqual([['on']])
  const recovery = process.platform === 'linux' ? 'syncfs' : 'fsync'
  expect(await query(database, 'show recovery_init_sync_method')).toEqual([[recovery]])
  expect(await query(database, `select lower('Ñ'), 'a' < 'B'`)).toEqual([['ñ', false]])
  await database.close()
  expect(isAlive(database.pid)).toBe(false)
})

test('two that open at once share one server, and the last to close stops it', async () => {
  const [first, second] = await Promise.all([open('shared'), open('shared')])
  expect(first.pid).toBe(second.pid)
  const client = new pg.Client({ connectionString: first.connectionString })
  await client.connect()
  await second.close()
  expect(isAlive(first.pid)).toBe(true)
  await client.end()
  await first.close()
  expect(isAlive(first.pid)).toBe(false)
})

test('a killed server starts again with its data, even when its process id went to another program', async () => {
  const killed = await open('killed')
  await query(killed, 'create table kept as select 1 as n')
  await query(killed, 'checkpoint')
  await kill(killed.pid)
  const lock = join(root, 'killed', 'postgres', 'postmaster.pid')
  const stale = readFileSync(lock, 'utf8').replace(String(killed.pid), String(process.pid))
  writeFileSync(lock, stale)
  const again = await open('killed')
  expect(again.pid).not.toBe(killed.pid)
  expect(await query(again, 'select n from kept')).toEqual([[1]])
})

test('a server that lost its socket, or is just stopping, gives way to a new one', async () => {
  const first = await open('lost')
  rmSync(join(root, 'lost', 'socket'), { recursive: true })
  const second = await open('lost')
  expect(isAlive(first.pid)).toBe(false)
  process.kill(second.pid, 'SIGINT')
  const third = await open('lost')
  expect(isAlive(second.pid)).toBe(false)
  expect([second.joined, third.joined]).toEqual([false, false])
  expect(await query(third, 'select 1')).toEqual([[1]])
})

test('the lock of a copied folder, which names the server of another one, is cleared', async () => {
  const other = await open('original')
  await (await open('copy')).close()
  const lock = (name: string) => join(root, name, 'postgres', 'postmaster.pid')
  copyFileSync(lock('original'), lock('copy'))
  const copy = await open('copy')
  expect(copy.joined).toBe(false)
  expect(isAlive(other.pid)).toBe(true)
  await copy.close()
  expect(isAlive(copy.pid)).toBe(false)
})

test('while one program waits between two uses, the close of another leaves it the server', async () => {
  const idle = await open('idle')
  await (await open('idle')).close()
  expect(await query(idle, 'select 1')).toEqual([[1]])
})

const crowd = { seed: 7, members: 4, patienceSeconds: 60 }

test.skipIf(process.platform !== 'linux')(
  'a crowd that opens and closes leaves no server',
  async () => {
    const dataDir = join(root, 'crowd')
    mkdirSync(dataDir, { mode: 0o755 })
    expect(await runCrowd({ ...crowd, dataDir, rounds: 4, selfKill: 0, serverKill: 0 })).toEqual([])
    expect(serversOf(dataDir)).toEqual([])
  },
  60_000,
)

test.skipIf(process.platform !== 'linux')(
  'a crowd of which programs and servers are killed always gets one server',
  async () => {
    const dataDir = join(root, 'killed crowd')
    mkdirSync(dataDir, { mode: 0o755 })
    expect(await runCrowd({ ...crowd, dataDir, rounds: 4, selfKill: 15, serverKill: 15 })).toEqual([])
    expect(serversOf(dataDir).length).toBeLessThanOrEqual(1)
    const last = await open('killed crowd')
    expect(serversOf(dataDir)).toEqual([last.pid])
    await last.close()
    expect(serversOf(dataDir)).toEqual([])
  },
  60_000,
)

test('what a killed initdb left is swept away', async () => {
  const dataDir = join(root, 'halfway')
  mkdirSync(join(dataDir, 'postgres.999999999-0123abcd'), { recursive: true })
  await open('halfway')
  expect(readdirSync(dataDir).sort()).toEqual(['lock', 'postgres', 'postgres.log', 'socket'])
})

test('a long path still has a short socket, which a program with another temporary folder finds', async () => {
  const database = await open(`${'long-'.repeat(30)}name`)
  expect(await query(database, 'select 1')).toEqual([[1]])
  vi.stubEnv('TMPDIR', root)
  const elsewhere = await open(`${'long-'.repeat(30)}name`)
  vi.unstubAllEnvs()
  expect(elsewhere.pid).toBe(database.pid)
})

test('each unusable folder is one sentence with the remedy', async () => {
  mkdirSync(join(root, 'other', 'postgres'), { recursive: true })
  writeFileSync(join(root, 'other', 'postgres', 'PG_VERSION'), '13\n')
  await expect(open('other')).rejects.toMatchObject({ code: 'data_other_version' })

  writeFileSync(join(root, 'file'), '')
  await expect(open('file')).rejects.toMatchObject({ code: 'data_folder_unwritable' })

  const damaged = await open('damaged')
  await damaged.close({ force: true })
  rmSync(join(root, 'damaged', 'postgres', 'global', 'pg_control'))
  await expect(open('damaged')).rejects.toMatchObject({
    code: 'database_not_started',
    message: expect.stringContaining('restore a backup'),
  })
})

test.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'the oldest supported server, PostgreSQL 15 over TCP, takes every migration',
  async () => {
    const database = await open('fifteen', { packageName: 'postgres-15-linux-x64', port: await freePort() })
    expect(database.connectionString).toContain('127.0.0.1')
    const ran = await migrate({ connectionString: database.connectionString })
    expect(ran.length).toBeGreaterThan(0)
    expect(await migrate({ connectionString: database.connectionString })).toEqual([])
    const db = connect({ connectionString: database.connectionString, role: 'billwright_server' })
    const applied = await db.transaction((tx) => tx.selectFrom('migration').select('number').execute())
    expect(applied.length).toBe(ran.length)
    expect(await query(database, 'show server_version_num')).toEqual([[expect.stringMatching(/^15/)]])
    await db.destroy()
  },
)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { openArchive, writeArchive } from './archive.ts'
import { FORMAT, type Manifest } from './manifest.ts'
import { restore } from './restore.ts'
import { readTarHeader, tarHeader } from './tar.ts'

const root = mkdtempSync(join(tmpdir(), 'billwright archive '))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const DIGEST = 'a'.repeat(64)
const MANIFEST: Manifest = {
  format: FORMAT,
  program: '0.1.0',
  createdAt: '2026-04-02T12:00:00Z',
  migrations: [{ number: 1, name: '0001_first.sql', checksum: DIGEST }],
  tables: [{ name: 'thing', columns: ['n'], partitions: [], rows: 2, sha256: DIGEST }],
  sequences: [],
}

async function* rows(): AsyncGenerator<Buffer> {
  yield Buffer.from('one ')
  yield Buffer.from('two')
}

let made = 0
async function archiveOf(manifest: object): Promise<string> {
  const file = join(root, `${++made}.backup`)
  await writeArchive(file, async (archive) => {
    for (const name of ['thing', 'empty']) await archive.add(`tables/${name}.copy.zst`, rows())
    return manifest as Manifest
  })
  return file
}

async function codeOf(file: string): Promise<string> {
  try {
    await (await openArchive(file)).close()
    return 'opened'
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('what was written is read', async () => {
  const archive = await openArchive(await archiveOf(MANIFEST))
  expect(archive.manifest).toEqual(MANIFEST)
  expect(Buffer.concat(await archive.read('tables/thing.copy.zst').toArray()).toString()).toBe('one two')
  await archive.close()
})

test('any altered byte and any cut is refused', async () => {
  const whole = readFileSync(await archiveOf(MANIFEST))
  const file = join(root, 'altered')
  const codes = new Map<string, number>()
  const count = async (bytes: Buffer) => {
    writeFileSync(file, bytes)
    const code = await codeOf(file)
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  for (let at = 0; at < whole.length; at += 7) {
    const altered = Buffer.from(whole)
    altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8))
    await count(altered)
  }
  for (let length = 0; length < whole.length; length += 61) await count(whole.subarray(0, length))
  await count(Buffer.concat([whole, Buffer.from('more')]))
  await count(Buffer.concat([whole, Buffer.alloc(1 << 20)]))
  expect([...codes.keys()].sort()).toEqual(['backup_damaged', 'backup_unreadable'])
})

test('other files and what a newer program wrote are refused', async () => {
  expect(await codeOf(import.meta.filename)).toBe('backup_unreadable')
  expect(await codeOf(join(root, 'absent'))).toBe('backup_file')
  expect(await codeOf(await archiveOf({ ...MANIFEST, format: FORMAT + 1 }))).toBe('backup_newer')
  const { connectionString } = await testDatabase()
  const migrations = Array.from({ length: 9_000 }, (_, index) => ({
    number: index + 1,
    name: 'later',
    checksum: DIGEST,
  }))
  const later = await openArchive(await archiveOf({ ...MANIFEST, migrations }))
  await expect(restore({ connectionString, archive: later })).rejects.toMatchObject({ code: 'backup_newer' })
  await later.close()
  const other = await openArchive(await archiveOf(MANIFEST))
  await expect(restore({ connectionString, archive: other })).rejects.toMatchObject({
    code: 'backup_of_other_program',
  })
  await other.close()
})

test('an archive that fails leaves no file', async () => {
  const failing = writeArchive(join(root, 'failing'), async (archive) => {
    await archive.add('tables/thing.copy.zst', rows())
    throw new Error('the database went away')
  })
  await expect(failing).rejects.toThrow('went away')
  expect(readdirSync(root).filter((name) => name.startsWith('failing'))).toEqual([])
})

test('a member of more than 8 GiB has its size', () => {
  for (const size of [0, 1, 8 ** 11 - 1, 8 ** 11, 2 ** 50])
    expect(readTarHeader(tarHeader('tables/big', size))).toEqual({ name: 'tables/big', size })
})

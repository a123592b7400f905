import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { readTextFile } from '../../src/cli/text-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'billwright text '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function read(content: Uint8Array): Promise<string> {
  const path = join(folder, 'usage.csv')
  writeFileSync(path, content)
  return await readTextFile(path)
}

test('a text reads alike in UTF-8 and UTF-16, with and without a byte order mark', async () => {
  const text = 'start,kWh\n2026-01-01 00:00,0.5 ½\n'
  const little = Buffer.from(`\uFEFF${text}`, 'utf16le')
  for (const content of [
    Buffer.from(text),
    Buffer.from(`\uFEFF${text}`),
    little,
    Buffer.from(little).swap16(),
  ])
    expect(await read(content)).toBe(text)
})

test('what is no text is refused with what to do', async () => {
  await expect(read(gzipSync('start,kWh'))).rejects.toThrow(/it is compressed\. Unpack it first\.$/)
  await expect(readTextFile(folder)).rejects.toThrow(/it is a folder\. Check the path\.$/)
  await expect(readTextFile(join(folder, 'absent'))).rejects.toThrow(
    /there is no such file\. Check the path\.$/,
  )
})

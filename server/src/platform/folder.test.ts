import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolders } from './folder.ts'

test('makes what is missing, twice in a row, and says why it cannot', () => {
  const root = mkdtempSync(join(tmpdir(), 'billwright-folder-'))
  try {
    makeFolders(join(root, 'a', 'b', 'c'), 0o700)
    makeFolders(join(root, 'a', 'b', 'c'), 0o700)
    expect(existsSync(join(root, 'a', 'b', 'c'))).toBe(true)
    writeFileSync(join(root, 'file'), '')
    expect(() => makeFolders(join(root, 'file', 'a'), 0o700)).toThrow('ENOTDIR')
  } finally {
    rmSync(root, { recursive: true })
  }
})

test.runIf(existsSync('/proc/self'))('ends where nothing can be made', () => {
  expect(() => makeFolders('/proc/none/there', 0o700)).toThrow('ENOENT')
})

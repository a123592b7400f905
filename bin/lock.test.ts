import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { locked } from './lock.mjs'

const folder = mkdtempSync(join(tmpdir(), 'billwright-lock-'))
const file = join(folder, 'state', 'lock')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the second waits for the first, says so once, and leaves no lock behind', async () => {
  const told: number[] = []
  const steps: string[] = []
  const opened = Promise.withResolvers<void>()
  const first = locked(
    file,
    () => {},
    async () => {
      steps.push('first begins')
      await opened.promise
      steps.push('first ends')
    },
  )
  const second = locked(
    file,
    (pid: number) => {
      told.push(pid)
      opened.resolve()
    },
    async () => steps.push('second'),
  )
  await Promise.all([first, second])
  expect(steps).toEqual(['first begins', 'first ends', 'second'])
  expect(told).toEqual([process.pid])
  expect(existsSync(file)).toBe(false)
})

test('a failure gives the lock back', async () => {
  const fails = locked(
    file,
    () => {},
    async () => {
      throw new Error('no space')
    },
  )
  await expect(fails).rejects.toThrow('no space')
  expect(existsSync(file)).toBe(false)
})

test('what a killed process left is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  writeFileSync(file, String(pid))
  const told: number[] = []
  expect(
    await locked(
      file,
      (holder: number) => told.push(holder),
      async () => 'done',
    ),
  ).toBe('done')
  expect(told).toEqual([])
})

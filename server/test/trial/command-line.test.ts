import { createServer } from 'node:net'
import { expect, test, vi } from 'vitest'
import { runCommandLine } from '../../src/cli/index.ts'

/** Runs a command line and returns its exit code with what it wrote to standard error. */
async function run(...args: string[]): Promise<{ code: number; stderr: string }> {
  let stderr = ''
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text)
    return true
  })
  try {
    return { code: await runCommandLine(args, {}), stderr }
  } finally {
    write.mockRestore()
  }
}

test('a bill date that is no day of the calendar is wrong use, before any database is opened', async () => {
  for (const day of ['2026-02-30', '2025-02-29', '2026-2-3', 'today'])
    expect(await run('bill-run', '--cycle', '01', '--as-of', day)).toEqual({
      code: 2,
      stderr: `error: option '--as-of <date>' argument '${day}' is invalid. a day of the calendar is written YYYY-MM-DD\n`,
    })
})

test('a database address at which something else listens is told as such', async () => {
  const hangsUp = createServer((socket) => socket.end())
  await new Promise<void>((resolve) => hangsUp.listen(0, '127.0.0.1', resolve))
  const { port } = hangsUp.address() as { port: number }
  const { code, stderr } = await run('verify', '--database-url', `postgres://127.0.0.1:${port}/books`)
  hangsUp.close()
  expect(code).toBe(1)
  expect(stderr).toBe(
    'billwright: The database of DATABASE_URL cannot be used: what listens there does not answer as PostgreSQL does; correct the host and port.\n',
  )
})

import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { openEmbedded } from '../platform/db/index.ts'
import { isAlive, runningServer } from '../platform/db/server-process.ts'

const root = mkdtempSync(join(tmpdir(), 'billwright start '))
chmodSync(root, 0o755)
const dataDir = join(root, 'data')
const entry = fileURLToPath(new URL('./index.ts', import.meta.url))
const started: ChildProcess[] = []

interface Run {
  process: ChildProcess
  /** Resolves with all that was said so far when a line that matches has been said. */
  said(pattern: RegExp): Promise<string>
  exited: Promise<{ code: number | null; output: string }>
}

/** Runs a command line as the leader of a process group of its own. */
function billwright(...args: string[]): Run {
  const child = spawn(process.execPath, [entry, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let output = ''
  let heard = () => {}
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      heard()
    })
  }
  const exited = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  )
  const said = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      heard = () => {
        if (pattern.test(output)) resolve(output)
      }
      heard()
      exited.then(() => reject(new Error(`it ended without saying ${pattern}:\n${output}`)))
    })
  return { process: child, said, exited }
}

afterAll(async () => {
  for (const child of started) killGroup(child)
  const left = runningServer(join(dataDir, 'postgres'))
  if (left !== undefined) await (await openEmbedded({ dataDir })).close({ force: true })
  rmSync(root, { recursive: true, force: true })
})

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid as number), 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

const port = await freePort()
const start = () =>
  billwright('start', '--no-demo', '--host', '127.0.0.1', '--port', String(port), '--data', dataDir)
const ready = /is ready after/

async function isReady(): Promise<boolean> {
  const reply = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
  return reply?.status === 200
}

/** The processes that this one has started, as the system lists them. */
function childrenOf(pid: number): { pid: number; command: string }[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return list.split(' ').map((child) => ({
    pid: Number(child),
    command: readFileSync(`/proc/${child}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
  }))
}

const partOf = (run: Run, part: string) => {
  const found = childrenOf(run.process.pid as number).find(({ command }) => command.endsWith(` ${part}`))
  if (!found) throw new Error(`no ${part} runs`)
  return found.pid
}

test.skipIf(process.platform !== 'linux')(
  'serves, survives the kill of each part, and ends with everything it started',
  async () => {
    const run = start()
    await run.said(ready)
    expect(await isReady()).toBe(true)

    process.kill(partOf(run, 'api'), 'SIGKILL')
    await run.said(/The api ended \(SIGKILL\)/)
    await expect.poll(isReady, { timeout: 15_000, interval: 50 }).toBe(true)

    process.kill(partOf(run, 'worker'), 'SIGKILL')
    await run.said(/The worker ended \(SIGKILL\)/)

    const database = runningServer(join(dataDir, 'postgres')) as number
    process.kill(database, 'SIGKILL')
    await run.said(/The embedded database ended; it starts again/)
    await expect.poll(isReady, { timeout: 15_000, interval: 50 }).toBe(true)

    run.process.kill('SIGTERM')
    expect((await run.exited).code).toBe(0)
    expect(runningServer(join(dataDir, 'postgres'))).toBeUndefined()
    expect(await isReady()).toBe(false)
  },
  60_000,
)

test.skipIf(process.platform !== 'linux')(
  'killed as a group, it starts again with its data; killed alone, its parts end too',
  async () => {
    const killed = start()
    await killed.said(ready)
    killGroup(killed.process)
    await killed.exited
    const again = start()
    await again.said(ready)
    const parts = childrenOf(again.process.pid as number).map(({ pid }) => pid)
    again.process.kill('SIGKILL')
    await expect.poll(() => parts.filter(isAlive), { timeout: 15_000, interval: 50 }).toEqual([])
  },
  60_000,
)

test('what cannot start says why in one sentence', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve))
  const refusals = [
    [start(), 1, `Port ${port} is in use by another program`],
    [billwright('start', '--port', 'http'), 2, '--port must be a port number'],
    [billwright('migrate', '--database-url', 'localhost'), 2, '--database-url must read postgresql://'],
    [
      billwright('migrate', '--database-url', `postgresql://u@127.0.0.1:${port + 1}/d`),
      1,
      'no server listens there',
    ],
    [billwright('migrate', '--data', join(root, 'file', 'data')), 1, 'is a file, or lies below one'],
    [billwright('nonsense'), 2, "unknown command 'nonsense'"],
  ] as const
  writeFileSync(join(root, 'file'), '')
  for (const [run, code, sentence] of refusals) {
    const { code: ended, output } = await run.exited
    expect(output).toContain(sentence)
    expect(output.trim().split('\n').length).toBe(1)
    expect(ended).toBe(code)
  }
  await new Promise((resolve) => taken.close(resolve))
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, expect, test } from 'vitest'

const started: ChildProcess[] = []
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
})

const watcher = `
  import { whenParentEnds } from ${JSON.stringify(new URL('./parent.mjs', import.meta.url).href)}
  const running = setInterval(() => {}, 1000)
  whenParentEnds(() => { clearInterval(running); console.log('ended') })
  console.log('watching')`

/** Runs the watcher as npm runs a script: in a shell, some of which stay and some of which become the program. */
function runAsScript(before: string, after: string): ChildProcess {
  const script = `${before} "$NODE" --input-type=module -e "$WATCHER" ${after}`
  const top = `require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(script)}], { stdio: 'inherit' })`
  const child = spawn(process.execPath, ['-e', top], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: '/usr/bin:/bin', NODE: process.execPath, WATCHER: watcher },
  })
  started.push(child)
  return child
}

test.skipIf(process.platform !== 'linux').each([
  ['in a shell that stays', '', '; true'],
  ['in place of its shell', 'exec', ''],
])('a program that npm runs %s hears that npm was killed', async (_, before, after) => {
  const top = runAsScript(before, after)
  const said: string[] = []
  const closed = once(top.stdout as NonNullable<typeof top.stdout>, 'close')
  const [first] = await once(top.stdout as NonNullable<typeof top.stdout>, 'data')
  top.stdout?.on('data', (text) => said.push(String(text)))
  expect(String(first)).toBe('watching\n')
  top.kill('SIGKILL')
  await closed
  expect(said.join('')).toBe('ended\n')
})

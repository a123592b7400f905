import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const checkout = fileURLToPath(new URL('..', import.meta.url))

export interface Check {
  name: string
  passed: boolean
  output: string
}

/** This will run the format, type and house checks, and tell each one's outcome. */
export async function runChecks(): Promise<Check[]> {
  const projects = globSync('{server,web,web/*}/tsconfig.json', { cwd: checkout }).sort()
  const tool = (path: string) => join(checkout, 'node_modules', path)
  const types = async () => {
    const checks: Check[] = []
    for (const project of projects) {
      const dir = dirname(project)
      checks.push(
        await check(`types of ${dir}`, [tool('typescript/bin/tsc'), '-p', dir, '--pretty', 'false']),
      )
    }
    return checks
  }
  const rest = async () => [
    await check('format and lint', [tool('@biomejs/biome/bin/biome'), 'check', '--colors=off']),
    await check('house rules', [join(checkout, 'tools', 'check-house.ts')]),
  ]
  return (await Promise.all([types(), rest()])).flat()
}

/** Every tool runs under the runtime that runs this. */
async function check(name: string, args: string[]): Promise<Check> {
  const child = spawn(process.execPath, args, { cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const code = await new Promise((resolve) => child.on('close', resolve))
  return { name, passed: code === 0, output }
}

/** This will print one line a check, and the findings of those that failed. */
export function report(checks: Check[]): void {
  for (const { name, passed, output } of checks) {
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`)
    if (!passed) console.log(output.trimEnd().replaceAll(/^/gm, '    '))
  }
}

if (import.meta.main) {
  const checks = await runChecks()
  report(checks)
  process.exitCode = checks.every(({ passed }) => passed) ? 0 : 1
}

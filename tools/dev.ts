import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkout } from './lint.ts'

/** The server, started again at each change, and the development server of each web application. */
const server = [
  '--watch',
  join(checkout, 'server/src/cli/index.ts'),
  'start',
  '--demo',
  ...process.argv.slice(2),
]
const vite = join(checkout, 'node_modules/vite/bin/vite.js')
const apps = globSync('web/*/package.json', { cwd: checkout })
  .filter((manifest) => JSON.parse(readFileSync(join(checkout, manifest), 'utf8')).scripts?.build)
  .map((manifest) => join(checkout, dirname(manifest)))

const children = [
  spawn(process.execPath, server, { cwd: checkout, stdio: 'inherit' }),
  ...apps.map((cwd) => spawn(process.execPath, [vite], { cwd, stdio: 'inherit' })),
]
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill('SIGTERM')
  })
}

#!/usr/bin/env node
// Dependency-free, for Node 20 and newer: installs what is missing, builds what is stale, then runs a target.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildStale, staleApplications } from './build.mjs'
import {
  checkout,
  endFailuresWith,
  ensureInstalled,
  fail,
  isInstalled,
  requireWritable,
  runtime,
  say,
} from './install.mjs'
import { locked } from './lock.mjs'
import { whenParentEnds } from './parent.mjs'

/** What each command runs; those that serve the web applications need them built. */
const targets = {
  start: { script: 'server/src/cli/index.ts', args: ['start', '--demo'], web: () => true },
  cli: { script: 'server/src/cli/index.ts', args: [], web: ([command]) => command === 'start' },
  test: { script: 'tools/test.ts', args: [], web: () => true },
  lint: { script: 'tools/lint.ts', args: [], web: () => false },
  dev: { script: 'tools/dev.ts', args: [], web: () => false },
  bench: { script: 'bench/index.ts', args: [], web: () => false },
  soak: { script: 'bench/soak.ts', args: [], web: () => false },
  openapi: { script: 'tools/generate-openapi.ts', args: [], web: () => false },
  'db:schema': { script: 'tools/generate-schema.ts', args: [], web: () => false },
}

/** This will run a target with the project's own runtime and end with its exit code. */
export async function bootstrap(name, args) {
  const target = targets[name]
  if (!target) fail(`unknown target "${name ?? ''}"; use one of: ${Object.keys(targets).join(', ')}.`, 2)
  if (name === 'test') endFailuresWith('0 passed, 1 failed')
  await prepare(target.web(args)).catch((error) =>
    fail(`the checkout could not be made ready (${error.message}); mend that, then run this again.`),
  )
  const node = runtime()
  const script = join(checkout, target.script)
  if (!existsSync(script)) fail(`this release has no ${name} (${target.script} is missing).`)
  run(node, [script, ...target.args, ...args])
}

const LOCK = join(checkout, '.billwright', 'preparing')

/** Installs and builds what is stale; of several commands at once, one does and the others wait for it. */
async function prepare(web) {
  if (isInstalled() && !(web && staleApplications().length > 0)) return
  requireWritable()
  const wait = (pid) =>
    say(`Waiting for process ${pid}, which makes this checkout ready (if it does not, remove ${LOCK}) ...`)
  await locked(LOCK, wait, async () => {
    ensureInstalled()
    if (web) await buildStale(runtime())
  })
}

/** Every process and thread below starts from code that was compiled before, where the checkout can be written. */
function withCompileCache() {
  return { NODE_COMPILE_CACHE: join(checkout, 'node_modules', '.cache', 'compile'), ...process.env }
}

function run(node, args) {
  // The channel tells the child when this process is gone, however it went.
  const child = spawn(node, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: withCompileCache(),
  })
  // From a terminal, Ctrl-C reaches the child by itself; sent to this process alone, it is passed on.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  if (process.env.npm_lifecycle_event !== undefined) whenParentEnds(() => child.kill('SIGTERM'))
  child.on('error', (error) => fail(`the runtime ${node} cannot be started (${error.message}).`))
  child.on('exit', (code, signal) => process.exit(signal === 'SIGINT' ? 130 : signal ? 143 : code))
}

if (process.argv[1]?.endsWith('bootstrap.mjs')) await bootstrap(process.argv[2], process.argv.slice(3))

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const checkout = fileURLToPath(new URL('..', import.meta.url))

const OLDEST_NODE = 24
const packages = join(checkout, 'node_modules')
const stamp = join(packages, '.installed')
const unfinished = join(packages, '.installing')

let lastLine = ''

/** This will name the line that a failing program ends with, for those who read only that. */
export function endFailuresWith(line) {
  lastLine = line
}

/** This will end the program with one sentence. */
export function fail(sentence, code = 1) {
  process.stderr.write(`billwright: ${sentence}\n`)
  if (lastLine) process.stdout.write(`${lastLine}\n`)
  process.exit(code)
}

/** This will tell one line about a step on standard error, where it cannot spoil a command's output. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** This will say whether the packages of the lockfile are installed. */
export function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()
}

/** This will install the locked packages when the lockfile differs from the one last installed. */
export function ensureInstalled() {
  if (isInstalled()) return
  say('Installing packages (the first time takes about half a minute) ...')
  rmSync(stamp, { force: true })
  // An install that was killed may have left packages by halves; npm would take them for whole.
  if (existsSync(unfinished)) rmSync(packages, { recursive: true, force: true, maxRetries: 10 })
  mkdirSync(packages, { recursive: true })
  writeFileSync(unfinished, '')
  // Not `npm ci`: it fails when a registry lags behind with a package for some other platform.
  if (npm('install', '--no-save') !== 0) {
    fail(
      'the packages could not be installed (the reason is above); check that the npm registry can be reached and the disk has 1 GB free, then run this again.',
    )
  }
  rmSync(unfinished)
  writeFileSync(stamp, fingerprint())
}

function fingerprint() {
  const lock = readFileSync(join(checkout, 'package-lock.json'))
  return createHash('sha256').update(`${process.platform} ${process.arch}\n`).update(lock).digest('hex')
}

/** This will end the program when this user cannot write to the checkout. */
export function requireWritable() {
  try {
    accessSync(existsSync(packages) ? packages : checkout, constants.W_OK)
  } catch {
    fail(
      `the folder ${checkout} cannot be written by this user; run this as its owner, or make a copy of your own.`,
    )
  }
}

/** Under `npm run` the same npm is used again; otherwise the one on the PATH. */
function npm(...args) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional']
  const own = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined
  const [command, first] = own ? [process.execPath, [own]] : ['npm', []]
  const result = spawnSync(command, [...first, ...args, ...quiet], {
    cwd: checkout,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && !own,
  })
  if (result.error?.code === 'ENOENT')
    fail('npm was not found; install Node.js with npm, version 20 or newer.')
  return result.status
}

/** This will find a Node.js that is new enough: the running one, else the one that npm installed. */
export function runtime() {
  if (Number.parseInt(process.versions.node, 10) >= OLDEST_NODE) return process.execPath
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const dir = join(checkout, 'node_modules', `node-${platform}-${process.arch}`, 'bin')
  const node = join(dir, process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(node)) return node
  fail(
    `Node.js ${process.versions.node} is too old and no newer one comes with the packages for ${process.platform} ${process.arch}; install Node.js ${OLDEST_NODE} or newer.`,
  )
}

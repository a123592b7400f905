import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { freemem } from 'node:os'
import { dirname } from 'node:path'
import type { Command } from 'commander'
import type { Config } from '../platform/config.ts'
import { migrate } from '../platform/db/index.ts'
import { Refusal } from '../platform/errors.ts'
import { loadKey } from '../platform/secret-key.ts'
import { isTimeZone } from '../platform/time.ts'
import { checkDelivery, checkMail } from './doctor/delivery.ts'
import { type Finding, fault, ok, warning } from './doctor/finding.ts'
import { CommandFailed } from './failure.ts'
import { configOf, openDatabase } from './installation.ts'

/** This will add `doctor` to the program: it looks at everything a start needs and changes nothing it can avoid. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Check machine, disk, port, key and database, and print the remedy for each finding')
    .option('--port <n>', 'the port to check (BILLWRIGHT_PORT; 4000)')
    .option('--json', 'write the findings as JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const findings = await examine(configOf(command))
      console.log(options.json ? JSON.stringify(findings, undefined, 2) : findings.map(describe).join('\n'))
      if (findings.some(({ state }) => state === 'fault')) throw new CommandFailed()
    })
}

const describe = ({ about, state, text }: Finding) => `${state.padEnd(8)} ${about.padEnd(10)} ${text}`

async function examine(config: Config): Promise<Finding[]> {
  const checks: [string, () => Omit<Finding, 'about'> | Promise<Omit<Finding, 'about'>>][] = [
    ['runtime', checkRuntime],
    ['memory', checkMemory],
    ['disk', () => checkDisk(config)],
    ['key', () => checkKey(config)],
    ['port', () => checkPort(config)],
    ['database', () => checkDatabase(config)],
    ['mail', () => checkMail(config)],
    ['delivery', () => checkDelivery(config)],
  ]
  const findings: Finding[] = []
  for (const [about, check] of checks) {
    try {
      findings.push({ about, ...(await check()) })
    } catch (error) {
      findings.push({ about, state: 'fault', text: (error as Error).message })
    }
  }
  return findings
}

const OLDEST_NODE = 24
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

function checkRuntime() {
  const about = `Node.js ${process.versions.node} on ${process.platform} ${process.arch}`
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    return fault(
      `${about} is too old; run billwright through npm or bin/billwright.mjs, which bring a newer one.`,
    )
  }
  if (!isTimeZone('America/New_York'))
    return fault(`${about} knows no time zones; use a Node.js with full ICU.`)
  return ok(about)
}

function checkMemory() {
  const free = freemem()
  return free < 1e9
    ? warning(`${gigabytes(free)} free; end other programs, a bill run needs about 1 GB.`)
    : ok(`${gigabytes(free)} free`)
}

function checkDisk({ dataDir }: Config) {
  let folder = dataDir
  while (!existsSync(folder)) folder = dirname(folder)
  try {
    if (!statSync(folder).isDirectory()) throw new Error('not a folder')
    accessSync(folder, constants.W_OK)
  } catch {
    return fault(`${dataDir} cannot be written by this user; make it writable, or name another with --data.`)
  }
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  return free < 2e9
    ? warning(`${dataDir} has ${gigabytes(free)} free; make room, a year of 1,000 meters needs about 1 GB.`)
    : ok(`${dataDir}, ${gigabytes(free)} free`)
}

function checkKey(config: Config) {
  if (config.key === undefined && !existsSync(`${config.dataDir}/key`))
    return ok('will be made at the first start')
  loadKey(config)
  return ok(
    config.key === undefined ? `private file ${config.dataDir}/key; keep a backup of it` : 'BILLWRIGHT_KEY',
  )
}

async function checkPort({ port, host }: Config) {
  const probe = createServer()
  const code = await new Promise<string | undefined>((resolve) => {
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
  if (code === undefined) return ok(`${host}:${port} is free`)
  if (code !== 'EADDRINUSE')
    return fault(`${host}:${port} cannot be listened on (${code}); choose another with --port.`)
  return warning(
    `${host}:${port} is in use, which is right while billwright runs; else choose another with --port.`,
  )
}

async function checkDatabase(config: Config) {
  if (config.databaseUrl === undefined && !existsSync(`${config.dataDir}/postgres`)) {
    return ok('embedded, will be made at the first start')
  }
  const { connectionString, close } = await openDatabase(config)
  try {
    const pending = await migrate({ connectionString, check: true })
    const kind = config.databaseUrl === undefined ? 'embedded' : 'server'
    if (pending.length === 0) return ok(`${kind}, up to date`)
    return warning(`${kind}, ${pending.length} migration(s) wait; billwright start or migrate runs them.`)
  } catch (error) {
    if (error instanceof Refusal) return fault(error.message)
    throw error
  } finally {
    await close()
  }
}

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { runProgress, startBillRun } from '../server/src/domain/billing/index.ts'
import { createStaffUser, createStandardRoles } from '../server/src/domain/identity/index.ts'
import { registeredPermissions } from '../server/src/doors/index.ts'
import { wakeBillRun } from '../server/src/jobs/index.ts'
import { connect, type Database, migrate, openEmbedded } from '../server/src/platform/db/index.ts'
import { installJobs } from '../server/src/platform/jobs/index.ts'
import { ACTOR, CYCLE, NOW } from '../server/test/support/billed-town.ts'
import { fillBook } from './bill-run-book.ts'
import { type Figure, print, quantile } from './harness.ts'

/** Reads of single accounts at a fixed rate, with nothing else going on and beside a bill run of a worker process. */
const ACCOUNTS = 4_000
const READS_PER_SECOND = 200
const QUIET_SECONDS = 5
const PASSWORD = 'a-good-password'
const MAIN = new URL('../server/src/main.ts', import.meta.url)

const dataDir = mkdtempSync(join(tmpdir(), 'billwright-bench-'))
const server = await openEmbedded({ dataDir })
const { connectionString } = server
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const parts: ChildProcess[] = []
try {
  await migrate({ connectionString })
  await installJobs(connectionString)
  const owner = connect({ connectionString, poolSize: 2 })
  const { clientId } = await fillBook(owner, ACCOUNTS)
  await addClerk(owner, clientId)
  const url = `http://127.0.0.1:${await freePort()}`
  await launch('api', { BILLWRIGHT_PORT: new URL(url).port, BILLWRIGHT_HOST: '127.0.0.1' })
  const authorization = await signIn(url)
  const read = (index: number) => readAccount(url, authorization, index)
  await load(read, () => false, 2)
  const figures = [figure('account, nothing beside it', await load(read, () => false, QUIET_SECONDS))]
  await launch('worker', {})
  figures.push(figure('account, beside a bill run', await loadBesideRun(owner, clientId, read)))
  print(figures)
  await owner.destroy()
} finally {
  for (const part of parts) await end(part)
  agent.destroy()
  await server.close({ force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

type Read = (index: number) => Promise<void>

/** Reads start on time whatever the answers before them do, and are timed from when they should have started. */
async function load(read: Read, isOver: () => boolean, seconds: number): Promise<number[]> {
  const times: Promise<number>[] = []
  const began = performance.now()
  for (let index = 0; index < seconds * READS_PER_SECOND && !isOver(); index++) {
    const due = began + (index * 1000) / READS_PER_SECOND
    const wait = due - performance.now()
    if (wait > 0) await pause(wait)
    times.push(read(index).then(() => performance.now() - due))
  }
  return (await Promise.all(times)).sort((a, b) => a - b)
}

async function loadBesideRun(database: Database, clientId: number, read: Read): Promise<number[]> {
  const run = await database.transaction(async (tx) => {
    const wish = { clientId, cycleCode: CYCLE, billDate: '2026-02-01', mode: 'live' as const }
    const started = await startBillRun(tx, { ...wish, now: NOW, actor: ACTOR })
    await wakeBillRun(tx, started)
    return started
  })
  const look = async () => {
    const { status, billed } = await runProgress(database.read, run)
    return { over: status === 'complete', billed }
  }
  while ((await look()).billed === 0) await pause(50)
  let over = false
  const watch = (async () => {
    while (!over) {
      await pause(250)
      over = (await look()).over
    }
  })()
  const times = await load(read, () => over, 600)
  await watch
  const { billed } = await look()
  if (billed !== ACCOUNTS) throw new Error(`${billed} of ${ACCOUNTS} accounts were billed`)
  return times
}

function figure(name: string, times: readonly number[]): Figure {
  const [medianMs, p99Ms] = [quantile(times, 0.5), quantile(times, 0.99)]
  return { name, perSecond: READS_PER_SECOND, unit: 'reads', medianMs, p99Ms, runs: times.length }
}

/** Another account each time: copies are numbered on from the first. */
async function readAccount(url: string, authorization: string, index: number): Promise<void> {
  const customer = 1 + ((index * 7919) % ACCOUNTS)
  const path = `/enterprise/v3/customers/${customer}/sets/1/accounts/1/overview`
  const { status, text } = await call(`${url}${path}`, { headers: { authorization } })
  if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`)
}

async function signIn(url: string): Promise<string> {
  const headers = { clientName: 'town', 'content-type': 'application/json' }
  const body = JSON.stringify({ userName: 'clerk', password: PASSWORD })
  const { status, text } = await call(`${url}/enterprise/v3/login`, { method: 'POST', headers, body })
  if (status !== 200) throw new Error(`the login answered ${status}: ${text}`)
  return `Bearer ${JSON.parse(text).responseData[0].token.accessToken}`
}

interface Call {
  method?: string
  headers: Record<string, string>
  body?: string
}

function call(
  url: string,
  { method = 'GET', headers, body }: Call,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (piece: string) => {
        text += piece
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function addClerk(owner: Database, clientId: number): Promise<void> {
  await owner.transaction(async (tx) => {
    await createStandardRoles(tx, { clientId, permissions: registeredPermissions() })
    const clerk = { userName: 'clerk', displayName: 'Clerk', password: PASSWORD, roles: ['administrator'] }
    await createStaffUser(tx, { clientId, ...clerk, now: NOW })
  })
}

/** Starts a part of the server as the supervisor does, and waits until it serves. */
async function launch(part: 'api' | 'worker', settings: Record<string, string>): Promise<void> {
  const environment = { DATABASE_URL: connectionString, BILLWRIGHT_DATA: dataDir, BILLWRIGHT_LOG: 'silent' }
  const child = fork(MAIN, [part], { env: { HOME: tmpdir(), ...environment, ...settings }, stdio: 'inherit' })
  parts.push(child)
  const [told] = await Promise.race([once(child, 'message'), once(child, 'exit')])
  if (!(told as { ready?: true }).ready) throw new Error(`the ${part} could not start`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}

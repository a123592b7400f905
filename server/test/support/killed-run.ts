import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import pg from 'pg'
import { type RunKey, runProgress, startBillRun } from '../../src/domain/billing/index.ts'
import { wakeBillRun } from '../../src/jobs/index.ts'
import {
  connect,
  type Database,
  type EmbeddedDatabase,
  migrate,
  openEmbedded,
} from '../../src/platform/db/index.ts'
import { installJobs } from '../../src/platform/jobs/index.ts'
import { ACTOR, buildTown, CYCLE, NOW } from './billed-town.ts'
import { broken } from './verified.ts'

const HOMES = 40
const CHUNK = 2
const TEMPLATE = 'town'
const BILL_DATE = '2026-02-01'

/** What is killed: threads of a command, the worker, the database below it, or all at once. */
export const KILLS = ['threads', 'worker', 'database', 'everything'] as const
export type Kill = (typeof KILLS)[number]

export interface KilledRun {
  kill: Kill
  /** So many chunks were done when the kill fell. */
  chunksDone: number
  billed: number
  /** Live charges of January an agreement: all must be 1. */
  chargesAnAgreement: number[]
  /** Broken invariants right after the kill, and at the end. */
  brokenAfterKill: string[]
  brokenAtEnd: string[]
}

/** A database server of its own with a town to bill, made to be killed. */
export class KillRange {
  private server: EmbeddedDatabase
  private readonly dataDir: string
  private rounds = 0

  private constructor(server: EmbeddedDatabase, dataDir: string) {
    this.server = server
    this.dataDir = dataDir
  }

  static async open(): Promise<KillRange> {
    const dataDir = mkdtempSync(join(tmpdir(), 'billwright-kill-'))
    const server = await openEmbedded({ dataDir })
    const range = new KillRange(server, dataDir)
    await range.command(`create database ${TEMPLATE}`)
    const connectionString = server.addressOf(TEMPLATE)
    await migrate({ connectionString })
    await installJobs(connectionString)
    const database = connect({ connectionString })
    await database.transaction((tx) => buildTown(tx, HOMES))
    await database.destroy()
    return range
  }

  async close(): Promise<void> {
    await this.server.close({ force: true })
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  /** Bills the town in a fresh database, kills when so many chunks are done, starts anew, and looks at the books. */
  async round(kill: Kill, killAfterChunks: number): Promise<KilledRun> {
    const name = `round_${++this.rounds}`
    await this.command(`create database ${name} template ${TEMPLATE}`)
    const address = this.server.addressOf(name)
    const run = await withDatabase(address, startRun)
    const victim = kill === 'threads' ? startThreads(address, run) : startWorker(address)
    const chunksDone = await withDatabase(address, (database) => chunksReach(database, run, killAfterChunks))
    await this.kill(kill, victim)
    const brokenAfterKill = await withDatabase(address, broken)
    const worker = startWorker(address)
    const result = await withDatabase(address, async (database) => {
      await chunksReach(database, run, HOMES / CHUNK)
      const { billed } = await finished(database, run)
      return {
        billed,
        chargesAnAgreement: await chargesAnAgreement(database),
        brokenAtEnd: await broken(database),
      }
    })
    await end(worker, 'SIGTERM')
    await this.command(`drop database ${name} with (force)`)
    return { kill, chunksDone, brokenAfterKill, ...result }
  }

  private async kill(kill: Kill, victim: ChildProcess): Promise<void> {
    const withServer = kill === 'database' || kill === 'everything'
    if (withServer) process.kill(this.server.pid, 'SIGKILL')
    if (kill !== 'database') await end(victim, 'SIGKILL')
    if (withServer) this.server = await openEmbedded({ dataDir: this.dataDir })
    if (kill === 'database') await end(victim, 'SIGKILL')
  }

  private async command(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.server.addressOf('postgres') })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
}

async function withDatabase<T>(
  connectionString: string,
  act: (database: Database) => Promise<T>,
): Promise<T> {
  const database = connect({ connectionString, poolSize: 2 })
  try {
    return await act(database)
  } finally {
    await database.destroy()
  }
}

function startRun(database: Database): Promise<RunKey> {
  return database.transaction(async (tx) => {
    const wish = {
      clientId: 1,
      cycleCode: CYCLE,
      billDate: BILL_DATE,
      mode: 'live' as const,
      chunkSize: CHUNK,
    }
    const run = await startBillRun(tx, { ...wish, now: NOW, actor: ACTOR })
    await wakeBillRun(tx, run)
    return run
  })
}

function startThreads(address: string, run: RunKey): ChildProcess {
  return node('./bill-run-process.ts', [address, String(run.clientId), String(run.runId)], {})
}

function startWorker(address: string): ChildProcess {
  return node('../../src/main.ts', ['worker'], { DATABASE_URL: address })
}

function node(script: string, args: string[], env: Record<string, string>): ChildProcess {
  const path = fileURLToPath(new URL(script, import.meta.url))
  return spawn(process.execPath, [path, ...args], { stdio: 'ignore', env: { HOME: tmpdir(), ...env } })
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

const POLL_MS = 4
const PATIENCE_MS = 60_000

/** Waits for other processes, which nothing here can be told by. */
async function waitFor<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const began = performance.now()
  while (performance.now() - began < PATIENCE_MS) {
    const seen = await look()
    if (seen !== undefined) return seen
    await pause(POLL_MS)
  }
  throw new Error(`${what} did not happen in ${PATIENCE_MS / 1000} s`)
}

function chunksReach(database: Database, run: RunKey, wanted: number): Promise<number> {
  return waitFor(async () => {
    const { chunksDone } = await runProgress(database.read, run)
    return chunksDone >= wanted ? chunksDone : undefined
  }, `chunk ${wanted}`)
}

function finished(database: Database, run: RunKey) {
  return waitFor(async () => {
    const progress = await runProgress(database.read, run)
    return progress.status === 'complete' ? progress : undefined
  }, 'the end of the run')
}

async function chargesAnAgreement(database: Database): Promise<number[]> {
  const { rows } = await sql<{ charges: number }>`
    select count(c.charge_id) filter (where c.status = 'frozen') as charges
      from agreement a left join charge c using (customer_id, agreement_id)
     group by a.customer_id, a.agreement_id`.execute(database.read)
  return rows.map((row) => row.charges)
}

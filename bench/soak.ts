import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FULL_SIZE, loadDemo } from '../server/src/demo/index.ts'
import { registeredPermissions } from '../server/src/doors/index.ts'
import { createRenderer } from '../server/src/formats/pdf/index.ts'
import {
  connect,
  type Database,
  type EmbeddedDatabase,
  migrate,
  openEmbedded,
  SERVER_ROLE,
} from '../server/src/platform/db/index.ts'
import { drawBills, faultsOfBill } from '../server/test/demo/traced-bill.ts'
import { actAtOnce } from '../server/test/model/at-once.ts'
import { runModel } from '../server/test/model/run-model.ts'
import { randomFrom, runCrowd, serversOf } from '../server/test/support/crowd.ts'
import { KILLS, type KilledRun, KillRange } from '../server/test/support/killed-run.ts'
import { broken } from '../server/test/support/verified.ts'

/**
 * The long random tests in full: runs killed at many seeded moments in every way; crowds of programs, some killed,
 * that open and close one data folder; the whole demo and 200 of its bills followed to their printed pages; random
 * commands whose books are compared with a model, one after the other and by twenty workers at once.
 * `npm run soak -- [SEED]`.
 */
const ROUNDS = 24
const CHUNKS = 20
const CROWDS = 8
const BILLS = 200
const COMMANDS = 10_000
const MODEL_ROUNDS = 10
const ACTS_AT_ONCE = 5_000
const SEED = Number(process.argv[2] ?? 20261120) >>> 0

let passed = 0
let failed = 0
await killRuns()
if (process.platform === 'linux') await openInCrowds()
await followBills()
await followModel()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

function judge(what: string, faults: readonly string[]): void {
  if (faults.length === 0) passed++
  else failed++
  console.log(`${what}: ${faults.length === 0 ? 'clean' : faults.join('; ')}`)
}

async function killRuns(): Promise<void> {
  const next = randomFrom(SEED)
  const range = await KillRange.open()
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      const kill = KILLS[next(KILLS.length)] ?? 'everything'
      const result = await range.round(kill, next(CHUNKS - 2))
      judge(
        `round ${round}: ${kill} killed after ${result.chunksDone} of ${CHUNKS} chunks`,
        faultsOfRun(result),
      )
    }
  } finally {
    await range.close()
  }
}

function faultsOfRun({ brokenAfterKill, brokenAtEnd, billed, chargesAnAgreement }: KilledRun): string[] {
  return [
    ...brokenAfterKill,
    ...brokenAtEnd,
    ...(billed === 40 ? [] : [`${billed} of 40 accounts were billed`]),
    ...(chargesAnAgreement.every((count) => count === 1) ? [] : ['an agreement was not billed once']),
  ]
}

/** Every other crowd with kills; the last to open always gets a server, and its close stops it. */
async function openInCrowds(): Promise<void> {
  for (let number = 0; number < CROWDS; number++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'billwright-crowd-'))
    chmodSync(dataDir, 0o755)
    const chance = number % 2 ? 15 : 0
    const kills = { selfKill: chance, serverKill: chance }
    const crowd = { dataDir, seed: SEED + number, members: 6, rounds: 8, patienceSeconds: 120, ...kills }
    const faults = await runCrowd(crowd)
    const last = await openEmbedded({ dataDir, durable: false })
    const servers = serversOf(dataDir)
    if (servers.length !== 1) faults.push(`${servers.length} servers run at once`)
    await last.close()
    if (serversOf(dataDir).length > 0) faults.push('the last to close left a server')
    judge(
      `crowd ${number + 1}: 6 programs open and close one data folder 8 times${chance ? ', some killed' : ''}`,
      faults,
    )
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function followBills(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'billwright-soak-'))
  const server = await openEmbedded({ dataDir })
  const { connectionString } = server
  const renderer = createRenderer({ workers: 2 })
  try {
    await migrate({ connectionString })
    const database = connect({ connectionString, role: SERVER_ROLE })
    const permissions = registeredPermissions()
    await loadDemo({ database, permissions, size: FULL_SIZE, onProgress: () => {} })
    judge('the demo is loaded and every invariant of its books', await broken(database))
    await followEach(database, renderer)
    await database.destroy()
  } finally {
    await renderer.close()
    await server.close({ force: true })
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function followEach(database: Database, renderer: ReturnType<typeof createRenderer>): Promise<void> {
  const bills = await drawBills(database.read, BILLS, SEED)
  const faults: string[] = []
  for (const key of bills) faults.push(...(await faultsOfBill(database.read, renderer, key)))
  if (bills.length < BILLS) faults.push(`there are ${bills.length} bills only`)
  judge(`${bills.length} bills of the demo, lines to printed pages in both languages, each explained`, faults)
}

/** A database for every thousand commands: the whole of it is verified again and again. */
async function followModel(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'billwright-model-'))
  const server = await openEmbedded({ dataDir, durable: false })
  try {
    for (let round = 0; round < MODEL_ROUNDS; round++) {
      const database = await freshDatabase(server, `model_${round}`)
      const model = { seed: SEED + 1000 * round, commands: COMMANDS / MODEL_ROUNDS, keep: true }
      const { tally, failure } = await runModel(database, model)
      console.log(`seed ${model.seed}: ${tally}`)
      const few = tally.share < 0.6 ? ['less than 60 % of the commands were accepted'] : []
      judge('random commands beside the model', failure ? [failure.fault] : few)
      await database.destroy()
    }
    const database = await freshDatabase(server, 'at_once')
    const { tally, faults } = await actAtOnce(database, { seed: SEED, workers: 20, acts: ACTS_AT_ONCE })
    console.log(`${tally}`)
    judge(`${ACTS_AT_ONCE} acts of 20 workers on one account`, faults)
    await database.destroy()
  } finally {
    await server.close({ force: true })
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function freshDatabase(server: EmbeddedDatabase, name: string): Promise<Database> {
  const owner = connect({ connectionString: server.addressOf('postgres'), poolSize: 1 })
  await owner.pool.query(`create database ${name}`)
  await owner.destroy()
  const connectionString = server.addressOf(name)
  await migrate({ connectionString })
  return connect({ connectionString, role: SERVER_ROLE, poolSize: 20 })
}

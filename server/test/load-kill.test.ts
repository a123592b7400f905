import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { customerNumber } from '../src/domain/customers/index.ts'
import { centsToDecimal } from '../src/platform/money.ts'
import { testDatabase } from './support/database.ts'
import { owe, quietTown } from './support/quiet-town.ts'
import { broken } from './support/verified.ts'

/** A loading that is killed, loaded again, ends as if never killed: every row of the file is money exactly once. */
const { db, connectionString } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'billwright load '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const entry = fileURLToPath(new URL('./support/load-process.ts', import.meta.url))

const HOMES = 20
const ROWS = 400
const town = await db.transaction(async (tx) => {
  const made = await quietTown(tx, HOMES)
  for (const home of made.homes) await owe(tx, home, 100_000, '2026-01-10')
  return made
})

/** Row n pays 1.00 and n cents; every fortieth names no account. */
function fileOf(number: number): string {
  const lines = Array.from({ length: ROWS }, (_, index) => {
    const home = town.homes[index % HOMES]
    const account = index % 40 === 0 ? '99999-1' : `${customerNumber(home?.customerId ?? 0)}-1`
    return `P,${account},${centsToDecimal(100 + index)},2026-02-09,check,${number}-${index}`
  })
  // 400 x 1.00 and 0.00 to 3.99: 400.00 + 798.00
  const total = `${ROWS},1198.00`
  const path = join(folder, `${number}.csv`)
  const text = [`H,Bank,${number},2026-02-10,USD`, ...lines, `B,1,${total}`, `T,1,${total}`].join('\n')
  writeFileSync(path, text)
  return path
}

/** Loads in a process of its own; killed as soon as it says that so many rows are done, or some time after it began. */
async function loadKilled(path: string, kill: { rows?: number; milliseconds?: number }): Promise<boolean> {
  const child = spawn(process.execPath, [entry, connectionString, path], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const done = Number(text.trim().split('\n').at(-1))
    if (kill.rows !== undefined && done >= kill.rows) child.kill('SIGKILL')
  })
  if (kill.milliseconds !== undefined) setTimeout(() => child.kill('SIGKILL'), kill.milliseconds)
  const [, signal] = await once(child, 'close')
  return signal === 'SIGKILL'
}

async function taken(number: number) {
  const { rows } = await sql<{ payments: number; events: number; cents: number }>`
    select count(*)::int as payments, count(distinct (p.payer_customer_id, p.event_number))::int as events,
           coalesce(sum(p.amount_cents), 0)::int8 as cents
      from tender t join payment p on p.payer_customer_id = t.customer_id and p.event_number = t.event_number
     where t.reference like ${`${number}-%`} and p.status = 'frozen'`.execute(db.read)
  return rows[0]
}

/** Seeded moments: rows done, or milliseconds after the process began; the soak has more. */
const MOMENTS = [{ rows: 10 }, { rows: 130 }, { rows: 390 }, { milliseconds: 550 }, { milliseconds: 700 }]

test.for(MOMENTS.map((kill, index) => ({ kill, number: index + 1 })))(
  'a file whose loading is killed at $kill loses nothing and doubles nothing',
  { timeout: 60_000 },
  async ({ kill, number }) => {
    const path = fileOf(number)
    const wasKilled = await loadKilled(path, kill)
    expect(await broken(db)).toEqual([])
    const partly = await taken(number)
    if (kill.rows !== undefined) {
      expect(wasKilled).toBe(true)
      expect(partly?.payments).toBeGreaterThanOrEqual(kill.rows)
      expect(partly?.payments).toBeLessThan(ROWS)
    }
    expect((partly?.payments ?? 0) % 10).toBe(0)
    await loadKilled(path, {})
    expect(await taken(number)).toEqual({ payments: ROWS, events: ROWS, cents: 119_800 })
    const { rows } = await sql<{ status: string; rows: number }>`
      select r.status, count(*)::int as rows from remittance_row r join remittance_file f using (client_id, file_id)
       where f.sender_file_id = ${String(number)} group by 1 order by 1`.execute(db.read)
    expect(rows).toEqual([
      { status: 'posted', rows: ROWS - 10 },
      { status: 'suspended', rows: 10 },
    ])
    expect(await broken(db)).toEqual([])
  },
)

test('two that load one file at once share it', { timeout: 60_000 }, async () => {
  const number = MOMENTS.length + 1
  const path = fileOf(number)
  await Promise.all([loadKilled(path, {}), loadKilled(path, {}).catch(() => false)])
  expect(await taken(number)).toEqual({ payments: ROWS, events: ROWS, cents: 119_800 })
  expect(await broken(db)).toEqual([])
})

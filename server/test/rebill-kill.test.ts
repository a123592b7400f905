import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { completeBill } from '../src/domain/billing/index.ts'
import { trialBalance } from '../src/domain/ledger/index.ts'
import { recordBlocks } from '../src/domain/usage/index.ts'
import { ACTOR, buildTown, hourly, NOW, TOWN_END, TOWN_START } from './support/billed-town.ts'
import { testDatabase } from './support/database.ts'
import { broken } from './support/verified.ts'

/** A rebill that is killed is done or not begun; begun again, it ends as one that was never killed. */
const { db, connectionString } = await testDatabase()
const entry = fileURLToPath(new URL('./support/rebill-process.ts', import.meta.url))
const HOMES = 6
const MONTHS = ['2026-02-01', '2026-03-01', '2026-04-01']

const town = await db.transaction(async (tx) => {
  const made = await buildTown(tx, HOMES)
  for (const home of made.homes) {
    for (const periodEnd of MONTHS)
      await completeBill(tx, { ...home, periodEnd, billDate: periodEnd, now: NOW, actor: ACTOR })
    // The meter was wrong: every hour was 900 Wh.
    const blocks = hourly(home, 900, TOWN_START, TOWN_END)
    await recordBlocks(tx, { blocks, source: 'meter test', now: NOW })
  }
  return made
})

async function rebill(kill: { done?: number; milliseconds?: number }): Promise<number> {
  const names = town.homes.map((home) => `${home.customerId}-${home.agreementId}`)
  const child = spawn(process.execPath, [entry, connectionString, ...names], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let done = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    done = Number(text.trim().split('\n').at(-1))
    if (kill.done !== undefined && done >= kill.done) child.kill('SIGKILL')
  })
  if (kill.milliseconds !== undefined) setTimeout(() => child.kill('SIGKILL'), kill.milliseconds)
  await once(child, 'close')
  return done
}

/** Live charges of each agreement and month, with their amounts. */
async function charges() {
  const { rows } = await sql<{ month: string; charges: number; cents: number }>`
    select start_date as month, count(*)::int as charges, sum(amount_cents)::int8 as cents from charge
     where status = 'frozen' group by 1 order by 1`.execute(db.read)
  return rows
}

// 744 h x 0.9 kWh = 669.6: 50.00 + 20.352 + 9.00 = 79.35, tax 3.9675; 604.8: 50.00 + 12.576 + 9.00; 668.7: 50.00 + 20.244 + 9.00
const CORRECTED = [
  { month: '2026-01-01', charges: HOMES, cents: HOMES * (7935 + 397) },
  { month: '2026-02-01', charges: HOMES, cents: HOMES * (7158 + 358) },
  { month: '2026-03-01', charges: HOMES, cents: HOMES * (7924 + 396) },
]

/** Seeded moments: agreements done, or milliseconds after the process began; the last is not killed. */
const MOMENTS = [{ done: 1 }, { milliseconds: 600 }, { done: 4 }, { milliseconds: 900 }, {}]

test('a rebill killed at any moment leaves every month charged once', { timeout: 120_000 }, async () => {
  for (const kill of MOMENTS) {
    await rebill(kill)
    expect(await broken(db)).toEqual([])
    expect((await charges()).map((month) => month.charges)).toEqual([HOMES, HOMES, HOMES])
  }
  expect(await charges()).toEqual(CORRECTED)
  const books = await trialBalance(db.read, town.clientId)
  const owed = CORRECTED.reduce((sum, month) => sum + month.cents, 0)
  expect(books.find((account) => account.code === 'receivable')?.balanceCents).toBe(owed)
})

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { runProgress, startBillRun, workBillRun } from '../domain/billing/index.ts'
import { verify } from '../domain/overview/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { Temporal } from '../platform/time.ts'
import { buildTown, countAgreements } from './build-town.ts'
import { advanceDemo, loadDemo } from './index.ts'

const SIZE = { agreements: 90, months: 3 }
const PERMISSIONS = ['customer.read', 'bill.read', 'billRun.manage']

/** What must be equal in every copy: everything but the numbers that sequences give and the moment of loading. */
const DIGESTED = [
  `select number, class, since, p.search_name from customer c join person p on p.person_id = c.main_person_id order by 1`,
  `select customer_id, agreement_id, account_number, status, start_date, end_date from agreement order by 1, 2`,
  `select customer_id, bill_id, bill_date, due_date, previous_cents, credits_cents, charges_cents, amount_due_cents
     from bill order by 1, 2`,
  `select customer_id, charge_id, line_number, rule_code, quantity, price, unrounded, amount_cents from charge_line
     order by 1, 2, 3`,
  `select customer_id, entry_id, line_number, debit_code, credit_code, amount_cents from posting order by 1, 2, 3`,
  `select customer_id, payment_number, amount_cents from payment order by 1, 2`,
  `select d.badge, b.local_day, b.version, b.total, b.encoded, b.quality, b.recorded_at from interval_block b
     join install_event i using (service_point_id) join device d using (device_id) order by 1, b.series_number, 2, 3`,
  `select kind, reason_code, reason from work_item order by subject, 2`,
]

async function digest(tx: Tx): Promise<string> {
  const hash = createHash('sha256')
  for (const query of DIGESTED) {
    const { rows } = await sql<{ row: string }>`select q::text as row from (${sql.raw(query)}) q`.execute(tx)
    expect(rows.length).toBeGreaterThan(0)
    for (const { row } of rows) hash.update(row).update('\n')
  }
  return hash.digest('hex')
}

async function count(tx: Tx, table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx)
  return rows[0]?.n ?? 0
}

const first = await testDatabase()
const second = await testDatabase()
const quiet = { permissions: PERMISSIONS, size: SIZE, onProgress: () => {} }

describe('the demo utility', () => {
  test('is the same in every copy, even when its loading is cut off and gone on with', async () => {
    await loadDemo({ ...quiet, database: first.db })
    await cutOff('town', 1)
    await cutOff('readings', 4)
    await cutOff('bills', 2)
    await cutOff('bills', 7)
    await loadDemo({ ...quiet, database: second.db })
    expect(await digest(second.db.read)).toBe(await digest(first.db.read))
  }, 120_000)

  test('has books in which every invariant holds', async () => {
    const results = await first.db.transaction((tx) => verify(tx, 'all'), 'repeatable read')
    expect(results.length).toBeGreaterThan(20)
    expect(results.filter(({ offenders }) => offenders.length > 0)).toEqual([])
  })

  test('holds the one bill whose intervals are missing, with a reason and a remedy', async () => {
    const items = await first.db.read
      .selectFrom('work_item')
      .select(['kind', 'customer_id', 'reason', 'remedy'])
      .where('kind', '=', 'bill_held')
      .execute()
    expect(items.map((item) => (item.customer_id ?? 0) % 100_000_000)).toEqual([56])
    // Eight days of 96 quarter hours.
    expect(items[0]?.reason).toContain(`${8 * 96} of ${31 * 96} intervals`)
  })

  test('leaves one window open whose every account can be billed', async () => {
    const { db } = first
    const run = { clientId: 1, cycleCode: '08', billDate: '2026-09-09', mode: 'trial' } as const
    const now = Temporal.Instant.from('2026-09-09T16:00:00Z')
    const actor = { actor: 'user:ops', door: 'demo' } as const
    const { runId } = await db.transaction((tx) => startBillRun(tx, { ...run, now, actor }))
    await workBillRun({ database: db, clock: () => now, worker: 'test', actor }, { clientId: 1, runId })
    const progress = await runProgress(db.read, { clientId: 1, runId })
    expect(progress).toMatchObject({ periodEnd: '2026-09-08', held: 0, nothingDue: 0 })
    expect(progress.billed).toBeGreaterThan(10)
  })

  test('is not loaded twice', async () => {
    const before = await count(first.db.read, 'customer')
    expect((await loadDemo({ ...quiet, database: first.db })).steps).toEqual([])
    expect(await count(first.db.read, 'customer')).toBe(before)
  })

  test('moves on by a month: new intervals, new payments, windows left to be billed', async () => {
    const { read } = first.db
    const [bills, payments] = [await count(read, 'bill'), await count(read, 'payment')]
    const { now, intervals } = await advanceDemo({ database: first.db, onProgress: () => {} }, { months: 1 })
    expect(now.toZonedDateTimeISO('America/Los_Angeles').toPlainDate().toString()).toBe('2026-10-09')
    expect(intervals).toBeGreaterThan(0)
    const { rows } = await sql<{ day: string }>`select max(local_day) as day from interval_block`.execute(
      read,
    )
    expect(rows[0]?.day).toBe('2026-10-08')
    expect(await count(read, 'bill')).toBe(bills)
    expect(await count(read, 'payment')).toBeGreaterThan(payments)
    const clock = await read
      .selectFrom('installation')
      .select(['clock_start', 'demo_step'])
      .executeTakeFirst()
    expect(clock?.demo_step).toBeNull()
    expect(Temporal.Instant.compare(clock?.clock_start ?? '2026-01-01T00Z', now)).toBe(0)
  }, 60_000)

  async function cutOff(step: string, after: number): Promise<void> {
    let seen = 0
    const onProgress = (name: string) => {
      if (name === step && ++seen === after) throw new Error('cut off')
    }
    await expect(loadDemo({ ...quiet, database: second.db, onProgress })).rejects.toThrow('cut off')
  }
})

describe('the town', () => {
  test('has the agreements asked for, each meter once in a place', () => {
    const town = buildTown({ agreements: 1000, months: 12 })
    expect(countAgreements(town)).toBe(1000)
    const sites = town.flatMap(({ accounts }) =>
      accounts.flatMap(({ agreements }) => agreements.map(({ site }) => site)),
    )
    const places = new Map(sites.map((site) => [`${site.line1}, ${site.line2 ?? ''}`, site.badge]))
    expect(new Set(places.values()).size).toBe(places.size)
    // Two places are served to two agreements each, one after the other.
    expect(places.size).toBe(998)
  })
})

import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../test/support/billed-town.ts'
import { closeBooks } from '../../../test/support/closed-books.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { post } from '../../../test/support/posted.ts'
import { broken } from '../../../test/support/verified.ts'
import type { Tx } from '../../platform/db/index.ts'
import { saveSettings } from '../identity/index.ts'
import {
  accountingPeriods,
  accountStatement,
  closePeriod,
  openFiscalYear,
  reopenPeriod,
  trialBalance,
} from './index.ts'
import { monthsOfFiscalYear } from './period.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const { clientId } = await act((tx) => buildTown(tx, 0))
const other = await act((tx) => buildTown(tx, 0, { code: 'other' }))
const C = clientId * 100_000_000 + 1
const done = { clientId, now: NOW, actor: ACTOR }
const cashAsOf = async (day?: string) =>
  (await trialBalance(db.read, clientId, day)).find(({ code }) => code === 'cash')?.balanceCents

await act(async (tx) => {
  await post(tx, C, '2025-12-31', ['cash', 'revenue_fee', 100])
  await post(tx, C, '2026-01-15', ['cash', 'revenue_fee', 2000])
  await post(tx, C + 1, '2026-01-15', ['interest_expense', 'cash', 300])
  await post(tx, C, '2026-02-10', ['cash', 'revenue_fee', 40000])
  await post(tx, C, '2026-03-01', ['cash', 'revenue_fee', 500000])
  await post(tx, other.clientId * 100_000_000 + 1, '2026-01-15', ['cash', 'revenue_fee', 7])
})

test('a fiscal year is cut into its months, and named after the year in which it ends', () => {
  expect(monthsOfFiscalYear(2026, 1).at(0)).toEqual({
    code: '2026-01',
    start: '2026-01-01',
    end: '2026-02-01',
  })
  const july = monthsOfFiscalYear(2026, 7)
  expect(july.at(0)).toEqual({ code: '2026-01', start: '2025-07-01', end: '2025-08-01' })
  expect(july.at(-1)).toEqual({ code: '2026-12', start: '2026-06-01', end: '2026-07-01' })
})

test('the fiscal years of a client follow each other', async () => {
  await act((tx) => openFiscalYear(tx, { ...done, fiscalYear: 2026 }))
  await expect(act((tx) => openFiscalYear(tx, { ...done, fiscalYear: 2028 }))).rejects.toMatchObject({
    code: 'period_not_next',
  })
  const july = { clientId: other.clientId, now: NOW, actor: ACTOR }
  await act((tx) => saveSettings(tx, { ...july, section: 'ledger', value: { fiscalYearStartMonth: 7 } }))
  expect((await act((tx) => openFiscalYear(tx, { ...july, fiscalYear: 2026 })))[0]?.start).toBe('2025-07-01')
})

test('periods close in their order, and only when they are over', async () => {
  const close = (code: string) => act((tx) => closePeriod(tx, { ...done, code }))
  await expect(close('2026-02')).rejects.toMatchObject({ code: 'period_out_of_order' })
  await expect(close('2027-01')).rejects.toMatchObject({ code: 'period_unknown' })
  await act((tx) => closeBooks(tx, { clientId, through: '2026-03', now: NOW }))
  await expect(close('2026-03')).rejects.toMatchObject({ code: 'period_closed' })
  // Today is April 2.
  await expect(close('2026-04')).rejects.toMatchObject({ code: 'period_not_over' })
})

test('a balance of any day is what the last close froze and what came since', async () => {
  await act((tx) => post(tx, C, '2026-04-01', ['cash', 'revenue_fee', 6000000]))
  expect(await cashAsOf('2025-12-30')).toBe(0)
  expect(await cashAsOf('2026-01-14')).toBe(100)
  // 1.00 + 20.00 - 3.00 = 18.00
  expect(await cashAsOf('2026-01-31')).toBe(1800)
  expect(await cashAsOf('2026-02-09')).toBe(1800)
  expect(await cashAsOf('2026-02-28')).toBe(41800)
  expect(await cashAsOf('2026-03-31')).toBe(541800)
  expect(await cashAsOf()).toBe(6541800)
  expect(await broken(db)).toEqual([])
})

test('nothing is posted before the end of a closed period, whatever its own period', async () => {
  for (const day of ['2025-06-01', '2026-02-10', '2026-03-31'])
    await expect(act((tx) => post(tx, C, day, ['cash', 'revenue_fee', 1]))).rejects.toMatchObject({
      code: 'period_closed',
    })
  // Another client's books are another's.
  await act((tx) => post(tx, other.clientId * 100_000_000 + 1, '2026-02-10', ['cash', 'revenue_fee', 1]))
})

test('only the latest closed period opens again, with a reason; then it is posted to and closed anew', async () => {
  const reopen = (code: string, reason?: string) =>
    act((tx) => reopenPeriod(tx, { ...done, actor: { ...ACTOR, ...(reason && { reason }) }, code }))
  await expect(reopen('2026-03')).rejects.toMatchObject({ code: 'reason_missing' })
  await expect(reopen('2026-02', 'late invoice')).rejects.toMatchObject({ code: 'period_not_latest' })
  await reopen('2026-03', 'late invoice')
  await act((tx) => post(tx, C, '2026-03-31', ['cash', 'revenue_fee', 11]))
  expect(await cashAsOf('2026-03-31')).toBe(541811)
  await act((tx) => closePeriod(tx, { ...done, code: '2026-03' }))
  expect(await cashAsOf('2026-03-31')).toBe(541811)
  expect((await accountingPeriods(db.read, clientId)).map(({ status }) => status).slice(0, 4)).toEqual([
    'closed',
    'closed',
    'closed',
    'open',
  ])
  const reopened = db.read
    .selectFrom('audit_entry')
    .select('reason')
    .where('operation', '=', 'reopenPeriod')
    .execute()
  expect(await reopened).toEqual([{ reason: 'late invoice' }])
  expect(await broken(db)).toEqual([])
})

test('an account is stated by pages, each from its opening to its closing balance', async () => {
  const wish = { clientId, code: 'cash', from: '2026-01-15', to: '2026-03-02', limit: 2 }
  const first = await accountStatement(db.read, wish)
  expect(first.openingCents).toBe(100)
  expect(first.movements.map(({ amountCents }) => amountCents)).toEqual([2000, -300])
  expect(first.movements[1]).toMatchObject({ customerId: C + 1, otherCode: 'interest_expense' })
  expect(first.closingCents).toBe(1800)
  if (!first.next) throw new Error('there is more')
  const second = await accountStatement(db.read, { ...wish, after: first.next })
  expect([second.openingCents, second.closingCents, second.next]).toEqual([1800, 541800, undefined])
  // A page that ends within a day goes on within it: 1.00 + 20.00.
  const one = await accountStatement(db.read, { ...wish, limit: 1 })
  if (!one.next) throw new Error('there is more')
  expect(await accountStatement(db.read, { ...wish, limit: 1, after: one.next })).toMatchObject({
    openingCents: 2100,
    closingCents: 1800,
  })
})

test('a period with half an act over several customers in it does not close', async () => {
  const { clientId: third } = await act((tx) => buildTown(tx, 0, { code: 'third' }))
  const from = third * 100_000_000 + 1
  const clearing = { clearingEvent: 'transfer:1' }
  await act((tx) => post(tx, from, '2026-01-31', ['clearing', 'revenue_fee', 900], clearing))
  await act((tx) => post(tx, from + 1, '2026-02-01', ['cash', 'clearing', 900], clearing))
  await expect(act((tx) => closeBooks(tx, { clientId: third, through: '2026-01' }))).rejects.toMatchObject({
    code: 'clearing_not_zero',
  })
})

test('a period whose daily work is behind does not close', async () => {
  const { clientId: behind } = await act((tx) => buildTown(tx, 0, { code: 'behind' }))
  const done_through = (day: string) => ({ client_id: behind, step: 'late_fees', done_through: day })
  await db.read.insertInto('daily_step').values(done_through('2026-01-31')).execute()
  const close = () => act((tx) => closeBooks(tx, { clientId: behind, through: '2026-01' }))
  await expect(close()).rejects.toMatchObject({ code: 'period_unfinished' })
  await db.read
    .updateTable('daily_step')
    .set({ done_through: '2026-02-01' })
    .where('client_id', '=', behind)
    .execute()
  await close()
})

test('a close waits for who is posting; who comes after it is refused', async () => {
  const { clientId: third } = await act((tx) => buildTown(tx, 0, { code: 'fourth' }))
  const customerId = third * 100_000_000 + 1
  let posted = () => {}
  const hasPosted = new Promise<void>((resolve) => {
    posted = resolve
  })
  let finish = () => {}
  const mayFinish = new Promise<void>((resolve) => {
    finish = resolve
  })
  const early = act(async (tx) => {
    await post(tx, customerId, '2026-01-20', ['cash', 'revenue_fee', 5])
    posted()
    await mayFinish
  })
  await hasPosted
  const closing = act((tx) => closeBooks(tx, { clientId: third, through: '2026-01' }))
  while ((await waitingForBooks()) === 0);
  const late = act((tx) => post(tx, customerId + 1, '2026-01-20', ['cash', 'revenue_fee', 6]))
  while ((await waitingForBooks()) < 2);
  finish()
  await Promise.all([early, closing])
  await expect(late).rejects.toMatchObject({ code: 'period_closed' })
  const [cash] = (await trialBalance(db.read, third, '2026-01-31')).filter(({ code }) => code === 'cash')
  expect(cash?.balanceCents).toBe(5)
  expect(await broken(db)).toEqual([])
})

async function waitingForBooks(): Promise<number> {
  const { rows } = await db.pool.query(
    `select count(*)::int as waiting from pg_locks
      where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
  )
  return rows[0].waiting
}

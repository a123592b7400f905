import { expect, test } from 'vitest'
import {
  ACTOR,
  addHome,
  buildTown,
  CYCLE,
  type Home,
  NOW,
  TOWN_END,
} from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import { findWorkItems } from '../../work/index.ts'
import { billsOfAccount, getBill, runProgress, startBillRun, workBillRun } from '../index.ts'

const { db } = await testDatabase()
const clean = () => broken(db)

const town = await db.transaction((tx) => buildTown(tx, 5))
const worker = { database: db, clock: () => NOW, worker: 'test', actor: ACTOR }

async function run(mode: 'live' | 'trial', billDate = TOWN_END) {
  const input = {
    clientId: town.clientId,
    cycleCode: CYCLE,
    billDate,
    mode,
    chunkSize: 2,
    now: NOW,
    actor: ACTOR,
  }
  const started = await db.transaction((tx) => startBillRun(tx, input))
  await workBillRun(worker, started)
  return runProgress(db.read, started)
}

async function lastBill(home: Home | undefined) {
  const [bill] = home ? await billsOfAccount(db.read, home) : []
  return bill && getBill(db.read, bill)
}

test('a trial run counts what a live run would bill and writes no bill', async () => {
  const trial = await run('trial', '2026-02-01')
  expect(trial).toMatchObject({
    status: 'complete',
    billed: 5,
    held: 0,
    nothingDue: 0,
    chunks: 3,
    chunksDone: 3,
  })
  expect(await lastBill(town.homes[0])).toBeUndefined()
})

test('a live run bills every account to the cent', async () => {
  const live = await run('live', '2026-02-01')
  expect(live).toMatchObject({ status: 'complete', billed: 5, held: 0, nothingDue: 0 })
  const whole = await lastBill(town.homes[0])
  // January: 31 x 24 h x 0.6 kWh = 446.4 kWh x 0.10 = 44.64; + 9.00 = 53.64; 5 % = 2.682 -> 2.68; 56.32
  expect(whole?.charges[0]?.lines.map((line) => line.amountCents)).toEqual([900, 4464, 268])
  expect(whole).toMatchObject({ previousCents: 0, creditsCents: 0, chargesCents: 5632, amountDueCents: 5632 })
  expect(await clean()).toEqual([])
})

test('the same run again bills nobody twice', async () => {
  expect(await run('live', '2026-02-01')).toMatchObject({ billed: 0, held: 0, nothingDue: 5, amountCents: 0 })
  expect(await clean()).toEqual([])
})

test('a home without measurements is held with reason and remedy, and the others are billed', async () => {
  const dark = await db.transaction((tx) => addHome(tx, town, { number: 77, measured: false }))
  const live = await run('live', '2026-03-01')
  expect(live).toMatchObject({ billed: 5, held: 1, nothingDue: 0 })
  const { items } = await findWorkItems(db.read, {
    clientId: town.clientId,
    status: 'open',
    limit: 10,
    offset: 0,
  })
  expect(items).toMatchObject([{ kind: 'bill_held', customerId: dark.customerId, reasonCode: 'usage_none' }])
  expect(await clean()).toEqual([])
})

test('what was missed is charged window by window on the next bill', async () => {
  const late = await db.transaction((tx) => addHome(tx, town, { number: 78 }))
  await run('live', TOWN_END)
  const whole = await lastBill(late)
  expect(whole?.charges.map((charge) => [charge.startDate, charge.endDate])).toEqual([
    ['2026-01-01', '2026-02-01'],
    ['2026-02-01', '2026-03-01'],
    ['2026-03-01', '2026-04-01'],
  ])
  expect(await clean()).toEqual([])
})

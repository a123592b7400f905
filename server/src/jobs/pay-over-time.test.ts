import { expect, test } from 'vitest'
import type { Home } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { broken } from '../../test/support/verified.ts'
import { openWorld } from '../../test/support/world.ts'
import { completeBill } from '../domain/billing/index.ts'
import { trialBalance } from '../domain/ledger/index.ts'
import {
  assessDeposit,
  balances,
  contractsOfAccount,
  makePromise,
  startArrangement,
  startBudget,
} from '../domain/receivables/index.ts'
import { findWorkItems } from '../domain/work/index.ts'
import { payOverTimeSteps } from './pay-over-time.ts'

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 2 })
const [levelled, arranged] = world.homes as [Home, Home]
const { clientId } = world.town
const context = { database: db, clock: world.now, actor: { actor: 'job:daily', door: 'jobs' as const } }

await world.act((tx, done) => {
  const { customerId, accountNumber, agreementId } = levelled
  const amounts = [{ agreementId, amountCents: 5000 }]
  return startBudget(tx, { customerId, accountNumber, amounts, day: '2026-01-01', ...done })
})
await world.through('2026-02-01')
for (const home of world.homes)
  await world.act((tx, done) =>
    completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }),
  )
await world.act(async (tx, done) => {
  const account = { customerId: levelled.customerId, accountNumber: levelled.accountNumber }
  const day = world.today()
  const payments = [{ dueDate: '2026-02-20', amountCents: 5000 }]
  await makePromise(tx, { ...account, amountCents: 5000, payments, requestedBy: 'test', day, ...done })
  await assessDeposit(tx, {
    ...account,
    amountCents: 3000,
    reason: 'credit',
    dueDate: '2026-02-20',
    day,
    ...done,
  })
  const parts = [
    { amountCents: 3000, dueDate: '2026-02-20' },
    { amountCents: 3000, dueDate: '2026-03-20' },
  ]
  const arrangement = { customerId: arranged.customerId, accountNumber: arranged.accountNumber }
  await startArrangement(tx, { ...arrangement, amountCents: 6000, split: { parts }, day, ...done })
})

const runAll = async (day: string) => {
  for (const step of payOverTimeSteps) await step.run(context, { clientId, day })
}
const state = async () => ({
  books: await trialBalance(db.read, clientId),
  owed: await balances(
    db.read,
    world.homes.map((home) => home.customerId),
    world.today(),
  ),
  contracts: await Promise.all(world.homes.map((home) => contractsOfAccount(db.read, home))),
})

test('a dated instalment is asked for shortly before it is due, and a day done twice changes nothing', async () => {
  await world.through('2026-02-05')
  expect(
    (await balances(db.read, [arranged.customerId], '2026-02-05')).some((one) => one.currentCents === 3000),
  ).toBe(false)
  await world.through('2026-02-06')
  // 14 days before 20 February.
  expect(
    (await balances(db.read, [arranged.customerId], '2026-02-06')).some((one) => one.currentCents === 3000),
  ).toBe(true)
  const before = await state()
  await runAll(world.today())
  expect(await state()).toEqual(before)
})

test('what is missed is broken once, and both customers are asked for all of it', async () => {
  await world.through('2026-03-02')
  const [ofLevelled = [], [arrangement] = []] = (await state()).contracts
  expect(ofLevelled.map(({ kind, status }) => [kind, status])).toEqual([
    ['deposit', 'active'],
    ['promise', 'broken'],
    ['budget', 'active'],
  ])
  expect(arrangement).toMatchObject({ kind: 'arrangement', status: 'broken', endDate: '2026-02-26' })
  const before = await state()
  await runAll(world.today())
  expect(await state()).toEqual(before)
  const refused = await findWorkItems(db.read, { clientId, kind: 'daily_work_refused', limit: 9, offset: 0 })
  expect(refused.items).toEqual([])
  expect(await broken(db)).toEqual([])
})

import { expect, test } from 'vitest'
import { billsOfAccount, completeBill, startBillRun, workBillRun } from '../../src/domain/billing/index.ts'
import { recordPayment } from '../../src/domain/payments/index.ts'
import { balances } from '../../src/domain/receivables/index.ts'
import { ACTOR, buildTown, CYCLE, NOW } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { broken } from '../support/verified.ts'

/** Many at once on one account: nothing is lost, nothing doubled. */
const { db } = await testDatabase()
const done = { now: NOW, actor: ACTOR }
const town = await db.transaction((tx) => buildTown(tx, 2))
const [home] = town.homes
if (!home) throw new Error('the town has homes')
const twenty = <T>(act: (number: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: 20 }, (_, number) => act(number)))

test('twenty workers bill one account: one does, the others find nothing to bill', async () => {
  const bill = { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }
  const ends = await twenty(() => db.transaction((tx) => completeBill(tx, bill)))
  const refused = ends.filter((end) => end.status === 'rejected')
  expect(refused.map((end) => (end.reason as { code?: string }).code)).toEqual(
    new Array(19).fill('nothing_to_bill'),
  )
  expect(await billsOfAccount(db.read, home)).toHaveLength(1)
})

test('one payment sent twenty times is taken once; twenty payments are all taken', async () => {
  const payment = (externalId: string) => ({
    payerCustomerId: home.customerId,
    accounts: [{ ...home, amountCents: 100 }],
    paymentDate: '2026-02-10',
    source: 'lockbox' as const,
    tender: { method: 'check' as const },
    externalId,
    ...done,
  })
  const same = await twenty(() => db.transaction((tx) => recordPayment(tx, payment('deposit-1'))))
  expect(same.filter((end) => end.status === 'fulfilled' && end.value !== undefined)).toHaveLength(1)
  await twenty((number) => db.transaction((tx) => recordPayment(tx, payment(`deposit-${number + 2}`))))
  // 56.32 - 21 x 1.00 = 35.32
  expect(await balances(db.read, [home.customerId], '2026-02-10')).toMatchObject([{ payoffCents: 3532 }])
  expect(await broken(db)).toEqual([])
})

test('eight workers on one run bill everybody once', async () => {
  const wish = { clientId: town.clientId, cycleCode: CYCLE, billDate: '2026-03-01', mode: 'live' as const }
  const run = await db.transaction((tx) => startBillRun(tx, { ...wish, chunkSize: 1, ...done }))
  await Promise.all(
    Array.from({ length: 8 }, (_, number) =>
      workBillRun({ database: db, clock: () => NOW, worker: `worker ${number}`, actor: ACTOR }, run),
    ),
  )
  expect(await billsOfAccount(db.read, home)).toHaveLength(2)
  expect(await broken(db)).toEqual([])
})

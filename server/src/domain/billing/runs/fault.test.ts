import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ACTOR, buildTown, CYCLE, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { findWorkItems } from '../../work/index.ts'
import { runProgress, startBillRun, workBillRun } from '../index.ts'

const { db, owner } = await testDatabase()
const { clientId, homes } = await db.transaction((tx) => buildTown(tx, 3))

async function run(billDate: string) {
  const input = { clientId, cycleCode: CYCLE, billDate, mode: 'live' as const, now: NOW, actor: ACTOR }
  const started = await db.transaction((tx) => startBillRun(tx, input))
  await workBillRun({ database: db, clock: () => NOW, worker: 'test', actor: ACTOR }, started)
  return runProgress(db.read, started)
}

test('a defect that one account meets while its bill is written holds that account alone', async () => {
  expect(await run('2026-02-01')).toMatchObject({ billed: 3 })
  const odd = homes[1]?.customerId
  // With anything more, what it owes leaves the safe integers: a fault of our own, without a code.
  await owner.transaction(async (tx) => {
    await sql`update open_item set amount_cents = ${Number.MAX_SAFE_INTEGER}, unsettled_cents = ${Number.MAX_SAFE_INTEGER}
               where customer_id = ${odd} and kind = 'charge'`.execute(tx)
  })
  expect(await run('2026-03-01')).toMatchObject({ status: 'complete', billed: 2, held: 1, nothingDue: 0 })
  const { items } = await findWorkItems(db.read, { clientId, status: 'open', limit: 10, offset: 0 })
  expect(items).toMatchObject([{ kind: 'bill_held', customerId: odd, reasonCode: 'billing_defect' }])
})

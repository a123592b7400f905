import { expect } from 'vitest'
import { type Bill, startBillRun, workBillRun } from '../../src/domain/billing/index.ts'
import { trialBalance } from '../../src/domain/ledger/index.ts'
import { autopayAccounts } from '../../src/domain/payments/index.ts'
import { postedBy, previewAct } from '../../src/domain/receivables/index.ts'
import type { Database, Tx } from '../../src/platform/db/index.ts'
import type { Instant, LocalDate } from '../../src/platform/time.ts'
import { ACTOR, CYCLE, type Home } from './billed-town.ts'
import { payCash } from './debtors.ts'
import { billHome } from './paying-world.ts'
import type { World } from './world.ts'

/** This will do a money act after its preview, and see that it posts exactly what the preview told. */
export function asPreviewed<Result>(
  world: World,
  { customerId }: Pick<Home, 'customerId'>,
  act: (tx: Tx, done: { now: Instant; actor: typeof ACTOR }) => Promise<Result>,
): Promise<Result> {
  return world.act(async (tx, done) => {
    const preview = await previewAct(tx, [customerId], () => act(tx, done))
    const real = await postedBy(tx, [customerId], () => act(tx, done))
    expect(preview.posted).toEqual(real.posted)
    return real.result
  })
}

/** This will bill everybody of the town's cycle, today, by a run. */
export async function runBills(db: Database, world: World): Promise<void> {
  const wish = { clientId: world.town.clientId, cycleCode: CYCLE, billDate: world.today() }
  const run = await world.act((tx, done) => startBillRun(tx, { ...wish, mode: 'live', ...done }))
  const worker = { database: db, clock: world.now, worker: 'run', actor: ACTOR, autopayOf: autopayAccounts }
  await workBillRun(worker, run)
}

/** This will live up to the first of a month, bill a home for the month before, and pay what is asked for on its due day. */
export async function liveAndPay(world: World, home: Home, month: LocalDate): Promise<Bill> {
  await world.through(month)
  const bill = await billHome(world, home, month)
  await world.through(bill.dueDate)
  await payCash(world, home, bill.amountDueCents)
  return bill
}

/** This will tell the balances of some accounts of the books; those that are not named are left out. */
export async function booked(db: Database, world: World, codes: readonly string[]): Promise<number[]> {
  const all = await trialBalance(db.read, world.town.clientId)
  return codes.map((code) => all.find((account) => account.code === code)?.balanceCents ?? 0)
}

import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import {
  ACTOR,
  addHome,
  buildTown,
  CYCLE,
  type Home,
  hourly,
  NOW,
  PLAN,
  type Town,
} from '../../../../test/support/billed-town.ts'
import { closeBooks } from '../../../../test/support/closed-books.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { clearFlag, setFlag, startAgreement } from '../../agreements/index.ts'
import { saveTariff } from '../../tariffs/index.ts'
import { recordBlocks } from '../../usage/index.ts'
import { findWorkItems } from '../../work/index.ts'
import {
  cancelBillRun,
  chargeAgreement,
  completeBill,
  pauseBillRun,
  resumeBillRun,
  runProgress,
  startBillRun,
  workBillRun,
} from '../index.ts'

const { db, owner } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const worker = { database: db, clock: () => NOW, worker: 'test', actor: ACTOR }
let town: Town
const homes = new Map<string, Home>()

/** One home for each thing that can hold a bill, and one that nothing holds. */
beforeAll(async () => {
  town = await act((tx) => buildTown(tx, 1))
  const names = [
    'plan_missing',
    'tariff_version_gap',
    'usage_missing',
    'usage_none',
    'agreement_on_hold',
    'bills_on_hold',
    'agreement_not_active',
  ]
  for (const [index, name] of names.entries()) {
    const measured = name !== 'usage_none' && name !== 'usage_missing'
    homes.set(name, await act((tx) => addHome(tx, town, { number: 50 + index, measured })))
  }
  const late = {
    ...PLAN,
    code: 'late-plan',
    versions: PLAN.versions.map((one) => ({ ...one, effectiveFrom: '2026-01-15' })),
  }
  const { tariffId } = await act((tx) =>
    saveTariff(tx, { clientId: town.clientId, companyId: town.companyId, document: late, now: NOW }),
  )
  const customerOf = (name: string) => homes.get(name)?.customerId ?? 0
  await sql`delete from plan_assignment where customer_id = ${customerOf('plan_missing')}`.execute(owner.read)
  await sql`update plan_assignment set tariff_id = ${tariffId} where customer_id = ${customerOf('tariff_version_gap')}`.execute(
    owner.read,
  )
  await sql`update billing_account set hold_bills = true where customer_id = ${customerOf('bills_on_hold')}`.execute(
    owner.read,
  )
  await sql`update agreement set status = 'pending_start' where customer_id = ${customerOf('agreement_not_active')}`.execute(
    owner.read,
  )
  const gap = homes.get('usage_missing')
  if (gap) {
    const blocks = hourly(gap, 600, '2026-01-01', '2026-01-31')
    await act((tx) => recordBlocks(tx, { blocks, source: 'test', now: NOW }))
  }
  const flagged = homes.get('agreement_on_hold')
  if (flagged)
    await act((tx) =>
      setFlag(tx, { ...flagged, flag: 'hold', startDate: '2026-01-10', reason: 'meter test' }),
    )
})

const start = (billDate = '2026-02-01', chunkSize = 3) =>
  act((tx) =>
    startBillRun(tx, {
      clientId: town.clientId,
      cycleCode: CYCLE,
      billDate,
      mode: 'live',
      chunkSize,
      ...done,
    }),
  )

test('each trouble holds its own account, with its reason, and no other', async () => {
  const run = await start()
  await workBillRun(worker, run)
  expect(await runProgress(db.read, run)).toMatchObject({
    billed: 1,
    held: 7,
    nothingDue: 0,
    amountCents: 5632,
  })
  const { items } = await findWorkItems(db.read, {
    clientId: town.clientId,
    status: 'open',
    limit: 20,
    offset: 0,
  })
  expect(items.map((item) => [item.reasonCode, item.customerId]).sort()).toEqual(
    [...homes].map(([name, home]) => [name, home.customerId]).sort(),
  )
  expect(items.find((item) => item.reasonCode === 'usage_missing')?.reason).toBe(
    '24 of 744 intervals from 2026-01-01 to 2026-02-01 are missing; import or estimate them.',
  )
  expect(await broken(db)).toEqual([])
})

test('what is mended is billed by the next run, and its work item closes', async () => {
  const flagged = homes.get('agreement_on_hold')
  if (!flagged) throw new Error('no such home')
  await act((tx) => clearFlag(tx, { ...flagged, flag: 'hold', endDate: '2026-01-20' }))
  const run = await start()
  await workBillRun(worker, run)
  expect(await runProgress(db.read, run)).toMatchObject({ billed: 1, held: 6, nothingDue: 1 })
  const filter = { clientId: town.clientId, customerId: flagged.customerId, limit: 20, offset: 0 }
  expect((await findWorkItems(db.read, filter)).items).toMatchObject([
    { status: 'done', closedBy: 'bill_run:2' },
  ])
})

test('a second live run beside an unfinished one is refused; pause, resume and cancel follow the state', async () => {
  const run = await start('2026-03-01')
  await expect(start('2026-03-01')).rejects.toMatchObject({ code: 'bill_run_unfinished' })
  await act((tx) => pauseBillRun(tx, { ...run, ...done }))
  await workBillRun(worker, run)
  expect(await runProgress(db.read, run)).toMatchObject({ status: 'paused', chunksDone: 0 })
  await expect(act((tx) => pauseBillRun(tx, { ...run, ...done }))).rejects.toMatchObject({
    code: 'bill_run_state',
  })
  await act((tx) => resumeBillRun(tx, { ...run, ...done }))
  await act((tx) => cancelBillRun(tx, { ...run, ...done }))
  await workBillRun(worker, run)
  expect(await runProgress(db.read, run)).toMatchObject({ status: 'cancelled', billed: 0 })
  await expect(act((tx) => resumeBillRun(tx, { ...run, ...done }))).rejects.toMatchObject({
    code: 'bill_run_state',
  })
})

test('an account that the database refuses is held alone, and its chunk is billed', async () => {
  const [home] = town.homes
  await sql`alter table bill add constraint nobody_else check (customer_id <> ${sql.lit(home?.customerId ?? 0)} or bill_id < 2)`.execute(
    owner.read,
  )
  const run = await start('2026-03-01')
  await workBillRun(worker, run)
  const { items } = await findWorkItems(db.read, {
    clientId: town.clientId,
    status: 'open',
    customerId: home?.customerId ?? 0,
    limit: 5,
    offset: 0,
  })
  expect(items).toMatchObject([{ reasonCode: 'billing_defect' }])
  expect(await runProgress(db.read, run)).toMatchObject({ status: 'complete', billed: 1, held: 7 })
  await sql`alter table bill drop constraint nobody_else`.execute(owner.read)
  expect(await broken(db)).toEqual([])
})

test('an agreement without a point says so', async () => {
  const pointless = await act((tx) => addHome(tx, town, { number: 90 }))
  const { customerId, accountNumber } = pointless
  const second = {
    customerId,
    accountNumber,
    startDate: '2026-01-01',
    serviceKind: 'electricity' as const,
    now: NOW,
  }
  await act((tx) => startAgreement(tx, { ...second, tariffId: town.tariffId }))
  const bill = { customerId, accountNumber, periodEnd: '2026-02-01', billDate: '2026-04-02', ...done }
  await expect(act((tx) => completeBill(tx, bill))).rejects.toMatchObject({ code: 'service_point_missing' })
})

test('an agreement is charged while its neighbour on the account is held; the bill waits for both', async () => {
  const home = await act((tx) => addHome(tx, town, { number: 80 }))
  const { customerId, accountNumber, agreementId } = home
  const sibling = await act((tx) =>
    startAgreement(tx, {
      customerId,
      accountNumber,
      startDate: '2026-01-01',
      serviceKind: 'electricity',
      points: [],
      tariffId: town.tariffId,
      now: NOW,
    }),
  )
  const until = { customerId, accountNumber, periodEnd: '2026-02-01', ...done }
  const charge = (id: number) =>
    act((tx) => chargeAgreement(tx, { ...until, agreementId: id, chargedOn: '2026-02-01' }))
  await expect(charge(sibling)).rejects.toMatchObject({ code: 'service_point_missing' })
  expect(await charge(agreementId)).toHaveLength(1)
  const bill = act((tx) => completeBill(tx, { ...home, ...until, billDate: '2026-02-01' }))
  await expect(bill).rejects.toMatchObject({ code: 'service_point_missing' })
  expect(await broken(db)).toEqual([])
})

test('nothing is posted into a closed period', async () => {
  const [home] = town.homes
  if (!home) throw new Error('no home')
  await act((tx) => closeBooks(tx, { clientId: town.clientId, through: '2026-03' }))
  const bill = { ...home, periodEnd: '2026-03-01', billDate: '2026-03-02', ...done }
  await expect(act((tx) => completeBill(tx, bill))).rejects.toMatchObject({ code: 'period_closed' })
  expect(await act((tx) => completeBill(tx, { ...bill, accountingDate: '2026-04-01' }))).toMatchObject({
    billId: 2,
  })
  expect(await broken(db)).toEqual([])
})

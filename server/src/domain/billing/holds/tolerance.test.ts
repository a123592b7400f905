import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, type Home, hourly, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { recordBlocks } from '../../usage/index.ts'
import { findWorkItems } from '../../work/index.ts'
import {
  completeBill,
  getBill,
  holdBills,
  previewBill,
  releaseHold,
  resumeBills,
  saveTolerance,
  startBillRun,
  workBillRun,
} from '../index.ts'
import { findingsOf, type NewCharge, type PastCharge, type Tolerance } from './tolerance.ts'

const RULE: Tolerance = {
  ruleNumber: 1,
  companyId: null,
  customerClass: null,
  kind: 'high',
  percent: '50',
  amountCents: 1000,
  inARow: 1,
  outcome: 'hold',
  startDate: '2026-01-01',
  endDate: null,
}
const month = (start: string, end: string, amountCents: number, estimated = false): PastCharge => ({
  startDate: start,
  endDate: end,
  amountCents,
  estimated,
})
const charge = (amountCents: number, more: Partial<NewCharge> = {}): NewCharge => ({
  ...month('2026-01-01', '2026-02-01', amountCents),
  idle: false,
  ...more,
})
const kindsOf = (rule: Partial<Tolerance>, one: NewCharge, past: PastCharge[] = []) =>
  findingsOf([{ ...RULE, ...rule }], one, past).map(({ rule: { kind } }) => kind)

test('high and low compare with the same days of a year ago, else with the average, by day', () => {
  // A year ago 31 days for 100.00: 50 % more is 150.00, and the charge must be more than that
  const yearAgo = [month('2025-01-01', '2025-02-01', 10_000), month('2025-12-01', '2026-01-01', 90_000)]
  expect(kindsOf({}, charge(15_000), yearAgo)).toEqual([])
  expect(kindsOf({}, charge(15_001), yearAgo)).toEqual(['high'])
  // Two months of 30 days for 60.00 each: 2.00 a day, 62.00 for 31 days; half of it is 31.00
  const average = [month('2025-10-02', '2025-11-01', 6000), month('2025-11-02', '2025-12-02', 6000)]
  expect(kindsOf({ kind: 'low' }, charge(3100), average)).toEqual([])
  expect(kindsOf({ kind: 'low' }, charge(3099), average)).toEqual(['low'])
  // The margin in cents: 12.00 expected; 22.00 is only 10.00 more
  const small = [month('2025-01-01', '2025-02-01', 1200)]
  expect([kindsOf({}, charge(2200), small), kindsOf({}, charge(2201), small)]).toEqual([[], ['high']])
  expect(kindsOf({}, charge(99_999))).toEqual([])
})

test('nothing used, a credit, and estimates in a row are found', () => {
  expect([
    kindsOf({ kind: 'zero' }, charge(900, { idle: true })),
    kindsOf({ kind: 'zero' }, charge(900)),
  ]).toEqual([['zero'], []])
  expect([kindsOf({ kind: 'negative' }, charge(-1)), kindsOf({ kind: 'negative' }, charge(0))]).toEqual([
    ['negative'],
    [],
  ])
  const estimated = [month('2025-11-01', '2025-12-01', 1, true), month('2025-12-01', '2026-01-01', 1, true)]
  const three = { kind: 'estimated', inARow: 3 } as const
  expect(kindsOf(three, charge(1, { estimated: true }), estimated)).toEqual(['estimated'])
  expect(kindsOf(three, charge(1), estimated)).toEqual([])
  expect(kindsOf(three, charge(1, { estimated: true }), estimated.slice(1))).toEqual([])
  expect(kindsOf({ ...three, inARow: 1 }, charge(1, { estimated: true }))).toEqual(['estimated'])
})

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const town = await act((tx) => buildTown(tx, 0))
const { clientId } = town
const february = { periodEnd: '2026-03-01', billDate: '2026-03-01', ...done }
const billed = async (number: number): Promise<Home> => {
  const home = await act((tx) => addHome(tx, town, { number, wattHours: 600 }))
  await act((tx) => completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }))
  return home
}
const high = await billed(1)
const usual = await billed(2)
// February at 2 kWh an hour: 1344 kWh -> 50.00 + 844 x 0.12 = 101.28 + 9.00 = 160.28; 8.014 -> 8.01; 168.29
const blocks = hourly(high, 2000, '2026-02-01', '2026-03-01')
await act((tx) => recordBlocks(tx, { blocks, source: 'corrected', now: NOW }))

test('a run holds what is far too high with a work item, bills the rest, and bills it once it is released', async () => {
  await act((tx) => saveTolerance(tx, { ...RULE, clientId, ...done }))
  const run = async () => {
    const input = {
      clientId,
      cycleCode: 'C01',
      billDate: '2026-03-01',
      periodEnd: '2026-03-01',
      mode: 'live' as const,
    }
    const { runId } = await act((tx) => startBillRun(tx, { ...input, ...done }))
    await workBillRun({ database: db, clock: () => NOW, worker: 'test', actor: ACTOR }, { clientId, runId })
  }
  const open = async () =>
    (await findWorkItems(db.read, { clientId, status: 'open', limit: 10, offset: 0 })).items.map(
      ({ reasonCode, detail }) => ({ reasonCode, detail }),
    )
  await run()
  expect(await open()).toMatchObject([
    // January was 56.32 for 31 days: 50.87 for 28
    {
      reasonCode: 'tolerance_high',
      detail: { amountCents: 16_829, expectedCents: 5087, startDate: '2026-02-01' },
    },
  ])
  await expect(
    act((tx) => previewBill(tx, { ...usual, ...february }, async (bill) => bill)),
  ).rejects.toMatchObject({
    code: 'nothing_to_bill',
  })
  const release = { ...high, periodEnd: '2026-03-01', reason: 'read again', ...done }
  await expect(act((tx) => releaseHold(tx, { ...release, ...usual }))).rejects.toMatchObject({
    code: 'nothing_held',
  })
  await expect(act((tx) => releaseHold(tx, { ...release, reason: ' ' }))).rejects.toMatchObject({
    code: 'reason_missing',
  })
  expect(await act((tx) => releaseHold(tx, release))).toBe(1)
  expect(await open()).toEqual([])
  await run()
  expect((await getBill(db.read, { customerId: high.customerId, billId: 2 })).chargesCents).toBe(16_829)
  expect(await broken(db)).toEqual([])
})

test('a release lets exactly what was looked at pass: another amount is held again', async () => {
  const home = await billed(3)
  const use = (wattHours: number) =>
    act((tx) =>
      recordBlocks(tx, {
        blocks: hourly(home, wattHours, '2026-02-01', '2026-03-01'),
        source: 'test',
        now: NOW,
      }),
    )
  await use(2000)
  await act((tx) => releaseHold(tx, { ...home, periodEnd: '2026-03-01', reason: 'seen', ...done }))
  await use(3000)
  await expect(act((tx) => completeBill(tx, { ...home, ...february }))).rejects.toMatchObject({
    code: 'tolerance_high',
  })
  await use(2000)
  expect(await act((tx) => completeBill(tx, { ...home, ...february }))).toMatchObject({
    chargesCents: 16_829,
  })
})

test('a rule that only warns lets the bill say so', async () => {
  const home = await billed(4)
  await act((tx) =>
    recordBlocks(tx, { blocks: hourly(home, 2000, '2026-02-01', '2026-03-01'), source: 'test', now: NOW }),
  )
  await act((tx) => saveTolerance(tx, { ...RULE, outcome: 'warn', clientId, ...done }))
  const bill = await act((tx) => completeBill(tx, { ...home, ...february }))
  expect((await getBill(db.read, bill)).messages).toMatchObject([
    { messageCode: 'high_bill', title: { en: 'Higher than usual' } },
  ])
})

test('an account, or an agreement, is held by hand until its bills are resumed', async () => {
  const home = await billed(5)
  const hold = {
    customerId: home.customerId,
    accountNumber: home.accountNumber,
    reason: 'dispute',
    from: '2026-02-10',
  }
  await act((tx) => holdBills(tx, { ...hold, ...done }))
  await expect(act((tx) => holdBills(tx, { ...hold, ...done }))).rejects.toMatchObject({
    code: 'bills_hold_state',
  })
  await expect(act((tx) => completeBill(tx, { ...home, ...february }))).rejects.toMatchObject({
    code: 'bills_on_hold',
  })
  await act((tx) => resumeBills(tx, { ...hold, ...done }))
  const one = { ...hold, agreementId: home.agreementId }
  await act((tx) => holdBills(tx, { ...one, ...done }))
  await expect(act((tx) => completeBill(tx, { ...home, ...february }))).rejects.toMatchObject({
    code: 'agreement_on_hold',
  })
  await act((tx) => resumeBills(tx, { ...one, from: '2026-02-20', ...done }))
  expect(await act((tx) => completeBill(tx, { ...home, ...february }))).toMatchObject({ chargesCents: 5179 })
})

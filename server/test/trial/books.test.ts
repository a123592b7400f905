import { expect, test } from 'vitest'
import { moveToBillingAccount } from '../../src/domain/agreements/index.ts'
import {
  billsOfAccount,
  cancelCharge,
  chargesOfAgreement,
  completeBill,
  rebillCharge,
  startBillRun,
  workBillRun,
} from '../../src/domain/billing/index.ts'
import { openBillingAccount } from '../../src/domain/customers/index.ts'
import { cancelPayment, recordPayment } from '../../src/domain/payments/index.ts'
import { balances, itemsOfAgreement } from '../../src/domain/receivables/index.ts'
import type { Tx } from '../../src/platform/db/index.ts'
import { ACTOR, buildTown, CYCLE, type Home, NOW } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { broken } from '../support/verified.ts'

/**
 * Corrections in awkward orders. Home n uses 0.5 + 0.1 n kWh every hour; a month costs 9.00, 0.10 a kWh up to 500 kWh
 * and 0.12 above, and 5 % of that.
 */
const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const town = await act((tx) => buildTown(tx, 7))
const homeAt = (index: number) => town.homes[index] as Home

const bill = (home: Home, month: string) =>
  act((tx) => completeBill(tx, { ...home, periodEnd: month, billDate: month, ...done }))

async function owed({ customerId }: Home): Promise<number> {
  const found = await balances(db.read, [customerId], '2026-04-02')
  return found.reduce((sum, one) => sum + one.payoffCents, 0)
}

const pay = (home: Home, amountCents: number) =>
  act((tx) =>
    recordPayment(tx, {
      payerCustomerId: home.customerId,
      accounts: [{ ...home, amountCents }],
      paymentDate: '2026-03-10',
      source: 'counter',
      tender: { method: 'cash' },
      ...done,
    }),
  )

const correction = ({ customerId }: Home, chargeId: number) => ({
  customerId,
  chargeId,
  reason: 'trial',
  correctedOn: '2026-04-02',
  ...done,
})

const live = async (home: Home) =>
  (await chargesOfAgreement(db.read, home)).filter((charge) => charge.status === 'frozen')

test('rebilled twice in a row, unchanged: the same is owed, and the replaced charge cannot be touched again', async () => {
  const home = homeAt(0)
  // 744 h x 0.6 = 446.4 kWh -> 44.64 + 9.00 = 53.64; 2.682 -> 2.68
  expect((await bill(home, '2026-02-01')).chargesCents).toBe(5632)
  const second = await act((tx) => rebillCharge(tx, correction(home, 1)))
  const third = await act((tx) => rebillCharge(tx, correction(home, second)))
  expect(await owed(home)).toBe(5632)
  expect((await live(home)).map((charge) => charge.chargeId)).toEqual([third])
  for (const again of [1, second])
    await expect(act((tx) => rebillCharge(tx, correction(home, again)))).rejects.toMatchObject({
      code: 'charge_not_frozen',
    })
  expect(await broken(db)).toEqual([])
})

test('a charge cancelled after it was paid leaves the money as a credit, which pays its successor', async () => {
  const home = homeAt(1)
  // 744 h x 0.7 = 520.8 kWh -> 50.00 + 20.8 x 0.12 = 2.496 -> 2.50; 9.00; 5 % of 61.50 = 3.075 -> 3.08
  expect((await bill(home, '2026-02-01')).chargesCents).toBe(6458)
  await pay(home, 6458)
  expect(await owed(home)).toBe(0)
  await act((tx) => cancelCharge(tx, correction(home, 1)))
  expect(await owed(home)).toBe(-6458)
  expect(await broken(db)).toEqual([])
  const next = await bill(home, '2026-03-01')
  // January once more, and February: 672 h x 0.7 = 470.4 kWh -> 47.04 + 9.00 = 56.04; 2.802 -> 2.80
  expect(await owed(home)).toBe(5884)
  expect(next.amountDueCents).toBe(5884)
  await expect(act((tx) => cancelCharge(tx, correction(home, 1)))).rejects.toMatchObject({
    code: 'charge_not_frozen',
  })
  expect(await broken(db)).toEqual([])
})

test('a cancelled payment that had settled two bills and a part of a third is owed again, item by item', async () => {
  const home = homeAt(2)
  for (const month of ['2026-02-01', '2026-03-01', '2026-04-01']) await bill(home, month)
  const before = await owed(home)
  const event = await pay(home, before - 1)
  expect(await owed(home)).toBe(1)
  const cancel = {
    payerCustomerId: home.customerId,
    eventNumber: event ?? 0,
    reason: 'bounced',
    cancelledOn: '2026-03-20',
    ...done,
  }
  await act((tx) => cancelPayment(tx, cancel))
  expect(await owed(home)).toBe(before)
  const debits = (await itemsOfAgreement(db.read, home.customerId, home.agreementId)).filter(
    (item) => item.kind === 'charge',
  )
  expect(debits.map((item) => item.unsettledCents - item.amountCents)).toEqual([0, 0, 0])
  await expect(act((tx) => cancelPayment(tx, cancel))).rejects.toMatchObject({ code: 'payment_cancelled' })
  expect(await broken(db)).toEqual([])
})

test('an agreement that moved keeps its debt in balance when an old charge is cancelled, paid or not', async () => {
  const home = homeAt(3)
  await bill(home, '2026-02-01')
  await pay(home, 1000)
  const address = { line1: '4 Elm St', city: 'Springfield', state: 'IL', postalCode: '62701' }
  const { customerId } = home
  const accountNumber = await act((tx) =>
    openBillingAccount(tx, {
      customerId,
      cycleCode: CYCLE,
      openedOn: '2026-02-15',
      mailingAddress: address,
    }),
  )
  await act((tx) => moveToBillingAccount(tx, { ...home, accountNumber, ...done }))
  expect(await broken(db)).toEqual([])
  await act((tx) => cancelCharge(tx, correction(home, 1)))
  expect(await owed(home)).toBe(-1000)
  expect(await broken(db)).toEqual([])
  await bill({ ...home, accountNumber }, '2026-02-01')
  // 744 h x 0.9 = 669.6 kWh -> 50.00 + 169.6 x 0.12 = 20.352 -> 20.35; 9.00; 5 % of 79.35 = 3.9675 -> 3.97; less 10.00
  expect(await owed(home)).toBe(8332 - 1000)
  expect(await broken(db)).toEqual([])
})

test('payments, a cancellation and a run of the cycle at once end as if one after the other', async () => {
  const home = homeAt(4)
  await bill(home, '2026-02-01')
  const wish = { clientId: town.clientId, cycleCode: CYCLE, billDate: '2026-03-01', mode: 'live' as const }
  const run = await act((tx) => startBillRun(tx, { ...wish, chunkSize: 2, ...done }))
  const worker = (name: string) => ({ database: db, clock: () => NOW, worker: name, actor: ACTOR })
  await Promise.all([
    workBillRun(worker('one'), run),
    workBillRun(worker('two'), run),
    ...[1, 2, 3].map(() => pay(home, 500)),
    act((tx) => rebillCharge(tx, correction(home, 1))),
  ])
  // January: 744 kWh -> 50.00 + 244 x 0.12 = 29.28; 9.00; 5 % of 88.28 = 4.414 -> 4.41; 92.69
  // February: 672 kWh -> 50.00 + 172 x 0.12 = 20.64; 9.00; 5 % of 79.64 = 3.982 -> 3.98; 83.62
  expect(await owed(home)).toBe(9269 + 8362 - 3 * 500)
  expect(await broken(db)).toEqual([])
})

test('two runs of overlapping windows at once bill no period twice', async () => {
  const wish = { clientId: town.clientId, cycleCode: CYCLE, mode: 'live' as const }
  const ends = await Promise.allSettled(
    ['2026-03-01', '2026-04-01'].map(async (billDate) => {
      const run = await act((tx) => startBillRun(tx, { ...wish, billDate, ...done }))
      await workBillRun({ database: db, clock: () => NOW, worker: billDate, actor: ACTOR }, run)
    }),
  )
  for (const end of ends)
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ kind: 'conflict' })
  for (const home of town.homes) {
    const periods = (await live(home)).map(({ startDate, endDate }) => `${startDate} ${endDate}`)
    expect(new Set(periods).size).toBe(periods.length)
  }
  expect((await billsOfAccount(db.read, homeAt(6))).length).toBeGreaterThan(0)
  expect(await broken(db)).toEqual([])
})

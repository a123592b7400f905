import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, hourly, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import { checkBillDocument } from '../../../formats/pdf/index.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { recordPayment } from '../../payments/index.ts'
import {
  assessDeposit,
  balances,
  itemsOfBill,
  postedBy,
  previewAct,
  startBudget,
} from '../../receivables/index.ts'
import { recordBlocks } from '../../usage/index.ts'
import {
  assessLateFees,
  billDocument,
  cancelBill,
  cancelCharge,
  chargeEvent,
  completeBill,
  creditBill,
  explainBill,
  explainDifference,
  freezeCharge,
  proposeRebill,
  rebillCharge,
  reopenBill,
  saveLateFeeRule,
} from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const town = await act((tx) => buildTown(tx, 0))
const { clientId } = town

/** 1344 kWh in February: 50.00 + 844 x 0.12 = 101.28 + 9.00 = 160.28; 8.014 -> 8.01; 168.29. */
const home = await act((tx) => addHome(tx, town, { number: 1, wattHours: 600 }))
const { customerId, accountNumber, agreementId } = home
await act((tx) =>
  recordBlocks(tx, { blocks: hourly(home, 2000, '2026-02-01', '2026-03-01'), source: 'test', now: NOW }),
)
const billOn = (day: string) => (tx: Tx) =>
  completeBill(tx, { ...home, periodEnd: day, billDate: day, ...done })

/** Does an act for good, after it was shown: what it said and posted must be the same, to the last byte. */
async function same<Result>(step: (tx: Tx) => Promise<Result>): Promise<Result> {
  const shown = await act((tx) => previewAct(tx, [customerId], () => step(tx)))
  const made = await act((tx) => postedBy(tx, [customerId], () => step(tx)))
  expect(JSON.stringify(shown)).toBe(JSON.stringify(made))
  expect(made.posted.entries.length).toBeGreaterThan(0)
  expect(await broken(db)).toEqual([])
  return made.result
}

test('under a budget a bill asks for the budget, and says what it leaves for later', async () => {
  const budget = { customerId, accountNumber, amounts: [{ agreementId, amountCents: 9000 }] }
  await act((tx) => startBudget(tx, { ...budget, day: '2026-01-01', ...done }))
  const low = await same(billOn('2026-02-01'))
  // 56.32 charged, 90.00 asked
  expect(low).toMatchObject({ chargesCents: 5632, creditsCents: 3368, amountDueCents: 9000 })
  const document = await billDocument(db.read, low)
  checkBillDocument(document)
  expect(document.balance.activity).toMatchObject([
    { text: 'Budget billing adjustment', amountCents: 3368, ask: true },
  ])
  const high = await same(billOn('2026-03-01'))
  // 168.29 charged, 90.00 asked beside the 90.00 before
  expect(high).toMatchObject({ chargesCents: 16_829, creditsCents: -7829, amountDueCents: 18_000 })
  expect(await balances(db.read, [customerId], '2026-03-01')).toMatchObject([
    { currentCents: 18_000, payoffCents: 5632 + 16_829 },
  ])
  expect((await explainBill(db.read, high)).reproduced).toBe(true)
  const { causes } = await explainDifference(db.read, high, low)
  expect(causes.find(({ code }) => code === 'asked')?.amountCents).toBe(-7829 - 3368)
})

test('a budget bill is reopened with what it asked for, and asks for the same again', async () => {
  const before = await billDocument(db.read, { customerId, billId: 2 })
  const undo = { customerId, billId: 2, reason: 'test', correctedOn: '2026-03-05', ...done }
  await same((tx) => reopenBill(tx, undo))
  // February is owed, and asked for in full until the bill is there again
  expect(await balances(db.read, [customerId], '2026-03-01')).toMatchObject([
    { currentCents: 9000 + 16_829, payoffCents: 5632 + 16_829 },
  ])
  const again = await same(billOn('2026-03-01'))
  expect(again).toMatchObject({ billId: 2, amountDueCents: 18_000 })
  expect((await billDocument(db.read, again)).balance.activity).toEqual(before.balance.activity)
})

test('corrections, credit notes, fees and cancellations post what their previews showed', async () => {
  const correction = { customerId, chargeId: 2, reason: 'test', correctedOn: '2026-03-10', ...done }
  const march = hourly(home, 1000, '2026-02-10', '2026-02-11')
  await act((tx) => recordBlocks(tx, { blocks: march, source: 'corrected', now: NOW }))
  const rebilled = await same((tx) => rebillCharge(tx, correction))
  const twin = await act((tx) => proposeRebill(tx, { ...correction, chargeId: rebilled }))
  await same((tx) => freezeCharge(tx, { customerId, chargeId: twin, frozenOn: '2026-03-11', ...done }))
  const lines = [{ code: 'a', text: { en: 'A', es: 'A' }, amountCents: 1234, ledgerCode: 'revenue_fee' }]
  const event = await same((tx) => chargeEvent(tx, { ...home, chargedOn: '2026-03-12', lines, ...done }))
  await same((tx) => cancelCharge(tx, { ...correction, chargeId: event, correctedOn: '2026-03-13' }))
  const rule = { ruleCode: 'late', companyId: null, customerClass: null, debtClass: null, percent: '2' }
  const figures = { flatCents: 0, graceDays: 0, minimumCents: 0, capCents: null, repeats: 'once' as const }
  await act((tx) =>
    saveLateFeeRule(tx, { clientId, ...rule, ...figures, startDate: '2026-01-01', endDate: null, ...done }),
  )
  await same((tx) => assessLateFees(tx, { clientId, customerIds: [customerId], day: '2026-03-20', ...done }))
  const note = await same((tx) =>
    creditBill(tx, { customerId, billId: 1, reason: 'test', correctedOn: '2026-03-21', ...done }),
  )
  // Its budget month of 90.00 goes with its charge of 56.32, which had left 33.68 to be asked for beside it
  const asked = await itemsOfBill(db.read, customerId, note.billId)
  const taken = asked.filter(({ kind }) => kind.endsWith('_cancel')).map((one) => one.amountCents)
  expect(taken.filter((cents) => cents === -5632 || cents === -3368)).toHaveLength(2)
  const last = await same(billOn('2026-04-01'))
  await same((tx) => cancelBill(tx, { ...last, reason: 'test', correctedOn: '2026-04-02', ...done }))
})

test('what was paid too much pays a bill that is completed twice only once', async () => {
  const other = await act((tx) => addHome(tx, town, { number: 2, wattHours: 600 }))
  const payment = {
    payerCustomerId: other.customerId,
    accounts: [{ ...other, amountCents: 10_000 }],
    paymentDate: '2026-01-10',
    source: 'counter' as const,
    tender: { method: 'cash' as const },
  }
  await act((tx) => recordPayment(tx, { ...payment, ...done }))
  const deposit = { ...other, amountCents: 1000, day: '2026-01-02', reason: 'credit' as const }
  await act((tx) => assessDeposit(tx, { ...deposit, ...done }))
  const bill = (tx: Tx) =>
    completeBill(tx, { ...other, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done })
  const first = await act(bill)
  // 56.32 + 10.00 - 100.00
  expect(first.amountDueCents).toBe(5632 + 1000 - 10_000)
  await act((tx) => reopenBill(tx, { ...first, reason: 'test', correctedOn: '2026-02-02', ...done }))
  expect(await act(bill)).toEqual(first)
  expect(await broken(db)).toEqual([])
})

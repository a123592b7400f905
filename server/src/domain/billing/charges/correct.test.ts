import { expect, test } from 'vitest'
import { ACTOR, buildTown, hourly, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import { checkBillDocument } from '../../../formats/pdf/index.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { cancelPayment, recordPayment } from '../../payments/index.ts'
import { balances } from '../../receivables/index.ts'
import { recordBlocks } from '../../usage/index.ts'
import {
  billDocument,
  chargeAgreement,
  completeBill,
  explainBill,
  explainDifference,
  getBill,
  previewBill,
  rebillCharge,
} from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const town = await act((tx) => buildTown(tx, 2))
const [home, other] = town.homes as [(typeof town.homes)[0], (typeof town.homes)[0]]
const { customerId } = home
const january = { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', now: NOW }

test('a preview is the bill itself, to the last field', async () => {
  const preview = await act((tx) => previewBill(tx, january, (bill) => billDocument(tx, bill)))
  const bill = await act((tx) => completeBill(tx, { ...january, actor: ACTOR }))
  expect(await billDocument(db.read, bill)).toEqual(preview)
  checkBillDocument(preview)
  expect(bill.amountDueCents).toBe(5632)
  await expect(act((tx) => completeBill(tx, { ...january, actor: ACTOR }))).rejects.toMatchObject({
    code: 'nothing_to_bill',
  })
})

test('too much paid is held, and the next bill uses it', async () => {
  const payment = {
    paymentDate: '2026-02-10',
    source: 'counter' as const,
    tender: { method: 'cash' as const },
  }
  const accounts = [{ ...home, amountCents: 6000 }]
  await act((tx) => recordPayment(tx, { payerCustomerId: customerId, accounts, ...payment, ...done }))
  const february = { ...home, periodEnd: '2026-03-01', billDate: '2026-03-01', ...done }
  const bill = await act((tx) => completeBill(tx, february))
  // 28 x 24 x 0.6 = 403.2 kWh -> 40.32 + 9.00 = 49.32; 5 % = 2.466 -> 2.47; 51.79. 56.32 - 60.00 + 51.79 = 48.11
  expect(bill).toMatchObject({
    previousCents: 5632,
    creditsCents: -6000,
    chargesCents: 5179,
    amountDueCents: 4811,
  })
  expect(await balances(db.read, [customerId], '2026-03-01')).toMatchObject([{ payoffCents: 4811 }])
  const document = await billDocument(db.read, bill)
  checkBillDocument(document)
  expect(document.explanation).toBe(
    'Your new charges are $4.53 less than on your last bill: you used 43.2 kWh less and this period is 3 days shorter.',
  )
  expect(await broken(db)).toEqual([])
})

test('a corrected day is rebilled, and the next bill shows both', async () => {
  // 2 January used 2 kWh an hour, not 0.6: 24 x 1.4 = 33.6 kWh more
  const blocks = hourly(home, 2000, '2026-01-02', '2026-01-03')
  await act((tx) => recordBlocks(tx, { blocks, source: 'corrected', now: NOW }))
  const correction = {
    customerId,
    chargeId: 1,
    reason: 'corrected reading',
    correctedOn: '2026-03-10',
    ...done,
  }
  await act((tx) => rebillCharge(tx, correction))
  expect(await broken(db)).toEqual([])
  const bill = await act((tx) =>
    completeBill(tx, { ...home, periodEnd: '2026-04-01', billDate: '2026-04-01', ...done }),
  )
  const whole = await getBill(db.read, bill)
  // 480.0 kWh -> 48.00 + 9.00 = 57.00; 2.85; 59.85. March: 743 h x 0.6 = 445.8 -> 44.58 + 9.00; 2.679 -> 2.68; 56.26
  expect(whole.charges.map((charge) => charge.amountCents)).toEqual([5985, 5626])
  expect(whole).toMatchObject({ previousCents: 4811, creditsCents: -5632, chargesCents: 11611 })
  checkBillDocument(await billDocument(db.read, bill))
  expect(await broken(db)).toEqual([])
})

test('every bill reproduces from what it saw, the corrected one from the old readings', async () => {
  for (const billId of [1, 2, 3])
    expect((await explainBill(db.read, { customerId, billId })).reproduced).toBe(true)
})

test('causes of a difference sum to it', async () => {
  const { causes, differenceCents } = await explainDifference(
    db.read,
    { customerId, billId: 2 },
    { customerId, billId: 1 },
  )
  // January's load a day over 28 days is February's: all of the -4.53 is days; then previous 56.32, credits -60.00
  expect(causes.map(({ code, amountCents }) => [code, amountCents])).toEqual([
    ['period', -453],
    ['previous', 5632],
    ['credits', -6000],
  ])
  expect(differenceCents).toBe(4811 - 5632)
})

test('one payment for two customers meets in clearing; cancelled, both owe again', async () => {
  await act((tx) => completeBill(tx, { ...other, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }))
  const accounts = [
    { ...home, amountCents: 1000 },
    { ...other, amountCents: 2000 },
  ]
  const owed = () => balances(db.read, [customerId, other.customerId], '2026-03-01')
  const before = await owed()
  const payment = {
    payerCustomerId: customerId,
    accounts,
    paymentDate: '2026-04-02',
    source: 'lockbox' as const,
    tender: { method: 'check' as const, reference: '1001' },
    ...done,
  }
  const eventNumber = await act((tx) => recordPayment(tx, payment))
  expect(await broken(db)).toEqual([])
  const cancel = { payerCustomerId: customerId, eventNumber: eventNumber ?? 0, reason: 'bounced' }
  await act((tx) => cancelPayment(tx, { ...cancel, cancelledOn: '2026-04-03', ...done }))
  expect(await owed()).toEqual(before)
  expect(await broken(db)).toEqual([])
})

test('a charge left freezable is posted with its bill', async () => {
  const february = {
    ...other,
    periodEnd: '2026-03-01',
    chargedOn: '2026-03-01',
    freeze: 'with_bill' as const,
  }
  await act((tx) => chargeAgreement(tx, { ...february, ...done }))
  expect(await broken(db)).toEqual([])
  const bill = await act((tx) =>
    completeBill(tx, { ...other, periodEnd: '2026-03-01', billDate: '2026-03-02', ...done }),
  )
  // 28 x 24 x 0.7 = 470.4 kWh -> 47.04 + 9.00 = 56.04; 2.802 -> 2.80; 58.84
  expect(bill.chargesCents).toBe(5884)
  expect(await broken(db)).toEqual([])
})

import { expect, test } from 'vitest'
import {
  billDocument,
  billsOfAccount,
  cancelBill,
  completeBill,
  creditBill,
  getBill,
  markRoutings,
  previewCreditNote,
  rebillCharge,
  reopenBill,
  takePaper,
} from '../../src/domain/billing/index.ts'
import { balances, postedBy, previewAct } from '../../src/domain/receivables/index.ts'
import { recordBlocks } from '../../src/domain/usage/index.ts'
import { checkBillDocument } from '../../src/formats/pdf/index.ts'
import { type Home, hourly } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { payCash } from '../support/debtors.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** A bill that was sent and paid is taken back by a credit note; the next one is reopened in time. The steps build on each other. */
const { db } = await testDatabase()
const world = await openWorld(db, { from: '2026-02-01' })
const [home] = world.homes as [Home]
const { customerId } = home
const bill = (periodEnd: string, billDate = world.today()) =>
  world.act((tx, done) => completeBill(tx, { ...home, periodEnd, billDate, ...done }))
const use = (wattHours: number, from: string, until: string) =>
  world.act((tx, done) =>
    recordBlocks(tx, { blocks: hourly(home, wattHours, from, until), source: 'corrected', now: done.now }),
  )
const owed = async () =>
  (await balances(db.read, [customerId], world.today())).reduce((sum, one) => sum + one.payoffCents, 0)
const undo = (billId: number, reason: string) => ({ customerId, billId, reason, correctedOn: world.today() })

/** What a print run does: the bills that wait are printed and marked as sent. */
const print = () =>
  world.act(async (tx, { now }) => {
    const copies = await takePaper(tx, { clientId: world.town.clientId, limit: 9 })
    await markRoutings(tx, copies, 'sent', now)
    return copies.map(({ billId }) => billId)
  })

test('the bill of January is printed, sent and paid', async () => {
  // 744 h x 0.6 kWh = 446.4 kWh x 0.10 = 44.64; 9.00; 5 % of 53.64 = 2.682
  expect(await bill('2026-02-01')).toMatchObject({ billId: 1, amountDueCents: 5632 })
  expect(await print()).toEqual([1])
  await world.through('2026-02-05')
  await payCash(world, home, 5632)
  expect(await owed()).toBe(0)
})

test('it was the neighbour’s meter: sent, the bill is not reopened; a credit note takes it back as previewed', async () => {
  await world.through('2026-02-10')
  const act = undo(1, 'The neighbour’s meter')
  const reopen = world.act((tx, done) => reopenBill(tx, { ...act, ...done }))
  await expect(reopen).rejects.toMatchObject({ code: 'bill_sent' })
  const shown = await world.act((tx, done) =>
    previewCreditNote(tx, { ...act, ...done }, (note) => billDocument(tx, note)),
  )
  const preview = await world.act((tx, done) =>
    previewAct(tx, [customerId], () => creditBill(tx, { ...act, ...done })),
  )
  const real = await world.act((tx, done) =>
    postedBy(tx, [customerId], () => creditBill(tx, { ...act, ...done })),
  )
  expect(preview).toEqual(real)
  const note = real.result
  expect(note).toMatchObject({ billId: 2, status: 'credit_note', replacesBillId: 1, amountDueCents: -5632 })
  expect(await billDocument(db.read, note)).toEqual(shown)
  checkBillDocument(shown)
  expect(await getBill(db.read, { customerId, billId: 1 })).toMatchObject({ status: 'complete' })
  const again = world.act((tx, done) => creditBill(tx, { ...act, ...done }))
  await expect(again).rejects.toMatchObject({ code: 'bill_credited' })
  expect([await owed(), await broken(db)]).toEqual([-5632, []])
})

test('January is billed again from the right meter, and what was paid pays it', async () => {
  await use(400, '2026-01-01', '2026-03-01')
  // 744 h x 0.4 kWh = 297.6 kWh x 0.10 = 29.76; 9.00; 5 % of 38.76 = 1.938; 40.70 - 56.32
  const again = await bill('2026-02-01')
  expect(again).toMatchObject({ billId: 3, previousCents: -5632, chargesCents: 4070, amountDueCents: -1562 })
  checkBillDocument(await billDocument(db.read, again))
  expect([await print(), await owed()]).toEqual([[2, 3], -1562])
  expect(await broken(db)).toEqual([])
})

test('the bill of February waits to be printed when a read comes in late: it is reopened, and nothing is printed', async () => {
  await world.through('2026-03-01')
  // 672 h x 0.4 kWh = 268.8 kWh x 0.10 = 26.88; 9.00; 5 % of 35.88 = 1.794; 37.67 - 15.62
  expect(await bill('2026-03-01')).toMatchObject({ billId: 4, chargesCents: 3767, amountDueCents: 2205 })
  await world.through('2026-03-02')
  await world.act((tx, done) => reopenBill(tx, { ...undo(4, 'Late read'), ...done }))
  expect(await print()).toEqual([])
  expect(await getBill(db.read, { customerId, billId: 4 })).toMatchObject({
    status: 'reopened',
    routings: [],
  })
  expect([await owed(), await broken(db)]).toEqual([2205, []])
})

test('its charge is billed again, and it is completed under its number with the corrected charge alone', async () => {
  await use(1400, '2026-02-28', '2026-03-01')
  const correction = { customerId, chargeId: 3, reason: 'Late read', correctedOn: world.today() }
  await world.act((tx, done) => rebillCharge(tx, { ...correction, ...done }))
  const february = await bill('2026-03-01')
  // 24 h x 1.0 kWh more = 292.8 kWh x 0.10 = 29.28; 9.00; 5 % of 38.28 = 1.914; 40.19 - 15.62
  expect(february).toMatchObject({ billId: 4, chargesCents: 4019, creditsCents: 0, amountDueCents: 2457 })
  const document = await billDocument(db.read, february)
  checkBillDocument(document)
  expect(document.balance.activity).toEqual([])
  expect(await print()).toEqual([4])
  await payCash(world, home, 2457)
  await world.through('2026-03-03')
  expect([await owed(), await broken(db)]).toEqual([0, []])
})

test('a sent bill that is cancelled leaves its days and its payment to the next one', async () => {
  await world.act((tx, done) => cancelBill(tx, { ...undo(4, 'Both months on one bill'), ...done }))
  expect(await owed()).toBe(-4019)
  await world.through('2026-04-01')
  const both = await bill('2026-04-01')
  // February again 40.19; March 743 h x 0.6 kWh = 445.8 kWh x 0.10 = 44.58; 9.00; 5 % of 53.58 = 2.679; 56.26
  expect(both.chargesCents).toBe(4019 + 5626)
  expect([both.amountDueCents, await owed()]).toEqual([5626, 5626])
  checkBillDocument(await billDocument(db.read, both))
  const all = await billsOfAccount(db.read, home, 9)
  expect(all.map(({ billId, status }) => `${billId} ${status}`)).toEqual([
    '5 complete',
    '4 cancelled',
    '3 complete',
    '2 credit_note',
    '1 complete',
  ])
  expect(await broken(db)).toEqual([])
})

import { expect, test } from 'vitest'
import {
  billDocument,
  cancelLateFee,
  completeBill,
  type LateFeeRule,
  lateFees,
  saveLateFeeRule,
} from '../../src/domain/billing/index.ts'
import { addProtection } from '../../src/domain/collections/index.ts'
import { addHoliday } from '../../src/domain/identity/index.ts'
import { postedBy, previewAct } from '../../src/domain/receivables/index.ts'
import { checkBillDocument } from '../../src/formats/pdf/index.ts'
import type { Home } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { owed, payCash } from '../support/debtors.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** A bill falls due on a holiday, is paid late, costs a fee, and the fee is waived. The steps build on each other. */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 3, from: '2026-02-01' })
const { clientId } = world.town
const [late, sheltered, prompt] = world.homes as [Home, Home, Home]
const RULE: LateFeeRule = {
  ...{ ruleCode: 'standard', companyId: null, customerClass: null, debtClass: null },
  ...{ percent: '1.5', flatCents: 0, graceDays: 5, minimumCents: 0, capCents: null },
  ...{ repeats: 'monthly', startDate: '2026-01-01', endDate: null },
}
const bill = (home: Home, billDate: string, periodEnd = billDate) =>
  world.act((tx, done) => completeBill(tx, { ...home, periodEnd, billDate, ...done }))
const feesOf = async ({ customerId }: Home) =>
  (await lateFees(db.read, customerId)).map((fee) => `${fee.assessedOn} ${fee.amountCents} ${fee.status}`)

test('a bill of 1 February is due after 21 days, and not on a Sunday nor on a holiday', async () => {
  await world.act(async (tx, done) => {
    await saveLateFeeRule(tx, { ...RULE, clientId, ...done })
    await addHoliday(tx, { clientId, holiday: '2026-02-23', name: 'Founders’ Day' })
  })
  const bills = []
  for (const home of world.homes) bills.push(await bill(home, '2026-02-01'))
  // 744 h x 0.6 kWh = 446.4 kWh x 0.10 = 44.64; 9.00; 5 % of 53.64 = 2.682
  // 744 h x 0.7 kWh = 520.8 kWh: 50.00 + 20.8 x 0.12 = 52.496; 9.00; 5 % of 61.50 = 3.075
  // 744 h x 0.8 kWh = 595.2 kWh: 50.00 + 95.2 x 0.12 = 61.424; 9.00; 5 % of 70.42 = 3.521
  expect(bills.map((one) => one.amountDueCents)).toEqual([5632, 6458, 7394])
  // 22 February is a Sunday, the Monday a holiday.
  expect(bills[0]?.dueDate).toBe('2026-02-24')
})

test('late after five days of grace: who owes pays a fee, who paid or is on hold does not', async () => {
  await payCash(world, prompt, 7394)
  await world.through('2026-02-10')
  await world.act((tx, done) =>
    addProtection(tx, {
      customerId: sheltered.customerId,
      ...{ kind: 'hold', startDate: '2026-02-10', endDate: '2026-03-10', reason: 'Meter is tested' },
      ...done,
    }),
  )
  await world.through('2026-03-01')
  expect(await feesOf(late)).toEqual([])
  await world.through('2026-03-02')
  // 1.5 % of 56.32 = 84.48 cents
  expect(await feesOf(late)).toEqual(['2026-03-02 84 posted'])
  expect([await feesOf(sheltered), await feesOf(prompt)]).toEqual([[], []])
  expect(await broken(db)).toEqual([])
})

test('the next bill shows the fee by its name', async () => {
  // 672 h x 0.6 kWh = 403.2 kWh x 0.10 = 40.32; 9.00; 5 % of 49.32 = 2.466
  const next = await bill(late, '2026-03-02', '2026-03-01')
  expect(next).toMatchObject({
    previousCents: 5632,
    creditsCents: 84,
    chargesCents: 5179,
    amountDueCents: 10_895,
  })
  const document = await billDocument(db.read, next)
  checkBillDocument(document)
  expect(document.balance.activity).toMatchObject([{ text: 'Late fee', amountCents: 84 }])
})

test('when the hold is over, what is still late costs its fee that day', async () => {
  await world.through('2026-03-10')
  // 1.5 % of 64.58 = 96.87 cents
  expect(await feesOf(sheltered)).toEqual(['2026-03-10 97 posted'])
  await payCash(world, sheltered, 6458 + 97)
})

test('the fee is waived as it was previewed, and never charged again for the same debt', async () => {
  const { customerId } = late
  const waive = { customerId, feeNumber: 1, reason: 'First time', cancelledOn: '2026-03-10' }
  const preview = await world.act((tx, done) =>
    previewAct(tx, [customerId], () => cancelLateFee(tx, { ...waive, ...done })),
  )
  const real = await world.act((tx, done) =>
    postedBy(tx, [customerId], () => cancelLateFee(tx, { ...waive, ...done })),
  )
  expect(preview.posted).toEqual(real.posted)
  const again = world.act((tx, done) => cancelLateFee(tx, { ...waive, ...done }))
  await expect(again).rejects.toMatchObject({ code: 'late_fee_cancelled' })
  expect(await owed(db, late)).toEqual([[late.agreementId, 10_811, 10_811]])
  await payCash(world, late, 10_811)
  await world.through('2026-04-01')
  expect(await feesOf(late)).toEqual(['2026-03-02 84 cancelled'])
})

test('the last bill tells it all: what was paid, and what was taken back', async () => {
  // 743 h (the clocks go forward) x 0.6 kWh = 445.8 kWh x 0.10 = 44.58; 9.00; 5 % of 53.58 = 2.679
  const last = await bill(late, '2026-04-01')
  expect(last).toMatchObject({ previousCents: 10_895, creditsCents: -10_895, chargesCents: 5626 })
  const document = await billDocument(db.read, last)
  checkBillDocument(document)
  expect(document.balance.activity.map(({ amountCents }) => amountCents)).toEqual([-84, -10_811])
  expect(await broken(db)).toEqual([])
})

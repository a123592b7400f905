import { expect, test } from 'vitest'
import { getAgreement } from '../../src/domain/agreements/index.ts'
import { billDocument, completeBill, monthlyWindows, saveCycle } from '../../src/domain/billing/index.ts'
import { collectionProcesses } from '../../src/domain/collections/index.ts'
import { noticesOf } from '../../src/domain/notices/index.ts'
import {
  arrangementTerms,
  contractSchedule,
  getContract,
  postedBy,
  previewAct,
  startArrangement,
} from '../../src/domain/receivables/index.ts'
import { recordBlocks } from '../../src/domain/usage/index.ts'
import { checkBillDocument } from '../../src/formats/pdf/index.ts'
import { CYCLE, type Home, hourly, NOW } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { owed, payCash } from '../support/debtors.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** A debt is arranged: down payment, one instalment paid with its bill, the next missed, all due. The steps build on each other. */
const { db } = await testDatabase()
const world = await openWorld(db, { from: '2026-02-01' })
const { clientId } = world.town
const [home] = world.homes as [Home]
const { customerId, accountNumber, agreementId } = home
await world.act(async (tx) => {
  const windows = monthlyWindows(CYCLE, '2026-05-01', 2)
  await saveCycle(tx, { clientId, cycleCode: CYCLE, name: 'First of the month', windows })
  await recordBlocks(tx, { blocks: hourly(home, 600, '2026-04-01', '2026-06-01'), source: 'test', now: NOW })
})

const bill = (day: string) =>
  world.act((tx, done) => completeBill(tx, { ...home, periodEnd: day, billDate: day, ...done }))
const arrange = {
  ...{ customerId, accountNumber, downPaymentCents: 1811, downPaymentDue: '2026-03-06' },
  ...{ split: { count: 3 }, day: '2026-03-03', requestedBy: 'Customer, by phone' },
}
const contract = { customerId, contractNumber: 1 }
const scheduleOf = async () =>
  (await contractSchedule(db.read, contract)).map(({ amountCents, status }) => `${amountCents} ${status}`)
const processesOf = async () =>
  (await collectionProcesses(db.read, customerId)).map(({ debtClass, endReason }) => [debtClass, endReason])
let holder = 0

test('two bills of 108.11 are arranged: 18.11 now and three times 30.00 on the bills', async () => {
  await bill('2026-02-01')
  await world.through('2026-03-01')
  await bill('2026-03-01')
  await world.through('2026-03-03')
  expect(await processesOf()).toEqual([['regulated', null]])
  // 744 h and 672 h of 0.6 kWh: 44.64 and 40.32 with 9.00 each and 5 %: 56.32 and 51.79
  expect(await owed(db, home)).toEqual([[agreementId, 10_811, 10_811]])
  const preview = await world.act((tx, done) =>
    previewAct(tx, [customerId], () => startArrangement(tx, { ...arrange, ...done })),
  )
  const real = await world.act((tx, done) =>
    postedBy(tx, [customerId], () => startArrangement(tx, { ...arrange, ...done })),
  )
  expect(preview).toEqual(real)
  holder = real.result.agreementId ?? 0
  expect(await owed(db, home)).toEqual([[holder, 10_811, 1811]])
  await world.through('2026-03-04')
  expect(await processesOf()).toEqual([['regulated', 'arrangement']])
})

test('the down payment is paid, and the first instalment with the bill that asks for it', async () => {
  await payCash(world, home, 1811)
  expect(await scheduleOf()).toEqual(['1811 paid', '3000 planned', '3000 planned', '3000 planned'])
  await world.through('2026-04-01')
  const april = await bill('2026-04-01')
  // 743 h (the clocks go forward) x 0.6 kWh = 445.8 kWh x 0.10 = 44.58; 9.00; 5 % of 53.58 = 2.679; and 30.00
  expect(april).toMatchObject({ chargesCents: 5626, amountDueCents: 5626 + 3000, dueDate: '2026-04-22' })
  const document = await billDocument(db.read, april)
  checkBillDocument(document)
  expect(document.balance.activity.at(-1)).toMatchObject({
    text: 'Payment arrangement, instalment 2 of 4',
    amountCents: 3000,
  })
  await world.through('2026-04-20')
  await payCash(world, home, 8626)
  expect(await owed(db, home)).toEqual([[holder, 6000, 0]])
  expect(await broken(db)).toEqual([])
})

test('the next bill is paid without its instalment: after five days of grace the arrangement is broken', async () => {
  await world.through('2026-05-01')
  // 720 h x 0.6 kWh = 432 kWh x 0.10 = 43.20; 9.00; 5 % of 52.20 = 2.61
  const may = await bill('2026-05-01')
  expect(may).toMatchObject({ chargesCents: 5481, amountDueCents: 5481 + 3000, dueDate: '2026-05-22' })
  await world.through('2026-05-20')
  await payCash(world, home, 5481)
  expect(await scheduleOf()).toEqual(['1811 paid', '3000 paid', '3000 asked', '3000 planned'])
  await world.through('2026-05-27')
  expect(await getContract(db.read, contract)).toMatchObject({ status: 'active' })
  expect(await owed(db, home)).toEqual([[holder, 6000, 3000]])
  await world.through('2026-05-28')
  expect(await getContract(db.read, contract)).toMatchObject({
    ...{ status: 'broken', endReason: 'instalment_missed', endDate: '2026-05-28' },
  })
  expect(await owed(db, home)).toEqual([[holder, 6000, 6000]])
  expect(await scheduleOf()).toEqual(['1811 paid', '3000 paid', '3000 asked', '3000 cancelled'])
  expect(await broken(db)).toEqual([])
})

test('the customer is told, the rest is collected, and no new arrangement is made for a while', async () => {
  await world.through('2026-06-01')
  expect((await noticesOf(db.read, customerId)).map((one) => one.subject)).toEqual([
    'Your payment arrangement has ended',
    'Reminder: $30.00 is past due', // five days after 22 May, the day before the arrangement was broken
    'Your payment arrangement',
    'Reminder: $56.32 is past due',
  ])
  const collected = ['arrangement', null]
  expect(await processesOf()).toEqual([['regulated', 'arrangement'], collected])
  const june = await bill('2026-06-01')
  // 744 h x 0.6 kWh as in January: 56.32
  expect(june).toMatchObject({ previousCents: 8481, creditsCents: -5481 + 3000, amountDueCents: 6000 + 5632 })
  checkBillDocument(await billDocument(db.read, june))
  const terms = await arrangementTerms(db.read, { customerId, accountNumber, day: '2026-06-01' })
  expect(terms.refusal?.code).toBe('arrangement_broken_before')
})

test('paid whole it is over', async () => {
  await payCash(world, home, 11_632)
  await world.through('2026-06-02')
  expect(await owed(db, home)).toEqual([])
  expect(await processesOf()).toEqual([
    ['regulated', 'arrangement'],
    ['arrangement', 'paid'],
  ])
  expect((await getAgreement(db.read, { customerId, agreementId: holder })).status).toBe('closed')
  expect(await broken(db)).toEqual([])
})

import { expect, test } from 'vitest'
import { closeBooks } from '../../../test/support/closed-books.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { broken } from '../../../test/support/verified.ts'
import { openWorld } from '../../../test/support/world.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Instant } from '../../platform/time.ts'
import { completeBill } from '../billing/index.ts'
import type { Actor } from '../identity/index.ts'
import { recordPayment } from '../payments/index.ts'
import { startArrangement } from './arrangements/operations.ts'
import { billAsks } from './bill-asks.ts'
import { startBudget } from './budgets/operations.ts'
import { budgetStatus } from './budgets/status.ts'
import { endContract } from './contracts/end.ts'
import { contractActivity, contractSchedule, contractsOfAccount, endTerms } from './contracts/queries.ts'
import { assessDeposit } from './deposits/assess.ts'
import { postedBy, previewAct } from './preview.ts'
import { balances } from './queries.ts'

/** Home 1 uses 600 Wh an hour: January 446.4, February 403.2, March 445.8 kWh (23 hours on the 8th). */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 3 })
const [budgeted, arranged, plain] = world.homes
if (!budgeted || !arranged || !plain) throw new Error('the town has three homes')

const bill = (home: typeof budgeted, month: string) =>
  world.act((tx, done) => completeBill(tx, { ...home, periodEnd: month, billDate: month, ...done }))

/** What is owed and what is asked of each agreement that owes anything. */
const owedBy = async (customerId: number) =>
  (await balances(db.read, [customerId], world.today())).map(({ payoffCents, currentCents }) => ({
    payoffCents,
    currentCents,
  }))

test('an account without contracts has nothing to ask for', async () => {
  const account = { ...plain, billDate: '2026-02-01', chargeItemsCents: new Map() }
  expect(await billAsks(db.read, [account])).toEqual([])
  expect(await billAsks(db.read, [])).toEqual([])
})

test('a budget asks for its amount whatever is charged, and the difference is owed later', async () => {
  const { customerId, accountNumber, agreementId } = budgeted
  const contract = await world.act((tx, done) =>
    startBudget(tx, {
      customerId,
      accountNumber,
      amounts: [{ agreementId, amountCents: 5000 }],
      day: '2026-01-05',
      ...done,
    }),
  )
  await world.through('2026-02-01')
  // 9.00 + 446.4 x 0.10 = 53.64, 5 % tax 2.68: 56.32 charged, 50.00 asked.
  expect(await bill(budgeted, '2026-02-01')).toMatchObject({ amountDueCents: 5000 })
  expect(await owedBy(customerId)).toEqual([{ payoffCents: 5632, currentCents: 5000 }])
  await world.through('2026-03-01')
  // 9.00 + 403.2 x 0.10 = 49.32, tax 2.47: 51.79; asked again 50.00, so 100.00 in all.
  expect(await bill(budgeted, '2026-03-01')).toMatchObject({ amountDueCents: 10000 })
  const status = await budgetStatus(db.read, contract, '2026-03-01')
  // Put off: 6.32 + 1.79.
  expect(status.courses).toMatchObject([
    { monthsAsked: 2, monthsLeft: 10, putOffCents: 811, monthlyCents: 5000 },
  ])
  expect(status.months.map((month) => month.askedCents)).toEqual([5000, 5000])
  expect(await broken(db)).toEqual([])
})

test('a debt paid in instalments is asked for part by part', async () => {
  await world.act(async (tx, done) => {
    const past = { ...arranged, periodEnd: '2026-02-01', billDate: '2026-02-01' }
    await completeBill(tx, { ...past, ...done })
  })
  const { customerId, accountNumber } = arranged
  // 9.00 + 500 x 0.10 + 20.8 x 0.12 = 61.50 (62.496 -> 2.496), tax 3.07 or 3.08: asked in four parts after 10.00 down.
  const [before] = await owedBy(customerId)
  const owed = before?.currentCents ?? 0
  const wish = {
    customerId,
    accountNumber,
    split: { count: 4 },
    downPaymentCents: 1000,
    downPaymentDue: '2026-03-08',
    day: '2026-03-01',
  }
  const preview = await world.act((tx, done) =>
    previewAct(tx, [customerId], () => startArrangement(tx, { ...wish, ...done })),
  )
  const real = await world.act((tx, done) =>
    postedBy(tx, [customerId], () => startArrangement(tx, { ...wish, ...done })),
  )
  expect(preview.posted).toEqual(real.posted)
  const contract = real.result
  expect(await owedBy(customerId)).toEqual([{ payoffCents: owed, currentCents: 1000 }])
  const second = await bill(arranged, '2026-03-01')
  const rest = owed - 1000
  const first = Math.ceil(rest / 4)
  expect(second.amountDueCents).toBe(second.chargesCents + 1000 + first)
  const schedule = await contractSchedule(db.read, contract)
  expect(schedule.map(({ status }) => status)).toEqual(['asked', 'asked', 'planned', 'planned', 'planned'])
  expect(schedule.reduce((sum, row) => sum + row.amountCents, 0)).toBe(owed)
  await world.act((tx, done) =>
    recordPayment(tx, {
      payerCustomerId: customerId,
      accounts: [{ customerId, accountNumber, amountCents: second.amountDueCents }],
      paymentDate: '2026-03-01',
      source: 'counter',
      tender: { method: 'cash' },
      ...done,
    }),
  )
  const paid = await contractSchedule(db.read, contract)
  expect(paid.map(({ status }) => status)).toEqual(['paid', 'paid', 'planned', 'planned', 'planned'])
  expect(await broken(db)).toEqual([])
})

test('ending any contract asks for what it has put off, as was told before', async () => {
  for (const home of [budgeted, arranged]) {
    const [contract] = await contractsOfAccount(db.read, home, { activeOnly: true })
    if (!contract) throw new Error('each home has a contract')
    const { customerId, contractNumber } = contract
    const asked = async () => (await owedBy(customerId)).reduce((sum, one) => sum + one.currentCents, 0)
    const { askedCents, canEnd } = await endTerms(db.read, contract, world.today())
    const before = await asked()
    const end = { customerId, contractNumber, day: world.today(), reason: 'requested' }
    const ending = (tx: Tx, done: { now: Instant; actor: Actor }) => () =>
      endContract(tx, { ...end, ...done })
    const preview = await world.act((tx, done) => previewAct(tx, [customerId], ending(tx, done)))
    expect(preview).toEqual(await world.act((tx, done) => postedBy(tx, [customerId], ending(tx, done))))
    expect(canEnd && askedCents > 0).toBe(true)
    expect((await asked()) - before).toBe(askedCents)
    expect((await owedBy(customerId)).every((one) => one.currentCents === one.payoffCents)).toBe(true)
    const activity = await contractActivity(db.read, contract)
    expect(activity.reduce((sum, one) => sum + one.amountCents, 0)).toBe(0)
    expect((await endTerms(db.read, contract, world.today())).canEnd).toBe(false)
  }
  expect(await broken(db)).toEqual([])
})

test('nothing is asked for in a closed period', async () => {
  const { customerId, accountNumber } = plain
  await world.act((tx, done) =>
    closeBooks(tx, { clientId: world.town.clientId, through: '2026-01', ...done }),
  )
  const wish = {
    customerId,
    accountNumber,
    amountCents: 5000,
    reason: 'credit' as const,
    dueDate: '2026-03-20',
  }
  const assess = world.act((tx, done) => assessDeposit(tx, { ...wish, day: '2026-01-15', ...done }))
  await expect(assess).rejects.toMatchObject({ code: 'period_closed' })
  expect(await contractsOfAccount(db.read, plain)).toEqual([])
})

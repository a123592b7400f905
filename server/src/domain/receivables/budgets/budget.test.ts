import { expect, test } from 'vitest'
import { CYCLE, type Home, hourly } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import { openWorld } from '../../../../test/support/world.ts'
import { completeBill, monthlyWindows, reopenBill, saveCycle } from '../../billing/index.ts'
import { saveSettings } from '../../identity/index.ts'
import { recordPayment } from '../../payments/index.ts'
import { recordBlocks } from '../../usage/index.ts'
import { findWorkItems } from '../../work/index.ts'
import { averageMonthCents, roundUp } from '../contracts/average.ts'
import { addMonths, monthsDue } from '../contracts/months.ts'
import { contractsOfAccount } from '../contracts/queries.ts'
import { postedBy, previewAct } from '../preview.ts'
import { balances } from '../queries.ts'
import { endBudget, modifyBudget, startBudget } from './operations.ts'
import { budgetTerms } from './recommend.ts'
import { budgetStatus, courseOf } from './status.ts'

test('a bill asks for the months that passed since the first one', () => {
  expect(monthsDue({ anchor: null, billDate: '2026-02-01', monthsAsked: 0 })).toBe(1)
  expect(monthsDue({ anchor: '2026-02-01', billDate: '2026-03-03', monthsAsked: 1 })).toBe(1)
  expect(monthsDue({ anchor: '2026-02-01', billDate: '2026-02-10', monthsAsked: 1 })).toBe(0)
  expect(monthsDue({ anchor: '2026-02-01', billDate: '2026-04-02', monthsAsked: 1 })).toBe(2)
  // Twelve bills of 28 to 31 days each ask for one.
  const days = Array.from({ length: 12 }, (_, index) => addMonths('2026-02-01', index))
  const asked = days.map((billDate, index) =>
    monthsDue({ anchor: index ? '2026-02-01' : null, billDate, monthsAsked: index }),
  )
  expect(asked).toEqual(new Array(12).fill(1))
})

test('a year is spread over twelve months, a shorter history as if it went on', () => {
  expect(averageMonthCents({ chargedCents: 120000, days: 365 })).toBe(10000)
  // 73 days are a fifth of a year: 200.00 are 1000.00 a year.
  expect(averageMonthCents({ chargedCents: 20000, days: 73 })).toBe(8333)
  expect(roundUp(8333, 100)).toBe(8400)
  expect(roundUp(8400, 100)).toBe(8400)
})

test('a budget that asks too little is projected to its end', () => {
  const known = {
    agreementId: 10001,
    monthlyCents: 5000,
    monthsAsked: 3,
    putOffCents: 3000,
    averageCents: 6000,
  }
  // 30.00 so far and nine months of 10.00; 60.00 + 30.00 / 9 a month would leave nothing.
  expect(courseOf(known, { months: 12 }, { roundUpCents: 100 })).toMatchObject({
    monthsLeft: 9,
    projectedTrueUpCents: 12000,
    proposedCents: 6400,
  })
})

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 3 })
const [settled, rolled, poor] = world.homes as [Home, Home, Home]
const { clientId } = world.town
const MONTHS = 5
/** Watts of each month, from January 2026 on; the town's own data end with March. */
const WATTS = [600, 600, 600, 500, 400, 900, 1500, 1600]
await world.act(async (tx) => {
  const windows = monthlyWindows(CYCLE, '2026-05-01', 4)
  await saveCycle(tx, { clientId, cycleCode: CYCLE, name: 'First of the month', windows })
  for (const home of [settled, rolled])
    for (const [index, watts] of WATTS.entries()) {
      if (index < 3) continue
      const [start, end] = [addMonths('2026-01-01', index), addMonths('2026-01-01', index + 1)]
      await recordBlocks(tx, { blocks: hourly(home, watts, start, end), source: 'test', now: world.now() })
    }
})
const bill = (home: Home, month: string) =>
  world.act((tx, done) => completeBill(tx, { ...home, periodEnd: month, billDate: month, ...done }))
const pay = ({ customerId, accountNumber }: Home, amountCents: number) =>
  world.act((tx, done) =>
    recordPayment(tx, {
      payerCustomerId: customerId,
      accounts: [{ customerId, accountNumber, amountCents }],
      paymentDate: world.today(),
      source: 'counter',
      tender: { method: 'check' },
      ...done,
    }),
  )
const owed = async ({ customerId }: Home) => {
  const [own] = await balances(db.read, [customerId], world.today())
  return { payoff: own?.payoffCents ?? 0, current: own?.currentCents ?? 0 }
}
const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => 'nothing',
    (error: { code?: string }) => error.code,
  )
const start = (home: Home, extra: { monthly?: number; trueUp?: 'roll' | 'settle' } = {}) => {
  const { customerId, accountNumber, agreementId } = home
  const amounts = extra.monthly === undefined ? [] : [{ agreementId, amountCents: extra.monthly }]
  const wish = {
    customerId,
    accountNumber,
    amounts,
    day: world.today(),
    trueUp: extra.trueUp ?? ('roll' as const),
  }
  return world.act((tx, done) => startBudget(tx, { ...wish, ...done }))
}

test('a budget needs a history or an amount, a class that may have one, and nothing past due', async () => {
  expect(await refusalOf(start(settled))).toBe('budget_no_history')
  expect(await refusalOf(start(settled, { monthly: -5 }))).toBe('amount_not_positive')
  await world.act((tx, done) =>
    saveSettings(tx, { clientId, section: 'budgets', value: { classes: ['commercial'] }, ...done }),
  )
  expect(await refusalOf(start(settled, { monthly: 5000 }))).toBe('budget_class')
  await world.act((tx, done) =>
    saveSettings(tx, {
      clientId,
      section: 'budgets',
      value: { months: MONTHS, varianceMinCents: 1000, removePastDueDays: 10 },
      ...done,
    }),
  )
  await world.through('2026-02-01')
  await bill(poor, '2026-02-01')
  await world.through('2026-02-26')
  expect(await refusalOf(start(poor))).toBe('budget_past_due')
})

test('the months of a budget: level bills, a proposal when it strays, and all settled with the last one', async () => {
  await world.through('2026-03-01')
  const contract = await start(settled, { monthly: 8000, trueUp: 'settle' })
  const other = await start(rolled, { monthly: 8000 })
  let charged = 0
  for (let month = 1; month <= MONTHS; month++) {
    const day = addMonths('2026-02-01', month)
    await world.through(day)
    const made = await bill(settled, day)
    charged += made.chargesCents
    await bill(rolled, day)
    if (month < MONTHS) {
      expect(made.amountDueCents).toBe(8000)
      for (const home of [settled, rolled]) await pay(home, 8000)
    } else {
      // The last bill asks for all that was charged and not yet asked for.
      expect(made.amountDueCents).toBe(charged - (MONTHS - 1) * 8000)
      expect(await owed(settled)).toEqual({ payoff: made.amountDueCents, current: made.amountDueCents })
      await pay(settled, made.amountDueCents)
      await pay(rolled, 8000)
    }
  }
  // 80.00 a month is far more than the mild months need: a lower amount is proposed, once.
  const proposals = { clientId, kind: 'budget_variance', limit: 9, offset: 0 }
  expect((await findWorkItems(db.read, proposals)).items.length).toBeGreaterThan(0)
  const status = await budgetStatus(db.read, contract, '2026-07-01')
  expect(status.months.length).toBe(MONTHS)
  expect(status.courses).toMatchObject([{ monthsLeft: 0, putOffCents: 0 }])
  const before = await owed(rolled)
  expect(before.current).toBe(0)
  expect(before.payoff).not.toBe(0)
  await world.through('2026-07-02')
  const [next, over] = await contractsOfAccount(db.read, rolled, { kinds: ['budget'] })
  expect(over).toMatchObject({
    contractNumber: other.contractNumber,
    status: 'ended',
    endReason: 'anniversary',
  })
  expect(next).toMatchObject({ status: 'active', startDate: '2026-07-02' })
  if (!next) throw new Error('the budget goes on')
  // What is put off is carried into the new amount.
  const renewed = await budgetStatus(db.read, next, '2026-07-02')
  expect(renewed.plan.previousNumber).toBe(other.contractNumber)
  expect(renewed.courses[0]?.putOffCents).toBe(before.payoff)
  expect(await owed(rolled)).toEqual(before)
  expect(await broken(db)).toEqual([])
}, 60_000)

test('a reopened bill takes its month back, and asks for it again', async () => {
  await world.through('2026-08-01')
  const made = await bill(rolled, '2026-08-01')
  const before = await owed(rolled)
  const key = {
    customerId: rolled.customerId,
    billId: made.billId,
    reason: 'test',
    correctedOn: world.today(),
  }
  await world.act((tx, done) => reopenBill(tx, { ...key, ...done }))
  expect(await broken(db)).toEqual([])
  const again = await bill(rolled, '2026-08-01')
  expect(again.amountDueCents).toBe(made.amountDueCents)
  expect(await owed(rolled)).toEqual(before)
  expect(await broken(db)).toEqual([])
})

test('ending a budget asks for all that is owed, as its preview says', async () => {
  const [live] = await contractsOfAccount(db.read, rolled, { kinds: ['budget'], activeOnly: true })
  if (!live) throw new Error('a budget is active')
  const { customerId, contractNumber } = live
  const day = world.today()
  const amounts = [{ agreementId: rolled.agreementId, amountCents: 9000 }]
  await world.act((tx, done) => modifyBudget(tx, { customerId, contractNumber, amounts, day, ...done }))
  const empty = { customerId, contractNumber, without: [rolled.agreementId], day }
  expect(await refusalOf(world.act((tx, done) => modifyBudget(tx, { ...empty, ...done })))).toBe(
    'budget_empty',
  )
  const end = { customerId, contractNumber, day, reason: 'requested' }
  const preview = await world.act((tx, done) =>
    previewAct(tx, [customerId], () => endBudget(tx, { ...end, ...done })),
  )
  const real = await world.act((tx, done) =>
    postedBy(tx, [customerId], () => endBudget(tx, { ...end, ...done })),
  )
  expect(preview).toEqual(real)
  const { payoff, current } = await owed(rolled)
  expect(current).toBe(payoff)
  expect(await refusalOf(world.act((tx, done) => endBudget(tx, { ...end, ...done })))).toBe('contract_state')
  expect(await broken(db)).toEqual([])
})

test('a budget whose account stays past due is broken off', async () => {
  const [live] = await contractsOfAccount(db.read, settled, { kinds: ['budget'], activeOnly: true })
  expect(live?.status).toBe('active')
  await bill(settled, '2026-08-01')
  // Due on 24 August, a Monday; more than 10 days past due from 4 September on.
  await world.through('2026-09-03')
  const terms = await budgetTerms(db.read, { ...settled, day: '2026-09-03' })
  expect(terms.refusal?.code).toBe('budget_live')
  await world.through('2026-09-04')
  const [over] = await contractsOfAccount(db.read, settled, { kinds: ['budget'] })
  expect(over).toMatchObject({ status: 'broken', endReason: 'past_due' })
  const { payoff, current } = await owed(settled)
  expect(current).toBe(payoff)
  const proposals = await findWorkItems(db.read, { clientId, kind: 'budget_variance', limit: 9, offset: 0 })
  expect(proposals.items.map(({ status }) => status)).not.toContain('open')
  expect(await broken(db)).toEqual([])
}, 60_000)

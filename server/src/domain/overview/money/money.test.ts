import { expect, test } from 'vitest'
import type { Home } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { oweMore, payCash } from '../../../../test/support/debtors.ts'
import { addTestMethod, billHome, openPayingWorld } from '../../../../test/support/paying-world.ts'
import { broken } from '../../../../test/support/verified.ts'
import { addProtection, fileBankruptcy } from '../../collections/index.ts'
import { addAlert } from '../../customers/index.ts'
import { schedulePayment, startAutopay } from '../../payments/index.ts'
import { assessDeposit, startArrangement, startBudget } from '../../receivables/index.ts'
import { getAccountMoney, getTimeline } from '../index.ts'

const { db } = await testDatabase()
const world = await openPayingWorld(db, { homes: 5 })
const [level, debtor, bankrupt, secured, late] = world.homes as [Home, Home, Home, Home, Home]
const moneyOf = (home: Home) => getAccountMoney(db.read, home, world.now())
const account = ({ customerId, accountNumber }: Home) => ({ customerId, accountNumber })

test('a budget: its bill asks for its month, the rest is put off', async () => {
  const amounts = [{ agreementId: level.agreementId, amountCents: 4000 }]
  await world.act((tx, done) => startBudget(tx, { ...account(level), amounts, day: world.today(), ...done }))
  await billHome(world, level, '2026-02-01')
  // 56.32 charged, 40.00 asked for: 16.32 later.
  const money = await moneyOf(level)
  expect(money).toMatchObject({ askedCents: 4000, putOffCents: 1632, owedCents: 5632, depositHeldCents: 0 })
  expect(money.putOff).toEqual({ budget: 1632, arrangement: 0, frozen: 0, other: 0 })
  expect(money.contracts[0]?.budget).toMatchObject({
    ...{ monthlyCents: 4000, monthsAsked: 1, chargedCents: 5632, askedCents: 4000, paidCents: 0 },
    ...{
      putOffCents: 1632,
      months: [{ billId: 1, chargedCents: 5632, askedCents: 4000, putOffCents: 1632 }],
    },
  })
  await payCash(world, level, 1500)
  expect((await moneyOf(level)).contracts[0]?.budget).toMatchObject({ paidCents: 1500, putOffCents: 1632 })
})

test('an arrangement: nothing is asked for until an instalment is, and it has its own line', async () => {
  await billHome(world, debtor, '2026-02-01')
  await world.act((tx, done) =>
    startArrangement(tx, { ...account(debtor), split: { count: 2 }, day: world.today(), ...done }),
  )
  // 700 W x 744 h = 520.8 kWh: 50.00 + 2.50 + 9.00 = 61.50; 5 % = 3.08.
  const money = await moneyOf(debtor)
  expect(money).toMatchObject({ askedCents: 0, putOffCents: 6458, owedCents: 6458 })
  expect(money.putOff.arrangement).toBe(6458)
  expect(money.holders.map(({ kind, askedCents, putOffCents }) => [kind, askedCents, putOffCents])).toEqual([
    ['service', 0, 0],
    ['arrangement', 0, 6458],
  ])
  expect(money.contracts[0]?.schedule.map((part) => [part.amountCents, part.status])).toEqual([
    [3229, 'planned'],
    [3229, 'planned'],
  ])
})

test('a bankruptcy: what was owed before is frozen, its protection and points are told', async () => {
  await billHome(world, bankrupt, '2026-02-01')
  const petition = { caseNumber: '26-1', chapter: '7' as const, evidence: 'Notice', filedOn: '2026-02-02' }
  await world.through('2026-02-02')
  await world.act((tx, done) => fileBankruptcy(tx, { ...account(bankrupt), ...petition, ...done }))
  // 800 W x 744 h = 595.2 kWh: 50.00 + 11.42 + 9.00 = 70.42; 5 % = 3.52.
  const money = await moneyOf(bankrupt)
  expect(money).toMatchObject({ askedCents: 0, owedCents: 7394, putOff: { frozen: 7394 } })
  expect(money.collection.protections).toMatchObject([{ kind: 'bankruptcy', evidence: 'Notice' }])
  expect(money.collection.bankruptcies).toMatchObject([{ caseNumber: '26-1', status: 'filed' }])
  expect(money.collection.rating.events).toMatchObject([{ kind: 'bankruptcy' }])
})

test('a deposit is no part of what is owed: asked for until it is paid, then held', async () => {
  const wish = { amountCents: 20_000, reason: 'credit' as const, dueDate: '2026-02-20', day: world.today() }
  await world.act((tx, done) => assessDeposit(tx, { ...account(secured), ...wish, ...done }))
  expect(await moneyOf(secured)).toMatchObject({ askedCents: 20_000, owedCents: 20_000, depositHeldCents: 0 })
  await payCash(world, secured, 20_000)
  const money = await moneyOf(secured)
  expect(money).toMatchObject({ askedCents: 0, putOffCents: 0, owedCents: 0, depositHeldCents: 20_000 })
  expect(money.contracts[0]?.deposit).toMatchObject({ heldCents: 20_000, unpaidCents: 0, reason: 'credit' })
})

test('collection with its next step and what stops it, what forbids it, and how the account is paid', async () => {
  const methodNumber = await addTestMethod(world, late, 'tok_visa')
  const terms = { methodNumber, drawRule: { rule: 'days_before' as const, days: 3 }, limitCents: 30_000 }
  await world.act((tx, done) =>
    startAutopay(tx, { ...account(late), ...terms, startDate: world.today(), ...done }),
  )
  await world.act((tx, done) =>
    schedulePayment(tx, {
      ...account(late),
      methodNumber,
      amountCents: 2500,
      drawDate: '2026-03-20',
      ...done,
    }),
  )
  await oweMore(world, late, { amountCents: 8_000, dueDate: '2026-02-03' })
  // More than 5 days past due on the 9th: the reminder goes out at once, the notice ten days later.
  await world.through('2026-02-12')
  const { customerId } = late
  const since = { startDate: world.today() }
  const sick = { kind: 'medical' as const, evidence: 'Dr. Ruiz', endDate: '2026-03-01', reason: 'Asthma' }
  await world.act(async (tx, done) => {
    await addProtection(tx, { ...account(late), ...sick, ...since, ...done })
    await addAlert(tx, { customerId, kind: 'do_not_cut', text: 'Ask first', ...since, ...done })
  })
  const { collection, paying, notices, pastDueCents } = await moneyOf(late)
  expect(pastDueCents).toBe(8_000)
  // A path ends when no more than 10.00 is past due: 80.00 - 10.00.
  expect(collection.processes).toMatchObject([
    { status: 'active', pastDueCents: 8_000, amountToStopCents: 7_000, nextStep: { kind: 'notice' } },
  ])
  expect(collection.protections).toMatchObject([{ kind: 'medical', evidence: 'Dr. Ruiz' }])
  expect(collection.obstacles).toMatchObject([
    { forbids: 'cut', source: 'alert:do_not_cut', reason: 'Ask first', startDate: '2026-02-12' },
  ])
  expect(paying.autopay).toMatchObject({ limitCents: 30_000, suspendedAt: null })
  expect(paying.autopayMethod?.lastFour).toBe(paying.methods[0]?.lastFour)
  expect(paying.pending).toMatchObject([{ amountCents: 2500, drawDate: '2026-03-20', status: 'waiting' }])
  expect(notices.map(({ templateCode }) => templateCode)).toContain('late_reminder')
})

test('the timeline tells all of it in both languages, by name', async () => {
  const codes = new Map<string, string>()
  for (const home of world.homes)
    for (const event of await getTimeline(db.read, { ...home, limit: 200, now: world.now() })) {
      codes.set(event.code, event.kind)
      expect(event.text.en, event.code).not.toBe(event.code)
      expect(event.text.es, event.code).not.toBe(event.text.en)
      expect(event.detail.en).not.toMatch(/_|[{}]/)
    }
  expect(Object.fromEntries(codes)).toMatchObject({
    ...{ budgetStarted: 'contract', arrangementStarted: 'contract', depositStarted: 'contract' },
    ...{ bankruptcyFiled: 'collection', collectionStarted: 'collection', collectionStep: 'collection' },
    ...{ protectionAdded: 'collection', adjusted: 'adjustment', autopayStarted: 'payment' },
  })
  expect(await broken(db)).toEqual([])
})

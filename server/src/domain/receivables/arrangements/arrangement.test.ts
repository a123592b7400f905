import { expect, test } from 'vitest'
import { type Home, TOWN_END } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import { openWorld } from '../../../../test/support/world.ts'
import { getAgreement, stopAgreement } from '../../agreements/index.ts'
import { completeBill, completeFinalBill } from '../../billing/index.ts'
import { cancelPayment, recordPayment } from '../../payments/index.ts'
import { contractSchedule, endTerms } from '../contracts/queries.ts'
import { getContract } from '../contracts/record.ts'
import { balances } from '../queries.ts'
import { cancelArrangement, modifyArrangement, startArrangement } from './operations.ts'
import { splitDebt } from './plan.ts'
import { arrangementTerms } from './terms.ts'

test('a debt is split into equal parts, parts of one size, or as listed', () => {
  const amounts = (parts: { amountCents: number }[]) => parts.map((part) => part.amountCents)
  expect(amounts(splitDebt(10000, { count: 3 }))).toEqual([3334, 3333, 3333])
  expect(amounts(splitDebt(10000, { partCents: 3000 }))).toEqual([3000, 3000, 3000, 1000])
  expect(() => splitDebt(10000, { parts: [{ amountCents: 9999 }] })).toThrow('sum to 10000')
  expect(() => splitDebt(10000, { count: 0 })).toThrow('whole number above zero')
  expect(() => splitDebt(10000, { partCents: -1 })).toThrow('above zero')
})

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 3 })
const [keeper, breaker, leaver] = world.homes as [Home, Home, Home]
await world.through('2026-02-01')
const bill = (home: Home, month: string) =>
  world.act((tx, done) => completeBill(tx, { ...home, periodEnd: month, billDate: month, ...done }))
for (const home of world.homes) await bill(home, '2026-02-01')

const arrange = (home: Home, count: number) => {
  const { customerId, accountNumber } = home
  const split = { count }
  return world.act((tx, done) =>
    startArrangement(tx, { customerId, accountNumber, split, day: world.today(), ...done }),
  )
}
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
  const own = await balances(db.read, [customerId], world.today())
  const sum = (cents: (one: (typeof own)[number]) => number) =>
    own.reduce((total, one) => total + cents(one), 0)
  return { payoff: sum((one) => one.payoffCents), current: sum((one) => one.currentCents) }
}
const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => 'nothing',
    (error: { code?: string }) => error.code,
  )

test('instalments beyond the limits, and more than is owed, are refused', async () => {
  const { customerId, accountNumber } = keeper
  const wish = { customerId, accountNumber, day: world.today() }
  const start = (extra: Omit<Parameters<typeof startArrangement>[1], keyof typeof wish | 'now' | 'actor'>) =>
    refusalOf(world.act((tx, done) => startArrangement(tx, { ...wish, ...extra, ...done })))
  expect(await start({ split: { count: 13 } })).toBe('schedule_count')
  expect(await start({ split: { count: 6 } })).toBe('schedule_too_small')
  expect(await start({ split: { count: 2 }, amountCents: 5633 })).toBe('arrangement_above_debt')
  expect(await start({ split: { count: 2 }, downPaymentCents: 5632 })).toBe('down_payment_whole')
  expect(await start({ split: { count: 2 }, downPaymentCents: 10.5 })).toBe('amount_not_positive')
  const stranger = { customerId, accountNumber: 9, split: { count: 2 }, day: world.today() }
  expect(await refusalOf(world.act((tx, done) => startArrangement(tx, { ...stranger, ...done })))).toBe(
    'billing_account_unknown',
  )
  const terms = await arrangementTerms(db.read, wish)
  expect(terms).toMatchObject({ askedCents: 5632, eligibleCents: 5632, pastDueCents: 0, depositCents: 0 })
  expect(terms.refusal).toBeUndefined()
})

test('an arrangement paid part by part is kept, its agreement closed, and a returned payment opens it again', async () => {
  await world.through('2026-02-10')
  const contract = await arrange(keeper, 2)
  expect(await owed(keeper)).toEqual({ payoff: 5632, current: 0 })
  const again = { customerId: keeper.customerId, accountNumber: 1, split: { count: 2 }, day: '2026-02-10' }
  expect(await refusalOf(world.act((tx, done) => startArrangement(tx, { ...again, ...done })))).toBe(
    'arrangement_nothing_owed',
  )
  await world.through('2026-03-01')
  const first = await bill(keeper, '2026-03-01')
  // 51.79 of February and half of 56.32.
  expect(first.amountDueCents).toBe(5179 + 2816)
  await pay(keeper, first.amountDueCents)
  await world.through('2026-04-01')
  const second = await bill(keeper, TOWN_END)
  const eventNumber = await pay(keeper, second.amountDueCents)
  await world.through('2026-04-02')
  expect(await getContract(db.read, contract)).toMatchObject({ status: 'kept' })
  const holder = { customerId: keeper.customerId, agreementId: contract.agreementId ?? 0 }
  expect(await getAgreement(db.read, holder)).toMatchObject({ status: 'closed' })
  expect(await owed(keeper)).toEqual({ payoff: 0, current: 0 })
  const back = { payerCustomerId: keeper.customerId, eventNumber: eventNumber ?? 0, reason: 'returned' }
  await world.act((tx, done) => cancelPayment(tx, { ...back, cancelledOn: world.today(), ...done }))
  await world.through('2026-04-03')
  expect(await getContract(db.read, contract)).toMatchObject({ status: 'active' })
  expect(await getAgreement(db.read, holder)).toMatchObject({ status: 'reopened' })
  expect(await broken(db)).toEqual([])
})

test('an instalment missed after its grace breaks the arrangement, and all of it is asked for', async () => {
  // The world is at 3 April; the March bill of this home is made late, due 21 days on.
  const late = { ...breaker, periodEnd: '2026-03-01', billDate: '2026-04-03' }
  const contract = await arrange(breaker, 3)
  const { payoff } = await owed(breaker)
  const made = await world.act((tx, done) => completeBill(tx, { ...late, ...done }))
  const terms = await endTerms(db.read, contract, '2026-04-03')
  const [first, ...rest] = await contractSchedule(db.read, contract)
  expect(terms).toMatchObject({
    canEnd: true,
    askedCents: rest.reduce((sum, one) => sum + one.amountCents, 0),
  })
  expect(made.amountDueCents).toBe(made.chargesCents + (first?.amountCents ?? 0))
  await world.through('2026-04-29')
  expect(await getContract(db.read, contract)).toMatchObject({ status: 'active' })
  await world.through('2026-04-30')
  expect(made.dueDate).toBe('2026-04-24')
  expect(await getContract(db.read, contract)).toMatchObject({
    status: 'broken',
    endReason: 'instalment_missed',
  })
  const { payoff: all, current } = await owed(breaker)
  expect(current).toBe(all)
  expect(all).toBeGreaterThanOrEqual(payoff + made.chargesCents)
  const terms2 = await arrangementTerms(db.read, { ...breaker, day: '2026-04-30' })
  expect(terms2.refusal?.code).toBe('arrangement_broken_before')
  expect(await broken(db)).toEqual([])
})

test('what is not asked for yet can be split anew, and is asked for at once when service stops', async () => {
  const contract = await arrange(leaver, 3)
  const key = { customerId: leaver.customerId, contractNumber: contract.contractNumber }
  await world.act((tx, done) =>
    modifyArrangement(tx, { ...key, split: { count: 2 }, day: world.today(), ...done }),
  )
  const schedule = await contractSchedule(db.read, contract)
  expect(schedule.map(({ status }) => status)).toEqual([
    'cancelled',
    'cancelled',
    'cancelled',
    'planned',
    'planned',
  ])
  await world.act((tx, done) => stopAgreement(tx, { ...leaver, endDate: '2026-04-01', ...done }))
  const last = { ...leaver, billDate: world.today() }
  const final = await world.act((tx, done) => completeFinalBill(tx, { ...last, ...done }))
  const { payoff, current } = await owed(leaver)
  expect({ payoff, current }).toEqual({ payoff: final.amountDueCents, current: final.amountDueCents })
  expect(await getContract(db.read, contract)).toMatchObject({ status: 'cancelled', endReason: 'stopped' })
  const cancel = { ...key, day: world.today(), reason: 'asked' }
  expect(await refusalOf(world.act((tx, done) => cancelArrangement(tx, { ...cancel, ...done })))).toBe(
    'contract_state',
  )
  expect(await broken(db)).toEqual([])
})

import { expect, test } from 'vitest'
import type { Home } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { addDebtor, owed, oweMore } from '../../../../test/support/debtors.ts'
import { broken } from '../../../../test/support/verified.ts'
import { openWorld } from '../../../../test/support/world.ts'
import { completeBill } from '../../billing/index.ts'
import { fileBankruptcy } from '../../collections/index.ts'
import { startBudget } from '../../receivables/index.ts'
import { recordPayment } from '../index.ts'

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 1, from: '2026-02-01' })

function payOff({ customerId, accountNumber }: Home, amountCents: number) {
  const accounts = [{ customerId, accountNumber, amountCents, target: { kind: 'payoff' as const, id: 0 } }]
  const payment = { payerCustomerId: customerId, accounts, paymentDate: world.today() }
  return world.act((tx, done) => recordPayment(tx, { ...payment, source: 'counter', ...done }))
}

test('a budget that asks for more than is owed is paid off by what is owed', async () => {
  const [home] = world.homes
  if (!home) throw new Error('the world has a home')
  const { agreementId } = home
  const amounts = [{ agreementId, amountCents: 20_000 }]
  await world.act((tx, done) => startBudget(tx, { ...home, amounts, day: '2026-02-01', ...done }))
  const bill = { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01' }
  await world.act((tx, done) => completeBill(tx, { ...bill, ...done }))
  // 744 h x 0.6 kWh = 446.4 kWh: 9.00 + 44.64 + 5 % 2.68 = 56.32 are charged, 200.00 asked for.
  expect(await owed(db, home)).toEqual([[agreementId, 5632, 20_000]])
  await expect(payOff(home, 5631)).rejects.toMatchObject({ code: 'payoff_not_covered' })
  await payOff(home, 5632)
  expect(await owed(db, home)).toEqual([])
  expect(await broken(db)).toEqual([])
})

test('what a court has frozen is not paid off', async () => {
  const home = await addDebtor(world, { number: 21, dueDate: '2026-01-20', amountCents: 10_000 })
  const { customerId, accountNumber, agreementId } = home
  const petition = { caseNumber: '26-1', chapter: '7' as const, evidence: 'notice', filedOn: '2026-02-01' }
  await world.act((tx, done) => fileBankruptcy(tx, { customerId, accountNumber, ...petition, ...done }))
  await oweMore(world, home, { amountCents: 5000, dueDate: '2026-02-01' })
  await payOff(home, 5000)
  const left = await owed(db, home)
  expect(left.map(([, owes, asked]) => [owes, asked])).toEqual([[10_000, 0]])
  expect(left[0]?.[0]).not.toBe(agreementId)
  expect(await broken(db)).toEqual([])
})

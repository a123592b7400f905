import { expect, test } from 'vitest'
import {
  bankruptciesOf,
  collectionProcesses,
  creditRating,
  dischargeBankruptcy,
  dismissBankruptcy,
  fileBankruptcy,
  writeOffsOf,
} from '../../src/domain/collections/index.ts'
import { cancelPayment, type PaymentInput, recordPayment } from '../../src/domain/payments/index.ts'
import type { Home } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { owed, payCash } from '../support/debtors.ts'
import { billHome } from '../support/paying-world.ts'
import { asPreviewed, booked } from '../support/story.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/**
 * Two neighbours do not pay and file for bankruptcy. What they owed is left alone, what comes after is billed and paid.
 * The court dismisses one petition and discharges the other. The steps build on each other.
 */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 2, months: 6, from: '2026-02-01' })
const [dismissed, discharged] = world.homes as [Home, Home]
const both = [dismissed, discharged]
/**
 * January and February at 600 W, and at 700 W: 520.8 kWh are 50.00 + 2.50, 9.00, tax 3.08; 470.4 kWh 47.04 + 9.00 + 2.80.
 */
const BEFORE = [5632 + 5179, 6458 + 5884] as const

async function bill(month: string) {
  await world.through(month)
  return [await billHome(world, dismissed, month), await billHome(world, discharged, month)] as const
}

test('two bills are not paid; steps are taken', async () => {
  await bill('2026-02-01')
  await bill('2026-03-01')
  await world.through('2026-03-15')
  for (const [index, home] of both.entries()) {
    expect(await owed(db, home)).toEqual([[home.agreementId, BEFORE[index], BEFORE[index]]])
    expect(await collectionProcesses(db.read, home.customerId)).toMatchObject([{ status: 'active' }])
  }
})

const frozen = { [dismissed.customerId]: 0, [discharged.customerId]: 0 }

test('both file a petition: what they owe is frozen and nobody collects it', async () => {
  for (const [index, home] of both.entries()) {
    const { customerId, accountNumber } = home
    const petition = { caseNumber: `26-${index}`, chapter: '13' as const, evidence: 'Notice of the court' }
    const input = { customerId, accountNumber, ...petition, filedOn: world.today() }
    await asPreviewed(world, home, (tx, done) => fileBankruptcy(tx, { ...input, ...done }))
    const [filed] = await bankruptciesOf(db.read, customerId)
    frozen[customerId] = filed?.debts[0]?.frozenAgreementId ?? 0
    expect(await owed(db, home)).toEqual([[frozen[customerId], BEFORE[index], 0]])
    expect(await collectionProcesses(db.read, customerId)).toMatchObject([{ endReason: 'bankruptcy' }])
  }
  // In the books they still owe it; nothing of it is asked for.
  expect(await booked(db, world, ['receivable', 'deferred_receivable'])).toEqual([0, BEFORE[0] + BEFORE[1]])
  expect(await broken(db)).toEqual([])
})

test('March and April are billed and asked for alone, and paid', async () => {
  for (const month of ['2026-04-01', '2026-05-01']) {
    const bills = await bill(month)
    // 743 h and 720 h: 56.26 and 54.81; at 700 W 52.41 + 9.00 + 3.07 and 50.48 + 9.00 + 2.97
    const expected = month === '2026-04-01' ? [5626, 6448] : [5481, 6245]
    expect(bills.map((one) => one.chargesCents)).toEqual(expected)
    expect(bills.map((one) => one.amountDueCents)).toEqual(expected)
    await world.through(bills[0].dueDate)
    for (const [index, home] of both.entries()) await payCash(world, home, expected[index] ?? 0)
  }
  await world.through('2026-06-01')
  for (const home of both) {
    expect(await collectionProcesses(db.read, home.customerId)).toHaveLength(1)
    expect((await owed(db, home)).map(([, , asked]) => asked)).toEqual([0])
  }
  expect(await broken(db)).toEqual([])
})

let trusteeEvent = 0

test('the trustee pays 40.00 of what is frozen, and nothing of what the customer is asked for', async () => {
  const { customerId, accountNumber } = discharged
  const agreement = frozen[customerId] ?? 0
  const wish = {
    payerCustomerId: customerId,
    source: 'counter' as const,
    tender: { method: 'check' as const, reference: 'trustee 1' },
    paymentDate: world.today(),
  }
  const amountCents = 4000
  const pay = (more: Partial<PaymentInput['accounts'][number]>) =>
    asPreviewed(world, discharged, (tx, done) =>
      recordPayment(tx, {
        ...wish,
        accounts: [{ customerId, accountNumber, amountCents, ...more }],
        ...done,
      }),
    )
  const target = { kind: 'agreement' as const, id: agreement }
  const above = pay({ target, amountCents: BEFORE[1] + 1 })
  await expect(above).rejects.toMatchObject({ code: 'allocation_above_open' })
  const eventNumber = (await pay({ target })) ?? 0
  expect(await owed(db, discharged)).toEqual([[agreement, BEFORE[1] - 4000, 0]])
  expect(await broken(db)).toEqual([])
  const back = { payerCustomerId: customerId, eventNumber, reason: 'stopped', cancelledOn: world.today() }
  await asPreviewed(world, discharged, (tx, done) => cancelPayment(tx, { ...back, ...done }))
  expect(await owed(db, discharged)).toEqual([[agreement, BEFORE[1], 0]])
  expect(await broken(db)).toEqual([])
  trusteeEvent = (await pay({ shares: [{ agreementId: agreement, amountCents }] })) ?? 0
  expect(await owed(db, discharged)).toEqual([[agreement, BEFORE[1] - 4000, 0]])
  const may = await bill('2026-06-01')
  expect(may.map((one) => one.amountDueCents)).toEqual([5632, 6458])
  for (const [index, home] of both.entries()) await payCash(world, home, may[index]?.amountDueCents ?? 0)
  expect(await broken(db)).toEqual([])
})

test('dismissed: the debt is back, due that day, and collected again', async () => {
  const { customerId, accountNumber, agreementId } = dismissed
  await asPreviewed(world, dismissed, (tx, done) =>
    dismissBankruptcy(tx, { customerId, accountNumber, dismissalDate: world.today(), ...done }),
  )
  expect(await owed(db, dismissed)).toEqual([[agreementId, BEFORE[0], BEFORE[0]]])
  await world.through('2026-06-08')
  expect((await collectionProcesses(db.read, customerId)).map((one) => one.status)).toEqual([
    'inactive',
    'active',
  ])
  await payCash(world, dismissed, BEFORE[0])
  await world.through('2026-06-09')
  expect((await collectionProcesses(db.read, customerId)).map((one) => one.endReason)).toEqual([
    'bankruptcy',
    'paid',
  ])
  expect(await broken(db)).toEqual([])
})

test('discharged: what the trustee did not pay is bad debt, and the customer owes nothing', async () => {
  const { customerId, accountNumber } = discharged
  await asPreviewed(world, discharged, (tx, done) =>
    dischargeBankruptcy(tx, { customerId, accountNumber, dischargeDate: world.today(), ...done }),
  )
  expect(await owed(db, discharged)).toEqual([])
  expect(await writeOffsOf(db.read, customerId)).toMatchObject([
    { kind: 'discharge', amountCents: BEFORE[1] - 4000 },
  ])
  expect(await booked(db, world, ['write_off_expense', 'receivable', 'deferred_receivable'])).toEqual([
    BEFORE[1] - 4000,
    0,
    0,
  ])
  // The notice cost 50 before the petition cost 200.
  expect((await creditRating(db.read, discharged, world.today())).score).toBe(900 - 50 - 200)
  expect(await broken(db)).toEqual([])
})

test('the trustee’s check comes back: that part is discharged too', async () => {
  const { customerId } = discharged
  const back = { payerCustomerId: customerId, eventNumber: trusteeEvent, reason: 'bounced' }
  await world.act((tx, done) => cancelPayment(tx, { ...back, cancelledOn: world.today(), ...done }))
  await world.through('2026-06-10')
  expect(await owed(db, discharged)).toEqual([])
  expect((await writeOffsOf(db.read, customerId)).map((one) => one.amountCents).sort()).toEqual([
    4000,
    BEFORE[1] - 4000,
  ])
  expect(await booked(db, world, ['write_off_expense', 'receivable', 'deferred_receivable'])).toEqual([
    BEFORE[1],
    0,
    0,
  ])
  expect(await broken(db)).toEqual([])
})

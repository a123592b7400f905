import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildTown, NOW } from '../../../test/support/billed-town.ts'
import { closeBooks } from '../../../test/support/closed-books.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { post } from '../../../test/support/posted.ts'
import { broken } from '../../../test/support/verified.ts'
import { addDays } from '../../platform/time.ts'
import { postEntries, receivableBalance, trialBalance } from './index.ts'

const { db } = await testDatabase()
const CODES = ['cash', 'adjustment', 'interest_expense', 'revenue_fee']
const FIRST = '2025-12-20'

const posting = fc.record({
  post: fc.constant(true as const),
  day: fc.integer({ min: 0, max: 130 }).map((days) => addDays(FIRST, days)),
  sides: fc.shuffledSubarray(CODES, { minLength: 2, maxLength: 2 }),
  cents: fc.integer({ min: 1, max: 100_000 }),
})
const closing = fc.record({ post: fc.constant(false as const), month: fc.integer({ min: 1, max: 4 }) })

let towns = 0

test('a balance of any day equals the sum of all postings until then, whatever was closed when', async () => {
  const acts = fc.array(fc.oneof({ weight: 6, arbitrary: posting }, closing), { minLength: 5, maxLength: 40 })
  const property = fc.asyncProperty(acts, async (commands) => {
    const { clientId } = await db.transaction((tx) => buildTown(tx, 0, { code: `town-${++towns}` }))
    const taken: { day: string; code: string; cents: number }[] = []
    let closedUntil = ''
    for (const command of commands) {
      if (!command.post) {
        const through = `2026-0${command.month}`
        await db.transaction((tx) => closeBooks(tx, { clientId, through }))
        const end = `2026-0${command.month + 1}-01`
        closedUntil = end > closedUntil ? end : closedUntil
        continue
      }
      const { day, sides, cents } = command
      const [debit = '', credit = ''] = sides
      const move = db.transaction((tx) => post(tx, clientId * 100_000_000 + 1, day, [debit, credit, cents]))
      if (day < closedUntil) await expect(move).rejects.toMatchObject({ code: 'period_closed' })
      else {
        await move
        taken.push({ day, code: debit, cents }, { day, code: credit, cents: -cents })
      }
    }
    for (const asOf of [0, 11, 12, 41, 42, 70, 101, 131].map((days) => addDays(FIRST, days))) {
      const sum = (code: string) =>
        taken
          .filter((one) => one.code === code && one.day <= asOf)
          .reduce((cents, one) => cents + one.cents, 0)
      const told = (await trialBalance(db.read, clientId, asOf)).filter(({ code }) => CODES.includes(code))
      expect(Object.fromEntries(told.map(({ code, balanceCents }) => [code, balanceCents]))).toEqual(
        Object.fromEntries(CODES.map((code) => [code, sum(code)])),
      )
    }
  })
  await fc.assert(property, { seed: 20260402, numRuns: 12 })
  expect(await broken(db)).toEqual([])
})

test('what an agreement owed at the end of a day counts what was effective by then', async () => {
  const { homes, clientId } = await db.transaction((tx) => buildTown(tx, 1, { code: 'owing' }))
  const [home] = homes
  if (!home) throw new Error('the town has a home')
  const { customerId, agreementId, accountNumber } = home
  const owner = { agreementId, accountNumber, debtClass: 'regulated' }
  const entry = (day: string, payoffCents: number, currentCents: number, other: string) => {
    const amountCents = Math.abs(currentCents)
    const [debitCode, creditCode] = currentCents > 0 ? ['receivable', other] : [other, 'receivable']
    const receivable = { ...owner, payoffCents, currentCents }
    return {
      customerId,
      kind: 'transfer' as const,
      reference: `test:${day}`,
      effectiveDate: day,
      accountingDate: '2026-03-01',
      createdAt: NOW,
      postings: [{ debitCode, creditCode, amountCents, receivable }],
    }
  }
  // A month of 100.00, of which a budget asks 80.00; then 50.00 are paid.
  const entries = [
    entry('2026-01-31', 10000, 10000, 'adjustment'),
    entry('2026-02-01', 0, -2000, 'deferred_receivable'),
    entry('2026-02-15', -5000, -5000, 'cash'),
  ]
  await db.transaction((tx) => postEntries(tx, entries))
  const owed = async (day?: string) => await receivableBalance(db.read, customerId, day)
  expect(await owed('2026-01-30')).toEqual([])
  expect(await owed('2026-01-31')).toEqual([{ agreementId, payoffCents: 10000, currentCents: 10000 }])
  expect(await owed('2026-02-14')).toEqual([{ agreementId, payoffCents: 10000, currentCents: 8000 }])
  expect(await owed()).toEqual([{ agreementId, payoffCents: 5000, currentCents: 3000 }])
  const [control] = (await trialBalance(db.read, clientId)).filter(({ code }) => code === 'receivable')
  expect(control?.balanceCents).toBe(3000)
})

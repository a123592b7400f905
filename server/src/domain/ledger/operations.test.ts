import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../test/support/billed-town.ts'
import { closeBooks } from '../../../test/support/closed-books.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { broken } from '../../../test/support/verified.ts'
import type { Tx } from '../../platform/db/index.ts'
import { completeBill } from '../billing/index.ts'
import { receivableBalance, reverseEntry, trialBalance } from './index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => buildTown(tx, 1))
const [home] = town.homes as [(typeof town.homes)[0]]
const { customerId } = home
const reversal = {
  customerId,
  entryId: 1,
  kind: 'charge_cancel' as const,
  effectiveDate: '2026-02-03',
  accountingDate: '2026-02-03',
  now: NOW,
}

test('the trial balance of one bill: what is owed is what was earned and what is due to the city', async () => {
  await act((tx) =>
    completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', now: NOW, actor: ACTOR }),
  )
  const balances = await trialBalance(db.read, town.clientId)
  const total = balances.reduce((sum, { balanceCents }) => sum + balanceCents, 0)
  expect(total).toBe(0)
  // 744 h x 0.6 kWh = 446.4 kWh -> 44.64 + 9.00 = 53.64; 5 % = 2.682 -> 2.68; 56.32
  const amounts = balances.map(({ balanceCents }) => balanceCents).filter((cents) => cents !== 0)
  expect(amounts.sort((a, b) => a - b)).toEqual([-4464, -900, -268, 5632])
  expect(await receivableBalance(db.read, customerId)).toMatchObject([{ payoffCents: 5632 }])
})

test('the server can neither change nor delete what is in the books', async () => {
  const tampering = [
    () => db.read.updateTable('posting').set({ amount_cents: 1 }).execute(),
    () => db.read.updateTable('journal_entry').set({ kind: 'payment' }).execute(),
    () => db.read.deleteFrom('posting').execute(),
    () => db.read.deleteFrom('journal_entry').execute(),
  ]
  for (const attempt of tampering) await expect(attempt()).rejects.toThrow(/permission denied/)
})

test('a reversal is not in the books before the entry that it takes back', async () => {
  // The entry is of 2026-02-01, and no period is closed yet.
  const early = { ...reversal, accountingDate: '2026-01-31' }
  await expect(act((tx) => reverseEntry(tx, early))).rejects.toMatchObject({ code: 'reversal_before_entry' })
})

test('nothing is posted into a closed period, also no reversal', async () => {
  await act((tx) => closeBooks(tx, { clientId: town.clientId, through: '2026-01' }))
  await expect(
    act((tx) => reverseEntry(tx, { ...reversal, accountingDate: '2026-01-31' })),
  ).rejects.toMatchObject({ code: 'period_closed' })
})

test('a reversal mirrors every posting, once', async () => {
  expect(await broken(db)).toEqual([])
  await act(async (tx) => {
    await reverseEntry(tx, reversal)
    const balances = await trialBalance(tx, town.clientId)
    expect(balances.filter(({ balanceCents }) => balanceCents !== 0)).toEqual([])
    await expect(reverseEntry(tx, reversal)).rejects.toMatchObject({ code: 'entry_reversed' })
  })
})

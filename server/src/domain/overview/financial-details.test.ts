import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import type { Tx } from '../../platform/db/index.ts'
import { completeBill } from '../billing/index.ts'
import { recordPayment } from '../payments/index.ts'
import { getFinancialDetails } from './index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => buildTown(tx, 1))
const [home] = town.homes as [(typeof town.homes)[0]]
const done = { now: NOW, actor: ACTOR }

test('an account that was billed and paid in part, seen later', async () => {
  expect(await getFinancialDetails(db.read, home, '2026-01-15')).toMatchObject({
    payoffCents: 0,
    lastBill: null,
    lastPayment: null,
    billedThisYearCents: 0,
  })
  // 744 h x 0.6 kWh = 446.4 kWh -> 44.64 + 9.00 = 53.64; 5 % = 2.682 -> 2.68; 56.32
  await act((tx) => completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }))
  await act((tx) =>
    recordPayment(tx, {
      payerCustomerId: home.customerId,
      accounts: [{ ...home, amountCents: 1632 }],
      paymentDate: '2026-02-10',
      source: 'counter',
      tender: { method: 'cash' },
      ...done,
    }),
  )
  const details = await getFinancialDetails(db.read, home, '2026-04-02')
  expect(details).toMatchObject({
    payoffCents: 4000,
    currentCents: 4000,
    pastDueCents: 4000,
    lastBill: { billId: 1, billDate: '2026-02-01', amountDueCents: 5632 },
    lastPayment: { paymentDate: '2026-02-10', amountCents: 1632 },
    billedThisYearCents: 5632,
    paidThisYearCents: 1632,
    oldestDueDate: details.lastBill?.dueDate,
  })
  expect(details.arrears.overdueCents.reduce((sum, cents) => sum + cents, 0)).toBe(4000)
  await expect(
    getFinancialDetails(db.read, { ...home, accountNumber: 9 }, '2026-04-02'),
  ).rejects.toMatchObject({
    code: 'billing_account_unknown',
  })
})

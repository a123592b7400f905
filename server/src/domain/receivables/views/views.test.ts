import { expect, test } from 'vitest'
import { ACTOR, buildTown } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { Temporal } from '../../../platform/time.ts'
import { getAgreement, startAgreement } from '../../agreements/index.ts'
import { LEDGER, trialBalance } from '../../ledger/index.ts'
import {
  accountTotals,
  aging,
  agingCsv,
  cancelAdjustment,
  changeAsked,
  createAdjustment,
  financialHistory,
  postMoves,
  settleOldestFirst,
} from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => buildTown(tx, 2))
const [home, other] = town.homes as [(typeof town.homes)[0], (typeof town.homes)[0]]
const { clientId } = town
const noon = (day: string) => Temporal.Instant.from(`${day}T18:00:00Z`)

/** Signed: a debit is above zero. */
async function adjust(one: typeof home, day: string, amountCents: number, dueDate?: string) {
  const direction = amountCents > 0 ? ('debit' as const) : ('credit' as const)
  const input = {
    ...one,
    type: 'billing_correction',
    direction,
    amountCents: Math.abs(amountCents),
    effectiveDate: day,
    ...(dueDate && { dueDate }),
    now: noon(day),
    actor: ACTOR,
  }
  return act((tx) => createAdjustment(tx, input))
}

await adjust(home, '2026-01-05', 10_000, '2026-01-26')
await adjust(home, '2026-02-05', 4_000, '2026-02-26')
const paid = await adjust(home, '2026-02-10', -7_000)
await adjust(other, '2026-01-07', 2_500, '2026-01-28')
await adjust(other, '2026-03-01', -3_000)
await act((tx) =>
  cancelAdjustment(tx, {
    customerId: home.customerId,
    adjustmentId: paid.adjustmentId,
    reason: 'bounced',
    cancelledOn: '2026-03-05',
    now: noon('2026-03-05'),
    actor: ACTOR,
  }),
)

const overdue = async (asOf: string) => (await aging(db.read, { clientId }, { asOf })).rows

test('debt is aged by its due date as the books stood at the end of a day', async () => {
  const row = { customerId: null, accountNumber: null, debtClass: 'regulated', controlCode: 'receivable' }
  expect(await overdue('2026-01-31')).toEqual([
    // 100.00 is due since the 26th, 25.00 since the 28th.
    { ...row, overdueCents: [0, 12_500, 0, 0, 0], creditCents: 0, totalCents: 12_500 },
  ])
  expect(await overdue('2026-02-26')).toEqual([
    // 100.00 - 70.00 since 31 days, 25.00 since 29; 40.00 is due today, so not overdue.
    { ...row, overdueCents: [4_000, 2_500, 3_000, 0, 0], creditCents: 0, totalCents: 9_500 },
  ])
  expect(await overdue('2026-03-31')).toEqual([
    // The 70.00 came back: 100.00 since 64 days, 40.00 since 33. The neighbour's 30.00 paid 25.00.
    { ...row, overdueCents: [0, 0, 4_000, 10_000, 0], creditCents: -500, totalCents: 13_500 },
  ])
})

test('the rows sum to the control account on any day; those of accounts to those of the client', async () => {
  for (const asOf of [
    '2026-01-04',
    '2026-01-05',
    '2026-02-09',
    '2026-02-10',
    '2026-03-04',
    '2026-03-05',
    '2027-01-01',
  ]) {
    const books = await trialBalance(db.read, clientId, asOf)
    const receivable = books.find(({ code }) => code === 'receivable')?.balanceCents
    const sum = (rows: { totalCents: number }[]) => rows.reduce((total, row) => total + row.totalCents, 0)
    expect(sum(await overdue(asOf)), asOf).toBe(receivable)
    const byAccount = await aging(db.read, { clientId, byAccount: true }, { asOf })
    expect(sum(byAccount.rows), asOf).toBe(receivable)
    const own = await aging(db.read, home, { asOf })
    expect(own.rows).toEqual(byAccount.rows.filter(({ customerId }) => customerId === home.customerId))
  }
})

test('buckets are the caller’s; ones that do not rise are refused', async () => {
  const { buckets } = await aging(db.read, { clientId }, { asOf: '2026-03-31', days: [15, 45] })
  expect(buckets).toEqual(['current', '1-15', '16-45', '46+'])
  const csv = agingCsv(await aging(db.read, { clientId }, { asOf: '2026-03-31' }))
  expect(csv.split('\n')).toEqual([
    'as_of,customer_id,account,debt_class,control_account,current,1-30,31-60,61-90,91+,credits,total',
    '2026-03-31,,,regulated,receivable,0.00,0.00,40.00,100.00,0.00,-5.00,135.00',
    '',
  ])
  await expect(aging(db.read, { clientId }, { asOf: '2026-03-31', days: [30, 30] })).rejects.toMatchObject({
    code: 'buckets_malformed',
  })
})

test('the history has both balances after every change, also on a later page', async () => {
  const deposit = await act(async (tx) => {
    const dates = { effectiveDate: '2026-03-10', accountingDate: '2026-03-10', now: noon('2026-03-10') }
    const agreementId = await startAgreement(tx, {
      ...home,
      kind: 'deposit',
      startDate: '2026-03-10',
      now: dates.now,
    })
    const agreement = await getAgreement(tx, { ...home, agreementId })
    const ask = { customerId: home.customerId, agreement, reference: 'deposit:1', amountCents: 20_000 }
    await changeAsked(tx, [ask], dates)
    return agreement
  })
  await act((tx) => {
    const dates = { effectiveDate: '2026-03-12', accountingDate: '2026-03-12' }
    const paid = {
      customerId: home.customerId,
      entryKind: 'payment' as const,
      reference: 'payment:1',
      ...dates,
    }
    const changes = [{ agreement: deposit, otherCode: LEDGER.cash, amountCents: -15_000 }]
    return postMoves(tx, [{ ...paid, changes }], noon('2026-03-12'))
  })
  await act((tx) => settleOldestFirst(tx, { customerIds: [home.customerId], now: noon('2026-03-12') }))
  const { customerId, accountNumber } = home
  const all = await act((tx) => financialHistory(tx, { customerId, accountNumber, limit: 10, offset: 0 }))
  expect(all.total).toBe(6)
  const figures = all.rows.map((row) => [
    row.kind,
    row.payoffCents,
    row.currentCents,
    row.runningPayoffCents,
    row.runningCurrentCents,
  ])
  expect(figures).toEqual([
    ['payment', -15_000, -15_000, -1_000, 19_000],
    ['deferral', 0, 20_000, 14_000, 34_000],
    ['adjustment_cancel', 7_000, 7_000, 14_000, 14_000],
    ['adjustment', -7_000, -7_000, 7_000, 7_000],
    ['adjustment', 4_000, 4_000, 14_000, 14_000],
    ['adjustment', 10_000, 10_000, 10_000, 10_000],
  ])
  expect(all.rows.at(-1)?.adjustmentText).toEqual({ en: 'Billing correction', es: 'Corrección de factura' })
  const page = await act((tx) =>
    financialHistory(tx, { customerId, start: '2026-02-05', end: '2026-03-05', limit: 1, offset: 1 }),
  )
  expect(page).toMatchObject({ total: 2, rows: [{ runningPayoffCents: 14_000, dueDate: '2026-02-26' }] })
  // 140.00 asked for the service and 50.00 of the deposit; 150.00 of its 200.00 are held.
  expect(await accountTotals(db.read, [customerId], '2026-03-15')).toMatchObject([
    {
      payoffCents: -1_000,
      currentCents: 19_000,
      pastDueCents: 14_000,
      depositHeldCents: 15_000,
      deferredCents: 0,
    },
  ])
})

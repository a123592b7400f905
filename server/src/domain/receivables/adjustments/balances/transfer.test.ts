import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../../test/support/database.ts'
import { broken, brokenBooks } from '../../../../../test/support/verified.ts'
import type { Tx } from '../../../../platform/db/index.ts'
import { getAgreement, startAgreement } from '../../../agreements/index.ts'
import { lockCustomers } from '../../../customers/index.ts'
import { trialBalance } from '../../../ledger/index.ts'
import {
  approveAdjustment,
  assessDeposit,
  balances,
  cancelAdjustment,
  cancelRefund,
  createAdjustment,
  freezeAdjustment,
  generateAdjustment,
  getAdjustment,
  getAdjustmentType,
  itemsOfAgreement,
  postedBy,
  postRefund,
  previewAct,
  rejectAdjustment,
  saveAdjustmentType,
  startArrangement,
  submitAdjustment,
  type TransferInput,
  transferBalance,
} from '../../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => buildTown(tx, 2))
const [home, neighbour] = town.homes as [(typeof town.homes)[0], (typeof town.homes)[0]]
const done = { now: NOW, actor: ACTOR }
const scope = { clientId: town.clientId }
const both = [home.customerId, neighbour.customerId]

const debt = { type: 'billing_correction', direction: 'debit' as const, effectiveDate: '2026-02-01', ...done }
await act((tx) => createAdjustment(tx, { ...home, ...debt, amountCents: 5632, dueDate: '2026-02-22' }))
await act((tx) => createAdjustment(tx, { ...neighbour, ...debt, amountCents: 6458, dueDate: '2026-02-24' }))

async function owed(one: typeof home): Promise<number> {
  const all = await act((tx) => balances(tx, [one.customerId], '2026-02-10'))
  return all.find(({ agreementId }) => agreementId === one.agreementId)?.payoffCents ?? 0
}

const move = (change: Partial<TransferInput>): TransferInput => ({
  from: home,
  to: neighbour,
  scope,
  what: 'debt',
  effectiveDate: '2026-02-10',
  ...done,
  ...change,
})

test('debt moves to another customer as it was previewed, keeps its due date, and comes back with both halves', async () => {
  const [before, there] = [await owed(home), await owed(neighbour)]
  const transfer = (tx: Tx) => transferBalance(tx, move({ amountCents: 2000 }))
  const preview = await act((tx) => previewAct(tx, both, () => transfer(tx)))
  const real = await act((tx) => postedBy(tx, both, () => transfer(tx)))
  expect(preview).toEqual(real)
  expect([await owed(home), await owed(neighbour)]).toEqual([before - 2000, there + 2000])
  const items = await act((tx) => itemsOfAgreement(tx, neighbour.customerId, neighbour.agreementId))
  const [bill] = await act((tx) => itemsOfAgreement(tx, home.customerId, home.agreementId))
  expect(items.find((item) => item.reference.startsWith('transfer:'))?.dueDate).toBe(bill?.dueDate)
  const [left, arrived] = real.result
  const back = { reason: 'wrong neighbour', cancelledOn: '2026-02-11', ...done }
  const key = { customerId: arrived.customerId, adjustmentId: arrived.adjustmentId }
  await act((tx) => cancelAdjustment(tx, { ...key, ...back }))
  expect([await owed(home), await owed(neighbour)]).toEqual([before, there])
  const first = { customerId: left.customerId, adjustmentId: left.adjustmentId }
  await expect(act((tx) => cancelAdjustment(tx, { ...first, ...back }))).rejects.toMatchObject({
    code: 'adjustment_cancelled',
  })
  expect(await broken(db)).toEqual([])
})

test('a stranger, the same account, too much and nothing are refused, and nothing moves', async () => {
  const before = [await owed(home), await owed(neighbour)]
  const other = await act((tx) => buildTownBeside(tx))
  const refusals: [string, Partial<TransferInput>][] = [
    ['account_unknown', { to: other }],
    ['account_unknown', { scope: { ...scope, customerIds: [home.customerId] } }],
    ['account_unknown', { from: other, to: home }],
    ['agreement_unknown', { to: { ...neighbour, agreementId: 19999 } }],
    ['transfer_same_account', { to: home }],
    ['transfer_above_eligible', { amountCents: 5633 }],
    ['nothing_to_transfer', { what: 'credit' }],
    ['transfer_above_eligible', { what: 'credit', amountCents: 1 }],
    ['amount_not_positive', { amountCents: -1 }],
    ['adjustment_not_transfer', { type: 'goodwill' }],
  ]
  for (const [code, change] of refusals)
    await expect(
      act((tx) => transferBalance(tx, move(change))),
      code,
    ).rejects.toMatchObject({ code })
  expect([await owed(home), await owed(neighbour)]).toEqual(before)
})

async function buildTownBeside(tx: Tx) {
  const { homes } = await buildTown(tx, 1, { code: 'elsewhere' })
  return homes[0] as (typeof homes)[0]
}

test('a transfer that waits is checked again when it is posted', async () => {
  const [waiting] = await act((tx) => transferBalance(tx, move({ amountCents: 5000, until: 'freezable' })))
  expect(await owed(home)).toBe(5632)
  const credit = { ...home, type: 'goodwill', amountCents: 1000, effectiveDate: '2026-02-10', ...done }
  const { adjustmentId } = await act((tx) => createAdjustment(tx, credit))
  const key = { customerId: home.customerId, adjustmentId: waiting.adjustmentId, ...done }
  await expect(act((tx) => freezeAdjustment(tx, key))).rejects.toMatchObject({
    code: 'transfer_above_eligible',
  })
  await act((tx) => cancelAdjustment(tx, { ...key, adjustmentId, reason: 'test', cancelledOn: '2026-02-10' }))
  await act((tx) => freezeAdjustment(tx, key))
  expect(await owed(home)).toBe(5632 - 5000)
  await act((tx) => cancelAdjustment(tx, { ...key, reason: 'test', cancelledOn: '2026-02-10' }))
})

test('both halves wait for approval, are sent back and posted together, whichever is named', async () => {
  const type = await act((tx) => getAdjustmentType(tx, town.clientId, 'balance_transfer'))
  const strict = { ...type, code: 'large_transfer', approvalAboveCents: 1000, clientId: town.clientId }
  await act((tx) => saveAdjustmentType(tx, { ...strict, ...done }))
  const [left, arrived] = await act((tx) =>
    transferBalance(tx, move({ type: 'large_transfer', amountCents: 1001 })),
  )
  const boss = { now: NOW, actor: { ...ACTOR, actor: 'user:boss' } }
  const [here, there] = [left, arrived].map(({ customerId, adjustmentId }) => ({ customerId, adjustmentId }))
  if (!here || !there) throw new Error('a transfer has two halves')
  expect([left.status, arrived.status]).toEqual(['pending_approval', 'pending_approval'])
  await act((tx) => rejectAdjustment(tx, { ...there, reason: 'why?', ...boss }))
  await act((tx) => generateAdjustment(tx, { ...there, ...done }))
  await act((tx) => submitAdjustment(tx, { ...here, ...done }))
  await expect(act((tx) => approveAdjustment(tx, { ...there, ...done }))).rejects.toMatchObject({
    code: 'approver_is_author',
  })
  expect(await owed(home)).toBe(5632)
  await act((tx) => approveAdjustment(tx, { ...there, ...boss }))
  for (const key of [here, there])
    expect(await act((tx) => getAdjustment(tx, key))).toMatchObject({
      status: 'frozen',
      approvedBy: 'user:boss',
    })
  expect(await owed(home)).toBe(5632 - 1001)
  await act((tx) => cancelAdjustment(tx, { ...here, reason: 'test', cancelledOn: '2026-02-10', ...done }))
})

test('of ten who move the whole debt at once, one does', async () => {
  const all = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) =>
      act((tx) => transferBalance(tx, move({ amountCents: 5632, comment: `attempt ${index}` }))),
    ),
  )
  const moved = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
  expect(refused).toEqual(new Array(9).fill('transfer_above_eligible'))
  const [key] = moved[0] as [{ customerId: number; adjustmentId: number }, unknown]
  await act((tx) =>
    cancelAdjustment(tx, {
      customerId: key.customerId,
      adjustmentId: key.adjustmentId,
      reason: 'test',
      cancelledOn: '2026-02-10',
      ...done,
    }),
  )
  expect(await owed(home)).toBe(5632)
})

test('a credit moves inside a customer in one entry, and is paid out at most once', async () => {
  const { customerId } = home
  const overpayment = await act((tx) =>
    startAgreement(tx, { ...home, kind: 'overpayment', startDate: '2026-02-01', now: NOW }),
  )
  const aside = { customerId, agreementId: overpayment }
  const credit = { ...home, type: 'billing_correction', direction: 'credit' as const, amountCents: 6632 }
  await act((tx) => createAdjustment(tx, { ...credit, effectiveDate: '2026-02-10', ...done }))
  const transfer = (tx: Tx) => transferBalance(tx, move({ to: aside, what: 'credit' }))
  const preview = await act((tx) => previewAct(tx, [customerId], () => transfer(tx)))
  const real = await act((tx) => postedBy(tx, [customerId], () => transfer(tx)))
  expect(preview).toEqual(real)
  expect(real.posted.entries).toHaveLength(1)
  expect(real.result.map(({ amountCents }) => amountCents)).toEqual([1000, -1000])
  expect(await owed(home)).toBe(0)
  const dates = { effectiveDate: '2026-02-12', accountingDate: '2026-02-12', now: NOW }
  const refund = async (tx: Tx, amountCents: number, reference: string) => {
    await lockCustomers(tx, [customerId])
    return postRefund(tx, {
      customerId,
      agreement: await getAgreement(tx, aside),
      amountCents,
      reference,
      ...dates,
    })
  }
  const entryId = await act((tx) => refund(tx, 600, 'disbursement:1'))
  await expect(act((tx) => refund(tx, 401, 'disbursement:2'))).rejects.toMatchObject({
    code: 'refund_above_credit',
  })
  const payable = async () => {
    const all = await trialBalance(db.read, town.clientId)
    return all.find(({ code }) => code === 'refunds_payable')?.balanceCents
  }
  expect(await payable()).toBe(-600)
  await act((tx) => cancelRefund(tx, { customerId, entryId, ...dates }))
  expect(await payable()).toBe(0)
  await expect(act((tx) => cancelRefund(tx, { customerId, entryId, ...dates }))).rejects.toMatchObject({
    code: 'entry_reversed',
  })
  expect(await brokenBooks(db)).toEqual([])
  await act((tx) => refund(tx, 1000, 'disbursement:2'))
  expect(await payable()).toBe(-1000)
})

test('what a deposit asks for is neither adjusted nor moved', async () => {
  const { customerId, accountNumber } = neighbour
  const ask = { customerId, accountNumber, amountCents: 3000, reason: 'credit' as const, day: '2026-02-10' }
  const deposit = await act((tx) => assessDeposit(tx, { ...ask, dueDate: '2026-02-20', ...done }))
  const holder = { customerId, agreementId: deposit.agreementId ?? 0 }
  const refused = { code: 'adjustment_not_eligible' }
  const debit = { ...holder, ...debt, amountCents: 500 }
  await expect(act((tx) => createAdjustment(tx, debit))).rejects.toMatchObject(refused)
  for (const sides of [
    { from: holder, to: neighbour },
    { from: neighbour, to: holder },
  ])
    await expect(act((tx) => transferBalance(tx, move(sides)))).rejects.toMatchObject(refused)
  expect(await brokenBooks(db)).toEqual([])
})

test('a credit of an arrangement is not paid out while its instalments are still to come', async () => {
  const { customerId, accountNumber } = neighbour
  const plan = { customerId, accountNumber, amountCents: 4000, split: { count: 4 }, day: '2026-02-10' }
  const { agreementId } = await act((tx) => startArrangement(tx, { ...plan, ...done }))
  const holder = { customerId, agreementId: agreementId ?? 0 }
  const credit = { ...holder, ...debt, direction: 'credit' as const, effectiveDate: '2026-02-11' }
  await act((tx) => createAdjustment(tx, { ...credit, amountCents: 4500 }))
  const refund = (amountCents: number) =>
    act(async (tx) => {
      const dates = { effectiveDate: '2026-02-12', accountingDate: '2026-02-12', now: NOW }
      await lockCustomers(tx, [customerId])
      const agreement = await getAgreement(tx, holder)
      return postRefund(tx, { customerId, agreement, amountCents, reference: 'disbursement:9', ...dates })
    })
  // Of 45.00 asked for as a credit, 40.00 are owed in instalments.
  await expect(refund(501)).rejects.toMatchObject({ code: 'refund_above_credit' })
  await refund(500)
  expect(await brokenBooks(db)).toEqual([])
})

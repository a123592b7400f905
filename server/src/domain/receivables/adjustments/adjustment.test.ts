import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { actOnAgreement, stopAgreement } from '../../agreements/index.ts'
import { closePeriod, openFiscalYear } from '../../ledger/index.ts'
import { findWorkItems } from '../../work/index.ts'
import {
  approveAdjustment,
  assessFee,
  balances,
  cancelAdjustment,
  createAdjustment,
  deleteAdjustment,
  eligibleFees,
  freezeAdjustment,
  generateAdjustment,
  getAdjustment,
  postedBy,
  previewAct,
  rejectAdjustment,
  saveAdjustmentType,
  submitAdjustment,
  writeSmallBalance,
} from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => buildTown(tx, 1))
const [home] = town.homes as [(typeof town.homes)[0]]
const { customerId, agreementId } = home
const done = { now: NOW, actor: ACTOR }
const boss = { now: NOW, actor: { ...ACTOR, actor: 'user:boss' } }
const on = { customerId, agreementId, effectiveDate: '2026-02-10', ...done }

// The debt that everything below adds to or takes from.
await act((tx) =>
  createAdjustment(tx, {
    ...on,
    type: 'billing_correction',
    direction: 'debit',
    amountCents: 5632,
    dueDate: '2026-02-22',
  }),
)

async function owed(): Promise<number> {
  const all = await act((tx) => balances(tx, [customerId], '2026-02-10'))
  return all.find((one) => one.agreementId === agreementId)?.payoffCents ?? 0
}

test('a courtesy credit is posted at once, previewed as it is posted, and cancelled by its mirror', async () => {
  expect(await owed()).toBe(5632)
  const credit = (tx: Tx) => createAdjustment(tx, { ...on, type: 'courtesy_credit', amountCents: 1000 })
  const preview = await act((tx) => previewAct(tx, [customerId], () => credit(tx)))
  const real = await act((tx) => postedBy(tx, [customerId], () => credit(tx)))
  expect(preview).toEqual(real)
  expect(real.result).toMatchObject({ status: 'frozen', amountCents: -1000 })
  expect(await owed()).toBe(5632 - 1000)
  const { adjustmentId } = real.result
  const back = { customerId, adjustmentId, reason: 'mistake', cancelledOn: '2026-02-11', ...done }
  const cancelPreview = await act((tx) => previewAct(tx, [customerId], () => cancelAdjustment(tx, back)))
  const cancelled = await act((tx) => postedBy(tx, [customerId], () => cancelAdjustment(tx, back)))
  expect(cancelPreview).toEqual(cancelled)
  expect(cancelled.result).toMatchObject({ status: 'cancelled', cancelReason: 'mistake' })
  expect(await owed()).toBe(5632)
  await expect(act((tx) => cancelAdjustment(tx, back))).rejects.toMatchObject({
    code: 'adjustment_cancelled',
  })
})

test('what cannot be adjusted is refused with its code, and nothing moves', async () => {
  const refusals: [string, Partial<Parameters<typeof createAdjustment>[1]>][] = [
    ['amount_not_positive', { amountCents: -5 }],
    ['amount_not_positive', { amountCents: 0 }],
    ['amount_not_positive', { amountCents: 10.5 }],
    ['amount_missing', {}],
    ['direction_differs', { amountCents: 5, direction: 'debit' }],
    ['direction_missing', { type: 'billing_correction', amountCents: 5 }],
    ['adjustment_type_unknown', { type: 'gift', amountCents: 5 }],
    ['adjustment_is_transfer', { type: 'balance_transfer', amountCents: 5 }],
    ['agreement_unknown', { agreementId: 19999, amountCents: 5 }],
    ['customer_unknown', { customerId: customerId + 7, amountCents: 5 }],
  ]
  for (const [code, change] of refusals)
    await expect(
      act((tx) => createAdjustment(tx, { ...on, type: 'goodwill', ...change })),
      code,
    ).rejects.toMatchObject({ code })
  const books = { clientId: town.clientId, ...done }
  const [january] = await act((tx) => openFiscalYear(tx, { ...books, fiscalYear: 2026 }))
  await act((tx) => closePeriod(tx, { ...books, code: january?.code ?? '' }))
  const closed = { ...on, type: 'goodwill', amountCents: 5, accountingDate: '2026-01-31' }
  await expect(act((tx) => createAdjustment(tx, closed))).rejects.toMatchObject({ code: 'period_closed' })
  expect(await owed()).toBe(5632)
})

test('above the limit of its type somebody else approves', async () => {
  const large = { ...on, type: 'courtesy_credit', amountCents: 10001 }
  const asked = await act((tx) => createAdjustment(tx, large))
  const key = { customerId, adjustmentId: asked.adjustmentId }
  expect(asked).toMatchObject({ status: 'pending_approval', entryId: null })
  const work = { clientId: town.clientId, kind: 'adjustment_approval', limit: 9, offset: 0 }
  expect((await act((tx) => findWorkItems(tx, work))).items).toMatchObject([{ status: 'open' }])
  await expect(act((tx) => approveAdjustment(tx, { ...key, ...done }))).rejects.toMatchObject({
    code: 'approver_is_author',
  })
  await act((tx) => rejectAdjustment(tx, { ...key, reason: 'too generous', ...boss }))
  expect((await act((tx) => findWorkItems(tx, work))).items).toMatchObject([{ status: 'done' }])
  expect(await act((tx) => getAdjustment(tx, key))).toMatchObject({
    status: 'incomplete',
    fault: 'too generous',
  })
  await act((tx) => generateAdjustment(tx, { ...key, ...done }))
  await expect(act((tx) => freezeAdjustment(tx, { ...key, ...done }))).rejects.toMatchObject({
    code: 'approval_needed',
  })
  await act((tx) => submitAdjustment(tx, { ...key, ...done }))
  expect(await owed()).toBe(5632)
  const approved = await act((tx) => approveAdjustment(tx, { ...key, ...boss }))
  expect(approved).toMatchObject({ status: 'frozen', approvedBy: 'user:boss' })
  expect(await owed()).toBe(5632 - 10001)
  await act((tx) => cancelAdjustment(tx, { ...key, reason: 'test', cancelledOn: '2026-02-12', ...boss }))
})

test('who gives an amount cannot approve it, whoever began the adjustment', async () => {
  const small = { ...on, type: 'courtesy_credit', amountCents: 100, until: 'freezable' as const }
  const { adjustmentId } = await act((tx) => createAdjustment(tx, small))
  const key = { customerId, adjustmentId }
  await act((tx) => generateAdjustment(tx, { ...key, amountCents: 10001, ...boss }))
  await act((tx) => submitAdjustment(tx, { ...key, ...boss }))
  await expect(act((tx) => approveAdjustment(tx, { ...key, ...boss }))).rejects.toMatchObject({
    code: 'approver_is_author',
  })
  await act((tx) => rejectAdjustment(tx, { ...key, reason: 'too generous', ...done }))
})

test('a draft finds its faults when it is generated, and can be deleted until it is posted', async () => {
  const draft = await act((tx) =>
    createAdjustment(tx, { ...on, type: 'billing_correction', direction: 'debit', until: 'incomplete' }),
  )
  const key = { customerId, adjustmentId: draft.adjustmentId, ...done }
  expect(await act((tx) => generateAdjustment(tx, key))).toMatchObject({
    status: 'error',
    faultCode: 'amount_missing',
  })
  await expect(act((tx) => freezeAdjustment(tx, key))).rejects.toMatchObject({ code: 'adjustment_state' })
  const generated = await act((tx) =>
    generateAdjustment(tx, { ...key, amountCents: 700, direction: 'debit' }),
  )
  expect(generated).toMatchObject({ status: 'freezable', amountCents: 700, fault: null })
  expect(await owed()).toBe(5632)
  await act((tx) => deleteAdjustment(tx, key))
  await expect(act((tx) => getAdjustment(tx, key))).rejects.toMatchObject({ code: 'adjustment_unknown' })
  const next = await act((tx) =>
    createAdjustment(tx, { ...on, type: 'billing_correction', direction: 'debit', amountCents: 100 }),
  )
  expect(next.adjustmentId).toBeGreaterThan(draft.adjustmentId)
  const posted = { ...key, adjustmentId: next.adjustmentId }
  await expect(act((tx) => deleteAdjustment(tx, posted))).rejects.toMatchObject({ code: 'adjustment_state' })
  await expect(act((tx) => generateAdjustment(tx, posted))).rejects.toMatchObject({
    code: 'adjustment_state',
  })
  await act((tx) => cancelAdjustment(tx, { ...posted, reason: 'test', cancelledOn: '2026-02-12' }))
})

test('fees are those that fit the agreement, asked once for one cause', async () => {
  const fees = await act((tx) => eligibleFees(tx, home))
  expect(fees.map((fee) => fee.code)).toContain('reconnect_fee')
  expect(fees.map((fee) => fee.code)).not.toContain('courtesy_credit')
  const trip = { ...on, type: 'trip_fee', cause: 'field_activity:7' }
  const first = await act((tx) => assessFee(tx, trip))
  expect(first).toMatchObject({ amountCents: 2500, purpose: 'fee' })
  expect(await act((tx) => assessFee(tx, trip))).toEqual(first)
  expect(await owed()).toBe(5632 + 2500)
  await expect(act((tx) => assessFee(tx, { ...on, type: 'goodwill', amountCents: 5 }))).rejects.toMatchObject(
    { code: 'adjustment_not_fee' },
  )
  const key = { customerId, adjustmentId: first.adjustmentId }
  await act((tx) => cancelAdjustment(tx, { ...key, reason: 'kind', cancelledOn: '2026-02-12', ...done }))
  const again = await act((tx) => assessFee(tx, trip))
  expect(again.adjustmentId).toBeGreaterThan(first.adjustmentId)
  const { adjustmentId } = again
  await act((tx) =>
    cancelAdjustment(tx, { customerId, adjustmentId, reason: 'kind', cancelledOn: '2026-02-12', ...done }),
  )
})

test('a type that is retired is no longer posted; its ledger account must exist', async () => {
  const of = { clientId: town.clientId, ...done }
  const [fee] = (await act((tx) => eligibleFees(tx, home))).filter(({ code }) => code === 'meter_test_fee')
  if (!fee) throw new Error('the fee is eligible before it is retired')
  await expect(
    act((tx) => saveAdjustmentType(tx, { ...of, ...fee, ledgerCode: 'gold' })),
  ).rejects.toMatchObject({ code: 'ledger_account_unknown' })
  await act((tx) => saveAdjustmentType(tx, { ...of, ...fee, active: false }))
  await expect(act((tx) => assessFee(tx, { ...on, type: fee.code }))).rejects.toMatchObject({
    code: 'adjustment_not_eligible',
  })
})

test('a closing agreement is brought to zero when little is left; new money opens a closed one again', async () => {
  const { clientId } = town
  await act((tx) => stopAgreement(tx, { ...home, endDate: '2026-03-01', now: NOW }))
  expect(await act((tx) => writeSmallBalance(tx, on))).toBeUndefined()
  const credit = { ...on, type: 'billing_correction', direction: 'credit' as const, amountCents: 5632 - 99 }
  await act((tx) => createAdjustment(tx, credit))
  const small = (tx: Tx) => writeSmallBalance(tx, on)
  const preview = await act((tx) => previewAct(tx, [customerId], () => small(tx)))
  const real = await act((tx) => postedBy(tx, [customerId], () => small(tx)))
  expect(preview).toEqual(real)
  expect(real.result).toMatchObject({ type: 'small_balance_write_down', amountCents: -99, onBill: false })
  expect(await owed()).toBe(0)
  await act((tx) => actOnAgreement(tx, { ...home, action: 'close' }))
  await act((tx) => assessFee(tx, { ...on, type: 'returned_payment_fee', amountCents: 300 }))
  const status = await db.read
    .selectFrom('agreement')
    .select('status')
    .where('agreement_id', '=', agreementId)
  expect(await status.execute()).toEqual([{ status: 'reopened' }])
  expect(clientId).toBe(1)
  expect(await broken(db)).toEqual([])
})

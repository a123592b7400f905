import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { brokenBooks } from '../../../test/support/verified.ts'
import type { Tx } from '../../platform/db/index.ts'
import { getAgreement, startAgreement } from '../agreements/index.ts'
import {
  applyCredits,
  applyOverpayments,
  balances,
  changeAsked,
  createAdjustment,
  postedBy,
  previewAct,
} from './index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => buildTown(tx, 2))
const done = { now: NOW, actor: ACTOR }
const dates = { effectiveDate: '2026-02-10', accountingDate: '2026-02-10' }

/** Signed: a debit is above zero. */
function adjust(customerId: number, agreementId: number, amountCents: number, dueDate = '2026-02-22') {
  const direction = amountCents > 0 ? ('debit' as const) : ('credit' as const)
  const of = { customerId, agreementId, direction, amountCents: Math.abs(amountCents), dueDate }
  return act((tx) => createAdjustment(tx, { ...of, type: 'billing_correction', ...dates, ...done }))
}

async function owedBy(customerId: number): Promise<Map<number, number>> {
  const all = await act((tx) => balances(tx, [customerId], '2026-02-10'))
  return new Map(all.map((one) => [one.agreementId, one.currentCents]))
}

test('credits of an account pay by priority, then age; what is deferred or written off is left alone', async () => {
  const [home] = town.homes as [(typeof town.homes)[0]]
  const { customerId, accountNumber, agreementId: service } = home
  const start = (kind: 'arrangement' | 'item' | 'overpayment' | 'write_off', debtClass: string) =>
    act((tx) => startAgreement(tx, { ...home, kind, debtClass, startDate: '2026-01-01', now: NOW }))
  const arrangement = await start('arrangement', 'arrangement')
  const fees = await start('item', 'fee')
  const overpaid = await start('overpayment', 'regulated')
  const lost = await start('write_off', 'written_off')
  await adjust(customerId, fees, 1000, '2026-01-02')
  await adjust(customerId, arrangement, 2000, '2026-01-03')
  await adjust(customerId, service, 3000, '2026-03-01')
  await adjust(customerId, lost, 4000, '2025-03-01')
  await act(async (tx) => {
    const agreement = await getAgreement(tx, { customerId, agreementId: arrangement })
    const ask = { customerId, agreement, reference: 'test:1', amountCents: -500 }
    await changeAsked(tx, [ask], { ...dates, now: NOW })
  })
  await adjust(customerId, overpaid, -3700)
  // 37.00: the service (priority 10) takes 30.00, the arrangement (15) 7.00 of the 15.00 that it asks for now.
  const apply = (tx: Tx) => applyCredits(tx, { customerId, accountNumber, ...dates, ...done })
  const preview = await act((tx) => previewAct(tx, [customerId], () => apply(tx)))
  const real = await act((tx) => postedBy(tx, [customerId], () => apply(tx)))
  expect(preview).toEqual(real)
  expect(real.result).toEqual([
    { customerId, fromAgreementId: overpaid, toAgreementId: service, amountCents: 3000 },
    { customerId, fromAgreementId: overpaid, toAgreementId: arrangement, amountCents: 700 },
  ])
  expect(await owedBy(customerId)).toEqual(
    new Map([
      [arrangement, 1500 - 700],
      [fees, 1000],
      [lost, 4000],
    ]),
  )
  expect(await act(apply)).toEqual([])
  expect(await brokenBooks(db)).toEqual([])
})

test('overpayments pay alone when a bill is made; other credits wait to be applied', async () => {
  const [, home] = town.homes as [unknown, (typeof town.homes)[0]]
  const { customerId, agreementId: service } = home
  const start = (kind: 'item' | 'overpayment') =>
    act((tx) => startAgreement(tx, { ...home, kind, startDate: '2026-01-01', now: NOW }))
  const [item, overpaid] = [await start('item'), await start('overpayment')]
  await adjust(customerId, service, 500)
  await adjust(customerId, item, -300)
  await adjust(customerId, overpaid, -100)
  await act((tx) => applyOverpayments(tx, { customerIds: [customerId], ...dates, now: NOW }))
  expect(await owedBy(customerId)).toEqual(
    new Map([
      [service, 400],
      [item, -300],
    ]),
  )
  const moves = await act((tx) => applyCredits(tx, { ...home, ...dates, ...done }))
  expect(moves).toEqual([{ customerId, fromAgreementId: item, toAgreementId: service, amountCents: 300 }])
  await expect(
    act((tx) => applyCredits(tx, { ...home, accountNumber: 9, ...dates, ...done })),
  ).rejects.toMatchObject({ code: 'billing_account_unknown' })
  expect(await brokenBooks(db)).toEqual([])
})

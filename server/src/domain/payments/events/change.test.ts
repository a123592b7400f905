import { expect, test } from 'vitest'
import { ACTOR, type Home, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { owe, quietTown } from '../../../../test/support/quiet-town.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { createClient } from '../../identity/index.ts'
import { trialBalance } from '../../ledger/index.ts'
import { balances, itemsOfAgreement, postedBy, previewAct } from '../../receivables/index.ts'
import {
  cancelPayment,
  cashOnly,
  deletePayment,
  distributePayment,
  draftPayment,
  freezePayment,
  getPayment,
  getPaymentEvent,
  openOwnFile,
  type PaymentInput,
  paymentsOfAccount,
  reallocatePayment,
  recordPayment,
  recordPayments,
  releasePayment,
  returnPayment,
  transferPayment,
} from '../index.ts'

const { db } = await testDatabase()
const done = { now: NOW, actor: ACTOR }
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => quietTown(tx, 16))
const { clientId } = town
let used = 0
const nextHome = async (...owes: number[]): Promise<Home> => {
  const home = town.homes[used++]
  if (!home) throw new Error('the town has no home left')
  for (const [index, amount] of owes.entries()) await act((tx) => owe(tx, home, amount, `2026-01-1${index}`))
  return home
}
const pay = (home: Home, amountCents: number, more: Partial<PaymentInput> = {}): PaymentInput => ({
  payerCustomerId: home.customerId,
  accounts: [{ ...home, amountCents }],
  paymentDate: '2026-02-10',
  source: 'counter',
  tender: { method: 'check' },
  ...more,
  ...done,
})
const payoff = async ({ customerId }: Home) =>
  (await balances(db.read, [customerId], '2026-03-01')).reduce((sum, one) => sum + one.payoffCents, 0)
const later = { reason: 'wrong account', on: '2026-02-15', ...done }

test('a tender that is cancelled takes its own part back; what the other brought still pays', async () => {
  const [first, second] = [await nextHome(3000), await nextHome(3000)]
  const event = await act((tx) =>
    recordPayment(tx, {
      ...pay(first, 0),
      accounts: [
        { ...first, amountCents: 2500 },
        { ...second, amountCents: 1500 },
      ],
      tenders: [
        { method: 'cash', amountCents: 2700 },
        { method: 'check', amountCents: 1300 },
      ],
    }),
  )
  const cancel = {
    payerCustomerId: first.customerId,
    eventNumber: event ?? 0,
    reason: 'bounced',
    cancelledOn: '2026-02-12',
    ...done,
  }
  await act((tx) => cancelPayment(tx, { ...cancel, tenderNumber: 2 }))
  // 27.00 are left: 25.00 for the first account, 2.00 for the second.
  expect([await payoff(first), await payoff(second)]).toEqual([500, 2800])
  expect(await broken(db)).toEqual([])
  await expect(act((tx) => cancelPayment(tx, { ...cancel, tenderNumber: 2 }))).rejects.toMatchObject({
    code: 'payment_cancelled',
  })
  await act((tx) => cancelPayment(tx, cancel))
  expect([await payoff(first), await payoff(second)]).toEqual([3000, 3000])
  await expect(act((tx) => cancelPayment(tx, cancel))).rejects.toMatchObject({ code: 'payment_cancelled' })
  expect(await broken(db)).toEqual([])
})

test('a returned payment costs the fee, counts towards cash only, and cannot come back twice', async () => {
  const home = await nextHome(6000)
  const numbers = [await act((tx) => recordPayment(tx, pay(home, 3000)))]
  numbers.push(await act((tx) => recordPayment(tx, pay(home, 1000, { tender: { method: 'cash' } }))))
  const returned = (eventNumber = 0) => ({
    payerCustomerId: home.customerId,
    eventNumber,
    returnCode: 'R01',
    returnedOn: '2026-02-14',
    ...done,
  })
  const preview = await act((tx) =>
    previewAct(tx, [home.customerId], () => returnPayment(tx, returned(numbers[0]))),
  )
  const real = await act((tx) =>
    postedBy(tx, [home.customerId], () => returnPayment(tx, returned(numbers[0]))),
  )
  expect(preview.posted).toEqual(real.posted)
  // 60.00 less the cash, and the fee of 25.00: 75.00
  expect(await payoff(home)).toBe(7500)
  await expect(act((tx) => returnPayment(tx, returned(numbers[0])))).rejects.toMatchObject({
    code: 'payment_cancelled',
  })
  await expect(
    act((tx) => returnPayment(tx, { ...returned(numbers[1]), returnCode: 'X1' })),
  ).rejects.toMatchObject({ code: 'return_code_unknown' })
  expect(await cashOnly(db.read, home, '2026-03-01')).toEqual({ points: 100, isCashOnly: false })
  // Cash has no fee; two returns are enough for cash only, for a year.
  await act((tx) => returnPayment(tx, returned(numbers[1])))
  expect(await payoff(home)).toBe(8500)
  expect(await cashOnly(db.read, home, '2026-03-01')).toEqual({ points: 200, isCashOnly: true })
  expect(await cashOnly(db.read, home, '2027-03-01')).toEqual({ points: 0, isCashOnly: false })
  expect(await broken(db)).toEqual([])
})

test('a payment moves to another customer’s account, whole or in part, and its cash stays', async () => {
  const [wrong, right] = [await nextHome(2000), await nextHome(5000)]
  await act((tx) => recordPayment(tx, pay(wrong, 2000)))
  const cash = async () =>
    (await trialBalance(db.read, clientId)).find(({ code }) => code === 'cash')?.balanceCents
  const before = await cash()
  const move = { customerId: wrong.customerId, paymentNumber: 1, to: right, ...later }
  const both = [wrong.customerId, right.customerId]
  const part = { ...move, amountCents: 1500 }
  const preview = await act((tx) => previewAct(tx, both, () => transferPayment(tx, part)))
  const real = await act((tx) => postedBy(tx, both, () => transferPayment(tx, part)))
  expect(preview.posted).toEqual(real.posted)
  expect([await payoff(wrong), await payoff(right)]).toEqual([1500, 3500])
  expect(await cash()).toBe(before)
  expect(await getPayment(db.read, right.customerId, 1)).toMatchObject({
    amountCents: 1500,
    replacesCustomerId: wrong.customerId,
    replacesPaymentNumber: 1,
  })
  await expect(act((tx) => transferPayment(tx, move))).rejects.toMatchObject({ code: 'payment_cancelled' })
  const rest = { ...move, paymentNumber: 2 }
  await expect(act((tx) => transferPayment(tx, { ...rest, amountCents: 501 }))).rejects.toMatchObject({
    code: 'transfer_above_payment',
  })
  // The event is one still: cancelling its tender takes both parts back.
  const cancel = { payerCustomerId: wrong.customerId, eventNumber: 1, reason: 'bounced', ...done }
  await act((tx) => cancelPayment(tx, { ...cancel, cancelledOn: '2026-02-20' }))
  expect([await payoff(wrong), await payoff(right)]).toEqual([2000, 5000])
  expect(await broken(db)).toEqual([])
})

test('a stranger’s account is as unknown as nobody’s', async () => {
  const home = await nextHome(2000)
  await act((tx) => recordPayment(tx, pay(home, 2000)))
  const other = await act((tx) =>
    createClient(tx, { code: 'other', name: 'Other', timeZone: 'America/Denver', now: NOW }),
  )
  for (const customerId of [other * 100_000_000 + 1, clientId * 100_000_000 + 9999]) {
    const move = { customerId: home.customerId, paymentNumber: 1, to: { customerId, accountNumber: 1 } }
    await expect(act((tx) => transferPayment(tx, { ...move, ...later }))).rejects.toMatchObject({
      code: 'account_unknown',
    })
  }
  expect(await payoff(home)).toBe(0)
})

test('a payment is let pay something else, or nothing for now', async () => {
  const home = await nextHome(2000, 3000)
  await act((tx) => recordPayment(tx, pay(home, 2500)))
  const [old, young] = await itemsOfAgreement(db.read, home.customerId, home.agreementId)
  expect([old?.unsettledCents, young?.unsettledCents]).toEqual([0, 2500])
  const named = { kind: 'item' as const, id: young?.itemId ?? 0 }
  const key = { customerId: home.customerId, ...later }
  await act((tx) => reallocatePayment(tx, { ...key, paymentNumber: 1, target: named }))
  const [oldThen, youngThen] = await itemsOfAgreement(db.read, home.customerId, home.agreementId)
  expect([oldThen?.unsettledCents, youngThen?.unsettledCents]).toEqual([2000, 500])
  const number = await act((tx) => releasePayment(tx, { ...key, paymentNumber: 2 }))
  expect(number).toBe(3)
  const owed = await balances(db.read, [home.customerId], '2026-03-01')
  expect(owed.map(({ payoffCents }) => payoffCents)).toEqual([5000, -2500])
  expect(await broken(db)).toEqual([])
})

test('unapplied money finds its account in one act', async () => {
  const home = await nextHome(3000)
  const customerId = await act((tx) => openOwnFile(tx, clientId, NOW))
  const [taken] = await act((tx) =>
    recordPayments(tx, {
      clientId,
      source: 'lockbox',
      payments: [
        { customerId, accountNumber: null, amountCents: 1200, paymentDate: '2026-02-10', method: 'check' },
      ],
      ...done,
    }),
  )
  const key = { customerId, paymentNumber: taken?.paymentNumber ?? 0 }
  await act((tx) => transferPayment(tx, { ...key, to: home, ...later }))
  expect(await payoff(home)).toBe(1800)
  const books = await trialBalance(db.read, clientId)
  expect(books.find(({ code }) => code === 'unapplied_cash')?.balanceCents).toBe(0)
  expect(await broken(db)).toEqual([])
})

test('a draft is tried, corrected, posted; one that was never posted can be deleted', async () => {
  const home = await nextHome(3000)
  const event = await act((tx) =>
    draftPayment(tx, {
      ...pay(home, 0),
      accounts: [{ ...home, amountCents: 4000, target: { kind: 'agreement', id: home.agreementId } }],
    }),
  )
  const key = { payerCustomerId: home.customerId, eventNumber: event ?? 0, ...done }
  expect(await payoff(home)).toBe(3000)
  await expect(act((tx) => freezePayment(tx, key))).rejects.toMatchObject({ code: 'payment_state' })
  await expect(
    act((tx) => cancelPayment(tx, { ...key, reason: 'x', cancelledOn: '2026-02-12' })),
  ).rejects.toMatchObject({ code: 'payment_state' })
  expect(await act((tx) => distributePayment(tx, key))).toBe(0)
  const failed = await getPaymentEvent(db.read, home.customerId, key.eventNumber)
  expect(failed.payments).toMatchObject([{ status: 'error', errorCode: 'allocation_above_open' }])
  // More is owed now, so that the 40.00 fit.
  await act((tx) => owe(tx, home, 1500, '2026-01-20'))
  expect(await act((tx) => distributePayment(tx, key))).toBe(1)
  const preview = await act((tx) => previewAct(tx, [home.customerId], () => freezePayment(tx, key)))
  const real = await act((tx) => postedBy(tx, [home.customerId], () => freezePayment(tx, key)))
  expect(preview.posted).toEqual(real.posted)
  expect(await payoff(home)).toBe(500)
  await expect(act((tx) => deletePayment(tx, key))).rejects.toMatchObject({ code: 'payment_state' })

  const second = await act((tx) => draftPayment(tx, pay(home, 100)))
  await act((tx) => deletePayment(tx, { ...key, eventNumber: second ?? 0 }))
  expect(await paymentsOfAccount(db.read, home.customerId, home.accountNumber)).toHaveLength(1)
  expect(await act((tx) => recordPayment(tx, pay(home, 100)))).toBe((second ?? 0) + 1)
  expect(await broken(db)).toEqual([])
})

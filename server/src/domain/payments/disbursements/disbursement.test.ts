import { expect, test } from 'vitest'
import { ACTOR, type Home, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { quietTown } from '../../../../test/support/quiet-town.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { trialBalance } from '../../ledger/index.ts'
import { balances, postedBy, previewAct } from '../../receivables/index.ts'
import {
  cancelDisbursement,
  disbursementsOf,
  holdDisbursement,
  openOwnFile,
  payablesCsv,
  payDisbursement,
  recordPayment,
  recordPayments,
  refundUnapplied,
  reissueDisbursement,
  requestDisbursement,
  stopDisbursement,
  transferPayment,
} from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => quietTown(tx, 1))
const { clientId } = town
const home = town.homes[0] as Home
const { customerId } = home
const done = { now: NOW, actor: ACTOR }
await act((tx) =>
  recordPayment(tx, {
    payerCustomerId: customerId,
    accounts: [{ ...home, amountCents: 5000 }],
    paymentDate: '2026-02-10',
    source: 'counter',
    tender: { method: 'check' },
    ...done,
  }),
)
const book = async (code: string) =>
  (await trialBalance(db.read, clientId)).find((one) => one.code === code)?.balanceCents
const credit = async () => (await balances(db.read, [customerId], '2026-03-01'))[0]

test('a credit is paid out by check, stopped, reissued; its money never counts twice', async () => {
  const agreementId = (await credit())?.agreementId ?? 0
  const wish = { customerId, agreementId, amountCents: 3000, reason: 'moved away', requestedOn: '2026-02-20' }
  await expect(
    act((tx) => requestDisbursement(tx, { ...wish, amountCents: 5001, ...done })),
  ).rejects.toMatchObject({ code: 'refund_above_credit' })
  const request = (tx: Tx) => requestDisbursement(tx, { ...wish, ...done })
  const preview = await act((tx) => previewAct(tx, [customerId], () => request(tx)))
  const real = await act((tx) => postedBy(tx, [customerId], () => request(tx)))
  expect(preview.posted).toEqual(real.posted)
  expect([(await credit())?.payoffCents, await book('refunds_payable')]).toEqual([-2000, -3000])
  const key = { customerId, disbursementNumber: real.result, ...done }
  await act((tx) => holdDisbursement(tx, { ...key, action: 'hold' }))
  const paid = (checkNumber: string) =>
    act((tx) => payDisbursement(tx, { ...key, checkNumber, paidOn: '2026-02-22' }))
  await expect(paid('1')).rejects.toMatchObject({ code: 'disbursement_state' })
  await act((tx) => holdDisbursement(tx, { ...key, action: 'release' }))
  expect(payablesCsv(await disbursementsOf(db.read, clientId))).toBe(
    'request,payee,address_1,address_2,city,state,postal_code,amount,requested_on,reason\n' +
      '1-1,Home Number 1,1 Elm St,,Springfield,IL,62701,30.00,2026-02-20,moved away\n',
  )
  await paid('90001')
  expect([await book('cash'), await book('refunds_payable')]).toEqual([2000, 0])
  await expect(act((tx) => stopDisbursement(tx, { ...key, stoppedOn: '2026-02-21' }))).rejects.toMatchObject({
    code: 'reversal_before_entry',
  })
  await act((tx) => stopDisbursement(tx, { ...key, stoppedOn: '2026-03-01' }))
  expect([await book('cash'), await book('refunds_payable')]).toEqual([5000, -3000])
  await act((tx) => reissueDisbursement(tx, key))
  await expect(paid('90001')).rejects.toMatchObject({ code: 'check_number_used' })
  await paid('90002')
  await expect(
    act((tx) => cancelDisbursement(tx, { ...key, cancelledOn: '2026-03-02' })),
  ).rejects.toMatchObject({ code: 'disbursement_state' })
  expect([await book('cash'), (await credit())?.payoffCents]).toEqual([2000, -2000])
  const second = await act((tx) => requestDisbursement(tx, { ...wish, amountCents: 2000, ...done }))
  await act((tx) => cancelDisbursement(tx, { ...key, disbursementNumber: second, cancelledOn: '2026-03-02' }))
  expect((await credit())?.payoffCents).toBe(-2000)
  expect(await broken(db)).toEqual([])
})

test('unapplied money is sent back once, and is nobody’s to move meanwhile', async () => {
  const ownFile = await act((tx) => openOwnFile(tx, clientId, NOW))
  const unapplied = { customerId: ownFile, accountNumber: null, amountCents: 700 }
  const [taken] = await act((tx) =>
    recordPayments(tx, {
      clientId,
      source: 'lockbox',
      payments: [{ ...unapplied, paymentDate: '2026-02-10', method: 'check' }],
      ...done,
    }),
  )
  const key = { customerId: ownFile, paymentNumber: taken?.paymentNumber ?? 0, reason: 'nobody’s', ...done }
  const address = { line1: '1 Bank St', city: 'Springfield', state: 'IL', postalCode: '62701' }
  const back = { ...key, payeeName: 'J. Payer', address, requestedOn: '2026-02-20' }
  const disbursementNumber = await act((tx) => refundUnapplied(tx, back))
  await expect(act((tx) => refundUnapplied(tx, back))).rejects.toMatchObject({ code: 'payment_refunded' })
  const move = { ...key, to: home, on: '2026-02-21' }
  await expect(act((tx) => transferPayment(tx, move))).rejects.toMatchObject({ code: 'payment_refunded' })
  expect([await book('unapplied_cash'), await book('refunds_payable')]).toEqual([0, -700])
  await act((tx) =>
    cancelDisbursement(tx, { customerId: ownFile, disbursementNumber, cancelledOn: '2026-02-22', ...done }),
  )
  expect(await book('unapplied_cash')).toBe(-700)
  await act((tx) => transferPayment(tx, move))
  expect(await broken(db)).toEqual([])
})

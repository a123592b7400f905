import { expect, test } from 'vitest'
import { moveToBillingAccount } from '../../src/domain/agreements/index.ts'
import {
  cancelCharge,
  changeInvoice,
  chargeAgreement,
  chargesOfAgreement,
  getInvoice,
  invoiceCharge,
  rebillCharge,
} from '../../src/domain/billing/index.ts'
import { openBillingAccount } from '../../src/domain/customers/index.ts'
import { receivableBalance, trialBalance } from '../../src/domain/ledger/index.ts'
import { paymentsOfAccount, payRemittance } from '../../src/domain/payments/index.ts'
import { balances, itemsOfAgreement } from '../../src/domain/receivables/index.ts'
import type { Tx } from '../../src/platform/db/index.ts'
import { ACTOR, addHome, buildTown, CYCLE, NOW } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { broken } from '../support/verified.ts'

/**
 * One agreement of a supplier is charged, invoiced to the utility, paid by its remittance, moved to another billing
 * account, cancelled and rebilled. The steps build on each other.
 */
const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }

const ADDRESS = { line1: '9 Oak St', city: 'Springfield', state: 'IL', postalCode: '62701' }
const town = await act((tx) => buildTown(tx, 0))
const home = await act((tx) => addHome(tx, town, { number: 42, wattHours: 600, billMethod: 'bill_ready' }))
const { customerId, agreementId } = home

const owed = async () => (await balances(db.read, [customerId], '2026-03-01')).map((one) => one.payoffCents)
const liveCharges = async () =>
  (await chargesOfAgreement(db.read, home)).filter((charge) => charge.status === 'frozen')
const booked = async () =>
  Object.fromEntries(
    (await trialBalance(db.read, town.clientId))
      .filter((account) => account.balanceCents !== 0)
      .map((account) => [account.code, account.balanceCents]),
  )

test('charged: January is priced, posted and owed', async () => {
  const [key] = await act((tx) =>
    chargeAgreement(tx, { ...home, periodEnd: '2026-02-01', chargedOn: '2026-02-01', ...done }),
  )
  expect(key).toEqual({ customerId, chargeId: 1 })
  // 31 x 24 h x 0.6 kWh = 446.4 kWh x 0.10 = 44.64; 9.00; 5 % of 53.64 = 2.682 -> 2.68
  expect(await booked()).toEqual({
    receivable: 5632,
    revenue_energy: -4464,
    revenue_fixed: -900,
    tax_payable_city: -268,
  })
  expect(await owed()).toEqual([5632])
  expect(await broken(db)).toEqual([])
})

test('invoiced to the utility, once', async () => {
  const invoice = { customerId, chargeId: 1, invoiceDate: '2026-02-02', ...done }
  expect(await act((tx) => invoiceCharge(tx, invoice))).toBe(1)
  await expect(act((tx) => invoiceCharge(tx, invoice))).rejects.toMatchObject({ code: 'charge_invoiced' })
  await act((tx) =>
    changeInvoice(tx, { customerId, invoiceNumber: 1, action: 'send', externalId: '810-1', ...done }),
  )
  expect(await broken(db)).toEqual([])
})

test('paid by the remittance, once', async () => {
  const remittance = {
    payerCustomerId: customerId,
    externalId: '820-1',
    paymentDate: '2026-02-20',
    invoices: [{ customerId, invoiceNumber: 1, amountCents: 5632 }],
    ...done,
  }
  expect(await act((tx) => payRemittance(tx, remittance))).toBe(1)
  expect(await act((tx) => payRemittance(tx, remittance))).toBeUndefined()
  expect(await owed()).toEqual([])
  expect(await booked()).toMatchObject({ cash: 5632 })
  expect(await getInvoice(db.read, customerId, 1)).toMatchObject({ status: 'accepted' })
  expect(await broken(db)).toEqual([])
})

test('moved to another billing account: nothing is owed there either', async () => {
  const account = { customerId, cycleCode: CYCLE, openedOn: '2026-03-01', mailingAddress: ADDRESS }
  const accountNumber = await act((tx) => openBillingAccount(tx, account))
  await act((tx) => moveToBillingAccount(tx, { customerId, agreementId, accountNumber }))
  expect(await paymentsOfAccount(db.read, customerId, 1)).toMatchObject([
    { amountCents: 5632, status: 'frozen' },
  ])
  expect(await broken(db)).toEqual([])
})

test('rebilled: the mirror and the new charge net to exactly 0.00', async () => {
  const before = await booked()
  const chargeId = await act((tx) =>
    rebillCharge(tx, { customerId, chargeId: 1, reason: 'meter tested', correctedOn: '2026-03-05', ...done }),
  )
  expect(chargeId).toBe(2)
  expect(await booked()).toEqual(before)
  expect(await owed()).toEqual([])
  expect(await liveCharges()).toMatchObject([
    { chargeId: 2, rebillsChargeId: 1, amountCents: 5632, accountNumber: 2 },
  ])
  const items = await itemsOfAgreement(db.read, customerId, agreementId)
  expect(items.map((item) => [item.kind, item.amountCents, item.unsettledCents])).toEqual([
    ['charge', 5632, 0],
    ['payment', -5632, 0],
    ['charge_cancel', -5632, 0],
    ['charge', 5632, 0],
  ])
  expect(await getInvoice(db.read, customerId, 1)).toMatchObject({ status: 'cancelled' })
  expect(await broken(db)).toEqual([])
})

test('cancelled: what was paid is the customer’s credit', async () => {
  const cancel = { customerId, chargeId: 2, reason: 'wrong meter', correctedOn: '2026-03-06', ...done }
  await act((tx) => cancelCharge(tx, cancel))
  expect(await booked()).toEqual({ cash: 5632, receivable: -5632 })
  expect(await owed()).toEqual([-5632])
  expect(await receivableBalance(db.read, customerId)).toMatchObject([{ payoffCents: -5632 }])
  await expect(act((tx) => cancelCharge(tx, cancel))).rejects.toMatchObject({ code: 'charge_not_frozen' })
  expect(await broken(db)).toEqual([])
})

test('charged again from the first day: the credit pays it', async () => {
  await act((tx) =>
    chargeAgreement(tx, {
      ...home,
      accountNumber: 2,
      periodEnd: '2026-02-01',
      chargedOn: '2026-03-07',
      ...done,
    }),
  )
  expect(await liveCharges()).toMatchObject([{ chargeId: 3, startDate: '2026-01-01', endDate: '2026-02-01' }])
  expect(await owed()).toEqual([])
  expect(await broken(db)).toEqual([])
})

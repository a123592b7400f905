import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { balances, postedBy, previewAct } from '../../receivables/index.ts'
import { getUsage, postUsage } from '../../usage/index.ts'
import { cancelCharges, changeInvoice, chargeAgreement, getCharge, invoiceCharge } from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const town = await act((tx) => buildTown(tx, 1))
const [home] = town.homes
if (!home) throw new Error('the town has a home')
const correction = { reason: 'wrong meter', correctedOn: '2026-04-02', ...done }

const owed = async (customerId: number) =>
  (await balances(db.read, [customerId], '2026-09-01')).reduce((sum, one) => sum + one.payoffCents, 0)

/** Events of withdrawn invoices, by the charge they were for. */
async function withdrawn(): Promise<unknown[]> {
  const query = db.read.selectFrom('outbox_event').select('payload').where('type', '=', 'invoice.withdrawn')
  return (await query.execute()).map(({ payload }) => (payload as { chargeId: number }).chargeId)
}

test('charges are cancelled together as previewed, and their usage with them', async () => {
  const quantities = [{ unit: 'kWh', quantity: 100, scale: 0 }]
  const usageIds: number[] = []
  const periods = ['2026-01-01', '2026-02-01', '2026-03-01']
  for (const [index, startDate] of periods.slice(0, 2).entries()) {
    const endDate = periods[index + 1] ?? ''
    usageIds.push(await act((tx) => postUsage(tx, { ...home, startDate, endDate, quantities, now: NOW })))
    const when = { periodEnd: endDate, chargedOn: endDate, freeze: 'now' as const }
    await act((tx) => chargeAgreement(tx, { ...home, ...when, ...done }))
  }
  // Each month: 9.00 + 100 kWh x 0.10 = 19.00; 5 % of it is 0.95.
  expect(await owed(home.customerId)).toBe(2 * 1995)
  const all = { ...home, chargeIds: [2, 1], cancelUsage: true, ...correction }
  const preview = await act((tx) => previewAct(tx, [home.customerId], () => cancelCharges(tx, all)))
  expect(await owed(home.customerId)).toBe(2 * 1995)
  const real = await act((tx) => postedBy(tx, [home.customerId], () => cancelCharges(tx, all)))
  expect(preview.posted).toEqual(real.posted)
  expect(real.result.map((charge) => [charge.chargeId, charge.amountCents])).toEqual([
    [2, 1995],
    [1, 1995],
  ])
  expect(await owed(home.customerId)).toBe(0)
  for (const usageId of usageIds)
    expect(await getUsage(db.read, { ...home, usageId })).toMatchObject({ status: 'cancelled' })
})

test('one that cannot be cancelled keeps all of them; another agreement has none of them', async () => {
  const when = { periodEnd: '2026-03-01', chargedOn: '2026-03-01', freeze: 'now' as const }
  const keys = await act((tx) => chargeAgreement(tx, { ...home, ...when, ...done }))
  const chargeIds = keys.map((key) => key.chargeId)
  for (const [change, code] of [
    [{ chargeIds: [...chargeIds, 1] }, 'charge_not_frozen'],
    [{ chargeIds: [...chargeIds, ...chargeIds] }, 'charge_not_frozen'],
    [{ chargeIds, agreementId: 10_002 }, 'charge_unknown'],
    [{ chargeIds: [99] }, 'charge_unknown'],
  ] as const)
    await expect(act((tx) => cancelCharges(tx, { ...home, ...correction, ...change }))).rejects.toMatchObject(
      {
        code,
      },
    )
  for (const chargeId of chargeIds)
    expect(await getCharge(db.read, { ...home, chargeId })).toMatchObject({ status: 'frozen' })
})

test('a charge that waits for its bill is dropped with nothing posted', async () => {
  const before = await owed(home.customerId)
  const when = { periodEnd: '2026-04-01', chargedOn: '2026-04-01', freeze: 'with_bill' as const }
  const [key] = await act((tx) => chargeAgreement(tx, { ...home, ...when, ...done }))
  const chargeIds = [key?.chargeId ?? 0]
  const real = await act((tx) =>
    postedBy(tx, [home.customerId], () => cancelCharges(tx, { ...home, chargeIds, ...correction })),
  )
  expect(real.posted.entries).toEqual([])
  expect(await getCharge(db.read, { ...home, chargeId: chargeIds[0] ?? 0 })).toMatchObject({
    status: 'cancelled',
    cancelReason: 'wrong meter',
  })
  expect(await owed(home.customerId)).toBe(before)
})

test('the utility hears of an invoice that it was sent, unless it shall not', async () => {
  const billed = await act((tx) => addHome(tx, town, { number: 2, billMethod: 'bill_ready' }))
  const { customerId } = billed
  for (const day of ['2026-02-01', '2026-03-01', '2026-04-01']) {
    const when = { periodEnd: day, chargedOn: day }
    const [key] = await act((tx) => chargeAgreement(tx, { ...billed, ...when, ...done }))
    const invoice = { customerId, chargeId: key?.chargeId ?? 0, invoiceDate: day }
    const invoiceNumber = await act((tx) => invoiceCharge(tx, { ...invoice, ...done }))
    if (day === '2026-04-01') continue
    await act((tx) => changeInvoice(tx, { customerId, invoiceNumber, action: 'send', ...done }))
  }
  const cancel = (chargeId: number, options = {}) =>
    act((tx) => cancelCharges(tx, { ...billed, chargeIds: [chargeId], ...correction, ...options }))
  await cancel(3)
  expect(await withdrawn()).toEqual([])
  await cancel(2, { withholdInvoices: true })
  expect(await withdrawn()).toEqual([])
  await cancel(1)
  expect(await withdrawn()).toEqual([1])
  expect(await owed(customerId)).toBe(0)
  expect(await broken(db)).toEqual([])
})

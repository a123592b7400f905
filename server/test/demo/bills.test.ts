import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDemo } from '../../src/demo/index.ts'
import { createRenderer } from '../../src/formats/pdf/index.ts'
import { testDatabase } from '../support/database.ts'
import { drawBills, faultsOfBill } from './traced-bill.ts'

const SEED = 20260909
const BILLS = 200

const { db, owner } = await testDatabase()
const renderer = createRenderer({ workers: 2 })
afterAll(() => renderer.close())

beforeAll(async () => {
  const permissions = ['customer.read', 'bill.read', 'billRun.manage']
  await loadDemo({ database: db, permissions, size: { agreements: 140, months: 3 }, onProgress: () => {} })
}, 60_000)

test('two hundred bills are the same money in lines, charge, item, ledger and on both pages, and explain themselves', async () => {
  const bills = await drawBills(db.read, BILLS, SEED)
  expect(bills.length).toBe(BILLS)
  const faults: string[] = []
  for (let from = 0; from < BILLS; from += 4)
    faults.push(
      ...(
        await Promise.all(bills.slice(from, from + 4).map((key) => faultsOfBill(db.read, renderer, key)))
      ).flat(),
    )
  expect(faults).toEqual([])
}, 120_000)

test('a cent that is changed anywhere on the way is told', async () => {
  const [key] = await drawBills(db.read, 1, SEED)
  if (!key) throw new Error('there is no bill')
  const { customerId, billId } = key
  await owner.read
    .updateTable('charge_line')
    .set((eb) => ({ amount_cents: eb('amount_cents', '+', 1) }))
    .where('customer_id', '=', customerId)
    .where('line_number', '=', 1)
    .where('charge_id', 'in', (eb) =>
      eb
        .selectFrom('charge')
        .select('charge_id')
        .where('customer_id', '=', customerId)
        .where('bill_id', '=', billId),
    )
    .execute()
  const faults = await faultsOfBill(db.read, renderer, key)
  expect(faults.join('\n')).toContain('its lines come to')
  expect(faults.join('\n')).toContain('it cannot be printed')
  expect(faults.join('\n')).toContain('pricing it again came to something else')
})

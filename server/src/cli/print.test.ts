import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ACTOR } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { readBill, readBillTotal } from '../../test/support/read-bill.ts'
import { broken } from '../../test/support/verified.ts'
import { openWorld } from '../../test/support/world.ts'
import { completeBill, getBill } from '../domain/billing/index.ts'
import { noticesOf, tellCustomers } from '../domain/notices/index.ts'
import { createRenderer } from '../formats/pdf/index.ts'
import { printWaiting } from './print/batch.ts'

const { db } = await testDatabase()
const world = await openWorld(db, { homes: 2, from: '2026-02-01' })
const { clientId } = world.town
const folder = mkdtempSync(join(tmpdir(), 'billwright-print-'))
const renderer = createRenderer({ workers: 1 })
afterAll(async () => {
  await renderer.close()
  rmSync(folder, { recursive: true })
})
const print = () => printWaiting({ database: db, clock: world.now, renderer }, { clientId, folder })
const read = (file: string) => new Uint8Array(readFileSync(join(folder, file)))
const indexLines = () => readFileSync(join(folder, 'index.csv'), 'utf8').trimEnd().split('\n')

test('bills and letters that go by post become files, once', async () => {
  const bills = []
  for (const home of world.homes) {
    const input = { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', now: world.now(), actor: ACTOR }
    bills.push(await world.act((tx) => completeBill(tx, input)))
  }
  const [first] = world.homes
  const telling = {
    customerId: first?.customerId ?? 0,
    accountNumber: 1,
    templateCode: 'late_reminder',
    cause: 'test:1',
    facts: { amountCents: 500 },
  }
  await world.act((tx) =>
    tellCustomers(tx, { clientId, tellings: [telling], now: world.now(), actor: ACTOR }),
  )
  expect(await print()).toEqual({ bills: 2, letters: 1 })
  expect(await print()).toEqual({ bills: 0, letters: 0 })
  const [, ...lines] = indexLines()
  expect(lines).toEqual([
    'bill-00000001-0001-1.pdf,bill,Home Number 1,1',
    'bill-00000002-0001-1.pdf,bill,Home Number 2,1',
    'letter-00000001-1.pdf,letter,Home Number 1,1',
  ])
  expect(await readBillTotal(read('bill-00000001-0001-1.pdf'))).toBe(bills[0]?.amountDueCents)
  const letter = await readBill(read('letter-00000001-1.pdf'))
  expect(letter.pages[0]).toContain('Reminder: $5.00 is past due')
  const { routings } = await getBill(db.read, { customerId: telling.customerId, billId: 1 })
  expect(routings.map(({ status }) => status)).toEqual(['sent'])
  expect((await noticesOf(db.read, telling.customerId)).map(({ status }) => status)).toEqual(['sent'])
})

test('a later run adds to the same index; no half file is left', async () => {
  const [, second] = world.homes
  const bill = { periodEnd: '2026-03-01', billDate: '2026-03-01', now: world.now(), actor: ACTOR }
  if (second) await world.act((tx) => completeBill(tx, { ...second, ...bill }))
  expect(await print()).toEqual({ bills: 1, letters: 0 })
  expect(indexLines()).toHaveLength(5) // header, three files, one more
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  expect(await broken(db)).toEqual([])
})

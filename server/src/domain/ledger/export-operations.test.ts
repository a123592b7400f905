import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../test/support/billed-town.ts'
import { closeBooks } from '../../../test/support/closed-books.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { post } from '../../../test/support/posted.ts'
import { broken } from '../../../test/support/verified.ts'
import type { Tx } from '../../platform/db/index.ts'
import {
  accountingPeriods,
  changeLedgerAccount,
  exportFile,
  exportJournal,
  journalExports,
  reopenPeriod,
  setAccountString,
} from './index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const { clientId } = await act((tx) => buildTown(tx, 0))
const C = clientId * 100_000_000 + 1
const done = { clientId, now: NOW, actor: ACTOR }
const make = (through: string) => act((tx) => exportJournal(tx, { ...done, through }))

async function fileOf(batchNumber: number, detail = false): Promise<string> {
  let text = ''
  for await (const piece of exportFile(db.read, { clientId, batchNumber, detail })) text += piece
  return text
}

await act(async (tx) => {
  await post(tx, C, '2026-01-15', ['cash', 'revenue_fee', 2000])
  await post(tx, C, '2026-01-15', ['cash', 'tax_payable_other', 125])
  await post(tx, C + 1, '2026-01-16', ['interest_expense', 'cash', 300])
  await post(tx, C, '2026-02-10', ['cash', 'revenue_fee', 40000])
})

test('a batch sums its entries by account, day and side; its debits are its credits', async () => {
  // 20.00 + 1.25 + 3.00 = 24.25
  expect(await make('2026-01-31')).toMatchObject({ batchNumber: 1, entries: 3, amountCents: 2425 })
  expect(await fileOf(1)).toBe(
    [
      'batch,accounting_date,account,currency,debit,credit',
      '1,2026-01-15,1000,USD,21.25,',
      '1,2026-01-15,2000,USD,,1.25',
      '1,2026-01-15,3000,USD,,20.00',
      '1,2026-01-16,1000,USD,,3.00',
      '1,2026-01-16,4000,USD,3.00,',
      '',
    ].join('\n'),
  )
})

test('the detail names every posting with both of its accounts', async () => {
  const lines = (await fileOf(1, true)).trim().split('\n')
  expect(lines).toHaveLength(1 + 2 * 3)
  expect(lines[1]).toMatch(/^1,2026-01-15,1000,USD,20\.00,,cash,100000001,1,1,transfer,test:\d+,2026-01-15,$/)
  expect(lines.at(-1)).toMatch(/^1,2026-01-16,1000,USD,,3\.00,cash,100000002,1,1,/)
})

test('an entry is exported once; nothing new is no batch', async () => {
  expect(await make('2026-01-31')).toBeUndefined()
  await act((tx) => post(tx, C, '2026-01-10', ['cash', 'revenue_fee', 50]))
  expect(await make('2026-02-28')).toMatchObject({ batchNumber: 2, entries: 2, amountCents: 40050 })
  expect(await make('2026-02-28')).toBeUndefined()
})

test('the same batch is the same bytes, whatever the chart becomes', async () => {
  const before = [await fileOf(1), await fileOf(1, true)]
  await act(async (tx) => {
    await setAccountString(tx, {
      ...done,
      agencyId: 1,
      generalLedgerId: 1,
      from: '2026-01-01',
      accountString: '1000,"A"',
    })
    await changeLedgerAccount(tx, {
      ...done,
      code: 'revenue_fee',
      generalLedger: { agencyId: 1, generalLedgerId: 4 },
    })
    await post(tx, C, '2026-01-15', ['cash', 'revenue_fee', 1])
    await post(tx, C, '2025-12-31', ['cash', 'revenue_fee', 2])
  })
  expect([await fileOf(1), await fileOf(1, true)]).toEqual(before)
  await make('2026-03-31')
  expect((await fileOf(3)).split('\n').slice(1, -1)).toEqual([
    '3,2025-12-31,1000,USD,0.02,',
    '3,2025-12-31,4000,USD,,0.02',
    '3,2026-01-15,"1000,""A""",USD,0.01,',
    '3,2026-01-15,4000,USD,,0.01',
  ])
})

test('a closed period that is exported is not looked at again, until it is opened', async () => {
  await act((tx) => closeBooks(tx, { clientId, through: '2026-02' }))
  expect(await make('2026-02-28')).toBeUndefined()
  const exported = async () => (await accountingPeriods(db.read, clientId)).filter((one) => one.exported)
  expect((await exported()).map(({ code }) => code)).toEqual(['2026-01', '2026-02'])
  const actor = { ...ACTOR, reason: 'late invoice' }
  await act((tx) => reopenPeriod(tx, { ...done, actor, code: '2026-02' }))
  await act((tx) => post(tx, C, '2026-02-28', ['cash', 'revenue_fee', 3]))
  await act((tx) => closeBooks(tx, { clientId, through: '2026-02' }))
  expect((await exported()).map(({ code }) => code)).toEqual(['2026-01'])
  expect(await make('2026-02-28')).toMatchObject({ batchNumber: 4, entries: 1 })
  expect(await broken(db)).toEqual([])
})

test('exports at once beside those who post: every entry is in one batch', async () => {
  const posting = Array.from({ length: 40 }, (_, n) =>
    act((tx) => post(tx, C + 10 + n, '2026-03-01', ['cash', 'revenue_fee', 1])),
  )
  await Promise.all([...posting, ...Array.from({ length: 6 }, () => make('2026-03-31'))])
  await make('2026-03-31')
  const batches = await journalExports(db.read, clientId)
  const late = batches.filter(({ batchNumber }) => batchNumber > 4)
  expect(late.reduce((sum, { entries }) => sum + entries, 0)).toBe(40)
  expect(await broken(db)).toEqual([])
})

test('an unknown batch is refused, and a batch can be neither changed nor deleted', async () => {
  await expect(fileOf(99)).rejects.toMatchObject({ code: 'journal_export_unknown' })
  const tampering = [
    () => db.read.updateTable('journal_export').set({ amount_cents: 1 }).execute(),
    () => db.read.deleteFrom('journal_export_entry').execute(),
    () => db.read.updateTable('journal_export_line').set({ debit_cents: 1 }).execute(),
    () => db.read.updateTable('ledger_balance').set({ debit_cents: 1 }).execute(),
  ]
  for (const attempt of tampering) await expect(attempt()).rejects.toThrow(/permission denied/)
})

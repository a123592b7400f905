import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ACTOR, type Home, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { owe, quietTown } from '../../../../test/support/quiet-town.ts'
import { broken } from '../../../../test/support/verified.ts'
import { type NachaEntry, writeNacha } from '../../../formats/nacha/index.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { trialBalance } from '../../ledger/index.ts'
import { balances } from '../../receivables/index.ts'
import {
  assignRow,
  dropRow,
  fileReport,
  loadPaymentFile,
  recordPayments,
  remittanceFiles,
  resolveReturn,
} from '../index.ts'

const { db } = await testDatabase()
const done = { now: NOW, actor: ACTOR }
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => quietTown(tx, 7))
const { clientId } = town
const homeAt = (index: number): Home => town.homes[index] as Home
for (const home of town.homes) await act((tx) => owe(tx, home, 5000, '2026-01-10'))
const payoff = async ({ customerId }: Home) =>
  (await balances(db.read, [customerId], '2026-03-01')).reduce((sum, one) => sum + one.payoffCents, 0)
const bytes = (text: string) => new TextEncoder().encode(text)
const load = (text: string, more: Partial<Parameters<typeof loadPaymentFile>[1]> = {}) =>
  loadPaymentFile(db, {
    clientId,
    content: bytes(text),
    format: 'lockbox',
    fileName: 'bank.csv',
    clock: () => NOW,
    actor: ACTOR,
    chunkRows: 2,
    ...more,
  })

const FILE = `H,First Bank,77,2026-02-10,USD
P,1-1,20.00,2026-02-09,check,1042
P,00000002-01-0001,50.00,2026-02-09,check,1043
P,00000003010001,60.00,2026-02-09,ach,1044
P,999-1,11.00,2026-02-09,check,1045
B,1,4,141.00
P,4-1,10.005,2026-02-09,check,1046
P,4-1,10.00,2026-02-09,check,1047,CAD
P,4-1,-3.00,2026-02-09,check,1048
P,4-1,1.00,2026-02-30,check,1049
P,4-1,1.00,2026-02-09,barter,1050
B,2,5,19.00
T,2,9,160.00
`

test('a lockbox file pays its accounts, keeps what is nobody’s and rejects what cannot be read', async () => {
  const report = await load(FILE)
  expect(report.totals).toMatchObject({
    posted: { rows: 3, amountCents: 13000 },
    suspended: { rows: 1, amountCents: 1100 },
    rejected: { rows: 5 },
  })
  expect(report.open.map(({ lineNumber, reasonCode }) => [lineNumber, reasonCode])).toEqual([
    [5, 'account_unknown'],
    [7, 'amount_precision'],
    [8, 'currency_differs'],
    [9, 'amount_negative'],
    [10, 'date_malformed'],
    [11, 'method_unknown'],
  ])
  expect(await Promise.all(town.homes.slice(0, 4).map(payoff))).toEqual([3000, 0, -1000, 5000])
  const books = await trialBalance(db.read, clientId)
  expect(books.find(({ code }) => code === 'unapplied_cash')?.balanceCents).toBe(-1100)
  expect(await broken(db)).toEqual([])
})

test('money that is dated in the future is not received yet', async () => {
  const text = 'Account,Paid,Day\n7-1,4.00,2026-04-02\n7-1,3.00,2026-04-03\n'
  const mapping = { account: 'Account', amount: 'Paid', paymentDate: 'Day' }
  const { open, totals } = await load(text, { fileName: 'dated.csv', mapping })
  expect(totals.posted).toEqual({ rows: 1, amountCents: 400 })
  expect(open).toMatchObject([{ rowNumber: 2, reasonCode: 'date_in_future' }])
})

test('a file twice, by its content or its number, is refused and moves nothing', async () => {
  await expect(load(FILE, { fileName: 'again.csv' })).rejects.toMatchObject({
    code: 'file_loaded_already',
    message: 'It was loaded on 2026-04-02 as file 1; nothing was moved.',
  })
  const other = FILE.replace('20.00', '21.00').replace('141.00', '142.00').replace('160.00', '161.00')
  await expect(load(other)).rejects.toMatchObject({ code: 'file_loaded_already' })
  await expect(load(other.replace(',77,', ',78,').replace('142.00', '142.01'))).rejects.toMatchObject({
    code: 'file_totals_differ',
  })
  await expect(load('hello')).rejects.toMatchObject({ code: 'lockbox_malformed' })
  await expect(load('', { content: new Uint8Array([0xff, 0xfe]) })).rejects.toMatchObject({
    code: 'file_not_text',
  })
  expect(await remittanceFiles(db.read, clientId)).toHaveLength(2)
  expect(await payoff(homeAt(0))).toBe(3000)
})

test('somebody gives rows to their accounts, once, or drops them', async () => {
  const row = (rowNumber: number) => ({ clientId, fileId: 1, rowNumber, on: '2026-04-02', ...done })
  await act((tx) => assignRow(tx, { ...row(4), to: homeAt(3) }))
  await expect(act((tx) => assignRow(tx, { ...row(4), to: homeAt(3) }))).rejects.toMatchObject({
    code: 'remittance_row_done',
  })
  await expect(act((tx) => assignRow(tx, { ...row(5), to: homeAt(3) }))).rejects.toMatchObject({
    code: 'amount_not_positive',
  })
  await act((tx) => assignRow(tx, { ...row(5), to: homeAt(3), amountCents: 1000 }))
  await act((tx) => dropRow(tx, { ...row(6), reason: 'a Canadian check was sent back' }))
  await expect(act((tx) => dropRow(tx, { ...row(1), reason: 'x' }))).rejects.toMatchObject({
    code: 'remittance_row_done',
  })
  await expect(
    act((tx) => assignRow(tx, { ...row(8), to: { customerId: 1, accountNumber: 1 } })),
  ).rejects.toMatchObject({ code: 'account_unknown' })
  // 50.00 less 11.00 and 10.00
  expect(await payoff(homeAt(3))).toBe(2900)
  expect((await fileReport(db.read, clientId, 1)).totals).toMatchObject({
    resolved: { rows: 2 },
    dropped: { rows: 1 },
    rejected: { rows: 3 },
  })
  expect(await broken(db)).toEqual([])
})

const nacha = (entries: Partial<NachaEntry>[]) =>
  writeNacha({
    destination: '071000013',
    origin: '1234567890',
    createdOn: '2026-02-12',
    createdAt: '0700',
    idModifier: 'A',
    destinationName: 'TOWN LIGHT',
    originName: 'FIRST BANK',
    referenceCode: '',
    batches: [
      {
        serviceClass: '200',
        companyName: 'TOWN LIGHT',
        companyId: '1234567890',
        entryClass: 'PPD',
        description: 'RETURNS',
        descriptiveDate: '',
        effectiveDate: '2026-02-12',
        settlementDay: '043',
        originatorStatus: '1',
        originatingBank: '07100001',
        batchNumber: 1,
        entries: entries.map((one) => ({
          lineNumber: 0,
          transactionCode: '26',
          routingNumber: '071000013',
          accountNumber: '55',
          amountCents: 0,
          individualId: '6-1',
          individualName: '',
          discretionary: '',
          traceNumber: '071000010000001',
          addenda: [],
          ...one,
        })),
      },
    ],
  })
const back = (originalTrace: string, returnCode: string): NachaEntry['addenda'] => [
  {
    kind: 'return',
    returnCode,
    originalTrace,
    dateOfDeath: '',
    originalBank: '07100001',
    information: '',
    traceNumber: '1',
  },
]

test('a file of returns takes payments back with their fee, once, and tells what the bank corrects', async () => {
  const home = homeAt(5)
  const payment = { ...home, amountCents: 5000, paymentDate: '2026-02-09', method: 'ach' as const }
  await act((tx) =>
    recordPayments(tx, {
      clientId,
      source: 'autopay',
      payments: [{ ...payment, reference: '091000010000007' }],
      ...done,
    }),
  )
  const text = nacha([
    { amountCents: 5000, addenda: back('091000010000007', 'R01') },
    { amountCents: 5000, addenda: back('091000010000007', 'R01') },
    { amountCents: 5000, addenda: back('091000010000008', 'R02') },
    {
      transactionCode: '21',
      addenda: [
        {
          kind: 'change',
          changeCode: 'C01',
          originalTrace: '091000010000007',
          originalBank: '07100001',
          correctedData: '9876543210',
          traceNumber: '1',
        },
      ],
    },
  ])
  const report = await load(text, { format: 'nacha', fileName: 'returns.ach' })
  expect(report.open.map(({ rowNumber, reasonCode }) => [rowNumber, reasonCode])).toEqual([
    [2, 'payment_cancelled'],
    [3, 'tender_unknown'],
  ])
  // 50.00 are owed again, with the fee of 25.00
  expect(await payoff(home)).toBe(7500)
  const { rows } = await sql<{ reason: string }>`
    select reason from work_item where kind = 'bank_details_changed'`.execute(db.read)
  expect(rows).toEqual([{ reason: 'The bank corrects what it has: …3210.' }])
  await expect(load(text, { format: 'nacha', fileName: 'again.ach' })).rejects.toMatchObject({
    code: 'file_loaded_already',
  })
  // Somebody finds what the third row is about: a payment that was taken without its number.
  const [made] = await act((tx) =>
    recordPayments(tx, { clientId, source: 'autopay', payments: [payment], ...done }),
  )
  const key = { payerCustomerId: home.customerId, eventNumber: made?.eventNumber ?? 0 }
  const row = { clientId, fileId: report.file.fileId, rowNumber: 3, on: '2026-04-02' }
  await act((tx) => resolveReturn(tx, { ...row, ...key, ...done }))
  expect(await payoff(home)).toBe(10000)
  expect(await broken(db)).toEqual([])
})

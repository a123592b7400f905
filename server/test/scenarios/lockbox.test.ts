import { expect, test } from 'vitest'
import { type Bill, billDocument, completeBill } from '../../src/domain/billing/index.ts'
import { collectionProcesses } from '../../src/domain/collections/index.ts'
import { customerIdOf } from '../../src/domain/customers/index.ts'
import { trialBalance } from '../../src/domain/ledger/index.ts'
import {
  assignRow,
  dropRow,
  fileReport,
  loadPaymentFile,
  payDisbursement,
  paymentsOfAccount,
  refundRow,
  unappliedPayments,
} from '../../src/domain/payments/index.ts'
import { balances } from '../../src/domain/receivables/index.ts'
import { findWorkItems } from '../../src/domain/work/index.ts'
import { checkBillDocument } from '../../src/formats/pdf/index.ts'
import { ACTOR, type Home } from '../support/billed-town.ts'
import { testDatabase } from '../support/database.ts'
import { broken } from '../support/verified.ts'
import { openWorld } from '../support/world.ts'

/** A bank's lockbox file: most is paid, some is nobody's, some cannot be read; a clerk ends it all. The steps build on each other. */
const { db } = await testDatabase()
const world = await openWorld(db, { homes: 4, from: '2026-02-01' })
const { clientId } = world.town
const [exact, over, misread, torn] = world.homes as [Home, Home, Home, Home]
// The bank says 56.32 + 70.00 + 73.94 + 25.00 + 83.32 + 10.00 + 12.00 = 330.58.
const FILE = `H,First Bank,77,2026-02-20,USD
P,00000001-01-0001,56.32,2026-02-18,check,1042
P,2-1,70.00,2026-02-18,check,1043
P,33-1,73.94,2026-02-18,check,1044
P,777-1,25.00,2026-02-18,check,1045
P,4-1,83.3205,2026-02-18,check,1046
P,4-1,10.00,2026-02-18,check,1047,CAD
P,4-1,12.00,2026-02-30,check,1048
B,1,7,330.58
T,1,7,330.58
`
const load = (content: string) =>
  loadPaymentFile(db, {
    ...{ clientId, content: new TextEncoder().encode(content), format: 'lockbox' as const },
    ...{ fileName: 'lockbox-77.csv', clock: world.now, actor: ACTOR, chunkRows: 3 },
  })
const owedBy = async ({ customerId }: Home) =>
  (await balances(db.read, [customerId], world.today())).reduce((sum, one) => sum + one.payoffCents, 0)
const book = async (code: string) =>
  (await trialBalance(db.read, clientId)).find((one) => one.code === code)?.balanceCents ?? 0
const row = (rowNumber: number) => ({ clientId, fileId: 1, rowNumber, on: world.today() })
const processesOf = async ({ customerId }: Home) =>
  (await collectionProcesses(db.read, customerId)).map(({ endReason }) => endReason)
const openItems = async () =>
  (
    await findWorkItems(db.read, {
      clientId,
      kind: 'remittance_rows_open',
      status: 'open',
      limit: 9,
      offset: 0,
    })
  ).items
const bills: Bill[] = []

test('four bills of January wait for their money', async () => {
  for (const home of world.homes)
    bills.push(
      await world.act((tx, done) =>
        completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }),
      ),
    )
  // 744 h at 0.6, 0.7, 0.8 and 0.9 kWh: 446.4, 520.8, 595.2 and 669.6 kWh; 44.64, 52.50, 61.42, 70.35; and 9.00; and 5 %
  expect(bills.map((one) => one.amountDueCents)).toEqual([5632, 6458, 7394, 8332])
})

test('the file of 20 February: two pay, two are nobody’s yet, three cannot be taken', async () => {
  await world.through('2026-02-20')
  const report = await load(FILE)
  expect(report.totals).toMatchObject({
    posted: { rows: 2, amountCents: 5632 + 7000 },
    suspended: { rows: 2, amountCents: 7394 + 2500 },
    rejected: { rows: 3 },
  })
  expect(report.open.map(({ accountText, reasonCode }) => `${accountText} ${reasonCode}`)).toEqual([
    '33-1 account_unknown',
    '777-1 account_unknown',
    '4-1 amount_precision',
    '4-1 currency_differs',
    '4-1 date_malformed',
  ])
  expect(await book('unapplied_cash')).toBe(-9894)
  expect([await owedBy(exact), await owedBy(over), await owedBy(misread), await owedBy(torn)]).toEqual([
    ...[0, 6458 - 7000, 7394, 8332],
  ])
  expect(await openItems()).toHaveLength(1)
  await expect(load(FILE)).rejects.toMatchObject({ code: 'file_loaded_already' })
  const other = FILE.replace('70.00', '71.00').replaceAll('330.58', '331.58')
  await expect(load(other)).rejects.toMatchObject({ code: 'file_loaded_already' })
  expect(await broken(db)).toEqual([])
})

test('a clerk reads the torn check: 83.32; the others of customer 4 are sent back to the bank', async () => {
  await world.act((tx, done) => assignRow(tx, { ...row(5), to: torn, amountCents: 8332, ...done }))
  for (const rowNumber of [6, 7])
    await world.act((tx, done) =>
      dropRow(tx, { ...row(rowNumber), reason: 'The bank sends it again', ...done }),
    )
  const twice = world.act((tx, done) => dropRow(tx, { ...row(6), reason: 'Again', ...done }))
  await expect(twice).rejects.toMatchObject({ code: 'remittance_row_done' })
  const holds = world.act((tx, done) => dropRow(tx, { ...row(3), reason: 'Whose?', ...done }))
  await expect(holds).rejects.toMatchObject({ code: 'row_holds_money' })
  expect(await owedBy(torn)).toBe(0)
})

test('customer 3 is reminded of a bill that was paid to nobody; the clerk finds the check, and it counts from its day', async () => {
  await world.through('2026-03-03')
  expect(await processesOf(misread)).toEqual([null])
  await world.act((tx, done) => assignRow(tx, { ...row(3), to: misread, ...done }))
  await world.through('2026-03-04')
  expect([await owedBy(misread), await processesOf(misread)]).toEqual([0, ['paid']])
  const [payment] = await paymentsOfAccount(db.read, misread.customerId, misread.accountNumber)
  expect(payment).toMatchObject({ paymentDate: '2026-02-18', amountCents: 7394, status: 'frozen' })
  expect(await book('unapplied_cash')).toBe(-2500)
})

test('the stranger gets the money back by check; nothing of the file is open any more', async () => {
  const address = { line1: '1 Far St', city: 'Elsewhere', state: 'IL', postalCode: '62702' }
  const back = { payeeName: 'A. Stranger', address, reason: 'Not our customer' }
  const refund = (rowNumber: number) =>
    world.act((tx, done) => refundRow(tx, { ...row(rowNumber), ...back, ...done }))
  expect(await openItems()).toHaveLength(1)
  const disbursementNumber = await refund(4)
  await expect(refund(4)).rejects.toMatchObject({ code: 'remittance_row_done' })
  expect(await openItems()).toEqual([])
  const [stranger] = await unappliedPayments(db.read, clientId)
  const customerId = customerIdOf(clientId, 0)
  expect(stranger).toBeUndefined()
  const check = { customerId, disbursementNumber, checkNumber: '7001', paidOn: world.today() }
  await world.act((tx, done) => payDisbursement(tx, { ...check, ...done }))
  // 56.32 + 70.00 + 73.94 + 25.00 + 83.32 came in, 25.00 went out
  expect([await book('unapplied_cash'), await book('cash')]).toEqual([0, 30_858 - 2500])
  await world.through('2026-03-05')
  expect(await fileReport(db.read, clientId, 1)).toMatchObject({
    totals: { posted: { rows: 2 }, resolved: { rows: 3 }, dropped: { rows: 2 } },
    open: [],
  })
  expect(await broken(db)).toEqual([])
})

test('the next bill of customer 2 takes what was too much', async () => {
  const march = await world.act((tx, done) =>
    completeBill(tx, { ...over, periodEnd: '2026-03-01', billDate: '2026-03-05', ...done }),
  )
  // 672 h x 0.7 kWh = 470.4 kWh x 0.10 = 47.04; 9.00; 5 % of 56.04 = 2.802; 58.84 less 5.42
  expect(march).toMatchObject({ previousCents: 6458, creditsCents: -7000, amountDueCents: 5884 - 542 })
  checkBillDocument(await billDocument(db.read, march))
  expect(await broken(db)).toEqual([])
})

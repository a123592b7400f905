import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, type Home, hourly, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import { checkBillDocument } from '../../../formats/pdf/index.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { stopAgreement } from '../../agreements/index.ts'
import { addHoliday, saveSettings } from '../../identity/index.ts'
import { closePeriod, openFiscalYear } from '../../ledger/index.ts'
import { recordPayment } from '../../payments/index.ts'
import { assessDeposit, balances, previewAct, unsettledItems } from '../../receivables/index.ts'
import { recordBlocks } from '../../usage/index.ts'
import {
  type Bill,
  beginBill,
  billDocument,
  cancelBill,
  cancelCharge,
  chargeEvent,
  completeBill,
  completeFinalBill,
  creditBill,
  deleteBill,
  getBill,
  getCharge,
  holdBills,
  markRoutings,
  previewCreditNote,
  previewFinalBill,
  proposeRebill,
  rebillCharge,
  reopenBill,
  resumeBills,
  saveBillMessage,
} from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const town = await act((tx) => buildTown(tx, 0))
let number = 0
const newHome = () => {
  number += 1
  return act((tx) => addHome(tx, town, { number, wattHours: 600 }))
}
const billTo = (home: Home, day: string) =>
  act((tx) => completeBill(tx, { ...home, periodEnd: day, billDate: day, ...done }))
const pay = (home: Home, amountCents: number, paymentDate: string) =>
  act((tx) =>
    recordPayment(tx, {
      payerCustomerId: home.customerId,
      accounts: [{ ...home, amountCents }],
      paymentDate,
      source: 'counter' as const,
      tender: { method: 'cash' as const },
      ...done,
    }),
  )
const undo = (bill: Bill, correctedOn = '2026-03-20') => ({ ...bill, reason: 'test', correctedOn, ...done })
const owed = async ({ customerId }: Home) =>
  (await balances(db.read, [customerId], '2026-04-01')).reduce((sum, one) => sum + one.payoffCents, 0)

test('a reopened bill is completed again under its number, as if nothing had happened', async () => {
  const home = await newHome()
  await billTo(home, '2026-02-01')
  await pay(home, 6000, '2026-02-10')
  const before = await billTo(home, '2026-03-01')
  const document = await billDocument(db.read, before)
  await act((tx) => reopenBill(tx, undo(before)))
  expect(await getBill(db.read, before)).toMatchObject({ status: 'reopened', routings: [] })
  const open = await unsettledItems(db.read, [home.customerId])
  expect(open.filter(({ dueDate, amountCents }) => amountCents > 0 && dueDate !== null)).toEqual([])
  expect([await owed(home), await broken(db)]).toEqual([before.amountDueCents, []])
  const again = await billTo(home, '2026-03-01')
  expect(again).toEqual(before)
  expect((await billDocument(db.read, again)).balance).toEqual(document.balance)
  checkBillDocument(await billDocument(db.read, again))
  expect(await broken(db)).toEqual([])
})

test('while a bill is open its charge is billed again; complete, it shows the corrected one alone', async () => {
  const home = await newHome()
  const bill = await billTo(home, '2026-02-01')
  await act((tx) => reopenBill(tx, undo(bill)))
  // 2 January used 2 kWh an hour, not 0.6: 59.85 instead of 56.32
  const blocks = hourly(home, 2000, '2026-01-02', '2026-01-03')
  await act((tx) => recordBlocks(tx, { blocks, source: 'corrected', now: NOW }))
  const correction = { customerId: home.customerId, chargeId: 1, reason: 'read', correctedOn: '2026-02-02' }
  await act((tx) => rebillCharge(tx, { ...correction, ...done }))
  expect(await broken(db)).toEqual([])
  const again = await billTo(home, '2026-02-01')
  expect(again).toMatchObject({
    billId: bill.billId,
    chargesCents: 5985,
    creditsCents: 0,
    amountDueCents: 5985,
  })
  const document = await billDocument(db.read, again)
  checkBillDocument(document)
  expect(document.balance.activity).toEqual([])
  expect(await broken(db)).toEqual([])
})

test('a bill whose charge was corrected before is reopened without it, and with its correction', async () => {
  const home = await newHome()
  const bill = await billTo(home, '2026-02-01')
  const correction = { customerId: home.customerId, chargeId: 1, reason: 'read', correctedOn: '2026-02-03' }
  await act((tx) => rebillCharge(tx, { ...correction, ...done }))
  await act((tx) => reopenBill(tx, undo(bill)))
  expect(await billTo(home, '2026-02-01')).toMatchObject({ chargesCents: 5632, amountDueCents: 5632 })
  expect(await broken(db)).toEqual([])
})

test('a rebill that waits for a charge is dropped when the bill of the charge is cancelled', async () => {
  const home = await newHome()
  const bill = await billTo(home, '2026-02-01')
  const twin = await act((tx) =>
    proposeRebill(tx, { customerId: home.customerId, chargeId: 1, reason: 'read', ...done }),
  )
  await act((tx) => cancelBill(tx, undo(bill)))
  expect((await getCharge(db.read, { customerId: home.customerId, chargeId: twin })).status).toBe('cancelled')
  expect([await owed(home), await broken(db)]).toEqual([0, []])
})

test('only the latest bill is reopened, and only until it is sent; nor into a closed period', async () => {
  const home = await newHome()
  const first = await billTo(home, '2026-02-01')
  const second = await billTo(home, '2026-03-01')
  await expect(act((tx) => reopenBill(tx, undo(first)))).rejects.toMatchObject({ code: 'bill_not_latest' })
  await expect(act((tx) => cancelBill(tx, undo(first)))).rejects.toMatchObject({ code: 'bill_not_latest' })
  await act((tx) => markRoutings(tx, [{ ...second, routingNumber: 1 }], 'sent', NOW))
  await expect(act((tx) => reopenBill(tx, undo(second)))).rejects.toMatchObject({ code: 'bill_sent' })
  const unknown = { ...undo(second), billId: 99 }
  await expect(act((tx) => reopenBill(tx, unknown))).rejects.toMatchObject({ code: 'bill_unknown' })
  expect((await getBill(db.read, second)).status).toBe('complete')
  const books = { clientId: town.clientId, ...done }
  const [january] = await act((tx) => openFiscalYear(tx, { ...books, fiscalYear: 2020 }))
  await act((tx) => closePeriod(tx, { ...books, code: january?.code ?? '' }))
  await expect(act((tx) => cancelBill(tx, undo(second, '2020-01-10')))).rejects.toMatchObject({
    code: 'period_closed',
  })
  expect(await broken(db)).toEqual([])
})

test('a cancelled bill leaves its days to be charged again, and the next bill carries on from the one before', async () => {
  const home = await newHome()
  await billTo(home, '2026-02-01')
  const wrong = await billTo(home, '2026-03-01')
  await act((tx) => cancelBill(tx, undo(wrong)))
  expect([await owed(home), await broken(db)]).toEqual([5632, []])
  await expect(act((tx) => cancelBill(tx, undo(wrong)))).rejects.toMatchObject({ code: 'bill_state' })
  const next = await billTo(home, '2026-03-01')
  // February again: 51.79
  expect(next).toMatchObject({
    previousCents: 5632,
    creditsCents: 0,
    chargesCents: 5179,
    amountDueCents: 10811,
  })
  const document = await billDocument(db.read, next)
  checkBillDocument(document)
  expect(document.balance.activity).toEqual([])
  expect(await broken(db)).toEqual([])
})

test('a credit note takes a bill back once, by a bill of its own that was shown before', async () => {
  const home = await newHome()
  const sent = await billTo(home, '2026-02-01')
  await billTo(home, '2026-03-01')
  const input = undo(sent)
  const shown = await act((tx) => previewCreditNote(tx, input, (note) => billDocument(tx, note)))
  const previewed = await act((tx) => previewAct(tx, [home.customerId], () => creditBill(tx, input)))
  const note = await act((tx) => creditBill(tx, input))
  expect(previewed.result).toEqual(note)
  expect(await billDocument(db.read, note)).toEqual(shown)
  checkBillDocument(shown)
  expect(shown.messages[0]?.body).toContain('bill 00000007-0001')
  // 56.32 + 51.79 = 108.11 were asked for; 56.32 are taken back
  expect(note).toMatchObject({
    status: 'credit_note',
    replacesBillId: sent.billId,
    previousCents: 10811,
    creditsCents: -5632,
    chargesCents: 0,
    amountDueCents: 5179,
  })
  await expect(act((tx) => creditBill(tx, input))).rejects.toMatchObject({ code: 'bill_credited' })
  await expect(act((tx) => creditBill(tx, undo(note)))).rejects.toMatchObject({ code: 'bill_state' })
  expect(await broken(db)).toEqual([])
  const next = await billTo(home, '2026-04-01')
  expect(next.previousCents).toBe(5179)
  expect(await broken(db)).toEqual([])
})

test('a bill without a charge that stands is not credited', async () => {
  const home = await newHome()
  const bill = await billTo(home, '2026-02-01')
  const cancel = {
    customerId: home.customerId,
    chargeId: 1,
    reason: 'test',
    correctedOn: '2026-02-10',
    ...done,
  }
  await act((tx) => cancelCharge(tx, cancel))
  await expect(act((tx) => creditBill(tx, undo(bill)))).rejects.toMatchObject({
    code: 'bill_without_charges',
  })
})

test('a bill that was begun is completed under its number, or dropped', async () => {
  const home = await newHome()
  const begin = { ...home, billDate: '2026-02-01', ...done }
  const dropped = await act((tx) => beginBill(tx, begin))
  await expect(act((tx) => beginBill(tx, begin))).rejects.toMatchObject({ code: 'bill_unfinished' })
  await act((tx) => deleteBill(tx, { ...dropped, reason: 'not needed', ...done }))
  const begun = await act((tx) => beginBill(tx, begin))
  expect(begun.billId).toBe(dropped.billId + 1)
  expect(await broken(db)).toEqual([])
  const bill = await billTo(home, '2026-02-01')
  expect(bill).toMatchObject({ ...begun, status: 'complete', chargesCents: 5632 })
  await expect(act((tx) => deleteBill(tx, { ...bill, reason: 'no', ...done }))).rejects.toMatchObject({
    code: 'bill_state',
  })
  expect(await broken(db)).toEqual([])
})

test('a bill apart from the windows shows what is no charge of usage', async () => {
  const home = await newHome()
  await billTo(home, '2026-02-01')
  await expect(billTo(home, '2026-02-01')).rejects.toMatchObject({ code: 'nothing_to_bill' })
  const lines = [
    { code: 'visit', text: { en: 'Visit', es: 'Visita' }, amountCents: 2500, ledgerCode: 'revenue_fee' },
  ]
  await act((tx) => chargeEvent(tx, { ...home, chargedOn: '2026-02-03', lines, ...done }))
  const input = {
    ...home,
    periodEnd: '2026-02-01',
    billDate: '2026-02-04',
    kind: 'off_cycle' as const,
    ...done,
  }
  const bill = await act((tx) => completeBill(tx, input))
  expect(bill).toMatchObject({
    kind: 'off_cycle',
    previousCents: 5632,
    chargesCents: 2500,
    amountDueCents: 8132,
  })
  expect(await broken(db)).toEqual([])
})

test('a deposit is asked for by a bill of its own; nothing is billed while the account is on hold', async () => {
  const home = await newHome()
  const { customerId, accountNumber } = home
  const input = {
    ...home,
    periodEnd: '2026-01-01',
    billDate: '2026-01-03',
    kind: 'off_cycle' as const,
    ...done,
  }
  await expect(act((tx) => completeBill(tx, input))).rejects.toMatchObject({ code: 'nothing_to_bill' })
  const deposit = {
    customerId,
    accountNumber,
    amountCents: 5000,
    day: '2026-01-02',
    reason: 'credit' as const,
  }
  await act((tx) => assessDeposit(tx, { ...deposit, ...done }))
  const hold = { customerId, accountNumber, reason: 'test', from: '2026-01-01', ...done }
  await act((tx) => holdBills(tx, hold))
  await expect(act((tx) => completeBill(tx, input))).rejects.toMatchObject({ code: 'nothing_to_bill' })
  await act((tx) => resumeBills(tx, hold))
  const bill = await act((tx) => completeBill(tx, input))
  expect(bill).toMatchObject({ chargesCents: 0, creditsCents: 5000, amountDueCents: 5000 })
  checkBillDocument(await billDocument(db.read, bill))
  expect(await broken(db)).toEqual([])
})

test('a final bill charges to the end, and the deposit that was held pays it', async () => {
  const home = await newHome()
  const { customerId, accountNumber, agreementId } = home
  const deposit = {
    customerId,
    accountNumber,
    amountCents: 20_000,
    day: '2026-01-02',
    reason: 'credit' as const,
  }
  await act((tx) => assessDeposit(tx, { ...deposit, ...done }))
  const first = await billTo(home, '2026-02-01')
  // 56.32 and a deposit of 200.00
  expect(first.amountDueCents).toBe(25_632)
  const document = await billDocument(db.read, first)
  checkBillDocument(document)
  expect(document.balance.activity).toMatchObject([{ text: 'Security deposit', amountCents: 20_000 }])
  await pay(home, 25_632, '2026-02-10')
  expect(await broken(db)).toEqual([])
  const input = { customerId, accountNumber, agreementId, billDate: '2026-02-20', ...done }
  await expect(act((tx) => completeFinalBill(tx, input))).rejects.toMatchObject({
    code: 'agreement_not_stopped',
  })
  await act((tx) => stopAgreement(tx, { customerId, agreementId, endDate: '2026-02-15', now: NOW }))
  const shown = await act((tx) => previewFinalBill(tx, input, (bill) => billDocument(tx, bill)))
  const bill = await act((tx) => completeFinalBill(tx, input))
  expect(await billDocument(db.read, bill)).toEqual(shown)
  checkBillDocument(shown)
  // 14 days: 14 x 24 x 0.6 = 201.6 kWh -> 20.16 + 9.00 x 14/30 = 4.20 -> 24.36; 1.218 -> 1.22; 25.58.
  // The deposit of 200.00 pays it, and 174.42 are left to the customer.
  expect(bill).toMatchObject({ kind: 'final', chargesCents: 2558, amountDueCents: 2558 - 20_000 })
  expect(await owed(home)).toBe(2558 - 20_000)
  expect(await broken(db)).toEqual([])
  await act((tx) => cancelBill(tx, { ...bill, reason: 'test', correctedOn: '2026-02-21', ...done }))
  // The deposit is given back: what it paid is a credit of the service now, and not of the deposit.
  const left = await balances(db.read, [customerId], '2026-02-21')
  expect(left.find((one) => one.agreementId === agreementId)?.payoffCents).toBe(-2558)
  expect(left.map((one) => one.payoffCents).sort()).toEqual([-17_442, -2558])
  expect(await broken(db)).toEqual([])
})

test('a bill is due on a work day, and not sooner than the client allows', async () => {
  const home = await newHome()
  // 1 February and 21 days: Sunday 22 February; Monday is a holiday
  const holiday = { clientId: town.clientId, holiday: '2026-02-23', name: 'Founders' }
  await act((tx) => addHoliday(tx, holiday))
  expect(await billTo(home, '2026-02-01')).toMatchObject({ dueDate: '2026-02-24' })
  const settings = { clientId: town.clientId, section: 'billing', value: { minimumDueDays: 30 } }
  await act((tx) => saveSettings(tx, { ...settings, ...done }))
  // 1 March and 30 days: Tuesday 31 March
  expect(await billTo(home, '2026-03-01')).toMatchObject({ dueDate: '2026-03-31' })
  await act((tx) => saveSettings(tx, { ...settings, value: {}, ...done }))
})

test('bills say what their day, class, plan and state call for, in both languages, and go on saying it', async () => {
  const home = await newHome()
  const text = (word: string) => ({
    title: { en: word, es: `${word} (es)` },
    body: { en: 'Text', es: 'Texto' },
  })
  const template = (messageCode: string, rest: object) =>
    act((tx) =>
      saveBillMessage(tx, {
        clientId: town.clientId,
        messageCode,
        startDate: '2026-01-01',
        condition: 'all',
        ...text(messageCode),
        ...rest,
        ...done,
      }),
    )
  await template('welcome', { condition: 'first_bill', sequence: 1 })
  await template('homes', { condition: 'class', conditionValue: 'residential' })
  await template('plants', { condition: 'class', conditionValue: 'industrial' })
  await template('plan', { condition: 'plan', conditionValue: String(town.tariffId) })
  await template('late', { condition: 'past_due' })
  await template('paid', { condition: 'autopay' })
  await template('winter', { endDate: '2026-02-15' })
  const first = await billTo(home, '2026-02-01')
  const codes = async (bill: Bill) => (await getBill(db.read, bill)).messages.map((one) => one.messageCode)
  expect(await codes(first)).toEqual(['welcome', 'homes', 'plan', 'winter'])
  const autopayOf = async () => new Set([`${home.customerId}-${home.accountNumber}`])
  const input = { ...home, periodEnd: '2026-03-01', billDate: '2026-03-01', autopayOf, ...done }
  const second = await act((tx) => completeBill(tx, input))
  expect(await codes(second)).toEqual(['homes', 'late', 'paid', 'plan'])
  await template('homes', {
    condition: 'class',
    conditionValue: 'residential',
    startDate: '2026-03-01',
    ...text('new'),
  })
  expect((await billDocument(db.read, second, 'es')).messages[0]).toEqual({
    title: 'homes (es)',
    body: 'Texto',
  })
  await act((tx) => reopenBill(tx, undo(second)))
  expect(await codes(second)).toEqual([])
  const again = await act((tx) => completeBill(tx, input))
  expect((await billDocument(db.read, again)).messages[0]?.title).toBe('new')
  await expect(template('half', { title: { en: 'Half' } })).rejects.toMatchObject({
    code: 'bill_message_malformed',
  })
  expect(await broken(db)).toEqual([])
})

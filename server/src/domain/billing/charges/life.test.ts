import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, hourly, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import { checkBillDocument } from '../../../formats/pdf/index.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { balances, previewAct } from '../../receivables/index.ts'
import { postUsage, recordBlocks } from '../../usage/index.ts'
import {
  billDocument,
  cancelCharge,
  chargeAgreement,
  chargeEvent,
  completeBill,
  deleteCharge,
  draftCharge,
  explainBill,
  freezeCharge,
  generateCharge,
  getBill,
  getCharge,
  initCancel,
  previewRebill,
  proposeRebill,
  rebillPeriods,
  undoCancel,
} from '../index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const town = await act((tx) => buildTown(tx, 3))
const [first, second, third] = town.homes
if (!first || !second || !third) throw new Error('the town has three homes')

const MONTHS = [
  '2026-02-01',
  '2026-03-01',
  '2026-04-01',
  '2026-05-01',
  '2026-06-01',
  '2026-07-01',
  '2026-08-01',
]
const statusOf = async (customerId: number, chargeId: number) =>
  (await getCharge(db.read, { customerId, chargeId })).status
const owed = async (customerId: number) =>
  (await balances(db.read, [customerId], '2026-09-01')).reduce((sum, one) => sum + one.payoffCents, 0)

test('a rebill waits beside the old charge; undone, both are as before; frozen, it takes its place', async () => {
  const { customerId } = first
  await act((tx) => completeBill(tx, { ...first, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }))
  // 2 January used 2 kWh an hour, not 0.6: 480.0 kWh -> 48.00 + 9.00 = 57.00; 5 % = 2.85; 59.85
  const blocks = hourly(first, 2000, '2026-01-02', '2026-01-03')
  await act((tx) => recordBlocks(tx, { blocks, source: 'corrected', now: NOW }))
  const key = { customerId, chargeId: 1, reason: 'corrected reading', ...done }
  const twin = await act((tx) => proposeRebill(tx, key))
  expect(await statusOf(customerId, 1)).toBe('pending_cancel')
  expect(await getCharge(db.read, { customerId, chargeId: twin })).toMatchObject({
    status: 'freezable',
    amountCents: 5985,
    rebillsChargeId: 1,
  })
  expect([await owed(customerId), await broken(db)]).toEqual([5632, []])
  const cancel = { ...key, correctedOn: '2026-03-10' }
  await expect(act((tx) => cancelCharge(tx, cancel))).rejects.toMatchObject({ code: 'charge_rebill_waits' })
  await act((tx) => undoCancel(tx, key))
  expect([await statusOf(customerId, 1), await statusOf(customerId, twin)]).toEqual(['frozen', 'cancelled'])
  expect(await broken(db)).toEqual([])
  const again = await act((tx) => proposeRebill(tx, key))
  await act((tx) => freezeCharge(tx, { customerId, chargeId: again, frozenOn: '2026-03-10', ...done }))
  expect([await statusOf(customerId, 1), await statusOf(customerId, again)]).toEqual(['cancelled', 'frozen'])
  expect([await owed(customerId), await broken(db)]).toEqual([5985, []])
})

test('what the state of a charge forbids is refused, and nothing moves', async () => {
  const { customerId } = first
  const frozen = { customerId, chargeId: 3, reason: 'test', ...done }
  const cancelled = { ...frozen, chargeId: 1 }
  await expect(act((tx) => deleteCharge(tx, frozen))).rejects.toMatchObject({ code: 'charge_frozen' })
  await expect(act((tx) => generateCharge(tx, frozen))).rejects.toMatchObject({ code: 'charge_frozen' })
  const freeze = { ...frozen, frozenOn: '2026-03-10' }
  await expect(act((tx) => freezeCharge(tx, freeze))).rejects.toMatchObject({ code: 'charge_frozen' })
  await expect(act((tx) => initCancel(tx, cancelled))).rejects.toMatchObject({ code: 'charge_not_frozen' })
  await expect(act((tx) => undoCancel(tx, frozen))).rejects.toMatchObject({ code: 'charge_frozen' })
  await expect(act((tx) => initCancel(tx, { ...frozen, chargeId: 99 }))).rejects.toMatchObject({
    code: 'charge_unknown',
  })
  expect(await owed(customerId)).toBe(5985)
})

test('a hole that a cancelled charge left is drafted, priced and billed; what cannot be priced says why', async () => {
  const { customerId } = second
  for (const day of MONTHS.slice(0, 3))
    await act((tx) => completeBill(tx, { ...second, periodEnd: day, billDate: day, ...done }))
  const cancel = { customerId, chargeId: 2, reason: 'test', correctedOn: '2026-04-02', ...done }
  await act((tx) => initCancel(tx, cancel))
  await act((tx) => cancelCharge(tx, cancel))
  const february = { ...second, startDate: '2026-02-01', endDate: '2026-03-01', ...done }
  await expect(act((tx) => draftCharge(tx, { ...february, endDate: '2026-03-02' }))).rejects.toMatchObject({
    code: 'period_charged',
  })
  const chargeId = await act((tx) => draftCharge(tx, february))
  expect(await act((tx) => generateCharge(tx, { customerId, chargeId, ...done }))).toBe('freezable')
  // 28 x 24 x 0.7 = 470.4 kWh -> 47.04 + 9.00 = 56.04; 2.802 -> 2.80; 58.84
  expect(await getCharge(db.read, { customerId, chargeId })).toMatchObject({ amountCents: 5884 })
  await act((tx) => freezeCharge(tx, { customerId, chargeId, frozenOn: '2026-04-02', ...done }))
  const unmeasured = { ...second, startDate: '2026-04-01', endDate: '2026-05-01', ...done }
  const wrong = await act((tx) => draftCharge(tx, unmeasured))
  expect(await act((tx) => generateCharge(tx, { customerId, chargeId: wrong, ...done }))).toBe('error')
  expect(await getCharge(db.read, { customerId, chargeId: wrong })).toMatchObject({ errorCode: 'usage_none' })
  expect(await broken(db)).toEqual([])
  await act((tx) => deleteCharge(tx, { customerId, chargeId: wrong, ...done }))
  expect(await statusOf(customerId, wrong)).toBe('cancelled')
  expect(await broken(db)).toEqual([])
})

test('seven months of a wrong meter are billed again in one act, as the preview said', async () => {
  const { customerId, agreementId } = third
  const later = hourly(third, 800, '2026-04-01', '2026-08-01')
  await act((tx) => recordBlocks(tx, { blocks: later, source: 'test', now: NOW }))
  for (const day of MONTHS)
    await act((tx) => completeBill(tx, { ...third, periodEnd: day, billDate: day, ...done }))
  const before = await owed(customerId)
  const right = hourly(third, 400, '2026-01-01', '2026-08-01')
  await act((tx) => recordBlocks(tx, { blocks: right, source: 'other meter', now: NOW }))
  const input = {
    customerId,
    agreementId,
    from: '2026-01-01',
    correctedOn: '2026-08-10',
    reason: 'wrong meter',
  }
  const shown = await act((tx) =>
    previewAct(tx, [customerId], () => previewRebillKept(tx, { ...input, now: NOW })),
  )
  const preview = await act((tx) => previewRebill(tx, { ...input, now: NOW }))
  const made = await act((tx) => rebillPeriods(tx, { ...input, ...done }))
  expect(made).toEqual(preview)
  expect(shown.result).toEqual(preview)
  expect(made.periods).toHaveLength(7)
  // January: 31 x 24 x 0.4 = 297.6 kWh -> 29.76 + 9.00 = 38.76; 1.938 -> 1.94; 40.70. Before: 595.2 kWh ->
  // 500 x 0.10 + 95.2 x 0.12 = 61.424 -> 50.00 + 11.42 + 9.00 = 70.42; 3.521 -> 3.52; 73.94
  expect(made.periods[0]).toMatchObject({ oldCents: 7394, newCents: 4070, differenceCents: -3324 })
  expect(made.periods[0]?.lines.map(({ ruleCode, differenceCents }) => [ruleCode, differenceCents])).toEqual([
    ['customer', 0],
    ['energy', -3166],
    ['city_tax', -158],
  ])
  expect((await owed(customerId)) - before).toBe(made.differenceCents)
  expect(await broken(db)).toEqual([])
  await expect(
    act((tx) => rebillPeriods(tx, { ...input, from: '2026-08-01', ...done })),
  ).rejects.toMatchObject({ code: 'nothing_to_rebill' })
})

/** The act itself, so that what it posts can be read before it is undone. */
function previewRebillKept(tx: Tx, input: Parameters<typeof previewRebill>[1]) {
  return rebillPeriods(tx, { ...input, actor: ACTOR })
}

test('posted usage that is cut otherwise changes the periods of the charges, never the days that are charged', async () => {
  const home = await act((tx) => addHome(tx, town, { number: 21, measured: false }))
  const { customerId, agreementId } = home
  const kwh = (quantity: number) => [{ unit: 'kWh', quantity, scale: 0 }]
  const post = (startDate: string, endDate: string, quantity: number) =>
    act((tx) =>
      postUsage(tx, { customerId, agreementId, startDate, endDate, quantities: kwh(quantity), now: NOW }),
    )
  await post('2026-01-01', '2026-02-01', 300)
  await post('2026-02-01', '2026-03-01', 200)
  await act((tx) => completeBill(tx, { ...home, periodEnd: '2026-03-01', billDate: '2026-03-01', ...done }))
  const input = {
    customerId,
    agreementId,
    from: '2026-01-01',
    correctedOn: '2026-03-10',
    reason: 'late read',
  }
  const usages = [
    { startDate: '2026-01-01', endDate: '2026-01-20', quantities: kwh(180) },
    { startDate: '2026-01-20', endDate: '2026-03-01', quantities: kwh(320) },
  ]
  const gap = [usages[1] ?? usages[0]].flatMap((one) => one ?? [])
  await expect(act((tx) => rebillPeriods(tx, { ...input, usages: gap, ...done }))).rejects.toMatchObject({
    code: 'rebill_usage_apart',
  })
  const made = await act((tx) => rebillPeriods(tx, { ...input, usages, ...done }))
  expect(
    made.periods.map(({ startDate, endDate, oldCents, newCents }) => [
      startDate,
      endDate,
      oldCents,
      newCents,
    ]),
  ).toEqual([
    // 19 days: 18.00 + 9.00 x 19/30 = 5.70 -> 23.70; 1.185 -> 1.19
    ['2026-01-01', '2026-01-20', 0, 2489],
    // 30.00 + 9.00 = 39.00; 1.95
    ['2026-01-01', '2026-02-01', 4095, 0],
    // 40 days: 32.00 + 9.00 x 40/30 = 12.00 -> 44.00; 2.20
    ['2026-01-20', '2026-03-01', 0, 4620],
    // 20.00 + 9.00 = 29.00; 1.45
    ['2026-02-01', '2026-03-01', 3045, 0],
  ])
  expect(made.differenceCents).toBe(2489 + 4620 - 4095 - 3045)
  expect(await broken(db)).toEqual([])
})

test('what is charged once by hand shows its lines on the next bill, and explains itself', async () => {
  const home = await act((tx) => addHome(tx, town, { number: 22 }))
  const { customerId, agreementId } = home
  const lines = [
    {
      code: 'visit',
      text: { en: 'Meter test', es: 'Prueba del medidor' },
      amountCents: 4500,
      ledgerCode: 'revenue_fee',
    },
    {
      code: 'goodwill',
      text: { en: 'Goodwill', es: 'Cortesía' },
      amountCents: -500,
      ledgerCode: 'adjustment',
    },
  ]
  const charge = { customerId, agreementId, chargedOn: '2026-01-15', lines, ...done }
  const refused = (ledgerCode: string) =>
    act((tx) => chargeEvent(tx, { ...charge, lines: lines.map((line) => ({ ...line, ledgerCode })) }))
  await expect(refused('nothing')).rejects.toMatchObject({ code: 'ledger_account_unknown' })
  await expect(refused('receivable')).rejects.toMatchObject({ code: 'ledger_account_control' })
  await expect(act((tx) => chargeEvent(tx, { ...charge, lines: [] }))).rejects.toMatchObject({
    code: 'charge_lines_empty',
  })
  await act((tx) => chargeEvent(tx, charge))
  expect([await owed(customerId), await broken(db)]).toEqual([4000, []])
  const bill = await act((tx) =>
    completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }),
  )
  const document = await billDocument(db.read, bill)
  checkBillDocument(document)
  expect(document.charges.find(({ title }) => title === 'One-off charges')?.parts[0]?.lines).toMatchObject([
    { text: 'Meter test', amountCents: 4500 },
    { text: 'Goodwill', amountCents: -500 },
  ])
  expect((await explainBill(db.read, bill)).reproduced).toBe(true)
  const [event] = (await getBill(db.read, bill)).charges.filter(({ kind }) => kind === 'event')
  const key = { customerId, chargeId: event?.chargeId ?? 0, reason: 'not done' }
  await expect(act((tx) => proposeRebill(tx, { ...key, ...done }))).rejects.toMatchObject({
    code: 'charge_not_priced',
  })
  await act((tx) => cancelCharge(tx, { ...key, correctedOn: '2026-02-10', ...done }))
  expect(await broken(db)).toEqual([])
})

test('a charge that was drafted does not keep a run from charging the same days', async () => {
  const home = await act((tx) => addHome(tx, town, { number: 23 }))
  const january = { ...home, startDate: '2026-01-01', endDate: '2026-02-01', ...done }
  const chargeId = await act((tx) => draftCharge(tx, january))
  await act((tx) =>
    chargeAgreement(tx, { ...home, periodEnd: '2026-02-01', chargedOn: '2026-02-01', ...done }),
  )
  await expect(
    act((tx) => generateCharge(tx, { customerId: home.customerId, chargeId, ...done })),
  ).rejects.toMatchObject({ code: 'period_charged' })
  expect(await broken(db)).toEqual([])
})

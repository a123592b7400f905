import { expect, test } from 'vitest'
import { ACTOR, addHome, buildTown, type Home, hourly, NOW } from '../../../../test/support/billed-town.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { addExemption } from '../../agreements/index.ts'
import { cancelPayment, recordPayment } from '../../payments/index.ts'
import { balances, previewAct } from '../../receivables/index.ts'
import { recordBlocks } from '../../usage/index.ts'
import {
  assessLateFees,
  billDocument,
  cancelLateFee,
  completeBill,
  lateCustomers,
  lateFees,
  rebillCharge,
  saveLateFeeRule,
} from '../index.ts'
import { feesOf, type LateFeeRule, type LateItem } from './late-fee.ts'

const RULE: LateFeeRule = {
  ruleCode: 'standard',
  companyId: null,
  customerClass: null,
  debtClass: null,
  percent: '1.5',
  flatCents: 0,
  graceDays: 5,
  minimumCents: 0,
  capCents: null,
  repeats: 'once',
  startDate: '2026-01-01',
  endDate: null,
}
const ITEM: LateItem = {
  customerId: 1,
  accountNumber: 1,
  companyId: 1,
  customerClass: 'residential',
  agreementId: 10001,
  agreementKind: 'service',
  debtClass: 'regulated',
  itemId: 1,
  origin: 'charge:1',
  unsettledCents: 10_000,
  dueDate: '2026-02-01',
  lastFeeOn: null,
}
const amounts = (rules: Partial<LateFeeRule>[], item: Partial<LateItem>, day: string, share = '1') =>
  feesOf(
    rules.map((rule) => ({ ...RULE, ...rule })),
    [{ ...ITEM, ...item }],
    day,
    () => share,
  ).map((fee) => fee.amountCents)

test('a fee begins after the days of grace, is rounded once, capped, and shared by an exemption', () => {
  expect([amounts([{}], {}, '2026-02-06'), amounts([{}], {}, '2026-02-07')]).toEqual([[], [150]])
  // 1.5 % of 33.33 is 49.995 cents
  expect(amounts([{}], { unsettledCents: 3333 }, '2026-02-07')).toEqual([50])
  expect(amounts([{ flatCents: 500 }], {}, '2026-02-07')).toEqual([650])
  expect(amounts([{ flatCents: 500, capCents: 600 }], {}, '2026-02-07')).toEqual([600])
  expect(amounts([{}], {}, '2026-02-07', '0.25')).toEqual([38])
  expect(amounts([{}], {}, '2026-02-07', '0')).toEqual([])
  expect(amounts([{ minimumCents: 10_001 }], {}, '2026-02-07')).toEqual([])
})

test('the rule that names most of an item counts; deposits pay none unless a rule names them', () => {
  const rules = [{}, { ruleCode: 'homes', customerClass: 'residential' as const, percent: '1' }]
  expect(amounts(rules, {}, '2026-02-07')).toEqual([100])
  const deposit = { agreementKind: 'deposit', debtClass: 'deposit' }
  expect(amounts(rules, deposit, '2026-02-07')).toEqual([])
  expect(amounts([{ debtClass: 'deposit', flatCents: 100, percent: '0' }], deposit, '2026-02-07')).toEqual([
    100,
  ])
})

test('a debt costs one fee, or one a month', () => {
  const charged = { lastFeeOn: '2026-02-07' }
  expect(amounts([{}], charged, '2026-06-01')).toEqual([])
  const monthly = [{ repeats: 'monthly' as const }]
  expect([amounts(monthly, charged, '2026-03-06'), amounts(monthly, charged, '2026-03-07')]).toEqual([
    [],
    [150],
  ])
})

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const done = { now: NOW, actor: ACTOR }
const town = await act((tx) => buildTown(tx, 0))
const { clientId } = town
let number = 0
/** January: 56.32, due on Monday 23 February. */
const lateHome = async (): Promise<Home> => {
  number += 1
  const home = await act((tx) => addHome(tx, town, { number, wattHours: 600 }))
  await act((tx) => completeBill(tx, { ...home, periodEnd: '2026-02-01', billDate: '2026-02-01', ...done }))
  return home
}
const assess = async (day: string) => {
  const customerIds = await lateCustomers(db.read, { clientId, day })
  return act((tx) => assessLateFees(tx, { clientId, customerIds, day, ...done }))
}
const pay = ({ customerId, accountNumber }: Home) =>
  act((tx) =>
    recordPayment(tx, {
      payerCustomerId: customerId,
      accounts: [{ customerId, accountNumber, amountCents: 5632 }],
      paymentDate: '2026-02-10',
      source: 'counter' as const,
      tender: { method: 'cash' as const },
      ...done,
    }),
  )

test('a fee is posted once, explains itself, shows on the next bill, and can be taken back', async () => {
  const home = await lateHome()
  const { customerId } = home
  expect(await assess('2026-03-01')).toBe(0)
  await act((tx) => saveLateFeeRule(tx, { ...RULE, clientId, ...done }))
  expect(await assess('2026-02-28')).toBe(0)
  const input = { clientId, customerIds: [customerId], day: '2026-03-01', ...done }
  const preview = await act((tx) => previewAct(tx, [customerId], () => assessLateFees(tx, input)))
  // 1.5 % of 56.32 is 84.48 cents
  expect(preview.posted.entries).toHaveLength(1)
  expect(await assess('2026-03-01')).toBe(1)
  expect(await assess('2026-03-01')).toBe(0)
  expect(await assess('2026-06-01')).toBe(0)
  const [fee] = await lateFees(db.read, customerId)
  expect(fee).toMatchObject({
    amountCents: 84,
    baseCents: 5632,
    rule: { ruleCode: 'standard', percent: '1.5', graceDays: 5 },
    base: [{ origin: 'charge:1', unsettledCents: 5632, dueDate: '2026-02-23', daysLate: 6 }],
  })
  expect(await broken(db)).toEqual([])
  const bill = await act((tx) =>
    completeBill(tx, { ...home, periodEnd: '2026-03-01', billDate: '2026-03-02', ...done }),
  )
  expect(bill).toMatchObject({ previousCents: 5632, creditsCents: 84 })
  expect((await billDocument(db.read, bill)).balance.activity).toMatchObject([
    { text: 'Late fee', amountCents: 84 },
  ])
  const cancel = { customerId, feeNumber: 1, reason: 'goodwill', cancelledOn: '2026-03-10', ...done }
  await act((tx) => cancelLateFee(tx, cancel))
  await expect(act((tx) => cancelLateFee(tx, cancel))).rejects.toMatchObject({ code: 'late_fee_cancelled' })
  expect(await balances(db.read, [customerId], '2026-03-10')).toMatchObject([{ payoffCents: 5632 + 5179 }])
  expect(await broken(db)).toEqual([])
  await pay(home)
})

test('neither a returned payment nor a corrected charge asks for a second fee', async () => {
  const home = await lateHome()
  const { customerId } = home
  expect(await assess('2026-03-01')).toBe(1)
  const eventNumber = await pay(home)
  expect(await assess('2026-03-02')).toBe(0)
  const returned = { payerCustomerId: customerId, eventNumber: eventNumber ?? 0, reason: 'returned' }
  await act((tx) => cancelPayment(tx, { ...returned, cancelledOn: '2026-03-03', ...done }))
  expect(await assess('2026-03-04')).toBe(0)
  const blocks = hourly(home, 2000, '2026-01-02', '2026-01-03')
  await act((tx) => recordBlocks(tx, { blocks, source: 'corrected', now: NOW }))
  const correction = { customerId, chargeId: 1, reason: 'read', correctedOn: '2026-03-05', ...done }
  const again = await act((tx) => rebillCharge(tx, correction))
  await act((tx) => rebillCharge(tx, { ...correction, chargeId: again }))
  expect(await assess('2026-03-06')).toBe(0)
  expect(await lateFees(db.read, customerId)).toHaveLength(1)
  expect(await broken(db)).toEqual([])
})

test('exempt agreements and protected accounts pay none; a rule without figures is refused', async () => {
  const exempt = await lateHome()
  const shielded = await lateHome()
  const exemption = { ...exempt, kind: 'late_fee' as const, startDate: '2026-01-01' }
  await act((tx) => addExemption(tx, exemption))
  const customerIds = [exempt.customerId, shielded.customerId]
  const protection = async () => (one: { customerId: number }) => one.customerId === shielded.customerId
  const input = { clientId, customerIds, day: '2026-03-01', protection, ...done }
  expect(await act((tx) => assessLateFees(tx, input))).toBe(0)
  const empty = { ...RULE, percent: '0', clientId, ...done }
  await expect(act((tx) => saveLateFeeRule(tx, empty))).rejects.toMatchObject({
    code: 'late_fee_rule_malformed',
  })
  const stranger = { ...RULE, companyId: 999_999, clientId, ...done }
  await expect(act((tx) => saveLateFeeRule(tx, stranger))).rejects.toMatchObject({ code: 'company_unknown' })
  await expect(act((tx) => saveLateFeeRule(tx, { ...empty, percent: '-1' }))).rejects.toMatchObject({
    code: 'late_fee_rule_malformed',
  })
})

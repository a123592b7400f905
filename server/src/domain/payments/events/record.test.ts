import { expect, test } from 'vitest'
import { ACTOR, addHome, type Home, NOW } from '../../../../test/support/billed-town.ts'
import { closeBooks } from '../../../../test/support/closed-books.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { owe, quietTown } from '../../../../test/support/quiet-town.ts'
import { broken } from '../../../../test/support/verified.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { startAgreement } from '../../agreements/index.ts'
import { createClient, createCompany } from '../../identity/index.ts'
import { trialBalance } from '../../ledger/index.ts'
import {
  balances,
  itemsOfAgreement,
  postedBy,
  previewAct,
  startArrangement,
} from '../../receivables/index.ts'
import {
  type BatchPayment,
  getPaymentEvent,
  openOwnFile,
  type PaymentInput,
  recordPayment,
  recordPayments,
  transferPayment,
  unappliedPayments,
} from '../index.ts'

const { db } = await testDatabase()
const done = { now: NOW, actor: ACTOR }
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const town = await act((tx) => quietTown(tx, 14))
const { clientId } = town
let used = 0
const nextHome = (): Home => {
  const home = town.homes[used++]
  if (!home) throw new Error('the town has no home left')
  return home
}
const pay = (home: Home, amountCents: number, more: Partial<PaymentInput['accounts'][number]> = {}) => ({
  payerCustomerId: home.customerId,
  accounts: [{ customerId: home.customerId, accountNumber: home.accountNumber, amountCents, ...more }],
  paymentDate: '2026-02-10',
  source: 'counter' as const,
  tender: { method: 'cash' as const },
  ...done,
})
const secondAgreement = (tx: Tx, { customerId, accountNumber }: Home, debtClass: string) =>
  startAgreement(tx, {
    customerId,
    accountNumber,
    kind: 'item',
    debtClass,
    startDate: '2026-01-01',
    now: NOW,
  })
const left = async (home: Pick<Home, 'customerId'>, agreementId: number) =>
  (await itemsOfAgreement(db.read, home.customerId, agreementId)).map((item) => item.unsettledCents)
const payoff = async ({ customerId }: Home) =>
  (await balances(db.read, [customerId], '2026-03-01')).reduce((sum, one) => sum + one.payoffCents, 0)

test('money pays debt classes by their priority, then by age, and keeps the rest as an overpayment', async () => {
  const home = nextHome()
  const { fees, arrangement } = await act(async (tx) => {
    const fees = { ...home, agreementId: await secondAgreement(tx, home, 'fee') }
    const arrangement = { ...home, agreementId: await secondAgreement(tx, home, 'arrangement') }
    await owe(tx, fees, 1000, '2025-12-01')
    await owe(tx, arrangement, 3000, '2026-01-05')
    await owe(tx, home, 2000, '2026-01-20')
    await owe(tx, home, 500, '2026-01-10')
    return { fees, arrangement }
  })
  // 40.00: the service first (5.00 of 10 January, 20.00), then 15.00 of the arrangement; the fee waits.
  await act((tx) => recordPayment(tx, pay(home, 4000)))
  expect(await left(home, home.agreementId)).toEqual([0, 0, 0])
  expect(await left(home, arrangement.agreementId)).toEqual([1500, 0])
  expect(await left(home, fees.agreementId)).toEqual([1000])
  // 15.00 + 10.00 are owed, 30.00 come: 5.00 are too much.
  await act((tx) => recordPayment(tx, pay(home, 3000)))
  expect(await payoff(home)).toBe(-500)
  expect(await broken(db)).toEqual([])
})

test('a payment pays what it names and never more than that is open', async () => {
  const home = nextHome()
  const [old, young] = await act(async (tx) => [
    await owe(tx, home, 2000, '2026-01-10'),
    await owe(tx, home, 1000, '2026-01-20'),
  ])
  const target = { kind: 'item' as const, id: young ?? 0 }
  await expect(act((tx) => recordPayment(tx, pay(home, 1001, { target })))).rejects.toMatchObject({
    code: 'allocation_above_open',
    message: `Of item ${young} only 10.00 is open; pay that much of it and the rest without naming anything.`,
  })
  await act((tx) => recordPayment(tx, pay(home, 400, { target })))
  const items = await itemsOfAgreement(db.read, home.customerId, home.agreementId)
  expect(items.find(({ itemId }) => itemId === young)?.unsettledCents).toBe(600)
  expect(items.find(({ itemId }) => itemId === old)?.unsettledCents).toBe(2000)
  const agreement = { kind: 'agreement' as const, id: home.agreementId }
  await act((tx) => recordPayment(tx, pay(home, 2600, { target: agreement })))
  expect(await payoff(home)).toBe(0)
  expect(await broken(db)).toEqual([])
})

test('several tenders over the accounts of several customers meet in clearing, the cash once', async () => {
  const [first, second] = [nextHome(), nextHome()]
  await act(async (tx) => {
    await owe(tx, first, 3000, '2026-01-10')
    await owe(tx, second, 3000, '2026-01-10')
  })
  const both = {
    ...pay(first, 2500),
    accounts: [
      { ...first, amountCents: 2500 },
      { ...second, amountCents: 1500 },
    ],
    tenders: [
      { method: 'cash' as const, amountCents: 1000 },
      { method: 'check' as const, reference: '1042', amountCents: 3000 },
    ],
  }
  const cash = async () =>
    (await trialBalance(db.read, clientId)).find((one) => one.code === 'cash')?.balanceCents ?? 0
  const before = await cash()
  const event = await act((tx) => recordPayment(tx, both))
  expect((await cash()) - before).toBe(4000)
  expect([await payoff(first), await payoff(second)]).toEqual([500, 1500])
  expect(await getPaymentEvent(db.read, first.customerId, event ?? 0)).toMatchObject({
    tenders: [{ amountCents: 1000 }, { amountCents: 3000, reference: '1042' }],
    payments: [{ amountCents: 2500 }, { amountCents: 1500 }],
  })
  const short = { ...both, tenders: [{ method: 'cash' as const, amountCents: 3999 }] }
  await expect(act((tx) => recordPayment(tx, short))).rejects.toMatchObject({ code: 'payment_unbalanced' })
  expect(await broken(db)).toEqual([])
})

test('what is not asked for yet is paid only when the payment says so, and then whole', async () => {
  const home = nextHome()
  const { customerId, accountNumber } = home
  await act((tx) => owe(tx, home, 10000, '2026-01-10'))
  const split = { day: '2026-02-01', split: { count: 5 }, downPaymentCents: 2000 }
  await act((tx) => startArrangement(tx, { customerId, accountNumber, ...split, ...done }))
  const [owed] = await balances(db.read, [customerId], '2026-03-01')
  expect(owed).toMatchObject({ currentCents: 2000, payoffCents: 10000 })
  await act((tx) => recordPayment(tx, pay(home, 2500)))
  // 5.00 are too much for what is asked; 80.00 are still put off.
  const payoffs = (await balances(db.read, [customerId], '2026-03-01')).map((one) => one.payoffCents)
  expect(payoffs.sort((a, b) => a - b)).toEqual([-500, 8000])
  const target = { kind: 'payoff' as const, id: 0 }
  await expect(act((tx) => recordPayment(tx, pay(home, 7999, { target })))).rejects.toMatchObject({
    code: 'payoff_not_covered',
  })
  const all = pay(home, 8000, { target })
  const preview = await act((tx) => previewAct(tx, [customerId], () => recordPayment(tx, all)))
  const real = await act((tx) => postedBy(tx, [customerId], () => recordPayment(tx, all)))
  expect(preview.posted).toEqual(real.posted)
  expect(await payoff(home)).toBe(-500)
  expect(await broken(db)).toEqual([])
})

test('a batch ends in the same items, entries and settlements as the same payments one by one', async () => {
  const [alone, together] = [nextHome(), nextHome()]
  for (const home of [alone, together])
    await act(async (tx) => {
      await owe(tx, home, 2000, '2026-01-10')
      await owe(tx, home, 3000, '2026-01-20')
      await owe(tx, home, 4000, '2026-02-20')
    })
  // 20.00 + 5.00; 10.00; 7.00; 8.00 + 40.00 are six settlements, and 42.00 are too much.
  const wishes = [
    { amountCents: 2500, paymentDate: '2026-02-10' },
    { amountCents: 1000, paymentDate: '2026-02-01' },
    { amountCents: 700, paymentDate: '2026-02-11' },
    { amountCents: 9000, paymentDate: '2026-02-12' },
  ]
  const singly = await act((tx) =>
    postedBy(tx, [alone.customerId], async () => {
      for (const wish of wishes)
        await recordPayments(tx, {
          clientId,
          source: 'lockbox',
          payments: [{ ...alone, ...wish, method: 'check' }],
          ...done,
        })
    }),
  )
  const payments = wishes.map((wish): BatchPayment => ({ ...together, ...wish, method: 'check' }))
  const batched = await act((tx) =>
    postedBy(tx, [together.customerId], () =>
      recordPayments(tx, { clientId, source: 'lockbox', payments, ...done }),
    ),
  )
  const asOne = (posted: unknown) =>
    JSON.parse(JSON.stringify(posted).replaceAll(String(together.customerId), String(alone.customerId)))
  expect(asOne(batched.posted)).toEqual(singly.posted)
  expect(singly.posted.settlements).toHaveLength(6)
  expect(await payoff(together)).toBe(-4200)
  expect(await broken(db)).toEqual([])
})

test('the preview of a payment is what is posted then, byte for byte', async () => {
  const home = nextHome()
  await act((tx) => owe(tx, home, 5000, '2026-01-10'))
  const preview = await act((tx) =>
    previewAct(tx, [home.customerId], () => recordPayment(tx, pay(home, 6000))),
  )
  expect(await payoff(home)).toBe(5000)
  const real = await act((tx) => postedBy(tx, [home.customerId], () => recordPayment(tx, pay(home, 6000))))
  expect(preview.posted).toEqual(real.posted)
  expect(real.posted.entries).toHaveLength(1)
})

test('the same event from ten connections at once is taken once, the same batch again changes nothing', async () => {
  const home = nextHome()
  await act((tx) => owe(tx, home, 5000, '2026-01-10'))
  const sent = { ...pay(home, 1000), externalId: 'bank-77' }
  const ends = await Promise.all(Array.from({ length: 10 }, () => act((tx) => recordPayment(tx, sent))))
  expect(ends.filter((end) => end !== undefined)).toEqual([1])
  const payments: BatchPayment[] = [{ ...home, amountCents: 1000, paymentDate: '2026-02-10', method: 'ach' }]
  const batch = { clientId, source: 'lockbox' as const, externalId: 'day-1', payments, ...done }
  const batches = await Promise.all(Array.from({ length: 10 }, () => act((tx) => recordPayments(tx, batch))))
  expect(batches.flat().filter((one) => one !== undefined)).toHaveLength(1)
  expect(await payoff(home)).toBe(3000)
})

test('money of nobody yet is unapplied cash on the client’s own file', async () => {
  const ownFile = await act((tx) => openOwnFile(tx, clientId, NOW))
  const payments: BatchPayment[] = [
    {
      customerId: ownFile,
      accountNumber: null,
      amountCents: 4711,
      paymentDate: '2026-02-10',
      method: 'check',
    },
  ]
  await act((tx) => recordPayments(tx, { clientId, source: 'lockbox', payments, ...done }))
  expect(await unappliedPayments(db.read, clientId)).toMatchObject([{ amountCents: 4711, status: 'frozen' }])
  const books = await trialBalance(db.read, clientId)
  expect(books.find(({ code }) => code === 'unapplied_cash')?.balanceCents).toBe(-4711)
  expect(await broken(db)).toEqual([])
})

test('what cannot be is refused and nothing moves', async () => {
  const home = nextHome()
  await act((tx) => owe(tx, home, 5000, '2026-01-10'))
  const other = await act((tx) =>
    createClient(tx, { code: 'other', name: 'Other', timeZone: 'America/Denver', now: NOW }),
  )
  await act((tx) => closeBooks(tx, { clientId, through: '2026-01' }))
  const refused: [string, PaymentInput][] = [
    ['amount_not_positive', pay(home, -100)],
    ['amount_not_positive', pay(home, 10.5)],
    ['amount_not_positive', pay(home, 0)],
    ['payment_empty', { ...pay(home, 100), accounts: [] }],
    ['period_closed', { ...pay(home, 100), paymentDate: '2026-01-15' }],
    ['account_unknown', pay(home, 100, { accountNumber: 9 })],
    ['account_unknown', pay(home, 100, { accountNumber: null })],
    ['account_unknown', pay(home, 100, { customerId: other * 100_000_000 + 1 })],
    ['agreement_not_on_account', pay(home, 100, { shares: [{ agreementId: 99, amountCents: 100 }] })],
    ['shares_exceed_payment', pay(home, 1, { shares: [{ agreementId: home.agreementId, amountCents: 2 }] })],
    ['control_unknown', { ...pay(home, 100), tender: { method: 'cash', controlId: 99 } }],
  ]
  for (const [code, input] of refused)
    await expect(
      act((tx) => recordPayment(tx, input)),
      code,
    ).rejects.toMatchObject({ code })
  expect(await payoff(home)).toBe(5000)
  expect(await broken(db)).toEqual([])
})

test('a share that is not above zero is refused, and nothing moves', async () => {
  const home = nextHome()
  await act((tx) => owe(tx, home, 3000, '2026-02-01'))
  for (const amountCents of [-100, 0, 0.5]) {
    const shares = [{ agreementId: home.agreementId, amountCents }]
    await expect(act((tx) => recordPayment(tx, pay(home, 1000, { shares })))).rejects.toMatchObject({
      code: 'amount_not_positive',
    })
  }
  expect(await payoff(home)).toBe(3000)
})

test('money of one currency does not pay accounts in another', async () => {
  const home = nextHome()
  const abroad = await act(async (tx) => {
    const address = { line1: '1 Front St', city: 'Toronto', state: 'ON', postalCode: 'M5J 2N1' }
    const company = {
      code: 'north',
      name: 'North Light',
      kind: 'utility' as const,
      timeZone: 'America/Toronto',
    }
    const place = { ...company, clientId, currency: 'CAD', address, remitAddress: address }
    const companyId = await createCompany(tx, { ...place, phone: '416-555-0100', website: 'north.example' })
    return addHome(tx, { ...town, companyId }, { number: 99, measured: false })
  })
  const both = pay(home, 1000)
  const accounts = [...both.accounts, { ...both.accounts[0], ...abroad, amountCents: 500 }]
  await expect(act((tx) => recordPayment(tx, { ...both, accounts }))).rejects.toMatchObject({
    code: 'currency_differs',
  })
  await act((tx) => recordPayment(tx, both))
  const move = { customerId: home.customerId, paymentNumber: 1, to: abroad, reason: 'test', on: '2026-02-11' }
  await expect(act((tx) => transferPayment(tx, { ...move, ...done }))).rejects.toMatchObject({
    code: 'currency_differs',
  })
  expect(await broken(db)).toEqual([])
})

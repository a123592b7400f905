import { expect, test } from 'vitest'
import { addHome, buildTown, NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { brokenBooks } from '../../../test/support/verified.ts'
import type { Tx } from '../../platform/db/index.ts'
import { type AgreementKind, getAgreement, startAgreement } from '../agreements/index.ts'
import { LEDGER, trialBalance } from '../ledger/index.ts'
import {
  balances,
  cancelEntry,
  changeAsked,
  deferredItems,
  type ItemAgreement,
  moveBalance,
  postedBy,
  postMoves,
  previewAct,
  settleOldestFirst,
  unsettledItems,
} from './index.ts'

const { db } = await testDatabase()
const town = await db.transaction((tx) => buildTown(tx, 0))
const dates = { effectiveDate: '2026-02-01', accountingDate: '2026-02-01', now: NOW }
let homes = 0

async function newHome(kind?: AgreementKind) {
  homes += 1
  return db.transaction(async (tx) => {
    const home = await addHome(tx, town, { number: homes, measured: false })
    if (!kind) return { ...home, agreement: await getAgreement(tx, home) }
    const start = { ...home, kind, startDate: '2026-01-01', now: NOW }
    const agreementId = await startAgreement(tx, start)
    return { ...home, agreement: await getAgreement(tx, { ...home, agreementId }) }
  })
}

async function debit(tx: Tx, customerId: number, agreement: ItemAgreement, amountCents: number, name = 'a') {
  const change = { agreement, otherCode: LEDGER.adjustment, amountCents }
  const move = { customerId, entryKind: 'transfer' as const, reference: `adjustment:${name}`, ...dates }
  const [posted] = await postMoves(tx, [{ ...move, changes: [change] }], NOW)
  await settleOldestFirst(tx, { customerIds: [customerId], now: NOW })
  return posted?.entryId ?? 0
}

const owed = async (customerId: number) =>
  (await balances(db.read, [customerId], '2026-12-31')).map((one) => [one.payoffCents, one.currentCents])

test('a budget month asks for less than is owed, a later one for more', async () => {
  const { customerId, agreement } = await newHome()
  await db.transaction(async (tx) => {
    await debit(tx, customerId, agreement, 10_000)
    await changeAsked(tx, [{ customerId, agreement, reference: 'budget:1', amountCents: -2_000 }], dates)
  })
  expect(await owed(customerId)).toEqual([[10_000, 8_000]])
  expect((await deferredItems(db.read, [customerId])).map((item) => item.unsettledCents)).toEqual([2_000])
  await db.transaction((tx) =>
    changeAsked(tx, [{ customerId, agreement, reference: 'budget:2', amountCents: 2_000 }], dates),
  )
  expect(await owed(customerId)).toEqual([[10_000, 10_000]])
  expect(await deferredItems(db.read, [customerId])).toEqual([])
  expect(await brokenBooks(db)).toEqual([])
})

test('a deposit is asked for, paid, held and given back', async () => {
  const { customerId, agreement } = await newHome('deposit')
  const ask = { customerId, agreement, reference: 'deposit:1', amountCents: 20_000 }
  await db.transaction((tx) => changeAsked(tx, [ask], dates))
  expect(await owed(customerId)).toEqual([[0, 20_000]])
  await db.transaction((tx) => debit(tx, customerId, agreement, -20_000, 'paid'))
  expect(await owed(customerId)).toEqual([[-20_000, 0]])
  await db.transaction((tx) =>
    changeAsked(tx, [{ ...ask, reference: 'deposit:1:refund', amountCents: -20_000 }], dates),
  )
  expect(await owed(customerId)).toEqual([[-20_000, -20_000]])
  expect(await brokenBooks(db)).toEqual([])
})

test('a debt moves inside a customer and between customers; undoing it brings it back', async () => {
  const [from, to] = [await newHome(), await newHome()]
  await db.transaction((tx) => debit(tx, from.customerId, from.agreement, 5_000))
  const move = { from, to, amountCents: 3_000, reference: 'transfer:1', ...dates }
  const posted = await db.transaction((tx) => moveBalance(tx, move))
  await db.transaction((tx) =>
    settleOldestFirst(tx, { customerIds: [from.customerId, to.customerId], now: NOW }),
  )
  expect([await owed(from.customerId), await owed(to.customerId)]).toEqual([
    [[2_000, 2_000]],
    [[3_000, 3_000]],
  ])
  expect(await brokenBooks(db)).toEqual([])
  await db.transaction(async (tx) => {
    for (const { customerId, entryId } of posted)
      await cancelEntry(tx, {
        customerId,
        entryId,
        entryKind: 'transfer_cancel',
        clearingEvent: 'transfer:1:cancel',
        ...dates,
      })
  })
  expect([await owed(from.customerId), await owed(to.customerId)]).toEqual([[[5_000, 5_000]], []])
  expect(await brokenBooks(db)).toEqual([])
  const books = await trialBalance(db.read, town.clientId)
  expect(books.find((account) => account.code === LEDGER.clearing)?.balanceCents).toBe(0)
})

test('a preview shows exactly what is posted, and posts nothing', async () => {
  const { customerId, agreement } = await newHome()
  const act = (tx: Tx) => () => debit(tx, customerId, agreement, 700)
  const preview = await db.transaction((tx) => previewAct(tx, [customerId], act(tx)))
  expect(await unsettledItems(db.read, [customerId])).toEqual([])
  const real = await db.transaction((tx) => postedBy(tx, [customerId], act(tx)))
  expect(real).toEqual(preview)
  expect(real.posted.entries).toHaveLength(1)
})

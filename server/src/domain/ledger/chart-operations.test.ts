import { expect, test } from 'vitest'
import { ACTOR, buildTown, NOW } from '../../../test/support/billed-town.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { post } from '../../../test/support/posted.ts'
import type { Tx } from '../../platform/db/index.ts'
import {
  addAgency,
  addGeneralLedger,
  addLedgerAccount,
  CHART,
  changeLedgerAccount,
  chartOfAccounts,
  deactivateLedgerAccount,
  findLedgerAccount,
  generalLedgers,
  governingAgencies,
  openAccounts,
  openBooks,
  reactivateLedgerAccount,
  revenueAccount,
  setAccountString,
} from './index.ts'

const { db } = await testDatabase()
const act = <T>(step: (tx: Tx) => Promise<T>) => db.transaction(step)
const { clientId } = await act((tx) => buildTown(tx, 0))
const C = clientId * 100_000_000 + 1
const done = { clientId, now: NOW, actor: ACTOR }

test('a chart begins with every standard account, numbered, in the general ledger of its kind', async () => {
  await act((tx) => openBooks(tx, clientId))
  const chart = await chartOfAccounts(db.read, clientId)
  expect(chart.map(({ code }) => code).sort()).toEqual(expect.arrayContaining(CHART.map(({ code }) => code)))
  expect(new Set(chart.map(({ accountNumber }) => accountNumber)).size).toBe(chart.length)
  const cash = await findLedgerAccount(db.read, clientId, { code: 'cash' })
  expect(cash).toMatchObject({ agencyId: 1, generalLedgerId: 1, generalLedgerName: 'Assets', active: true })
  const { agencyId, generalLedgerId, accountNumber } = cash
  expect(await findLedgerAccount(db.read, clientId, { agencyId, generalLedgerId, accountNumber })).toEqual(
    cash,
  )
  expect(await findLedgerAccount(db.read, clientId, { name: 'Cash' })).toEqual(cash)
  await expect(findLedgerAccount(db.read, clientId, { name: 'Gold' })).rejects.toMatchObject({
    code: 'ledger_account_unknown',
  })
})

test('an account is added under a general ledger of an agency, renamed and moved', async () => {
  const agencyId = await act((tx) => addAgency(tx, { ...done, name: 'City of Springfield' }))
  expect(agencyId).toBe(2)
  const ledger = { agencyId, name: 'Franchise fees', accountString: '2000.10.77' }
  const generalLedgerId = await act((tx) => addGeneralLedger(tx, { ...done, ...ledger }))
  const account = { code: 'city_donation', name: 'Donations', kind: 'liability' as const }
  const accountNumber = await act((tx) => addLedgerAccount(tx, { ...done, ...account }))
  const generalLedger = { agencyId, generalLedgerId }
  await act((tx) =>
    changeLedgerAccount(tx, { ...done, code: account.code, name: 'City donations', generalLedger }),
  )
  expect(
    await findLedgerAccount(db.read, clientId, { agencyId, generalLedgerId, accountNumber }),
  ).toMatchObject({ code: 'city_donation', name: 'City donations', control: false })
  await act((tx) =>
    setAccountString(tx, { ...done, ...generalLedger, from: '2026-07-01', accountString: 'X-77' }),
  )
  expect((await generalLedgers(db.read, clientId)).at(-1)).toEqual({
    ...generalLedger,
    name: 'Franchise fees',
    strings: [
      { from: '1900-01-01', accountString: '2000.10.77' },
      { from: '2026-07-01', accountString: 'X-77' },
    ],
  })
  expect(await governingAgencies(db.read, clientId)).toHaveLength(2)
})

test.for<[string, string, (tx: Tx) => Promise<unknown>]>([
  ['a taken agency', 'ledger_account_taken', (tx) => addAgency(tx, { ...done, agencyId: 1, name: 'Again' })],
  [
    'a general ledger of no agency',
    'agency_unknown',
    (tx) => addGeneralLedger(tx, { ...done, agencyId: 9, name: 'X', accountString: '1' }),
  ],
  [
    'an empty account string',
    'name_missing',
    (tx) => addGeneralLedger(tx, { ...done, agencyId: 1, name: 'X', accountString: ' ' }),
  ],
  [
    'an account of no general ledger',
    'general_ledger_unknown',
    (tx) => addLedgerAccount(tx, { ...done, code: 'x', name: 'X', kind: 'asset', generalLedgerId: 77 }),
  ],
  [
    'a taken code',
    'ledger_account_taken',
    (tx) => addLedgerAccount(tx, { ...done, code: 'cash', name: 'Cash', kind: 'asset' }),
  ],
  [
    'a malformed code',
    'ledger_code_malformed',
    (tx) => addLedgerAccount(tx, { ...done, code: 'Cash!', name: 'Cash', kind: 'asset' }),
  ],
  [
    'ending a standard account',
    'ledger_account_standard',
    (tx) => deactivateLedgerAccount(tx, { ...done, code: 'cash' }),
  ],
  [
    'a posting to no account',
    'ledger_account_inactive',
    (tx) => post(tx, C, '2026-01-01', ['cash', 'gold', 1]),
  ],
])('refused: %s', async ([, code, attempt]) => {
  await expect(act(attempt)).rejects.toMatchObject({ code })
})

test('an account without balance takes no more postings when it is deactivated, until it is active again', async () => {
  const account = { ...done, code: 'trade_in', name: 'Trade in', kind: 'expense' as const }
  await act((tx) => addLedgerAccount(tx, account))
  await act((tx) => post(tx, C, '2026-01-01', ['trade_in', 'cash', 500]))
  await expect(act((tx) => deactivateLedgerAccount(tx, account))).rejects.toMatchObject({
    code: 'ledger_account_not_zero',
  })
  await act((tx) => post(tx, C, '2026-01-02', ['cash', 'trade_in', 500]))
  await act((tx) => deactivateLedgerAccount(tx, account))
  const again = () => act((tx) => post(tx, C, '2026-01-03', ['trade_in', 'cash', 500]))
  await expect(again()).rejects.toMatchObject({ code: 'ledger_account_inactive' })
  await act((tx) => reactivateLedgerAccount(tx, account))
  await again()
})

test('ten chunks that bring the same accounts open each once', async () => {
  const brought = ['green', 'solar', 'winter'].map(revenueAccount)
  await Promise.all(Array.from({ length: 10 }, () => act((tx) => openAccounts(tx, clientId, brought))))
  const chart = await chartOfAccounts(db.read, clientId)
  expect(chart.filter(({ code }) => /green|solar|winter/.test(code))).toHaveLength(3)
  expect(new Set(chart.map(({ accountNumber }) => accountNumber)).size).toBe(chart.length)
})

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { buildTown } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { post } from '../../test/support/posted.ts'
import { runCommandLine } from './index.ts'

const { db, connectionString } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'books-'))
afterAll(() => rmSync(folder, { recursive: true }))
await db.transaction(async (tx) => {
  const { clientId } = await buildTown(tx, 0)
  const C = clientId * 100_000_000 + 1
  await post(tx, C, '2026-01-15', ['cash', 'revenue_fee', 2000])
  await post(tx, C, '2026-02-15', ['interest_expense', 'cash', 150])
})

/** Runs a command of the books and returns its exit code with what it wrote. */
async function ledger(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const listen = (name: 'stdout' | 'stderr', key: 'out' | 'err') =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[key] += String(text)
      return true
    })
  const spies = [listen('stdout', 'out'), listen('stderr', 'err')]
  try {
    return {
      code: await runCommandLine(['ledger', ...args, '--database-url', connectionString], {}),
      ...said,
    }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('the trial balance of a day has debits on the left, credits on the right, and both totals equal', async () => {
  const { code, out } = await ledger('trial-balance', '--as-of', '2026-02-14')
  expect(code).toBe(0)
  expect(out.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['debit', 'credit'],
    ['Cash', '20.00'],
    ['Revenue: fees', '20.00'],
    ['Total', '20.00', '20.00'],
    [''],
  ])
  const json = JSON.parse((await ledger('trial-balance', '--json')).out)
  expect(json.find((one: { code: string }) => one.code === 'cash')).toMatchObject({ balanceCents: 1850 })
})

test('an account is stated with its balance before, after each movement and at the end', async () => {
  const { out } = await ledger('account', 'cash', '--from', '2026-02-01', '--to', '2026-03-01')
  const amounts = out.split('\n').map((line) => line.match(/-?\d+\.\d\d/g) ?? [])
  expect(amounts).toEqual([[], ['20.00'], ['-1.50', '18.50'], ['18.50'], []])
  const unknown = await ledger('account', 'gold', '--from', '2026-02-01', '--to', '2026-03-01')
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('There is no ledger account gold') })
})

test('periods are opened by the year, closed in order, and opened again with a reason', async () => {
  expect((await ledger('open', '--year', '2020')).out).toBe('Periods 2020-01 to 2020-12 are open.\n')
  expect(await ledger('close', '2020-02')).toMatchObject({
    code: 1,
    err: expect.stringContaining('2020-01 is still open'),
  })
  expect((await ledger('close', '2020-01')).out).toBe('Period 2020-01 is closed.\n')
  expect((await ledger('periods')).out.split('\n')[0]).toBe('2020-01  2020-01-01 to 2020-02-01  closed')
  expect((await ledger('reopen', '2020-01')).code).toBe(2)
  expect(JSON.parse((await ledger('reopen', '2020-01', '--reason', 'a test', '--json')).out)).toEqual({
    period: '2020-01',
    status: 'open',
  })
})

test('an export makes a file once; its batch can be written again; a file that exists stays', async () => {
  const file = (name: string) => join(folder, name)
  const { out } = await ledger('export', file('one.csv'), '--through', '2026-01-31')
  expect(out).toBe(`${file('one.csv')}: batch 1, 1 entries, debits and credits 20.00 each.\n`)
  expect((await ledger('export', file('none.csv'), '--through', '2026-01-31')).out).toMatch(/^Nothing/)
  expect((await ledger('export', file('one.csv'))).err).toContain('it exists already')
  await ledger('export', file('again.csv'), '--batch', '1')
  const text = readFileSync(file('one.csv'), 'utf8')
  expect(text.trim().split('\n')).toHaveLength(3)
  expect(readFileSync(file('again.csv'), 'utf8')).toBe(text)
  expect((await ledger('export', file('no.csv'), '--batch', '7')).code).toBe(1)
  await ledger('export', file('two.csv'), '--through', '2026-02-28', '--detail', '--json')
  expect(readFileSync(file('two.csv'), 'utf8')).toContain(',interest_expense,100000001,2,1,transfer,')
  expect(readdirSync(folder).sort()).toEqual(['again.csv', 'one.csv', 'two.csv'])
})

test('the chart lists every account with its number', async () => {
  expect((await ledger('accounts')).out).toMatch(/^1-1-\d+ +cash +asset +Cash$/m)
})

test('accounts are added, moved to general ledgers of the other system, and deactivated', async () => {
  const add = ['add-general-ledger', '--name', 'Donations', '--account-string', '2000.77']
  expect((await ledger(...add)).out).toBe('General ledger 1-6 is added.\n')
  await ledger('account-string', '1-6', '--from', '2026-07-01', '--account-string', 'X-77')
  expect((await ledger('general-ledgers')).out).toMatch(
    /1-6 +Donations\n +1900-01-01 +2000\.77\n +2026-07-01 +X-77\n$/,
  )
  await ledger('add-account', 'gifts', '--name', 'Gifts', '--kind', 'liability')
  await ledger('change-account', 'gifts', '--name', 'City gifts', '--general-ledger', '1-6')
  await ledger('deactivate', 'gifts')
  expect((await ledger('accounts')).out).toMatch(/^1-6-\d+ +gifts +liability +City gifts \(not active\)$/m)
  expect((await ledger('change-account', 'gifts', '--general-ledger', 'six')).code).toBe(2)
  expect((await ledger('account-string', '6', '--from', '2026-07-01', '--account-string', 'X')).code).toBe(2)
  expect((await ledger('add-account', 'x', '--name', 'X', '--kind', 'clearing')).code).toBe(2)
})

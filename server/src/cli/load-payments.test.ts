import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { owe, quietTown } from '../../test/support/quiet-town.ts'
import { broken } from '../../test/support/verified.ts'
import { runCommandLine } from './index.ts'

const { db, connectionString } = await testDatabase()
await db.transaction(async (tx) => {
  const town = await quietTown(tx, 2)
  for (const home of town.homes) await owe(tx, home, 5000, '2026-01-10')
})
const folder = mkdtempSync(join(tmpdir(), 'billwright load '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function load(name: string, text: string, ...options: string[]) {
  const path = join(folder, name)
  writeFileSync(path, text)
  let output = ''
  const keep = (chunk: unknown) => {
    output += String(chunk)
    return true
  }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep),
  ]
  process.exitCode = undefined
  try {
    const code = await runCommandLine(
      ['load', 'payments', path, '--database-url', connectionString, ...options],
      {},
    )
    return { code, output }
  } finally {
    for (const spy of spies) spy.mockRestore()
    process.exitCode = undefined
  }
}

const FILE = `H,First Bank,5,2026-02-10,USD
P,1-1,20.00,2026-02-09,check,1
P,77-1,3.00,2026-02-09,check,2
B,1,2,23.00
T,1,2,23.00
`

test('load payments tells what became of a file and its rows, and refuses it the second time', async () => {
  const first = await load('bank.csv', FILE)
  expect(first.code).toBe(0)
  expect(first.output).toContain(
    'bank.csv: file 1 of First Bank\n  1 posted: 20.00\n  1 suspended: 3.00\n' +
      '  line 3 suspended: 77-1: No billing account is named "77-1".\n',
  )
  const again = await load('copy.csv', FILE)
  expect(again.code).toBe(1)
  expect(again.output).toMatch(/It was loaded on \d{4}-\d\d-\d\d as file 1; nothing was moved\./)
  expect(await broken(db)).toEqual([])
})

test('a file of other columns is read by its names; a rejected row makes the exit code 1', async () => {
  const text = 'Acct,Paid,Day\n2-1,10.00,2026-02-09\n2-1,1.234,2026-02-09\n'
  const names = ['--columns', 'account=Acct,amount=Paid,paymentDate=Day', '--sender', 'Agency 7']
  const { code, output } = await load('agency.csv', text, ...names, '--json')
  expect(code).toBe(1)
  expect(JSON.parse(output.slice(output.indexOf('{\n')))).toMatchObject({
    file: { sender: 'Agency 7', senderFileId: 'agency.csv', rowCount: 2 },
    totals: { posted: { rows: 1, amountCents: 1000 }, rejected: { rows: 1 } },
    open: [{ lineNumber: 3, reasonCode: 'amount_precision' }],
  })
  const wrong = await load('agency.csv', text, '--columns', 'acct=Acct')
  expect(wrong.output).toContain('"acct=Acct" is none of account, amount, paymentDate')
  expect((await load('none.csv', '')).output).toContain('a lockbox file begins with a line H')
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { buildTown } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { onlinePaymentPolicy } from '../domain/payments/index.ts'
import { runCommandLine } from './index.ts'

const { db, connectionString } = await testDatabase()
const { clientId } = await db.transaction((tx) => buildTown(tx, 0))
const folder = mkdtempSync(join(tmpdir(), 'billwright gateway '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const secrets = join(folder, 'secrets.json')
writeFileSync(secrets, JSON.stringify({ secretKey: 'test-key', webhookSecret: 'test-hook' }))

async function gateway(...args: string[]) {
  let output = ''
  const log = vi.spyOn(console, 'log').mockImplementation((text) => {
    output += `${text}\n`
  })
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    output += String(text)
    return true
  })
  process.exitCode = undefined
  try {
    const where = ['--database-url', connectionString, '--data', folder]
    return { code: await runCommandLine([...where, 'gateway', ...args], {}), output }
  } finally {
    log.mockRestore()
    write.mockRestore()
    process.exitCode = undefined
  }
}

test('an account with a gateway is entered, chosen and listed without its secrets', async () => {
  expect(await gateway('set', 'stripe', '--secrets', secrets, '--choose')).toEqual({
    code: 0,
    output: 'The account with stripe is active and chosen.\n',
  })
  expect((await onlinePaymentPolicy(db.read, clientId)).gateway).toBe('stripe')
  const { output } = await gateway('list')
  expect(output).toBe('stripe  active  {}\n')
  const { rows } = await sql<{
    sealed: Buffer
  }>`select sealed_secrets as sealed from gateway_account`.execute(db.read)
  expect(rows[0]?.sealed.includes('test-key')).toBe(false)
  expect((await gateway('set', 'stripe', '--off')).code).toBe(0)
})

test.for<[string, string[], string]>([
  ['an unknown gateway', ['set', 'nobody'], 'There is no gateway "nobody"'],
  ['one that is disabled', ['set', 'wells_fargo'], 'is disabled'],
  ['one that lacks a setting', ['set', 'worldpay'], 'lacks "entity"'],
  [
    'one that lacks a secret',
    ['set', 'chase', '--setting', 'hostedSecureId=x'],
    'lacks "hostedSecureApiToken"',
  ],
  ['secrets that cannot be read', ['set', 'stripe', '--secrets', 'nowhere.json'], 'is no JSON file'],
])('%s is refused, and nothing is kept', async ([, args, sentence]) => {
  const before = await gateway('list')
  const { code, output } = await gateway(...args)
  expect(code).not.toBe(0)
  expect(output).toContain(sentence)
  expect(await gateway('list')).toEqual(before)
})

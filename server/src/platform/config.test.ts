import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig, toEnvironment } from './config.ts'
import { Refusal } from './errors.ts'
import { openLog } from './log.ts'
import { loadKey } from './secret-key.ts'

const dir = mkdtempSync(join(tmpdir(), 'billwright-config-'))
afterAll(() => rmSync(dir, { recursive: true }))

function refusalOf(act: () => unknown): Refusal {
  try {
    act()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('nothing was refused')
}

test('flags come before the environment, and that before defaults', () => {
  const config = readConfig({ port: '5000' }, { BILLWRIGHT_PORT: '6000', BILLWRIGHT_DATA: dir })
  expect(config).toMatchObject({ port: 5000, dataDir: dir, demo: false, host: '0.0.0.0', logLevel: 'info' })
  expect(config.publicUrl).toBe('http://127.0.0.1:5000')
})

test('a demo listens on the loopback only', () => {
  expect(readConfig({ demo: true }, {}).host).toBe('127.0.0.1')
  expect(refusalOf(() => readConfig({ demo: true, host: '0.0.0.0' }, {})).message).toBe(
    '--host must be a loopback address in demo mode.',
  )
})

test('each wrong setting is told by the name the operator used', () => {
  const refusal = refusalOf(() =>
    readConfig({ port: 'http' }, { DATABASE_URL: 'localhost', BILLWRIGHT_CLOCK: 'noon' }),
  )
  expect(refusal.code).toBe('setting_wrong')
  expect(refusal.faults.map(({ message }) => message)).toEqual([
    '--port must be a port number, 0 to 65535',
    'DATABASE_URL must read postgresql://user:password@host:5432/name',
    'BILLWRIGHT_CLOCK must be an instant such as 2026-10-01T08:00:00Z',
  ])
})

test.each([
  [{ BILLWRIGHT_DEMO: 'perhaps' }, 'BILLWRIGHT_DEMO must be yes or no.'],
  [{ BILLWRIGHT_KEY: 'c2hvcnQ=' }, 'BILLWRIGHT_KEY must be 32 bytes in base64.'],
  [{ BILLWRIGHT_PUBLIC_URL: 'ftp://x' }, 'BILLWRIGHT_PUBLIC_URL must be an http or https address.'],
  [
    { BILLWRIGHT_TLS_CERT: 'a.pem' },
    'BILLWRIGHT_TLS_CERT and the key file go together; name both or neither.',
  ],
  [{ BILLWRIGHT_LOG: 'loud' }, 'BILLWRIGHT_LOG must be debug, info, warn, error or silent.'],
])('%j is refused', (environment, sentence) => {
  expect(refusalOf(() => readConfig({}, environment)).message).toBe(sentence)
})

test('a child process reads the same configuration', () => {
  const config = readConfig(
    {
      demo: true,
      clock: '2026-10-01T08:00:00Z',
      tlsCert: 'c',
      tlsKey: 'k',
      databaseUrl: 'postgresql://u@h/d',
    },
    { BILLWRIGHT_ALLOW_HOSTS: 'a.example, b.example', BILLWRIGHT_DATA: dir },
  )
  expect(config.allowHosts).toEqual(['a.example', 'b.example'])
  expect(JSON.stringify(readConfig({}, toEnvironment(config)))).toBe(JSON.stringify(config))
})

test('the key is made once, privately, and a damaged or exposed one is refused', () => {
  const key = loadKey({ dataDir: dir })
  expect(key.length).toBe(32)
  expect(loadKey({ dataDir: dir })).toEqual(key)
  const file = join(dir, 'key')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  chmodSync(file, 0o644)
  expect(refusalOf(() => loadKey({ dataDir: dir })).code).toBe('key_exposed')
  writeFileSync(file, readFileSync(file, 'utf8').slice(1))
  expect(refusalOf(() => loadKey({ dataDir: dir })).code).toBe('key_damaged')
  expect(loadKey({ key: key.toString('base64'), dataDir: dir })).toEqual(key)
})

test('secrets never reach the log', () => {
  const lines: string[] = []
  const log = openLog('api', 'info', { write: (line) => lines.push(line) })
  const secret = 'right-bill-demo'
  log.info({
    password: secret,
    body: { user: 'ops', password: secret },
    req: { headers: { authorization: secret } },
  })
  log.info(
    { request: { headers: { 'set-cookie': secret } }, a: { b: { c: { taxId: secret } } } },
    'signed in',
  )
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toContain(secret)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', part: 'api', body: { user: 'ops' } })
})

test('mail takes a server and a sender, and travels to the parts of the server', () => {
  const environment = {
    BILLWRIGHT_SMTP_URL: 'smtp://u:p@mail:587',
    BILLWRIGHT_MAIL_FROM: 'Town <bills@town.example>',
  }
  const { mail } = readConfig({}, environment)
  expect(mail).toEqual({ smtpUrl: 'smtp://u:p@mail:587', from: 'Town <bills@town.example>' })
  expect(readConfig({}, toEnvironment(readConfig({}, environment))).mail).toEqual(mail)
  expect(readConfig({}, {}).mail).toBeUndefined()
})

test.each([
  [
    { BILLWRIGHT_SMTP_URL: 'smtp://mail' },
    'BILLWRIGHT_SMTP_URL and BILLWRIGHT_MAIL_FROM go together; set both or neither.',
  ],
  [{ BILLWRIGHT_SMTP_URL: 'mail' }, 'BILLWRIGHT_SMTP_URL must read smtp://user:password@host:587.'],
  [{ BILLWRIGHT_MAIL_FROM: 'Town' }, 'BILLWRIGHT_MAIL_FROM must read Name <name@example.com>.'],
])('%j is refused', (environment, sentence) => {
  expect(refusalOf(() => readConfig({}, environment)).message).toBe(sentence)
})

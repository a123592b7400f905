import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { buildTown, NOW } from '../../test/support/billed-town.ts'
import { testDatabase } from '../../test/support/database.ts'
import { emit } from '../platform/outbox.ts'
import { runCommandLine } from './index.ts'

const { db, connectionString } = await testDatabase()
const dir = mkdtempSync(join(tmpdir(), 'billwright-webhook-'))
const { clientId } = await db.transaction((tx) => buildTown(tx, 0))
const heard: IncomingHttpHeaders[] = []
let status = 200
const server = createServer((request, reply) => {
  heard.push(request.headers)
  request.resume()
  reply.writeHead(status).end()
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
afterAll(() => {
  server.close()
  rmSync(dir, { recursive: true })
})

/** Runs a command and answers its exit code with the JSON that it wrote. */
async function webhook(...args: string[]) {
  const said: string[] = []
  const errors: string[] = []
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text) => void said.push(String(text))),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => errors.push(String(text)) > 0),
  ]
  const environment = {
    DATABASE_URL: connectionString,
    BILLWRIGHT_DATA: dir,
    BILLWRIGHT_ALLOW_HOSTS: '127.0.0.1',
  }
  try {
    const code = await runCommandLine(['webhook', ...args, '--json'], environment)
    return { code, json: said[0] === undefined ? undefined : JSON.parse(said[0]), error: errors.join('') }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('an endpoint is added, tried, turned off and on, and sent what it missed', async () => {
  expect((await webhook('add', url, '--events', 'bill.*')).json).toMatchObject({
    endpointId: 1,
    secret: expect.stringMatching(/^whsec_/),
  })
  expect((await webhook('test', '1')).code).toBe(0)
  expect((await webhook('test', '1')).code).toBe(0)
  expect(new Set(heard.map((headers) => headers['webhook-id'])).size).toBe(2) // no test repeats another
  const event = { clientId, at: NOW, type: 'bill.completed', subject: 'bill:1', payload: {} }
  await db.transaction((tx) => emit(tx, [event, event]))
  expect((await webhook('replay', '1', '--from', '1', '--to', '99')).json).toEqual({ queued: 2 })
  expect((await webhook('disable', '1')).json).toMatchObject({ status: 'disabled' })
  const inactive = await webhook('replay', '1', '--from', '1')
  expect(inactive).toMatchObject({ code: 1, error: expect.stringContaining('enable it') })
  expect((await webhook('enable', '1')).json).toMatchObject({ status: 'active' })
  expect((await webhook('list')).json).toMatchObject([{ endpointId: 1, status: 'active', waiting: 2 }])
  expect((await webhook('log', '1')).json).toHaveLength(2)
  expect((await webhook('rotate', '1')).json.secret).toMatch(/^whsec_/)
})

test('a receiver that answers with a failure fails the test; wrong addresses and numbers are refused', async () => {
  status = 500
  expect(await webhook('test', '1')).toMatchObject({ code: 1, json: { status: 500 } })
  expect((await webhook('add', 'http://10.0.0.1/', '--events', '*')).error).toContain(
    'must begin with https://',
  )
  expect((await webhook('test', '9')).error).toContain('There is no webhook 9')
  expect((await webhook('test', 'x')).code).toBe(2)
})

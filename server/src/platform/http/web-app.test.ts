import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { serveWebApps } from './web-app.ts'

const root = mkdtempSync(join(tmpdir(), 'billwright web '))
for (const name of ['staff', 'customer']) {
  mkdirSync(join(root, name, 'assets'), { recursive: true })
  writeFileSync(join(root, name, 'index.html'), `the ${name} page`)
  writeFileSync(join(root, name, 'assets', 'app.js'), `the ${name} script`)
}
const app = Fastify()
await serveWebApps(app, [
  { path: '/', folder: join(root, 'staff') },
  { path: '/my', folder: join(root, 'customer') },
])
afterAll(async () => {
  await app.close()
  rmSync(root, { recursive: true })
})

test.each([
  ['/', 200, 'the staff page'],
  ['/accounts/00000042-01-0001', 200, 'the staff page'],
  ['/assets/app.js', 200, 'the staff script'],
  ['/my', 200, 'the customer page'],
  ['/my/', 200, 'the customer page'],
  ['/my/assets/app.js', 200, 'the customer script'],
  ['/assets/absent.js', 404, 'Nothing is here.\n'],
  ['/assets/../../customer/index.html', 404, 'Nothing is here.\n'],
])('%s', async (url, status, body) => {
  const reply = await app.inject({ url })
  expect([reply.statusCode, reply.body]).toEqual([status, body])
})

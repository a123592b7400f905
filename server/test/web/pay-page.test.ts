import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { AxeResults } from 'axe-core'
import { afterAll, expect, test } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { finishHostedSession, openHostedSession } from '../../src/domain/payments/index.ts'
import { openLog } from '../../src/platform/log.ts'
import { launchBrowser } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import { openPayingWorld } from '../support/paying-world.ts'

const { db } = await testDatabase()
const world = await openPayingWorld(db)
const app = await buildApp({
  database: db,
  clock: world.now,
  gateways: world.work.gateways,
  log: openLog('test', 'silent'),
  services: {
    renderer: { render: () => Promise.reject(new Error('no documents here')) },
    tokenKey: Buffer.alloc(32, 1),
    wallClock: world.now,
    wakeBillRun: () => Promise.resolve(),
    wakeDraw: () => Promise.resolve(),
    fieldKey: Buffer.alloc(32, 7),
  },
})
await app.listen({ host: '127.0.0.1', port: 0 })
const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
const browser = await launchBrowser()
afterAll(async () => {
  await browser.close()
  await app.close()
})
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function openSession(amountCents: number) {
  const [home] = world.homes
  if (!home) throw new Error('there is one home')
  const page = { ...home, amountCents, returnUrl: `${base}/my` }
  const session = await openHostedSession(world.work, page)
  return { session, url: session.url.replace('http://127.0.0.1:4000', base) }
}

test('the payment page works without script, from choice to receipt', async () => {
  const { session, url } = await openSession(1000)
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(url)
  await page.getByLabel(/Bank account that pays/).check()
  await page.getByRole('button', { name: 'Pay $10.00' }).click()
  expect(await page.getByRole('status').textContent()).toBe('Paid. Thank you.')
  expect(await page.getByRole('link', { name: /Back to/ }).getAttribute('href')).toBe(`${base}/my`)
  expect((await finishHostedSession(world.work, session)).status).toBe('paid')
  await context.close()
})

test.for([
  ['light', 'en', 1280],
  ['dark', 'es', 390],
] as const)(
  'the payment page has no fault that axe finds: %s, %s, %s wide',
  async ([colorScheme, language, width]) => {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme,
      bypassCSP: true,
    })
    await context.addInitScript({ content: axeSource })
    const page = await context.newPage()
    const { url } = await openSession(width)
    await page.goto(`${url}?lang=${language}`)
    const faults = async () => {
      const result = await page.evaluate<AxeResults>(
        `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} } })`,
      )
      return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
    }
    expect(await faults()).toEqual([])
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(overflow)).toBe(0)
    await page.getByRole('radio').last().check()
    await page.getByRole('button').first().click()
    expect(await page.getByRole('status').getAttribute('class')).toContain('bad')
    expect(await faults()).toEqual([])
    expect(await page.evaluate('document.documentElement.lang')).toBe(language)
    await context.close()
  },
)

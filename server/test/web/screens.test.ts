import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { ACCOUNT, BILL, BUSY_ACCOUNT, ENERGY_LINE, signIn, webServer } from './web-town.ts'

const { base, browser } = await webServer()
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Every route, and every tab, picture and panel that an address can open. */
const SCREENS = {
  home: '/',
  find: '/find#home',
  nothingFound: '/find#zzzzzz',
  customer: '/customers/1',
  overview: `/accounts/${ACCOUNT}`,
  bills: `/accounts/${ACCOUNT}?tab=bills`,
  money: `/accounts/${ACCOUNT}?tab=money`,
  moneyOfBusy: `/accounts/${BUSY_ACCOUNT}?tab=money`,
  timelineOfBusy: `/accounts/${BUSY_ACCOUNT}?tab=timeline`,
  usageByBill: `/accounts/${ACCOUNT}?tab=usage&picture=bills`,
  usageByDay: `/accounts/${ACCOUNT}?tab=usage&picture=days&from=2026-03-01&to=2026-04-01`,
  usageByInterval: `/accounts/${ACCOUNT}?tab=usage&picture=intervals&from=2026-03-01&to=2026-04-01`,
  usageByHour: `/accounts/${ACCOUNT}?tab=usage&picture=hours&from=2026-01-01&to=2026-04-01`,
  plan: `/accounts/${ACCOUNT}?tab=plan`,
  timeline: `/accounts/${ACCOUNT}?tab=timeline`,
  bill: `/bills/${BILL}`,
  trace: `/bills/${BILL}?line=${ENERGY_LINE}`,
  billDifference: '/bills/1-1-2?with=1',
  runs: '/runs',
  startRun: '/runs?start=1',
  run: '/runs/1',
  work: '/work',
  workItem: '/work?item=1',
  unknownAccount: '/accounts/00000009-01-0001',
  unknownPage: '/nowhere',
}

interface Look {
  theme: 'light' | 'dark'
  language: 'en' | 'es'
  width: number
}

const LOOKS: Look[] = [
  { theme: 'light', language: 'en', width: 1440 },
  { theme: 'dark', language: 'es', width: 1440 },
  { theme: 'dark', language: 'en', width: 390 },
  { theme: 'light', language: 'es', width: 390 },
]

/** axe is put into the page by the test, which the pages' own policy would rightly forbid. */
async function openPage({ theme, language, width }: Look): Promise<Page> {
  const viewport = { width, height: 900 }
  const context = await browser.newContext({ viewport, colorScheme: theme, bypassCSP: true })
  await context.addInitScript({ content: `localStorage.setItem('billwright.language', '${language}')` })
  await context.addInitScript({ content: axeSource })
  return await context.newPage()
}

/** Nothing is loading and nothing moves. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(`!document.querySelector('[data-loading]') &&
    document.getAnimations().every((each) => each.playState !== 'running')`)
}

/** Goes there as a link does, without loading the application again. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState({}, '', ${JSON.stringify(path)}), dispatchEvent(new PopStateEvent('popstate'))`,
  )
  await page.waitForFunction(`document.querySelector('main')?.dataset.path === ${JSON.stringify(path)}`)
  await settled(page)
}

/** Page code is text: the server's programs do not know the browser's names. */
async function violations(page: Page): Promise<string[]> {
  const result = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(AXE_TAGS)} } })`,
  )
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const PAGE_FACTS = `({
  headings: document.querySelectorAll('h1').length,
  mains: document.querySelectorAll('main').length,
  language: document.documentElement.lang,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})`

describe.each(LOOKS)('$theme, $language, $width px', (look) => {
  test('no screen has an axe violation; each has one heading, its title and language, and no sideways scroll', async () => {
    const page = await openPage(look)
    const faults: string[] = []
    const titles = new Set<string>()
    page.on('pageerror', (error) => faults.push(`script error: ${error.message}`))
    await page.goto(base)
    await settled(page)
    faults.push(...(await violations(page)).map((fault) => `signIn ${fault}`))
    await signIn(page)
    await page.getByTestId('find').waitFor()
    for (const [name, path] of Object.entries(SCREENS)) {
      await goTo(page, path)
      faults.push(...(await violations(page)).map((fault) => `${name} ${fault}`))
      const facts = await page.evaluate(PAGE_FACTS)
      const expected = { headings: 1, mains: 1, language: look.language, overflow: 0 }
      titles.add(await page.title())
      if (JSON.stringify(facts) !== JSON.stringify(expected)) faults.push(`${name} ${JSON.stringify(facts)}`)
    }
    await page.context().close()
    expect(faults).toEqual([])
    // usage has four pictures under one title; a panel or dialog keeps the title of its screen
    expect(titles.size).toBe(Object.keys(SCREENS).length - 3 - 3)
  }, 120_000)
})

test.each(LOOKS.filter(({ width }) => width > 1000))(
  'what opens over a screen is clean too: $theme',
  async (look) => {
    const page = await openPage(look)
    await page.goto(base)
    await signIn(page)
    await page.getByTestId('find').waitFor()
    const faults: string[] = []
    const check = async (name: string) => {
      await settled(page)
      faults.push(...(await violations(page)).map((fault) => `${name} ${fault}`))
      await page.keyboard.press('Escape')
      await settled(page)
    }
    await page.keyboard.press('Control+k')
    await page.getByTestId('palette').getByRole('combobox').fill('home')
    await page.getByRole('option').first().waitFor()
    await check('palette')
    await page.keyboard.press('?')
    await page.getByTestId('shortcuts').waitFor()
    await check('shortcuts')
    await page.keyboard.press('/')
    await page.keyboard.type('home')
    await page.getByRole('option').first().waitFor()
    await check('find box')
    await page.locator('[aria-haspopup=dialog]').click()
    await page.getByRole('radiogroup').first().waitFor()
    await check('user menu')
    await page.context().close()
    expect(faults).toEqual([])
  },
  60_000,
)

test('the pages keep to the strict content security policy', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const refused: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text())
  })
  await page.goto(base)
  await signIn(page)
  await page.getByTestId('find').waitFor()
  for (const path of [SCREENS.overview, SCREENS.usageByInterval, SCREENS.trace, SCREENS.startRun]) {
    await page.goto(base + path, { waitUntil: 'networkidle' })
    await page.locator('h1').first().waitFor()
  }
  expect(refused).toEqual([])
  await context.close()
}, 60_000)

test('customers find an honest page in both languages', async () => {
  const page = await openPage(LOOKS[0] as Look)
  await page.goto(`${base}/my`)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('on its way')
  await page.getByRole('button', { name: 'Español' }).click()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('en camino')
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

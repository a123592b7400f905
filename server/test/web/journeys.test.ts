import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { requestPasswordReset, takeResetMails, updateUser } from '../../src/domain/identity/index.ts'
import { ACTOR, NOW } from '../support/billed-town.ts'
import { ACCOUNT, BILL, BUSY_ACCOUNT, signIn, webServer } from './web-town.ts'

const { base, browser, db } = await webServer()

async function openPage(path: string, userName?: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
  context.setDefaultTimeout(15_000)
  await context.addInitScript({ content: "localStorage.setItem('billwright.language', 'en')" })
  const page = await context.newPage()
  await page.goto(base + path)
  await signIn(page, userName)
  await page.getByTestId('find').waitFor()
  return page
}

const focused = (page: Page) => page.evaluate<string>('document.activeElement?.getAttribute("role") ?? ""')

test('a wrong password gives one message that names no field, and the focus lands on it', async () => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(base)
  await signIn(page, 'administrator', 'not the password')
  const message = page.getByRole('alert')
  await message.waitFor()
  expect(await message.textContent()).toMatch(/utility, user name and password/)
  expect(await focused(page)).toBe('alert')
  await page.context().close()
})

test('a link that is over says so; a good one sets the password and leads to the login', async () => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${base}/new-password#${'x'.repeat(43)}`)
  await page.locator('[name=password]').fill('chosen-by-myself')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  expect(await focused(page)).toBe('alert')
  const token = await mailedToken()
  await page.goto(`${base}/new-password#${token}`)
  await page.reload()
  await page.locator('[name=password]').fill('chosen-by-myself')
  await page.keyboard.press('Enter')
  await signIn(page, 'service', 'chosen-by-myself')
  await page.getByTestId('find').waitFor()
  await page.context().close()
})

/** What a mail to user 3, of customer service, would bring. */
async function mailedToken(): Promise<string> {
  const keys = { tokenKey: Buffer.from('the key of the web tests'), fieldKey: Buffer.alloc(32, 7) }
  const admin = { clientId: 1, holds: 'all', now: NOW, wallNow: NOW, actor: ACTOR } as const
  const publicUrl = base
  return db.transaction(async (tx) => {
    await updateUser(tx, { userId: 3, email: 'service@town.example' }, admin)
    await requestPasswordReset(tx, 3, keys, admin)
    const [mail] = await takeResetMails(tx, { ...keys, publicUrl, limit: 1, wallNow: NOW })
    return /#([\w-]+)/.exec(mail?.body ?? '')?.[1] ?? ''
  })
}

test.each([
  ['meter number', 'M-1001', ACCOUNT],
  ['account with dashes', ACCOUNT, ACCOUNT],
  ['account without dashes', ACCOUNT.replaceAll('-', ''), ACCOUNT],
  ['name', 'number 1', ACCOUNT],
  ['street', '1 elm', ACCOUNT],
])('the find box puts the right record first by %s', async (_, words, account) => {
  const page = await openPage('/')
  await page.keyboard.press('/')
  expect(await focused(page)).toBe('combobox')
  await page.keyboard.type(words)
  const first = page.getByRole('option').first()
  await first.waitFor()
  await page
    .getByTestId('announcer')
    .filter({ hasText: /result/ })
    .waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/accounts/${account}`)
  await page.context().close()
})

test('nothing found offers what to do next', async () => {
  const page = await openPage('/')
  await page.getByTestId('find').fill('zzzzzzzz')
  await page.getByText('Nothing found for').waitFor()
  expect(await page.getByRole('link', { name: 'Look through the work items' }).count()).toBe(1)
  await page.context().close()
})

test('the header keeps the life-support chip on screen when the page scrolls', async () => {
  const page = await openPage(`/accounts/${ACCOUNT}`)
  const chip = page.getByTestId('risk-chip').filter({ hasText: 'Life support' })
  await chip.waitFor()
  await page.mouse.wheel(0, 4000)
  const box = await chip.boundingBox()
  expect(box && box.y > 0 && box.y < 300).toBe(true)
  await page.context().close()
})

test('the lines of a bill add up, and each leads to intervals that add up to its quantity', async () => {
  const page = await openPage(`/accounts/${ACCOUNT}?tab=bills`)
  await page.getByRole('link', { name: '00000001-0001' }).first().click()
  const sum = page.getByTestId('lines-sum')
  await sum.waitFor()
  expect(await sum.getAttribute('data-agrees')).toBe('true')
  // 31 x 24 h x 0.6 kWh = 446.4 kWh x 0.10 = 44.64; 9.00 fixed; 5 % of 53.64 = 2.68: 56.32
  expect(await page.getByTestId('amount-due').textContent()).toBe('$56.32')
  await page.getByTestId('bill-line').getByRole('link', { name: 'Energy' }).click()
  expect(await page.getByTestId('formula').textContent()).toMatch(/446\.4 kWh.*= \$44\.64/)
  const agreement = page.getByTestId('agreement')
  expect(await agreement.getAttribute('data-agrees')).toBe('true')
  expect(await agreement.textContent()).toContain('744 intervals')
  await page.reload()
  await page.getByTestId('agreement').waitFor()
  const download = page.waitForEvent('download')
  await page.getByTestId('side-panel').getByRole('button', { name: 'CSV' }).last().click()
  expect(await csvLines(await download)).toBe(744 + 1)
  await page.keyboard.press('Escape')
  await page.getByTestId('side-panel').waitFor({ state: 'detached' })
  await page.context().close()
})

async function csvLines(download: { createReadStream(): Promise<NodeJS.ReadableStream> }): Promise<number> {
  let text = ''
  for await (const part of await download.createReadStream()) text += part
  return text.trim().split('\r\n').length
}

test('what is asked for and put off make what is owed; the banner leads there, the sentence says why', async () => {
  const page = await openPage(`/accounts/${BUSY_ACCOUNT}`)
  // 123.42 of two bills, 40.00 of it arranged, and 100.00 of a deposit
  expect(await page.getByTestId('header-asked').textContent()).toBe('$183.42')
  expect(await page.getByTestId('header-put-off').textContent()).toBe('$40.00')
  await page.getByTestId('attention').getByRole('link', { name: 'See money' }).click()
  await page.getByTestId('money-sum').waitFor()
  const amounts = ['asked', 'put-off', 'owed'].map((one) => page.getByTestId(`money-${one}`).textContent())
  expect(await Promise.all(amounts)).toEqual(['$183.42', '$40.00', '$223.42'])
  expect(await page.getByTestId('money-reason').textContent()).toBe(
    '$40.00 comes in instalments with the next bills.',
  )
  expect(await page.getByTestId('collection-process').textContent()).toContain('Pay to stop it$73.42')
  expect(await page.getByTestId('protection').textContent()).toContain('Certificate of Dr. Ruiz')
  expect(await page.getByTestId('payment-method').textContent()).toMatch(/•••• 4242/)
  expect(await page.getByTestId('autopay').textContent()).toContain('bills up to $300.00')
  await page.context().close()
})

test('the PDF of a bill opens in a tab of its own', async () => {
  const page = await openPage(`/bills/${BILL}`)
  const answer = page.waitForResponse((response) => response.url().endsWith('/view'))
  const tab = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Open PDF' }).click()
  expect((await answer).headers()['content-type']).toContain('application/pdf')
  await tab
  await page.context().close()
})

test('a chart is walked over with the arrow keys, and its table holds the same values', async () => {
  const page = await openPage(`/accounts/${ACCOUNT}?tab=usage&picture=days&from=2026-03-01&to=2026-04-01`)
  const plot = page.getByTestId('chart').getByRole('group')
  await plot.focus()
  await page.keyboard.press('Home')
  // 24 h x 0.6 kWh; Mar 8 has 23 h: 13.8 kWh
  await page.getByTestId('announcer').filter({ hasText: 'Sun, Mar 1, 2026: 14.4 kWh' }).waitFor()
  await page.keyboard.press('PageDown')
  await page.getByTestId('announcer').filter({ hasText: 'Sun, Mar 8, 2026: 13.8 kWh' }).waitFor()
  await page.getByRole('button', { name: 'View as table' }).click()
  const row = page.getByRole('row').filter({ hasText: 'Mar 8, 2026' })
  expect(await row.textContent()).toContain('13.8')
  await page.context().close()
})

test('the palette knows old words and offers only what the user may do', async () => {
  const page = await openPage('/', 'auditor')
  await page.keyboard.press('Control+k')
  await page.getByTestId('palette').getByRole('combobox').fill('watch queue')
  await page.getByRole('option', { name: 'Work' }).waitFor()
  await page.getByTestId('palette').getByRole('combobox').fill('start a run')
  await page.waitForTimeout(300)
  expect(await page.getByRole('option', { name: 'Start a run' }).count()).toBe(0)
  await page.context().close()
})

test('a run is started, watched and still there after a reload', async () => {
  const page = await openPage('/runs')
  await page.getByRole('button', { name: /^Bill ./ }).click()
  await page.getByRole('button', { name: /^Start with/ }).click()
  await page.waitForURL('**/runs/*')
  await page.getByText('2 of 2 accounts').waitFor()
  await page.reload()
  await page.getByText('2 of 2 accounts').waitFor()
  const bar = page.getByTestId('progress')
  expect(await bar.getAttribute('aria-valuenow')).toBe('2')
  await page.context().close()
})

test('an expired session asks for the password and keeps what was typed', async () => {
  const page = await openPage('/work?item=1')
  await page.getByRole('textbox', { name: /Note/ }).fill('Readings checked with the customer')
  await page.evaluate(`fetch('/enterprise/v3/logout', {
    method: 'POST',
    headers: { authorization: 'Bearer ' + JSON.parse(sessionStorage.getItem('billwright.enterprise')).token },
  })`)
  await page.getByRole('button', { name: 'Mark as done' }).click()
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
  expect(await page.getByRole('textbox', { name: /Note/, includeHidden: true }).inputValue()).toContain(
    'checked',
  )
  await page.getByRole('dialog').locator('[name=password]').fill('a-good-password')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing here').waitFor()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await page.getByText('Usage is 3.1 times').first().waitFor()
  await page.context().close()
})

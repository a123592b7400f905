import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { startBillRun, workBillRun } from '../../src/domain/billing/index.ts'
import { addAlert } from '../../src/domain/customers/index.ts'
import { openWorkItems } from '../../src/domain/work/index.ts'
import { createRenderer } from '../../src/formats/pdf/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { openLog } from '../../src/platform/log.ts'
import { clockStartingAt } from '../../src/platform/time.ts'
import { ACTOR, CYCLE, NOW } from '../support/billed-town.ts'
import { launchBrowser } from '../support/browser.ts'
import { makeBusy } from '../support/busy-account.ts'
import { testDatabase } from '../support/database.ts'
import { staffedTown } from '../support/staffed-town.ts'

const checkout = fileURLToPath(new URL('../../../', import.meta.url))
const PASSWORD = 'a-good-password'

export const ACCOUNT = '00000001-01-0001'
/** Has everything that money can have. */
export const BUSY_ACCOUNT = '00000002-01-0001'
/** Home 1's bill of January, and its energy line. */
export const BILL = '1-1-1'
export const ENERGY_LINE = '1-2'

/** Two homes whose January and February are billed; March is open. Home 1 is on life support and has something held. */
async function webTown(db: Database): Promise<number> {
  const { clientId, homes } = await staffedTown(db)
  const customerId = homes[0]?.customerId ?? 0
  const worker = { database: db, clock: () => NOW, worker: 'test', actor: ACTOR }
  const run = await db.transaction(async (tx) => {
    const since = { startDate: '2026-01-05', now: NOW, actor: ACTOR }
    await addAlert(tx, { customerId, kind: 'life_support', text: 'Oxygen concentrator', ...since })
    const held = {
      kind: 'bill_held',
      subject: 'agreement:test',
      reasonCode: 'high_usage',
      customerId,
      clientId,
    }
    const reason = 'Usage is 3.1 times that of the month before: 1,240 kWh against 400 kWh.'
    await openWorkItems(tx, [
      { ...held, reason, remedy: 'Check the readings, then release.', createdAt: NOW },
    ])
    const february = { clientId, cycleCode: CYCLE, periodEnd: '2026-03-01', billDate: '2026-03-01' }
    return await startBillRun(tx, { ...february, mode: 'live', now: NOW, actor: ACTOR })
  })
  await workBillRun(worker, run)
  const [, busy] = homes
  if (busy) await makeBusy(db, { clientId, busy })
  return clientId
}

/** This will serve the built applications over a billed town, and give pages of a browser that may look at them. */
export async function webServer() {
  const main = `${checkout}web/enterprise/dist/index.html`
  if (!existsSync(main)) throw new Error('The web applications are not built: npm test builds them first.')
  const { db } = await testDatabase()
  await webTown(db)
  const clock = clockStartingAt(NOW)
  const renderer = createRenderer({ workers: 1 })
  const runs: Promise<void>[] = []
  const app = await buildApp({
    database: db,
    clock,
    log: openLog('test', 'silent'),
    services: {
      renderer,
      tokenKey: Buffer.from('the key of the web tests'),
      wallClock: clock,
      wakeDraw: async () => {},
      fieldKey: Buffer.alloc(32, 7),
      wakeBillRun: async (_, run) => {
        const worker = { database: db, clock, worker: 'test', actor: ACTOR }
        runs.push(afterCommit().then(() => workBillRun(worker, run)))
      },
    },
    webApps: [
      { path: '/', folder: `${checkout}web/enterprise/dist/` },
      { path: '/my', folder: `${checkout}web/customer/dist/` },
    ],
  })
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const browser = await launchBrowser()
  afterAll(async () => {
    await browser.close()
    await Promise.all(runs)
    await app.close()
    await renderer.close()
  })
  return { base, browser, db }
}

/** The run is woken inside the request's transaction: its rows are there a moment later. */
function afterCommit(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 200))
}

/** This will sign in on a page that shows the sign-in form. */
export async function signIn(page: Page, userName = 'administrator', password = PASSWORD): Promise<void> {
  await page.getByTestId('sign-in').waitFor()
  await page.locator('[name=client]').fill('town')
  await page.locator('[name=userName]').fill(userName)
  await page.locator('[name=password]').fill(password)
  await page.keyboard.press('Enter')
}

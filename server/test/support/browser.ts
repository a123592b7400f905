import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where systems keep a Chromium of their own. */
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A browser that talks to the pages of the test and to nobody else. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
]

/** This will launch a headless browser: the system's Chromium, else the one that comes with the packages. */
export async function launchBrowser(): Promise<Browser> {
  const installed = SYSTEM_BROWSERS.find((path) => existsSync(path))
  if (installed) return await chromium.launch({ executablePath: installed, headless: true, args: QUIET })
  const { default: packaged } = await import('@sparticuz/chromium')
  const args = [...new Set([...packaged.args, ...QUIET])]
  return await chromium.launch({ executablePath: await packaged.executablePath(), headless: true, args })
}

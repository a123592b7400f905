import { expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'

test('a browser is there and runs scripts', async () => {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.setContent('<title>meter</title><p id="sum"></p><script>sum.textContent = 2 + 3</script>')
    expect(await page.title()).toBe('meter')
    expect(await page.textContent('#sum')).toBe('5')
  } finally {
    await browser.close()
  }
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../lab/browser.ts'
import { runSite, type SiteProcess } from '../start/process.ts'
import { charactersPerLine, loadedFaces } from './reading.ts'
import { openTab } from './tab.ts'

let browser: Browser
let site: SiteProcess
const endings: (() => unknown)[] = []
before(async () => {
  browser = await openBrowser()
  endings.push(() => browser.close())
  const environment = { RELEASE: 'v7', INSTANCE: 'web-2', CONTENT_DIR: 'content' }
  const ending = (end: unknown) => void endings.push(end as () => unknown)
  site = await runSite({ after: ending }, environment)
})
after(async () => {
  for (const end of endings.reverse()) await end()
})

for (const path of ['/docs/operating', '/blog/two-caches', '/about']) {
  test(`a line of ${path} has 60 to 75 characters`, async () => {
    const { page } = await openTab(browser, { viewport: { width: 1440, height: 900 } })
    await page.goto(site.url + path)
    assert.deepEqual(await loadedFaces(page), ['Besley', 'Figtree'])
    const lines = await charactersPerLine(page)
    const median = lines[Math.floor(lines.length / 2)] ?? 0
    assert.ok(lines.length > 8 && median >= 60 && median <= 75, `${lines.length} lines, median ${median}`)
  })
}

test('how it works shows who served the page, and from which cache; alone, an instance counts none', async () => {
  const { page } = await openTab(browser)
  await page.goto(`${site.url}/how-it-works`)
  await page.reload()
  const facts = await page.locator('[data-served] dd:visible').allInnerTexts()
  assert.deepEqual(facts.slice(0, 3), ['memory', 'web-2', 'v7'])
  assert.equal(facts.length, 4)
  assert.match(facts[3] ?? '', /^\d+ ms$/)
})

test('without scripts, how it works says where to look instead', async () => {
  const { page } = await openTab(browser, { javaScriptEnabled: false })
  await page.goto(`${site.url}/how-it-works`)
  assert.equal(await page.locator('[data-served]').isVisible(), false)
  assert.match(await page.locator('.served-plain').innerText(), /Server-Timing/)
})

test('a name in a table stays in one piece on a phone', async () => {
  const { page } = await openTab(browser, { viewport: { width: 375, height: 760 } })
  await page.goto(`${site.url}/docs/reference/settings`)
  const broken = await page
    .locator('td code')
    .evaluateAll((codes) =>
      codes
        .filter((code) => /^\w+$/.test(code.textContent ?? '') && code.getClientRects().length > 1)
        .map((code) => code.textContent),
    )
  assert.deepEqual(broken, [])
})

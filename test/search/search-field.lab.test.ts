import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import axe, { type AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { openTab } from '../e2e/tab.ts'
import { openBrowser } from '../lab/browser.ts'
import { contentFolder, pages, startSite } from '../site/site.ts'
import { until } from '../until.ts'
import { post } from './searching.ts'

const files = {
  ...pages,
  'pages/lantern.md': post('Lantern', 'It <b>shines</b>.'),
  'pages/oil.md': post('Oil', `Before.\n\n## For lanterns\n\nOil of a lantern.`),
}

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

async function openPage(t: TestContext, path: string, width = 1280, colorScheme: 'light' | 'dark' = 'light') {
  const site = await startSite(t, { contentDir: contentFolder(files), serveFiles: true })
  const { page, complaints } = await openTab(browser, { viewport: { width, height: 800 }, colorScheme })
  const asked: string[] = []
  page.on('request', (request) => void asked.push(request.url().slice(site.url.length)))
  await page.goto(site.url + path)
  return { page, complaints, asked }
}

const field = (page: Page) => page.locator('#site-search')
const options = (page: Page) => page.locator('.site-search [role=option]')

test('results come as one types; arrows choose, Enter opens, and the query is counted', async (t) => {
  const { page, complaints, asked } = await openPage(t, '/docs')
  await page.keyboard.press('/')
  await page.keyboard.type('lant')
  await options(page).first().waitFor()
  assert.equal(await options(page).count(), 2)
  assert.equal(await field(page).getAttribute('aria-expanded'), 'true')
  assert.match((await page.locator('.site-search [role=status]').textContent()) ?? '', /^2 results/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const chosen = (await field(page).getAttribute('aria-activedescendant')) ?? ''
  assert.equal(await page.locator(`#${chosen}`).getAttribute('aria-selected'), 'true')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/oil#for-lanterns')
  await until(async () => asked.includes('/search.json?q=lant&settled'), 'the query to be counted')
  assert.deepEqual(complaints, [])
})

test('Enter without a choice opens the page of results, which counts the query alone', async (t) => {
  const { page, asked } = await openPage(t, '/')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('lantern')
  await options(page).first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/search?q=lantern')
  assert.equal(await page.locator('.search-results li').count(), 2)
  assert.ok(!asked.some((url) => url.endsWith('&settled')))
})

test('Escape, and a click elsewhere, close the results', async (t) => {
  const { page } = await openPage(t, '/docs')
  for (const close of [() => page.keyboard.press('Escape'), () => page.locator('h1').click()]) {
    await field(page).fill('')
    await field(page).pressSequentially('lantern')
    await options(page).first().waitFor()
    await close()
    await options(page).first().waitFor({ state: 'hidden' })
    assert.equal(await field(page).getAttribute('aria-expanded'), 'false')
  }
})

test('keys that are typed into a field stay there', async (t) => {
  const { page } = await openPage(t, '/search')
  await page.locator('#page-search').pressSequentially('a/b')
  assert.equal(await page.locator('#page-search').inputValue(), 'a/b')
})

test('what nothing has is said, and an old answer never comes after a new one', async (t) => {
  const { page } = await openPage(t, '/docs')
  await page.route('**/search.json?q=lant', async (route) => {
    await new Promise((later) => setTimeout(later, 800))
    await route.continue().catch(() => undefined)
  })
  await field(page).pressSequentially('lant')
  await page.waitForRequest('**/search.json?q=lant')
  await field(page).fill('xylophonic')
  const status = page.locator('.site-search [role=status]')
  await until(async () => /^Nothing found/.test((await status.textContent()) ?? ''), 'the status')
  await page.waitForTimeout(1000)
  assert.equal(await options(page).count(), 0)
})

for (const width of [320, 375, 1280]) {
  test(`the results move nothing, and fit a screen of ${width}`, async (t) => {
    const { page } = await openPage(t, '/docs', width)
    const before = await page.locator('main').boundingBox()
    await field(page).pressSequentially('lantern')
    await options(page).first().waitFor()
    assert.deepEqual(await page.locator('main').boundingBox(), before)
    const panel = await page.locator('.site-search .search-panel').boundingBox()
    assert.ok(panel && panel.x >= 0 && panel.x + panel.width <= width, JSON.stringify(panel))
    assert.ok(panel.width > 280)
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
  })
}

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with open results, ${scheme}`, async (t) => {
    const { page } = await openPage(t, '/docs', 1280, scheme)
    await page.addInitScript(axe.source)
    await page.reload()
    await field(page).pressSequentially('lantern')
    await options(page).first().waitFor()
    await page.keyboard.press('ArrowDown')
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      [],
    )
  })
}

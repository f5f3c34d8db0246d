import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../lab/browser.ts'
import { until } from '../until.ts'
import { Findings } from './findings.ts'
import { missedByTab, tabThrough } from './focus.ts'
import { kindsOfPage } from './kinds-of-page.ts'
import { openTab } from './tab.ts'
import { openWholeSite, type WholeSite } from './whole-site.ts'

let site: WholeSite
let browser: Browser
before(async () => {
  ;[site, browser] = await Promise.all([openWholeSite(), openBrowser()])
})
after(async () => {
  await Promise.all([browser?.close(), site?.stop()])
})

async function openPage(path: string, width = 1440, forcedColors: 'active' | 'none' = 'none'): Promise<Page> {
  const viewport = { width, height: 900 }
  // Without motion the page is at rest as soon as a key is pressed.
  const { page } = await openTab(browser, { viewport, forcedColors, reducedMotion: 'reduce' })
  await page.goto(site.url + path)
  return page
}

for (const [title, width, forcedColors] of [
  ['on a desk', 1440, 'none'],
  ['on a narrow screen', 375, 'none'],
  ['in forced colours', 1440, 'active'],
] as const) {
  test(`Tab reaches all that can be used, in order, and shows where it is, ${title}`, {
    timeout: 120_000,
  }, async () => {
    const findings = new Findings()
    const page = await openPage('/', width, forcedColors)
    for (const kind of kindsOfPage) {
      await site.open(page, kind)
      const stops = await tabThrough(page)
      assert.ok(stops.length > 0, `${kind.name} has nothing to stop at`)
      for (const { name, faults } of stops)
        findings.add(kind.name, ...faults.map((fault) => `${name}: ${fault}`))
      findings.add(kind.name, ...(await missedByTab(page)).map((name) => `${name}: no stop`))
    }
    findings.assertNone()
  })
}

test('the first stop of a page of the site shows a link past the header, and Enter follows it', async () => {
  const page = await openPage('/docs/writing')
  await page.keyboard.press('Tab')
  const link = page.locator(':focus')
  assert.equal(await link.getAttribute('href'), '#main')
  const box = await link.boundingBox()
  assert.ok(box && box.x >= 0 && box.y >= 0 && box.width > 40 && box.height > 20, 'the link is seen')
  await page.keyboard.press('Enter')
  assert.equal(await page.locator('main:focus').count(), 1)
  await page.keyboard.press('Tab')
  assert.equal(await page.locator('header.site-header :focus').count(), 0)
})

test('the menu leads to a page without a pointer', async () => {
  const page = await openPage('/', 375)
  await page.locator('header nav a[href="/docs"]').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/docs')
  assert.equal(await page.locator('header nav a[href="/docs"]').getAttribute('aria-current'), 'true')
})

test('the list of all documentation opens with Enter on a narrow screen and leads on', async () => {
  const page = await openPage('/docs', 375)
  await page.locator('.docs-nav summary').focus()
  await page.keyboard.press('Enter')
  const entry = page.locator('.docs-nav a[href="/docs/writing"]')
  await entry.waitFor({ state: 'visible' })
  await entry.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/docs/writing')
})

test('search shows results as one types; arrows choose one, Enter opens it, Escape closes them', async () => {
  const page = await openPage('/about')
  await page.keyboard.press('/')
  const field = page.locator('#site-search:focus')
  await field.pressSequentially('redis')
  const options = page.locator('[role=option]:visible')
  await options.nth(1).waitFor()
  await field.press('Escape')
  await options.first().waitFor({ state: 'hidden' })
  await field.press('Backspace')
  await options.nth(1).waitFor()
  await field.press('ArrowDown')
  await field.press('ArrowDown')
  const chosen = page.locator('[role=option][aria-selected=true]')
  assert.equal(await chosen.count(), 1)
  assert.equal(await field.getAttribute('aria-activedescendant'), await chosen.getAttribute('id'))
  const target = String(await chosen.getAttribute('href'))
  await field.press('Enter')
  await page.waitForURL(new URL(target, site.url).href)
})

test('Enter in the search field opens the page of results', async () => {
  const page = await openPage('/about')
  await page.locator('#site-search').fill('redis')
  await page.locator('#site-search').press('Enter')
  await page.waitForURL('**/search?q=redis')
})

test('the theme switch goes round with Enter, and the choice is there before the next page is painted', async () => {
  const page = await openPage('/')
  const theme = () => page.evaluate('document.documentElement.dataset.theme')
  const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
  const [first, before] = [await theme(), await paper()]
  const seen = [first]
  await page.locator('.theme-switch').focus()
  while (!seen.includes('dark')) {
    assert.ok(seen.length < 4, 'dark is among the themes')
    await page.keyboard.press('Enter')
    seen.push(await theme())
  }
  assert.notEqual(await paper(), before)
  await page.addInitScript(
    `requestAnimationFrame(() => { firstTheme = document.documentElement.dataset.theme })`,
  )
  await page.goto(`${site.url}/docs`)
  assert.equal(await page.evaluate('firstTheme'), 'dark')
  assert.match(String(await page.locator('.theme-switch').innerText()), /dark/i)
  for (let press = 0; press < 3; press++) {
    await page.locator('.theme-switch').press('Enter')
    seen.push(await theme())
  }
  assert.equal(seen.at(-1), 'dark')
  assert.ok(seen.includes(undefined), 'the theme of the system can be had back')
})

test('a copy button takes the code that it belongs to, and says so', async () => {
  const page = await openPage('/docs/writing')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const block = page.locator('pre:has(> code)').first()
  const button = page.locator(':has(> pre) > button').first()
  await button.press('Enter')
  await page.getByText('Copied', { exact: true }).waitFor()
  const copied = await page.evaluate('navigator.clipboard.readText()')
  assert.equal(copied, (await block.innerText()).trimEnd())
})

test('what is wider than a narrow screen scrolls with the arrow keys', async () => {
  const page = await openPage('/docs/writing', 320)
  const regions = await page.locator('[tabindex="0"]:is(pre, :has(> table))').all()
  const overflows = await Promise.all(regions.map((region) => region.evaluate(isWide)))
  const wide = regions.filter((_, index) => overflows[index])
  assert.ok(wide.length > 0, 'something is wider than 320 px')
  for (const region of wide) {
    await region.press('ArrowRight')
    await until(
      async () => (await region.evaluate((element) => element.scrollLeft)) > 0,
      'the region to scroll',
    )
  }
})

const isWide = (element: { scrollWidth: number; clientWidth: number }): boolean =>
  element.scrollWidth - element.clientWidth > 8

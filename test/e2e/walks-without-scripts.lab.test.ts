import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from '../lab/browser.ts'
import { Findings } from './findings.ts'
import { publishedKinds } from './kinds-of-page.ts'
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

async function openTabWithoutScripts(options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await openTab(browser, { ...options, javaScriptEnabled: false })
  return page
}

/** The words of the page itself: neither of controls and facts that scripts bring, nor numbers of this very request. */
const words = (page: Page): Promise<string[]> =>
  page.locator('main').evaluate((main: HTMLElement) => {
    for (const part of main.querySelectorAll('button, [data-served]')) part.remove()
    return main.innerText.split(/\s+/).filter((word: string) => /^\p{L}+$/u.test(word))
  })

test('each kind of page says the same without scripts as with them', async () => {
  const findings = new Findings()
  const [plain, { page: scripted }] = [await openTabWithoutScripts(), await openTab(browser)]
  for (const kind of publishedKinds) {
    await Promise.all([plain, scripted].map((page) => site.open(page, kind)))
    const without = new Set(await words(plain))
    assert.ok(without.size > 5, `${kind.name} has words`)
    const lost = (await words(scripted)).filter((word) => !without.has(word))
    if (lost.length > 0) findings.add(kind.name, `without scripts nobody reads: ${lost.join(' ')}`)
  }
  findings.assertNone()
})

test('no control that needs a script is seen without one', async () => {
  const findings = new Findings()
  const page = await openTabWithoutScripts()
  for (const kind of publishedKinds) {
    await site.open(page, kind)
    const dead = page.locator('button:visible, input:enabled:visible, select:visible, [role=button]:visible')
    for (const control of await dead.all()) {
      const isAlive = await control.evaluate((element) => element.matches('form[action] *'))
      if (!isAlive) findings.add(kind.name, `dead: ${await control.evaluate((element) => element.outerHTML)}`)
    }
  }
  findings.assertNone()
})

test('every page of the menu is two clicks away without scripts', async () => {
  const page = await openTabWithoutScripts({ viewport: { width: 375, height: 900 } })
  await page.goto(site.url)
  const links = await page.locator('header nav a').all()
  assert.ok(links.length > 1)
  for (let index = 0; index < links.length; index++) {
    await page.locator('header nav a').nth(index).click()
    assert.ok((await page.locator('h1').innerText()).length > 0, page.url())
  }
})

test('the search form finds pages without scripts', async () => {
  const page = await openTabWithoutScripts()
  await page.goto(`${site.url}/about`)
  await page.locator('#site-search').fill('redis')
  await page.locator('#site-search').press('Enter')
  await page.waitForURL('**/search?q=redis')
  await page.locator('.search-results a').first().click()
  assert.match(await page.locator('main').innerText(), /redis/i)
})

test('a visitor is remembered and forgotten without scripts', async () => {
  const page = await openTabWithoutScripts()
  await page.goto(`${site.url}/session`)
  await page.locator('input[name=name]').fill('Ada')
  await page.locator('main form button').first().click()
  await page.getByText('Hello, Ada').waitFor()
  await page.locator('main form[action$=forget] button').click()
  await page.locator('input[name=name]').waitFor()
  assert.equal(await page.getByText('Ada').count(), 0)
})

test('colours follow the system without scripts', async () => {
  const papers: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await openTabWithoutScripts({ colorScheme })
    await page.goto(site.url)
    papers.push(
      await page.locator('body').evaluate((body) => String(body.computedStyleMap().get('background-color'))),
    )
  }
  assert.notEqual(papers[0], papers[1])
})

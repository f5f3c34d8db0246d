import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../lab/browser.ts'
import { Findings } from './findings.ts'
import { kindsOfPage, publishedKinds } from './kinds-of-page.ts'
import { cutOff, running, tooWide } from './layout.ts'
import { chooseTheme, openTab } from './tab.ts'
import { openWholeSite, type WholeSite } from './whole-site.ts'

let site: WholeSite
let browser: Browser
before(async () => {
  ;[site, browser] = await Promise.all([openWholeSite(), openBrowser()])
})
after(async () => {
  await Promise.all([browser?.close(), site?.stop()])
})

async function look(page: Page, atEach: (page: Page) => Promise<string[]>): Promise<void> {
  const findings = new Findings()
  for (const kind of kindsOfPage) {
    await site.open(page, kind)
    findings.add(kind.name, ...(await atEach(page)))
  }
  await page.context().close()
  findings.assertNone()
}

for (const width of [320, 375, 768, 1440, 2560]) {
  test(`no kind of page is wider than a window of ${width} px`, async () => {
    const { page } = await openTab(browser, { viewport: { width, height: 900 } })
    await look(page, tooWide)
  })
}

for (const width of [640, 1280]) {
  test(`text of twice the size stays whole and within a window of ${width} px`, async (t) => {
    const large = await openBrowser('--blink-settings=defaultFontSize=32')
    t.after(() => large.close())
    const { page } = await openTab(large, { viewport: { width, height: 900 } })
    await look(page, async () => {
      assert.equal(await page.evaluate('getComputedStyle(document.documentElement).fontSize'), '32px')
      return [...(await tooWide(page)), ...(await cutOff(page))]
    })
  })
}

test('nothing moves for those who asked for less motion', async () => {
  const { page } = await openTab(browser, { reducedMotion: 'reduce' })
  await look(page, async () => {
    const seen = new Set(await running(page))
    for (const control of await page.locator('a:visible, button:visible, summary:visible').all()) {
      await control.hover({ force: true }).catch(() => undefined)
      for (const animation of await running(page)) seen.add(animation)
    }
    return [...seen]
  })
})

test('print shows what is read, in dark ink on white, and no controls', async () => {
  const findings = new Findings()
  const { page } = await openTab(browser, { colorScheme: 'dark' })
  await chooseTheme(page, 'dark')
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  for (const kind of publishedKinds) {
    await site.open(page, kind)
    for (const control of await page.locator(controls).all()) {
      findings.add(
        kind.name,
        `printed: ${await control.evaluate((element) => element.outerHTML.slice(0, 99))}`,
      )
    }
    assert.ok((await page.locator('main').innerText()).length > 20, kind.name)
    findings.add(kind.name, ...((await page.evaluate(`(${inks})()`)) as string[]))
  }
  findings.assertNone()
})

/** What nobody can use on paper; a form in the text is a part of what is read. */
const controls =
  ':is(nav, .skip-link, button, input:enabled, summary):visible:not(main form *):not(details[open] > summary)'

/** Runs in the page: texts that are not dark, and papers that are not light. */
const inks = `() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const brightness = (colour) => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = '#fff'
    canvas.fillRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const nameOf = (element) => element.localName + (element.className && '.' + String(element.className))
  const faults = new Set()
  for (const element of document.querySelectorAll('body, main, main *:not(svg *, form *)')) {
    if (!element.checkVisibility()) continue
    const { color, backgroundColor } = getComputedStyle(element)
    if (brightness(color) > 130) faults.add('bright ink ' + color + ' of ' + nameOf(element))
    if (brightness(backgroundColor) < 200) faults.add('dark paper ' + backgroundColor + ' of ' + nameOf(element))
  }
  return [...faults]
}`

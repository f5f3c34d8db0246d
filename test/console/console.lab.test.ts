import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { cutOff, tooWide } from '../e2e/layout.ts'
import { mark, openTab } from '../e2e/tab.ts'
import { openBrowser } from '../lab/browser.ts'
import { until } from '../until.ts'
import { type ConsoleSite, startConsole, stepping } from './console-site.ts'
import { chatty, longNames } from './looks.ts'

const logsPath = '/console/logs?component=site%2Fwebapp'
const policy = /"([^"]+)"/.exec(
  readFileSync(new URL('../../nginx/conf/policy.conf', import.meta.url), 'utf8'),
)?.[1]

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

/** A tab of an operator who is signed in; pages come under the policy that nginx gives them. */
async function signedIn({ site, operator }: ConsoleSite, options: BrowserContextOptions = {}) {
  const tab = await openTab(browser, {
    reducedMotion: 'reduce',
    viewport: { width: 1200, height: 900 },
    ...options,
  })
  const [name = '', value = ''] = operator.cookie.split(/=(.*)/)
  await tab.page.context().addCookies([{ name, value, url: site.url }])
  await tab.page.route(/\/console(?:\/logs)?(?:\?.*)?$/, async (route) => {
    if (route.request().resourceType() !== 'document' || route.request().method() !== 'GET')
      return route.fallback()
    const response = await route.fetch({ maxRedirects: 0 })
    await route.fulfill({
      response,
      headers: { ...response.headers(), 'content-security-policy': policy ?? '' },
    })
  })
  return tab
}

async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const rules = { 'target-size': { enabled: true } }
  const run = `axe.run({ resultTypes: ['violations'], rules: ${JSON.stringify(rules)} })`
  const { violations } = (await page.evaluate(run)) as AxeResults
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`))
}

for (const [width, colorScheme] of [
  [375, 'light'],
  [375, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
] as const) {
  test(`axe finds nothing in the console, ${colorScheme}, at ${width} px`, async (t) => {
    const console = await startConsole(t, { docker: chatty, under: stepping })
    // Scripts of axe are none of the page's.
    const { page } = await signedIn(console, {
      colorScheme,
      viewport: { width, height: 900 },
      bypassCSP: true,
    })
    for (const path of ['/console', '/console?done=pause', '/console/logs', logsPath]) {
      await page.goto(console.site.url + path)
      assert.deepEqual(await axeFindings(page), [], path)
    }
    await page.goto(`${console.site.url}/console`)
    await page.getByRole('button', { name: 'Abort…' }).click()
    await page.getByRole('heading', { name: 'Abort the canary?' }).waitFor()
    assert.deepEqual(await axeFindings(page), [], 'the question')
    await page.context().close()
  })
}

for (const width of [320, 768, 2560]) {
  test(`no page of the console is wider than a window of ${width} px, nor cut off`, async (t) => {
    const console = await startConsole(t, { acts: longNames, docker: chatty })
    const { page } = await signedIn(console, { viewport: { width, height: 900 } })
    for (const path of ['/console', logsPath]) {
      await page.goto(console.site.url + path)
      assert.deepEqual([...(await tooWide(page)), ...(await cutOff(page))], [], path)
    }
    await page.context().close()
  })
}

test('what changes shows in the open page, under the policy of the site, and what is typed stays', async (t) => {
  const console = await startConsole(t, { under: stepping })
  const { page, complaints } = await signedIn(console)
  await page.goto(`${console.site.url}/console`)
  await mark(page)
  const field = page.getByLabel('Share in percent')
  await field.fill('33')
  await console.act('share', { percent: '12.5' })
  await page.getByText('12.5 % of visitors', { exact: false }).first().waitFor()
  await page.getByRole('button', { name: 'Resume' }).waitFor()
  assert.equal(await field.inputValue(), '33')
  assert.equal(await page.evaluate('document.activeElement.id'), 'percent')
  assert.equal(await page.locator('html[data-mark]').count(), 1, 'the page was not loaded again')
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('without scripts a form pauses, and another one aborts after a question', async (t) => {
  const console = await startConsole(t, { acts: { 'canary abort': async () => 0 }, under: stepping })
  const { page } = await signedIn(console, { javaScriptEnabled: false })
  await page.goto(`${console.site.url}/console`)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('status').getByText('The canary stays at its share').waitFor()
  await page.getByLabel('Share in percent').fill('20')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await page.getByRole('status').getByText('The canary has the share').waitFor()
  await page.getByRole('button', { name: 'Abort…' }).click()
  await page.getByRole('link', { name: 'No, back' }).click()
  await page.getByRole('button', { name: 'Abort…' }).click()
  await page.getByRole('button', { name: 'Abort it' }).click()
  await page.getByRole('status').getByText('It has begun').waitFor()
  await until(async () => console.running.performed.some(({ verb }) => verb === 'canary abort'), 'the abort')
  await page.context().close()
})

test('new lines of a log are added as text, and the page never runs them', async (t) => {
  const console = await startConsole(t, { docker: chatty })
  const { page, complaints } = await signedIn(console)
  await page.goto(console.site.url + logsPath)
  await page.getByText('line 12', { exact: true }).waitFor()
  await page.getByText('New lines are added as they come').waitFor()
  assert.ok((await page.getByText('<script>window.ran = 1</script>').count()) > 0)
  assert.equal(await page.evaluate('window.ran'), undefined)
  assert.deepEqual(complaints, [])
  await page.context().close()
})

test('an open page leads to the sign-in when its operator has signed out elsewhere', async (t) => {
  const console = await startConsole(t)
  const { page } = await signedIn(console)
  await page.goto(`${console.site.url}/console`)
  await page.getByText('As of').waitFor()
  await console.operator.post('/admin/sign-out', {})
  await page.waitForURL('**/admin/sign-in?to=%2Fconsole')
  await page.context().close()
})

test('a page whose control goes away says so, and goes on when it is back', async (t) => {
  const console = await startConsole(t, { under: stepping })
  const { page } = await signedIn(console)
  await page.goto(`${console.site.url}/console`)
  console.door.shut()
  await page.getByText('Control cannot be reached', { exact: false }).waitFor()
  await page.getByText('5 % of visitors', { exact: false }).first().waitFor()
  await console.door.open()
  await page.getByText('Control cannot be reached', { exact: false }).waitFor({ state: 'detached' })
  await page.context().close()
})

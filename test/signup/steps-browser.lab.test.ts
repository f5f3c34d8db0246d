import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import axe, { type AxeResults } from 'axe-core'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { tooWide } from '../e2e/layout.ts'
import { recordHeaders } from '../e2e/sent-headers.ts'
import { openTab } from '../e2e/tab.ts'
import { openBrowser } from '../lab/browser.ts'
import { startSteps } from './step-site.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

const password = 'three white horses'

/** Somebody at the page of the mailed link. */
async function arrive(t: TestContext, options: BrowserContextOptions = {}) {
  const site = await startSteps(t)
  const { page, complaints } = await openTab(browser, { reducedMotion: 'reduce', ...options })
  t.after(() => page.context().close())
  const { token, link } = await site.invite()
  await page.goto(site.url + link)
  return { site, page, complaints, token }
}

const press = (page: Page) => page.locator('main form button').click()
const at = (page: Page, step: string) => page.waitForURL(`**${step}`)

const focused = (page: Page) => page.locator('main :focus').getAttribute('id')

/** Sends the form past what the page's script checks. */
async function sendAsItIs(page: Page): Promise<void> {
  await page.locator('main form').evaluate((form) => (form as unknown as { submit(): void }).submit())
  await page.locator('.error-summary').waitFor()
}

const presets = ['recommended', 'standard', 'document', 'a11y', 'prettier']
const validator = new HtmlValidate(
  new StaticConfigLoader({ root: true, extends: presets.map((preset) => `html-validate:${preset}`) }),
)

async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate(
    `axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })`,
  )) as AxeResults
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id} at ${target.join(' ')}`),
  )
  return [...faults, ...(await tooWide(page))]
}

test('without scripts the whole way can be gone, and what is wrong has the focus', async (t) => {
  const { site, page } = await arrive(t, { javaScriptEnabled: false })
  await press(page)
  await at(page, '/signup/workspace')
  await page.locator('#workspace').evaluate((field) => field.removeAttribute('pattern'))
  await page.locator('#workspace').fill('-')
  await press(page)
  await page.locator('.error-summary:focus').waitFor()
  await page.locator('.error-summary a').click()
  assert.equal(await focused(page), 'workspace')
  await page.locator('#workspace').fill('engine')
  await press(page)
  await at(page, '/signup/account')
  await site.standIns.setFault('accounts', 'fail')
  await page.locator('#password').fill(password)
  await page.locator('#terms').check()
  await press(page)
  await page.locator('#retry').waitFor()
  assert.deepEqual([await focused(page), await page.locator('#password').inputValue()], ['password', ''])
  await site.standIns.setFault('accounts', null)
  await page.locator('#password').fill(password)
  await press(page)
  await at(page, '/welcome')
  await press(page)
  await page.waitForURL((url) => url.pathname === '/')
})

for (const look of [
  { viewport: { width: 320, height: 800 }, colorScheme: 'light' },
  { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
] as const) {
  test(`axe and html-validate find nothing in any step, ${look.colorScheme}`, async (t) => {
    const { site, page } = await arrive(t, look)
    const found: string[] = []
    const pages: string[] = []
    page.on('response', async (answer) => {
      if (answer.request().isNavigationRequest() && answer.status() !== 303) pages.push(await answer.text())
    })
    const check = async (name: string) => {
      found.push(...(await findings(page)).map((finding) => `${name}: ${finding}`))
    }
    await check('link')
    await press(page)
    await at(page, '/signup/workspace')
    await check('workspace')
    await page.locator('#workspace').fill('-')
    await sendAsItIs(page)
    await check('workspace, wrong')
    await page.locator('#workspace').fill('engine')
    await press(page)
    await at(page, '/signup/account')
    await check('account')
    await sendAsItIs(page)
    await check('account, wrong')
    await site.standIns.setFault('accounts', 'fail')
    await page.locator('#password').fill(password)
    await page.locator('#terms').check()
    await press(page)
    await page.locator('#retry').waitFor()
    await check('account, to try again')
    await site.standIns.setFault('accounts', null)
    await page.locator('#password').fill(password)
    await press(page)
    await at(page, '/welcome')
    await check('welcome')
    for (const html of pages) {
      const { results } = await validator.validateString(html)
      const messages = results.flatMap(({ messages }) => messages)
      found.push(...messages.map(({ ruleId, selector }) => `${ruleId} at ${selector}`))
    }
    assert.deepEqual(found, [])
    assert.equal(pages.length, 6)
  })
}

test('a long address widens neither the welcome nor the page of the session at 320 px', async (t) => {
  const site = await startSteps(t)
  const email = `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.example`
  const visitor = await site.atLastStep(email)
  await visitor.submit('/signup/account', { password, terms: 'yes' })
  const { page } = await openTab(browser, { viewport: { width: 320, height: 800 } })
  t.after(() => page.context().close())
  const [name = '', value = ''] = visitor.cookie.split('=')
  await page.context().addCookies([{ name, value, url: site.url }])
  for (const path of ['/welcome', '/session']) {
    await page.goto(site.url + path)
    assert.equal(await page.getByText(email).count(), 1, path)
    assert.deepEqual(await findings(page), [], path)
  }
})

test('the token of the link is in no Referer, and the form still says where it comes from', async (t) => {
  const { site, page, token } = await arrive(t)
  const sent = recordHeaders(page)
  await page.reload()
  await page.evaluate(`fetch('/healthz').then(() => 0, () => 0)`)
  await page.locator('a.brand').click()
  await page.waitForURL((url) => url.pathname === '/')
  await page.goBack()
  await press(page)
  await at(page, '/signup/workspace')
  const headers = await sent()
  const told = headers.flatMap(({ referer }) => referer ?? [])
  assert.ok(told.includes(`${site.url}/`))
  assert.deepEqual(
    headers.filter((all) => JSON.stringify({ ...all, ':path': '' }).includes(token)),
    [],
  )
  assert.deepEqual(
    headers.flatMap(({ origin, 'content-type': type }) => (type ? [origin] : [])),
    [site.url],
  )
})

test('with scripts wrong fields are told in place, a double click makes one account, nothing complains', async (t) => {
  const { site, page, complaints } = await arrive(t)
  await page.locator('main form button').dblclick()
  await at(page, '/signup/workspace')
  await page.locator('#workspace').fill('no such name')
  await press(page)
  assert.match((await page.locator('#workspace-error').textContent()) ?? '', /letters a to z/)
  // A click right after typing finds its button where it was.
  await page.locator('#workspace').fill('engine')
  await press(page)
  await at(page, '/signup/account')
  await press(page)
  assert.match((await page.locator('#password-error').textContent()) ?? '', /choose a password/)
  await page.locator('#password').pressSequentially('short')
  assert.match((await page.locator('#password-error').textContent()) ?? '', /at least 10/)
  await page.locator('#password').fill(password)
  await page.locator('#terms').check()
  await page.locator('main form button').dblclick()
  await at(page, '/welcome')
  assert.equal((await site.standIns.state()).accounts.length, 1)
  assert.deepEqual(complaints, [])
})

import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import axe, { type AxeResults } from 'axe-core'
import { type ConfigData, HtmlValidate, StaticConfigLoader } from 'html-validate'
import type { Browser, Page } from 'playwright-core'
import { cutOff, tooWide } from '../e2e/layout.ts'
import { openTab } from '../e2e/tab.ts'
import { openBrowser } from '../lab/browser.ts'
import { startOperatorSite } from './operator-site.ts'

const presets = ['recommended', 'standard', 'document', 'a11y', 'prettier']
const htmlRules: ConfigData = { root: true, extends: presets.map((preset) => `html-validate:${preset}`) }
const paths = [
  '/admin',
  '/admin?text=nothing',
  '/admin?done=again',
  '/admin/searches',
  '/admin/queue',
] as const

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

const counts = { waiting: 12, active: 3, retry: 4, deadLetter: 5 }

/** A site with long names, long purposes, dead letters and searches. */
async function startFullSite(t: TestContext) {
  const site = await startOperatorSite(
    t,
    {},
    {
      counts: async () => ({ requests: counts, crm: counts, accounts: counts, mail: counts }),
      topSearches: async () => [{ query: 'w'.repeat(80), count: 12_345 }],
    },
  )
  const at = new Date().toISOString()
  for (let number = 0; number < 60; number++) {
    const email = `ann.${'x'.repeat(50)}${number}@${'long-domain.'.repeat(4)}example`
    const asked = {
      email,
      name: `Ann ${'Featherstonehaugh'.repeat(3)}`,
      company: 'C'.repeat(60),
      purpose: 'p'.repeat(500),
    }
    const { id } = await site.invites.request({ ...asked, at })
    if (number % 4 > 0) await site.invites.delivered(id, 1, at)
    if (number % 4 > 1) await site.invites.invite(id, at)
    if (number % 4 > 2) await site.invites.signedUp(id, 'a-workspace', at)
  }
  return site
}

type FullSite = Awaited<ReturnType<typeof startFullSite>>

async function signInTab({ url }: FullSite, width: number, colorScheme: 'light' | 'dark' = 'light') {
  const tab = await openTab(browser, {
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: 'reduce',
  })
  await tab.page.addInitScript(axe.source)
  await tab.page.goto(`${url}/admin/sign-in`)
  await tab.page.getByLabel('Name').fill('operator')
  await tab.page.getByLabel('Password').fill('operator')
  await tab.page.getByRole('button', { name: 'Sign in' }).click()
  await tab.page.waitForURL('**/admin')
  return tab
}

async function axeFindings(page: Page): Promise<string[]> {
  const rules = { 'target-size': { enabled: true } }
  const run = `axe.run({ resultTypes: ['violations'], rules: ${JSON.stringify(rules)} })`
  const { violations } = (await page.evaluate(run)) as AxeResults
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`))
}

test('html-validate finds nothing in the pages for operators', async (t) => {
  const site = await startFullSite(t)
  const operator = await site.signIn()
  const validator = new HtmlValidate(new StaticConfigLoader(htmlRules))
  for (const path of paths) {
    const { results } = await validator.validateString(await (await operator.get(path)).text(), path)
    const found = results.flatMap(({ messages }) => messages)
    assert.deepEqual(
      found.map(({ ruleId, selector, message }) => `${ruleId} at ${selector}: ${message}`),
      [],
      path,
    )
  }
})

for (const [width, scheme] of [
  [375, 'light'],
  [375, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
] as const) {
  test(`axe finds nothing in the pages for operators, ${scheme}, at ${width} px`, async (t) => {
    const site = await startFullSite(t)
    const { page, complaints } = await signInTab(site, width, scheme)
    for (const path of paths) {
      await page.goto(site.url + path)
      assert.deepEqual(await axeFindings(page), [], path)
    }
    assert.deepEqual(complaints, [])
    await page.context().close()
  })
}

for (const width of [320, 768, 2560]) {
  test(`no page for operators is wider than a window of ${width} px, nor cut off`, async (t) => {
    const site = await startFullSite(t)
    const { page } = await signInTab(site, width)
    for (const path of paths) {
      await page.goto(site.url + path)
      await page.evaluate('for (const part of document.querySelectorAll("details")) part.open = true')
      assert.deepEqual([...(await tooWide(page)), ...(await cutOff(page))], [], path)
    }
    await page.context().close()
  })
}

test('however long a name is, buttons, times and summaries stay in one line', async (t) => {
  const site = await startFullSite(t)
  const { page } = await signInTab(site, 1200)
  const broken = await page.evaluate(`[...document.querySelectorAll('.invites :is(button, li, summary)')]
    .filter((part) => part.getClientRects()[0].height > 2 * parseFloat(getComputedStyle(part).fontSize) + 16)
    .map(({ localName, innerText }) => localName + ': ' + innerText)`)
  assert.deepEqual(broken, [])
  await page.context().close()
})

test('a click on Invite works without scripts, and is announced', async (t) => {
  const site = await startFullSite(t)
  const { page } = await openTab(browser, { javaScriptEnabled: false })
  await page.goto(`${site.url}/admin?state=delivered`)
  await page.getByLabel('Name').fill('operator')
  await page.getByLabel('Password').fill('operator')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/admin?state=delivered')
  await page
    .getByRole('button', { name: /^Invite/ })
    .first()
    .click()
  await page.getByRole('status').getByText('The invite is queued').waitFor()
  assert.equal(site.added.length, 1)
  await page.context().close()
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openInviteStore } from '../../app/invites/open-invite-store.ts'
import { openQueueIn, startQueueRedis } from '../deliveries/redis-queue.ts'
import { openBrowser } from '../lab/browser.ts'
import { invited } from '../signup/invited.ts'
import { startSite } from '../site/site.ts'
import { until } from '../until.ts'

/** The names in the table of the Privacy page, by what they are. */
function namedOnPage(what: string): string[] {
  const page = readFileSync('content/pages/privacy.md', 'utf8')
  return [...page.matchAll(/^\| `([^`]+)`, an? ([a-z ]+)/gm)]
    .filter(([, , kind = '']) => kind.startsWith(what))
    .map(([, name = '']) => name)
    .sort()
}

/** A site with a queue in Redis, which the board of the operators needs, and somebody invited. */
async function startWholeSite(t: TestContext) {
  const redis = await startQueueRedis()
  t.after(() => redis.remove())
  await (await openQueueIn(redis)).close()
  const site = await startSite(t, { queueUrl: redis.url })
  const invites = await openInviteStore(redis.url)
  t.after(() => invites.close())
  const known = () => invited(invites, site.config.signupSecrets[0] ?? '')
  await until(() => known().then(() => true), 'the store of the invites')
  return { url: site.url, link: (await known()).link }
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/admin/sign-in`)
  await page.getByLabel('Name').fill('operator')
  await page.getByLabel('Password').fill('operator')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/admin')
}

test('what the site leaves in a browser is on the Privacy page, and nothing else', async (t) => {
  const { url, link } = await startWholeSite(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const context = await browser.newContext()
  const page = await context.newPage()
  const cookies = async () => (await context.cookies()).map(({ name }) => name).sort()

  for (const path of ['/', '/blog', '/search?q=home', '/invite', '/signup/link', '/nowhere']) {
    await page.goto(url + path)
  }
  await page.getByRole('button', { name: /theme/i }).click()
  assert.deepEqual(await cookies(), [], 'reading pages sets no cookie')
  for (const path of ['/session', link]) await page.goto(url + path)
  await signIn(page, url)
  await page.goto(`${url}/admin/queue`)
  await page.getByRole('button', { name: 'Collapse sidebar' }).click()
  await page.getByRole('button', { name: 'Expand sidebar' }).waitFor()

  assert.deepEqual(await cookies(), namedOnPage('cookie'))
  const stored = (await page.evaluate(
    '[Object.keys(localStorage), Object.keys(sessionStorage)]',
  )) as string[][]
  assert.deepEqual(stored.flat().sort(), namedOnPage('entry in local storage'))
  assert.deepEqual(await page.evaluate('indexedDB.databases()'), [])
})

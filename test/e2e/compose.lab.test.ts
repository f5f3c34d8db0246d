import assert from 'node:assert/strict'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../lab/browser.ts'
import { until } from '../until.ts'
import { composeUp, type Stack } from './compose.ts'
import { mark, openTab } from './tab.ts'

// Generous: a save shows in a fraction of this, but other tests keep the machine busy.
const soon = { timeout: 15_000 }

let stack: Stack
let browser: Browser
before(async () => {
  stack = await composeUp()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await stack?.down()
})

const edit = async (file: string, change: (text: string) => string) => {
  const path = join(stack.folder, file)
  await writeFile(path, change(await readFile(path, 'utf8')))
}

/** Opens a page of its own, so that no test depends on the site's words. */
async function openDraft(name: string): Promise<Page> {
  const text = `---\ntitle: Draft ${name}\n---\n\nFirst words of ${name}.\n`
  await writeFile(join(stack.folder, `content/pages/${name}.md`), text)
  await until(async () => (await fetch(`${stack.url}/${name}`)).status === 200, `the page ${name}`)
  const { page } = await openTab(browser)
  await Promise.all([page.waitForResponse(/\/_live$/, soon), page.goto(`${stack.url}/${name}`)])
  return page
}

test('every page of the menu opens in a browser without a complaint', async () => {
  const { page, complaints } = await openTab(browser)
  await page.goto(stack.url)
  const menu = await page.locator('nav[aria-label="Main"] a').all()
  const links = await Promise.all(menu.map(async (link) => String(await link.getAttribute('href'))))
  assert.ok(links.length >= 3)
  for (const link of new Set(links)) {
    const answer = await page.goto(new URL(link, stack.url).href)
    assert.equal(answer?.status(), 200, link)
    assert.ok(answer?.headers()['x-page-cache'], link)
    assert.ok((await page.locator('h1').innerText()).length > 0)
  }
  assert.deepEqual(complaints, [])
})

test('an unknown address shows the 404 page of the site', async () => {
  const { page } = await openTab(browser)
  const answer = await page.goto(`${stack.url}/no/such/page`)
  assert.equal(answer?.status(), 404)
  assert.ok((await page.locator('nav a').count()) > 0)
})

test('a saved Markdown file shows in the open browser, any number of times', async () => {
  const page = await openDraft('again')
  for (const word of ['second', 'third', 'fourth', 'fifth']) {
    await edit('content/pages/again.md', (text) => text.replace(/\w+ words/, `${word} words`))
    await page.getByText(`${word} words of again`).waitFor(soon)
  }
})

test('a saved style shows without a page load', async () => {
  const page = await openDraft('styled')
  await mark(page)
  await appendFile(join(stack.folder, 'app/static/css/site.css'), '\nh1 { letter-spacing: 7px !important }\n')
  const spacing = () =>
    page.locator('h1').evaluate((h1) => String(h1.computedStyleMap().get('letter-spacing')))
  await until(async () => (await spacing()) === '7px', 'the new style')
  assert.equal(await page.locator('[data-mark]').count(), 1)
})

test('a saved template shows in the open browser', async () => {
  const page = await openDraft('templated')
  await edit('app/views/page.njk', (text) => text.replace('{{ body', '<p>Words of the template</p>{{ body'))
  await page.getByText('Words of the template').waitFor(soon)
})

test('a saved TypeScript file restarts the app, and the open browser shows what it changes', async () => {
  const page = await openDraft('coded')
  await edit('app/pages/shared-context.ts', (text) =>
    text.replace('release: config.release', "release: 'of new code'"),
  )
  await page.getByText('of new code').waitFor({ timeout: 30_000 })
  await page.getByText('First words of coded').waitFor(soon)
})

test('a saved template of a mail restarts the worker', async () => {
  const starts = async () => (await stack.compose('logs', 'worker')).split('"msg":"working"').length - 1
  const before = await starts()
  await edit('app/views/mail/invite.text.njk', (text) => `${text}\n`)
  await until(async () => (await starts()) > before, 'the worker to start again')
})

test('broken content shows its fault where it is, and the rest of the site goes on', async () => {
  const page = await openDraft('broken')
  await edit('content/pages/broken.md', () => '---\ntitle: [never closed\n---\n')
  await page.getByText('pages/broken.md').first().waitFor(soon)
  assert.equal((await fetch(stack.url)).status, 200)
  await edit('content/pages/broken.md', () => '---\ntitle: Mended\n---\nWhole again.\n')
  await page.getByText('Whole again.').waitFor(soon)
})

test('a visitor is remembered through nginx, across a restart of the app', async () => {
  const { page } = await openTab(browser)
  await page.goto(`${stack.url}/session`)
  await page.locator('input[name=name]').fill('Ada')
  await page.locator('form[action="/session"] button').click()
  await page.getByText('Ada').first().waitFor(soon)
  await stack.compose('restart', 'webapp')
  await until(async () => (await fetch(stack.url)).status === 200, 'the app to be back', 60)
  // The first tab may just be reloading by itself.
  const another = await page.context().newPage()
  await another.goto(`${stack.url}/session`)
  await another.getByText('Ada').first().waitFor(soon)
})

test('without its stores the site is still there, and private pages say so', async () => {
  await stack.compose('kill', 'rediscache', 'redissessions')
  assert.equal((await fetch(stack.url)).status, 200)
  const refused = await fetch(`${stack.url}/session`)
  assert.equal(refused.status, 503)
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
  await stack.compose('up', '--detach', '--wait')
  await until(async () => (await fetch(`${stack.url}/session`)).status === 200, 'sessions to be back', 60)
})

test('nginx reaches the app and nothing behind it', async () => {
  const reach = (host: string, port: number) =>
    stack.compose('exec', '--no-TTY', 'nginx', 'bash', '-c', `exec 3<>/dev/tcp/${host}/${port}`)
  await reach('webapp', 8000)
  await assert.rejects(reach('rediscache', 6379))
  await assert.rejects(reach('redissessions', 6379))
  await assert.rejects(reach('redisqueue', 6379))
  await assert.rejects(reach('standins', 8001))
})

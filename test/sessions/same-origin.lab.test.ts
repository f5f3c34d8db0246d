import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, type TestContext, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openTab } from '../e2e/tab.ts'
import { filled, startInviteSite } from '../invites/invite-site.ts'
import { openBrowser } from '../lab/browser.ts'
import { startSite } from '../site/site.ts'
import { until } from '../until.ts'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

/** A page of somebody else, at another port; by its name of another site too. */
async function evilPage(t: TestContext, html: string): Promise<number> {
  const server = createServer((_req, res) => res.setHeader('Content-Type', 'text/html').end(html))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

const formTo = (url: string, fields: Record<string, string>, attributes = ''): string =>
  `<form method="post" action="${url}" ${attributes}>${Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
    .join('')}</form>`

const sendForm = '<script>onload = () => document.forms[0].submit()</script>'
const framed = (html: string, sandbox = ''): string =>
  `<iframe ${sandbox} srcdoc="${escaped(html)}"></iframe>`

/** Ways in which a page can have a browser send a form to another site, with the cookies of that site. */
const attacks: Record<string, (url: string, fields: Record<string, string>) => string> = {
  'a form': (url, fields) => formTo(url, fields) + sendForm,
  'a form as text/plain': (url, fields) => formTo(url, fields, 'enctype="text/plain"') + sendForm,
  'a form in parts': (url, fields) => formTo(url, fields, 'enctype="multipart/form-data"') + sendForm,
  'a form without a referrer': (url, fields) =>
    `<meta name="referrer" content="no-referrer">${formTo(url, fields)}${sendForm}`,
  'a form into a hidden frame': (url, fields) =>
    `<iframe name="hidden" hidden></iframe>${formTo(url, fields, 'target="hidden"')}${sendForm}`,
  'a form in a frame': (url, fields) => framed(formTo(url, fields) + sendForm),
  'a form in a sandbox': (url, fields) =>
    framed(formTo(url, fields) + sendForm, 'sandbox="allow-scripts allow-forms"'),
  fetch: (url, fields) =>
    `<script>fetch("${url}", { method: "POST", mode: "no-cors", credentials: "include", body: new URLSearchParams(${JSON.stringify(fields)}) })</script>`,
  'a beacon': (url, fields) =>
    `<script>navigator.sendBeacon("${url}", new URLSearchParams(${JSON.stringify(fields)}))</script>`,
}

/** Opens a page, and gives the status with which the site answers what the page has the browser send. */
async function attack(page: Page, evil: string, site: Server): Promise<number> {
  const { promise: answered, resolve } = Promise.withResolvers<number>()
  const watch: RequestListener = ({ method }, res) => {
    if (method === 'POST') res.on('finish', () => resolve(res.statusCode))
  }
  site.on('request', watch)
  await page.goto(evil, { waitUntil: 'commit' })
  const status = await answered
  site.off('request', watch)
  return status
}

for (const [evilHost, relation] of [
  ['127.0.0.1', 'of another origin'],
  ['localhost', 'of another site'],
] as const) {
  for (const [what, html] of Object.entries(attacks)) {
    test(`${what} on a page ${relation} queues nothing`, async (t) => {
      const site = await startInviteSite(t)
      for (const [path, fields] of [
        ['/invite', filled(site)],
        ['/signup/link', { email: 'ann@example.com' }],
      ] as const) {
        const { page } = await openTab(browser)
        const port = await evilPage(t, html(site.url + path, fields))
        assert.equal(await attack(page, `http://${evilHost}:${port}/`, site.server), 403)
        await page.context().close()
      }
      assert.deepEqual(site.tasks, [])
    })
  }

  test(`no page ${relation} can act in the session of a visitor`, async (t) => {
    const { page } = await openTab(browser)
    t.after(() => page.context().close())
    const site = await startSite(t)
    await page.goto(`${site.url}/session`)
    await page.locator('#name').fill('Ann')
    await page.getByRole('button', { name: 'Remember it' }).click()
    await page.getByText('Hello, Ann').waitFor()
    const storageState = await page.context().storageState()
    for (const [what, html] of Object.entries(attacks)) {
      for (const [path, fields] of [
        ['/session', { name: 'Evil' }],
        ['/session/forget', {}],
      ] as const) {
        const { page: tab } = await openTab(browser, { storageState })
        const port = await evilPage(t, html(site.url + path, fields))
        const status = await attack(tab, `http://${evilHost}:${port}/`, site.server)
        assert.equal(status, 403, `${what} to ${path}`)
        await tab.context().close()
      }
    }
    await page.goto(`${site.url}/session`)
    await until(() => page.getByText('Hello, Ann').isVisible(), 'the name that the visitor gave')
  })
}

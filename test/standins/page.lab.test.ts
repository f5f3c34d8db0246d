import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import axe, { type AxeResults } from 'axe-core'
import nodemailer from 'nodemailer'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../lab/browser.ts'
import { type RunningStandIns, runStandIns, secret, upsertOf, upsertPath } from './running.ts'

interface Opened {
  readonly standIns: RunningStandIns
  readonly browser: Browser
  readonly siteUrl: string
  /** What the site was asked for, as `METHOD path`, with the Referer. */
  readonly asked: { readonly what: string; readonly referer: string | undefined }[]
}

/** The stand-ins with a contact and a mail, a site that takes everything, and a browser. */
async function open(t: TestContext): Promise<Opened> {
  const asked: Opened['asked'] = []
  const site = createServer((req, res) => {
    asked.push({ what: `${req.method} ${req.url}`, referer: req.headers.referer })
    req.resume()
    res.end('<!doctype html><title>The site</title><p>Welcome')
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => site.once('listening', listening))
  const siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  const standIns = await runStandIns(t, { siteUrl, crmWebhookSecret: secret })
  await standIns.call(upsertPath, upsertOf('ada@example.com', { firstname: 'Ada', company: 'Engines' }))
  const mailer = nodemailer.createTransport(standIns.mailUrl)
  await mailer.sendMail({
    from: 'hello@example.com',
    to: 'ada@example.com',
    subject: 'You are invited',
    text: `Open ${siteUrl}/signup?token=text`,
    html: `<p>Hello<p><a href="${siteUrl}/signup?token=html">Open</a><img src="${siteUrl}/pixel"><script>location = '${siteUrl}/script'</script>`,
  })
  mailer.close()
  const browser = await openBrowser()
  t.after(async () => {
    await browser.close()
    site.closeAllConnections()
    site.close()
  })
  return { standIns, browser, siteUrl, asked }
}

test('without scripts, a click invites and a click makes a fault', async (t) => {
  const { standIns, browser, asked } = await open(t)
  const page = await browser.newPage({ javaScriptEnabled: false })
  await page.goto(standIns.url)
  await page.getByRole('button', { name: 'Invite ada@example.com' }).click()
  await page.getByRole('cell', { name: 'invited', exact: true }).waitFor()
  assert.ok(asked.some(({ what }) => what === 'POST /hooks/crm'))
  await page.getByRole('form', { name: 'CRM' }).getByRole('button', { name: 'fail' }).click()
  await page.getByRole('form', { name: 'CRM fail' }).waitFor()
  assert.equal((await standIns.call('/crm/v3/objects/contacts')).status, 500)
})

test('links of a mail open from its text and its HTML, without a Referer; nothing else of it is asked for', async (t) => {
  const { standIns, browser, asked } = await open(t)
  const page = await browser.newPage()
  await page.goto(standIns.url)
  await page.getByRole('link', { name: 'You are invited' }).click()
  const popup = page.waitForEvent('popup')
  await page.frameLocator('iframe').getByRole('link', { name: 'Open' }).click()
  await (await popup).getByText('Welcome').waitFor()
  await page.getByRole('link', { name: /token=text/ }).click()
  await page.getByText('Welcome').waitFor()
  const pages = asked.filter(({ what }) => !/favicon|hooks/.test(what))
  assert.deepEqual(pages, [
    { what: 'GET /signup?token=html', referer: undefined },
    { what: 'GET /signup?token=text', referer: undefined },
  ])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the pages of the stand-ins, ${colorScheme}, wide and narrow`, async (t) => {
    const { standIns, browser } = await open(t)
    const [mail] = (await standIns.state()).mails
    await standIns.setFault('mail', 'slow')
    for (const width of [320, 1440]) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } })
      for (const path of ['/', `/mails/${mail?.id}`]) {
        await page.goto(standIns.url + path)
        await page.evaluate(axe.source)
        const results: AxeResults = await page.evaluate('axe.run({ iframes: false })')
        assert.deepEqual(
          results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
          [],
        )
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        assert.ok(Number(overflow) <= 0, `${path} is wider than ${width} px`)
      }
    }
  })
}

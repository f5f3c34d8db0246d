import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import nodemailer from 'nodemailer'
import { type RunningStandIns, runStandIns, secret, upsertOf, upsertPath } from './running.ts'

const textOf = async (url: string) => (await fetch(url)).text()

const post = (url: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers })

async function withMail(t: TestContext, html: string): Promise<RunningStandIns & { mail: string }> {
  const standIns = await runStandIns(t)
  const mailer = nodemailer.createTransport(standIns.mailUrl)
  await mailer.sendMail({
    from: 'hello@example.com',
    to: 'ada@example.com',
    subject: 'Come <b>in</b>',
    text: 'Open https://www.example.com/signup?token=a.b&x=<1>',
    html,
  })
  mailer.close()
  const [mail] = (await standIns.state()).mails
  return { ...standIns, mail: `${standIns.url}/mails/${mail?.id}` }
}

test('the page shows contacts, accounts and mails, and escapes what strangers wrote', async (t) => {
  const { url, call } = await withMail(t, '')
  await call(upsertPath, upsertOf('ada@example.com', { firstname: '<script>alert(1)</script>' }))
  await call('/v1/accounts', {
    method: 'POST',
    body: JSON.stringify({
      email: 'ada@example.com',
      name: '<i>Ada</i>',
      workspace: 'ada',
      password: 'three horses',
    }),
    headers: { 'idempotency-key': '0123456789abcdef' },
  })
  const page = await textOf(url)
  assert.match(page, /&lt;script&gt;alert\(1\)/)
  assert.match(page, /<bdi>&lt;i&gt;Ada/)
  assert.match(page, /Come &lt;b&gt;in/)
  assert.doesNotMatch(page, /<script/)
})

test('the page shows the newest fifty contacts and says how many there are', async (t) => {
  const { url, call } = await runStandIns(t)
  const inputs = Array.from({ length: 60 }, (_, index) => ({
    id: `person${index}@example.com`,
    idProperty: 'email',
    properties: {},
  }))
  await call(upsertPath, { method: 'POST', body: JSON.stringify({ inputs }) })
  const page = await textOf(url)
  assert.equal(page.match(/aria-label="Invite /g)?.length, 50)
  assert.match(page, /person59@/)
  assert.doesNotMatch(page, /person9@/)
  assert.match(page, /The newest 50 of 60/)
})

test('a click on Invite invites the contact and tells the site', async (t) => {
  const told: string[] = []
  const site = createServer((req, res) => {
    told.push(req.url ?? '')
    req.resume()
    res.writeHead(204).end()
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => site.once('listening', listening))
  t.after(() => {
    site.closeAllConnections()
    site.close()
  })
  const siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  const { url, call, state } = await runStandIns(t, { siteUrl, crmWebhookSecret: secret })
  await call(upsertPath, upsertOf('ada@example.com'))
  const [contact] = (await state()).contacts
  const answer = await post(`${url}/contacts/${contact?.id}/invite`, {}, { 'sec-fetch-site': 'same-origin' })
  assert.equal(answer.status, 303)
  assert.deepEqual(told, ['/hooks/crm'])
  const [invited] = (await state()).contacts
  assert.equal(invited?.properties.invite_status, 'invited')
  assert.equal(invited?.webhook?.state, 'delivered')
  const page = await textOf(url)
  assert.doesNotMatch(page, /aria-label="Invite /)
  assert.match(page, /delivered/)
})

test('a switch on the page makes a fault, and heals it', async (t) => {
  const { url, call } = await runStandIns(t)
  const fromPage = { origin: url }
  await post(`${url}/faults`, { system: 'accounts', fault: 'fail' }, fromPage)
  assert.equal((await call('/v1/workspaces/abc')).status, 503)
  assert.match(await textOf(url), /value="fail" aria-pressed="true"/)
  await post(`${url}/faults`, { system: 'accounts', fault: '' }, fromPage)
  assert.equal((await call('/v1/workspaces/abc')).status, 200)
})

for (const [from, headers] of [
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
  ['another origin, in an old browser', { origin: 'http://evil.example' }],
  ['nowhere', {}],
  ['a sandbox', { origin: 'null' }],
] as const) {
  test(`a form that comes from ${from} changes nothing`, async (t) => {
    const { url, call } = await runStandIns(t)
    const answer = await post(`${url}/faults`, { system: 'crm', fault: 'fail' }, headers)
    assert.equal(answer.status, 403)
    assert.equal((await call('/crm/v3/objects/contacts')).status, 200)
    const simple = { 'content-type': 'text/plain', ...headers }
    const body = '{"system":"crm","fault":"fail"}'
    await fetch(`${url}/_standins/faults`, { method: 'POST', body, headers: simple })
    assert.equal((await call('/crm/v3/objects/contacts')).status, 200)
  })
}

test('the text of a mail has links to click, and is escaped', async (t) => {
  const { mail } = await withMail(t, '')
  const page = await textOf(mail)
  assert.match(page, /<a href="https:\/\/www\.example\.com\/signup\?token=a\.b&amp;x=">[^<]*<\/a>&lt;1&gt;/)
})

test('the HTML of a mail comes in a frame that runs nothing, loads nothing and opens links outside', async (t) => {
  const { mail } = await withMail(t, '<p>Hello<script>alert(1)</script>')
  const page = await fetch(mail)
  assert.match(await page.text(), /<iframe[^>]* sandbox="allow-popups allow-popups-to-escape-sandbox"/)
  assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'/)
  const frame = await fetch(`${mail}/html`)
  const policy = frame.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /sandbox allow-popups allow-popups-to-escape-sandbox$/)
  assert.equal(frame.headers.get('referrer-policy'), 'no-referrer')
  assert.match(await frame.text(), /<base target="_blank">/)
})

test('what is not there is 404', async (t) => {
  const { url } = await runStandIns(t)
  for (const path of ['/x', '/mails/x', '/mails/x/html']) assert.equal((await fetch(url + path)).status, 404)
})

import assert from 'node:assert/strict'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { memoryInviteStore } from '../../app/invites/memory-invite-store.ts'
import { invited } from './invited.ts'
import { startSteps } from './step-site.ts'
import { hiddenFields, visitorOf } from './visitor.ts'

/** Status, headers as they were sent, in their order and spelling, and body: without what is made for one visitor. */
async function sentBytes(
  url: string,
  { cookie = '', form }: { cookie?: string; form?: Record<string, string> } = {},
): Promise<string> {
  const headers = {
    origin: new URL(url).origin,
    ...(cookie && { cookie }),
    ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
  }
  const asked = request(url, { method: form ? 'POST' : 'GET', headers })
  asked.end(form && new URLSearchParams(form).toString())
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    asked.on('response', resolve).on('error', reject),
  )
  const body = await text(answer)
  return [answer.statusCode, ...answer.rawHeaders, body]
    .join('\n')
    .replace(/^Date\n.*$/m, 'Date')
    .replace(/^session=[^;]+(.*Expires=)[^;]+/m, 'session=$1')
    .replace(/(name="(?:csrf|token)" value=")[\w.-]{43,}"/g, '$1"')
}

/** A token of each kind, and somebody who may send forms. */
async function startWithTokens(t: TestContext) {
  const site = await startSteps(t)
  const { invites, config } = site.parts
  const [secret = ''] = config.signupSecrets
  const used = await site.invite({ email: 'used@example.com' })
  await visitorOf(site.url).submit(used.link)
  const done = await site.invite({ email: 'done@example.com' })
  await invites.signedUp(done.id, 'engine', new Date().toISOString())
  const gone = await site.invite({ email: 'gone@example.com' })
  await invites.forget(gone.id)
  const { token: good } = await site.invite()
  const signed = {
    used: used.token,
    'of somebody signed up': done.token,
    'of an invite that is gone': gone.token,
    'of no invite': (await invited(memoryInviteStore(), secret)).token,
  }
  const unread = {
    expired: (await site.invite({ expires: Date.now() - 1 })).token,
    forged: (await invited(memoryInviteStore(), 'x'.repeat(32))).token,
    changed: good.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    'cut short': good.slice(0, -7),
    malformed: '"><script>',
    missing: '',
  }
  return { url: site.url, good, signed, unread }
}

const linkOf = (url: string, token: string) => `${url}/signup?token=${encodeURIComponent(token)}`

/** Asserts that all are answered as the first one is. */
async function assertSame(
  answers: Readonly<Record<string, string>>,
  ask: (token: string) => Promise<string>,
): Promise<string> {
  const [[, first = ''] = []] = Object.entries(answers)
  const expected = await ask(first)
  for (const [name, token] of Object.entries(answers)) assert.equal(await ask(token), expected, name)
  return expected
}

test('who reads a link learns not whether it was used, nor whether there is an invite', async (t) => {
  const { url, good, signed } = await startWithTokens(t)
  const page = await assertSame({ good, ...signed }, (token) => sentBytes(linkOf(url, token)))
  assert.match(page, /^200\n/)
})

test('links that were not signed here, or too long ago, are read with the same bytes, headers too', async (t) => {
  const { url, unread } = await startWithTokens(t)
  const page = await assertSame(unread, (token) => sentBytes(linkOf(url, token)))
  assert.match(page, /^404\n/)
})

test('no token that opens nothing is told from another when it is sent, by no byte and no header', async (t) => {
  const { url, good, signed, unread } = await startWithTokens(t)
  const send = async (token: string) => {
    const visitor = visitorOf(url)
    const fields = hiddenFields(await (await visitor.get(`/signup?token=${good}`)).text())
    return sentBytes(`${url}/signup`, { cookie: visitor.cookie, form: { ...fields, token } })
  }
  assert.match(await assertSame({ ...signed, ...unread }, send), /^404\n/)
})

test('without the cookie of the page, a good link is sent in vain, like all that were signed here', async (t) => {
  const { url, good, signed } = await startWithTokens(t)
  const send = (token: string) => sentBytes(`${url}/signup`, { form: { token, csrf: 'x'.repeat(43) } })
  assert.match(await assertSame({ good, ...signed }, send), /^403\n/)
})

import assert from 'node:assert/strict'
import type { OutgoingHttpHeaders } from 'node:http'
import { before, type TestContext, test } from 'node:test'
import { routes } from '../../app/routes.ts'
import { handlersBy } from '../../app/signup-side.ts'
import { ask } from '../nginx/ask.ts'
import { startSite, type TestSite } from '../site/site.ts'

/** Two values are a header that is sent twice. */
type Headers = Readonly<Record<string, string | string[]>>

const host = 'www.example.com'
const right = `http://${host}`

const forged: readonly Headers[] = [
  {},
  { referer: `${right}/invite` },
  ...[
    'cross-site',
    'same-site',
    '',
    'Same-Origin',
    '"same-origin"',
    'same-origin;q=1',
    'none, cross-site',
  ].map((site) => ({ 'sec-fetch-site': site })),
  { 'sec-fetch-site': ['same-origin', 'cross-site'] },
  { 'sec-fetch-site': ['cross-site', 'same-origin'] },
  { 'sec-fetch-site': 'cross-site', origin: right },
  { 'sec-fetch-site': 'same-site', origin: right },
  { 'sec-fetch-site': '', origin: right },
  ...[
    '',
    'null',
    'http://evil.example',
    'http://example.com',
    `http://sub.${host}`,
    `${right}.evil.example`,
    `${right}.`,
    `${right}:8443`,
    `https://${host}:80`,
    `http://evil.example/${host}`,
    `http://evil.example?${host}`,
    `${right}@evil.example`,
    `http://evil.example@${host}`,
    `http://user:password@${host}`,
    `http://@${host}`,
    `${right}/`,
    `${right}/evil`,
    `${right}#evil`,
    `${right}\\@evil.example`,
    'http://www%2eexample.com',
    host,
    `//${host}`,
    `file://${host}`,
    `chrome-extension://${host}`,
    `${right}, http://evil.example`,
    `http://evil.example, ${right}`,
    `${right} http://evil.example`,
  ].map((origin) => ({ origin })),
  { origin: [right, 'http://evil.example'] },
  { origin: ['http://evil.example', right] },
  { origin: [right, right] },
]

const own: readonly Headers[] = [
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'same-origin', origin: right },
  { 'sec-fetch-site': 'none' },
  { origin: right },
  { origin: `https://${host}` },
  { origin: right.toUpperCase() },
  { origin: right, host: host.toUpperCase() },
  { origin: `${right}:8443`, host: `${host}:8443` },
]

/** Everything a visitor may write to, as the site lists it. */
function writable(): { method: string; path: string }[] {
  const nothing = new Proxy({}, { get: () => () => {} })
  const parts = {
    health: nothing,
    search: nothing,
    visitor: nothing,
    console: nothing,
    signup: handlersBy(() => () => {}),
  }
  const table = routes({ ...parts, live: undefined } as unknown as Parameters<typeof routes>[0])
  return [...table.form, ...table.private, ...table.operator]
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => ({ method, path: path.replace(/\{?\*path\}?/, 'api/queues') }))
    .flatMap(({ method, path }) =>
      (method === 'ALL' ? ['POST', 'PUT', 'PATCH', 'DELETE'] : [method]).map((each) => ({
        method: each,
        path,
      })),
    )
}

let site: TestSite
before(async (t) => {
  // The hook's context ends with the file.
  site = await startSite(t as TestContext)
})

const send = (method: string, path: string, headers: Headers, { url } = site) =>
  ask(Number(new URL(url).port), {
    method,
    path,
    headers: {
      host,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    } as OutgoingHttpHeaders,
    ...(method !== 'GET' && { body: 'email=ann%40example.com&name=Ann' }),
  })

test('there is something to protect', () => {
  const paths = writable().map(({ path }) => path)
  for (const path of ['/invite', '/signup/link', '/signup', '/signup/account', '/sign-out', '/admin/invites'])
    assert.ok(paths.includes(path), path)
})

for (const { method, path } of writable()) {
  test(`${method} ${path} refuses every request that is not known to be from our pages`, async () => {
    for (const headers of forged) {
      const answer = await send(method, path, headers)
      assert.equal(answer.status, 403, JSON.stringify(headers))
      assert.match(answer.text, /This form has to be sent from this site/)
      assert.deepEqual(answer.all('set-cookie'), [])
    }
  })
}

for (const path of ['/session', '/signup/link', '/invite']) {
  test(`POST ${path} takes what is from our pages`, async () => {
    for (const headers of own) {
      const answer = await send('POST', path, headers)
      assert.notEqual(answer.status, 403, JSON.stringify(headers))
    }
  })
}

test('the host that a client claims in X-Forwarded-Host is not believed', async (t) => {
  const alone = await startSite(t, { trustProxy: '192.0.2.1' })
  const claim = { 'x-forwarded-host': 'evil.example' }
  assert.equal(
    (await send('POST', '/session', { ...claim, origin: 'http://evil.example' }, alone)).status,
    403,
  )
  assert.equal((await send('POST', '/session', { ...claim, origin: right }, alone)).status, 303)
})

test('reading is open to links from everywhere', async () => {
  for (const path of ['/invite', '/signup/link', '/session'])
    for (const headers of forged) assert.equal((await send('GET', path, headers)).status, 200, path)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Question } from './ask.ts'
import { type Front, startFront, untilServing } from './front.ts'

const expected: Record<string, RegExp> = {
  'Content-Security-Policy': /^default-src 'none';(?!.*unsafe).* frame-ancestors 'none'/,
  'X-Content-Type-Options': /^nosniff$/,
  'X-Frame-Options': /^DENY$/,
  'Referrer-Policy': /^strict-origin$/,
  'Permissions-Policy': /camera=\(\), .*geolocation=\(\)/,
  'Cross-Origin-Opener-Policy': /^same-origin$/,
  'Cross-Origin-Embedder-Policy': /^require-corp$/,
  'Cross-Origin-Resource-Policy': /^same-origin$/,
  'X-Request-Id': /^[0-9a-f]{32}$/,
}

const answers: Record<string, string | Question> = {
  'a page': '/page',
  'a page that is asked past the cache': '/admin/page',
  'a page of the queue': '/admin/queue/page',
  'a form that is sent to a public page': { path: '/page', method: 'POST', body: 'x' },
  'a redirect of the app': '/moved',
  'an error page of the app': '/status/503',
  'an error page of nginx': '/readyz',
  'a refused body': { path: '/page', method: 'POST', body: 'x'.repeat(70_000) },
  'a malformed request': { path: '/page', headers: { Host: 'a/b' } },
  'a root file': '/favicon.ico',
  'the style of the error pages': '/errors/error.css',
  'the health of nginx': '/healthz',
}

let front: Front
before(async () => {
  front = await startFront()
  await front.startUpstream()
  await untilServing(front)
})
after(() => front.stop())

for (const [what, question] of Object.entries(answers)) {
  test(`${what} carries each security header exactly once`, async () => {
    const answer = await front.ask(question)
    for (const [name, value] of Object.entries(expected)) {
      const [only, ...more] = answer.all(name)
      assert.match(only ?? '', value, name)
      assert.deepEqual(more, [], `${name} is sent more than once`)
    }
  })
}

test('only pages of the queue have a policy without trusted types', async () => {
  const policy = async (path: string) => String((await front.ask(path)).headers['content-security-policy'])
  assert.match(await policy('/admin/queue/page'), /base-uri 'self'/)
  assert.doesNotMatch(await policy('/admin/queue/page'), /trusted-types/)
  for (const path of ['/page', '/admin/page', '/readyz'])
    assert.match(await policy(path), /require-trusted-types/)
})

test('nothing tells which software or version answers', async () => {
  for (const path of ['/page', '/readyz']) {
    const { headers, text } = await front.ask(path)
    assert.equal(headers.server, 'nginx')
    assert.equal(headers['x-powered-by'], undefined)
    assert.doesNotMatch(text, /nginx/)
  }
})

test('HSTS and upgrades are for TLS alone', async () => {
  const { headers } = await front.ask('/page')
  assert.equal(headers['strict-transport-security'], undefined)
  assert.doesNotMatch(String(headers['content-security-policy']), /upgrade-insecure-requests/)
})

test('what a client says about itself is replaced by what nginx knows', async () => {
  const claims = {
    'X-Forwarded-For': '6.6.6.6',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'evil.test',
  }
  const more = {
    'X-Real-IP': '6.6.6.6',
    'X-Request-Id': 'mine',
    Forwarded: 'for=6.6.6.6',
    Proxy: 'http://evil.test',
    'X-Health-Check': 'evil.test',
  }
  const answer = await front.ask({
    path: '/echo',
    headers: { ...claims, ...more, Host: 'dogfood.test:8080' },
  })
  const { headers } = JSON.parse(answer.text)
  assert.doesNotMatch(answer.text, /6\.6\.6\.6|evil\.test|mine/)
  assert.match(headers['x-forwarded-for'], /^\d+\.\d+\.\d+\.\d+$/)
  assert.equal(headers['x-forwarded-proto'], 'http')
  assert.equal(headers.host, 'dogfood.test:8080')
  assert.equal(headers['x-forwarded-host'], 'dogfood.test:8080')
  assert.equal(headers['x-request-id'], answer.headers['x-request-id'])
})

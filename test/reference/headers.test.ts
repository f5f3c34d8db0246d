import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  applicationHeaders,
  cacheControls,
  forwardedMeanings,
  nginxMeanings,
  pageCacheResults,
  securityMeanings,
  transportHeaders,
} from '../../reference/header-table.ts'
import {
  headersToApp,
  ownHeaders,
  type SentHeader,
  securityHeaders,
  withoutTls,
} from '../../reference/nginx.ts'
import { askForEverything } from './answers.ts'

test('every header of the application is in the reference, and every one there is sent', async (t) => {
  const answers = await askForEverything(t)
  const known = new Set([...Object.keys(applicationHeaders), ...transportHeaders])
  const seen = new Set<string>()
  for (const { question, answer } of answers) {
    for (const name of answer.rawNames) {
      seen.add(name)
      assert.ok(known.has(name), `${name}, on ${question.path}: describe it in reference/header-table.ts`)
    }
  }
  for (const name of Object.keys(applicationHeaders)) assert.ok(seen.has(name), `${name} was never sent`)
})

test('each kind of answer tells caches what the reference says', async (t) => {
  for (const { kind, question, answer } of await askForEverything(t)) {
    const said = answer.headers['cache-control']
    assert.equal(said, cacheControls[kind], `${question.method ?? 'GET'} ${question.path}`)
  }
})

test('every answer that names a cache names one of the reference', async (t) => {
  const named = (await askForEverything(t)).map(({ answer }) => answer.headers['x-page-cache'])
  const values = named.filter((value) => value !== undefined).map(String)
  for (const value of values) assert.ok(Object.keys(pageCacheResults).includes(value), value)
  for (const value of ['memory', 'render', 'bypass']) assert.ok(values.includes(value), value)
})

const described: Readonly<Record<string, [readonly SentHeader[], Readonly<Record<string, string>>]>> = {
  'security headers': [securityHeaders(), securityMeanings],
  'headers of nginx alone': [ownHeaders(), nginxMeanings],
  'headers to the application': [headersToApp(), forwardedMeanings],
}

for (const [what, [headers, meanings]] of Object.entries(described)) {
  test(`the ${what} of the reference are those of the configuration`, () => {
    const names = new Set(headers.map(({ name }) => name))
    assert.ok(names.size >= 4)
    assert.deepEqual([...names].sort(), Object.keys(meanings).sort())
  })
}

test('a header that is there over TLS only is told from one that differs there', () => {
  assert.equal(withoutTls('Strict-Transport-Security'), undefined)
  const overTls = securityHeaders().find(({ name }) => name === 'Content-Security-Policy')?.value
  assert.equal(overTls, `${withoutTls('Content-Security-Policy')}; upgrade-insecure-requests`)
})

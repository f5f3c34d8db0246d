import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { contentFolder, pages, startSite } from '../site/site.ts'

test('a page is rendered for its first visitor and comes from memory for every other', async (t) => {
  const site = await startSite(t)
  const [first, second] = [await site.get('/docs'), await site.get('/docs')]
  assert.deepEqual([first.status, first.headers.get('x-page-cache')], [200, 'render'])
  assert.equal(second.headers.get('x-page-cache'), 'memory')
  assert.equal(await first.text(), await second.text())
})

test('a public answer says how it may be kept, and sets no cookie', async (t) => {
  const { headers } = await (await startSite(t)).get('/docs')
  assert.match(headers.get('etag') ?? '', /^"[\w-]{22}-br"$|^"[\w-]{22}-gzip"$/)
  assert.equal(headers.get('cache-control'), 'public, max-age=0, s-maxage=3600')
  assert.equal(headers.get('vary'), 'Accept-Encoding')
  assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
  assert.equal(headers.get('set-cookie'), null)
})

test('a public answer names the cache, instance and release it came from', async (t) => {
  const site = await startSite(t, { instance: 'web "1"', release: 'v7' })
  const first = await site.get('/docs')
  assert.equal(
    first.headers.get('server-timing'),
    'cache;desc=render, instance;desc="web ?1?", release;desc="v7"',
  )
  const etag = first.headers.get('etag') ?? ''
  const visits: Record<string, string>[] = [{}, { 'if-none-match': etag }]
  for (const headers of visits)
    assert.match((await site.get('/docs', headers)).headers.get('server-timing') ?? '', /^cache;desc=memory,/)
})

test('front matter changes how long a page is kept', async (t) => {
  const { headers } = await (await startSite(t)).get('/docs/next')
  assert.equal(headers.get('cache-control'), 'public, max-age=0, s-maxage=60')
})

test('each encoding unpacks to the same page', async (t) => {
  const site = await startSite(t)
  const texts = await Promise.all(
    ['br', 'gzip', 'identity'].map(async (encoding) => {
      const answer = await site.get('/docs', { 'accept-encoding': encoding })
      assert.equal(answer.headers.get('content-encoding'), encoding === 'identity' ? null : encoding)
      return answer.text()
    }),
  )
  assert.equal(new Set(texts).size, 1)
  assert.match(texts[0] ?? '', /Read <a href="\/docs\/next">/)
})

test('a visitor who has the page gets 304, however the tag is written', async (t) => {
  const site = await startSite(t)
  const etag = (await site.get('/docs')).headers.get('etag') ?? ''
  for (const condition of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const answer = await site.get('/docs', { 'if-none-match': condition })
    assert.deepEqual(
      [answer.status, answer.headers.get('etag'), await answer.text()],
      [304, etag, ''],
      condition,
    )
  }
  assert.equal((await site.get('/docs', { 'if-none-match': '"other"' })).status, 200)
})

test('HEAD answers like GET without the page', async (t) => {
  const site = await startSite(t)
  const got = await site.get('/docs', { 'accept-encoding': 'identity' })
  const length = (await got.arrayBuffer()).byteLength
  const answer = await fetch(`${site.url}/docs`, {
    method: 'HEAD',
    headers: { 'accept-encoding': 'identity' },
  })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-length'), String(length))
  assert.equal(await answer.text(), '')
})

test('unknown query parameters neither vary nor fill the cache', async (t) => {
  const site = await startSite(t)
  await site.get('/docs')
  for (const query of ['?a=1', '?utm_source=x&b', '?']) {
    assert.equal((await site.get(`/docs${query}`)).headers.get('x-page-cache'), 'memory', query)
  }
})

test('every way of writing an address leads to one', async (t) => {
  const site = await startSite(t)
  const ways = [
    '/docs/',
    '//docs',
    '/docs/index.html',
    '/docs.html',
    '/%64ocs',
    '/docs.md',
    '/docs/README.md',
    '/\\docs',
  ]
  for (const way of ways) {
    const { status, headers } = await raw(site.url, way)
    assert.deepEqual([status, headers.location], [308, '/docs'], way)
  }
  assert.equal((await raw(site.url, '/docs/?a=1')).headers.location, '/docs?a=1')
  assert.equal((await raw(site.url, '/index.html')).headers.location, '/')
  const moved = await raw(site.url, '/manual')
  assert.deepEqual([moved.status, moved.headers.location], [301, '/docs'])
})

test('an old address counts as it was written, and keeps its query', async (t) => {
  const old = '---\ntitle: New\nredirect_from: [/old.html, /archive/index.html, /notes.md]\n---\nText.\n'
  const site = await startSite(t, { contentDir: contentFolder({ ...pages, 'pages/new.md': old }) })
  for (const path of ['/old.html', '/archive/index.html', '/notes.md', '/old.html/']) {
    const { status, headers } = await raw(site.url, `${path}?a=1`)
    assert.deepEqual([status, headers.location], [301, '/new?a=1'], path)
    assert.equal(headers['x-page-cache'], 'bypass')
  }
})

test('private pages have one address too', async (t) => {
  const site = await startSite(t)
  assert.equal((await raw(site.url, '/session/')).headers.location, '/session')
  assert.equal((await raw(site.url, '/SESSION')).status, 404)
})

test('a request that names the whole address is understood', async (t) => {
  const site = await startSite(t)
  assert.equal((await raw(site.url, `${site.url}/docs?a=1`)).status, 200)
  assert.equal((await raw(site.url, '/healthz?x')).status, 200)
})

test('a file of the content cannot take the place of a private page', async (t) => {
  const contentDir = contentFolder({ ...pages, 'pages/session.md': '---\ntitle: Taken\n---\nText.\n' })
  const site = await startSite(t, { contentDir })
  assert.equal((await site.get('/session')).headers.get('cache-control'), 'private, no-store')
})

test('no redirect leads to another host', async (t) => {
  const site = await startSite(t)
  for (const path of [
    '//evil.example/',
    '/\\evil.example/',
    '//evil.example/..',
    '/%2f/evil.example/',
    '/%5cevil.example/',
  ]) {
    const { status, headers } = await raw(site.url, path)
    assert.ok(
      status === 404 || /^\/[^/\\]/.test(headers.location ?? ''),
      `${path}: ${status} ${headers.location}`,
    )
  }
})

test('an address that is not a page is 404 for everybody, for five seconds', async (t) => {
  const site = await startSite(t, { liveReload: false })
  for (const path of [
    '/nowhere',
    '/..%2f..%2fetc/passwd',
    '/blog/page/1',
    '/blog/page/9',
    '/blog/tags/none',
  ]) {
    const { status, headers } = await raw(site.url, path)
    assert.equal(status, 404, path)
    assert.equal(headers['cache-control'], 'public, max-age=0, s-maxage=5')
    assert.equal(headers['x-accel-expires'], '5')
  }
})

test('an address that cannot be decoded is a bad request', async (t) => {
  assert.equal((await raw((await startSite(t)).url, '/docs/%ff')).status, 400)
})

test('another method than the address has is refused with those it has', async (t) => {
  const site = await startSite(t)
  const request = async (method: string, path: string) => {
    const { status, headers } = await fetch(site.url + path, { method, headers: { origin: site.url } })
    return [status, headers.get('allow')]
  }
  assert.deepEqual(await request('POST', '/docs'), [405, 'GET, HEAD'])
  assert.deepEqual(await request('POST', '/blog'), [405, 'GET, HEAD'])
  assert.deepEqual(await request('DELETE', '/session'), [405, 'GET, HEAD, POST'])
  assert.deepEqual(await request('GET', '/session/forget'), [405, 'POST'])
  assert.deepEqual(await request('POST', '/nowhere'), [404, null])
})

test('the blog lists posts, newest first, and by tag', async (t) => {
  const site = await startSite(t)
  const blog = await (await site.get('/blog')).text()
  assert.ok(blog.indexOf('/blog/second') < blog.indexOf('/blog/first'))
  const tagged = await (await site.get('/blog/tags/nginx')).text()
  assert.match(tagged, /First/)
  assert.doesNotMatch(tagged, /\/blog\/second"/)
  assert.equal((await site.get('/blog/first')).status, 200)
})

/** `fetch` tidies addresses; this sends them as they are. */
const raw = (
  url: string,
  path: string,
): Promise<{ status: number; headers: Record<string, string | undefined> }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    request({ hostname, port, path }, (res) => {
      res.resume()
      resolve({ status: res.statusCode ?? 0, headers: res.headers as Record<string, string | undefined> })
    })
      .on('error', reject)
      .end()
  })

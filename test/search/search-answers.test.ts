import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { readConfig } from '../../app/config/read.ts'
import { createLog } from '../../app/logging/log.ts'
import { openSite } from '../../app/pages/site.ts'
import { memoryCountStore } from '../../app/search/memory-count-store.ts'
import { monthOf, queryCounts } from '../../app/search/query-counts.ts'
import { searchAnswers } from '../../app/search/search-answers.ts'
import { siteSearch } from '../../app/search/site-search.ts'
import { Folder } from '../content/folder.ts'
import { contentFolder, pages, startSite } from '../site/site.ts'
import { post } from './searching.ts'

const lanterns = Object.fromEntries(
  Array.from({ length: 12 }, (_, n) => [`pages/lantern-${n}.md`, post(`Lantern ${n}`, 'It <b>shines</b>.')]),
)
const contentDir = () => contentFolder({ ...pages, ...lanterns })

test('the page of results needs no script, and marks what was searched', async (t) => {
  const site = await startSite(t, { contentDir: contentDir() })
  const answer = await site.get('/search?q=Lantern')
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('cache-control'), 'private, no-store')
  const html = await answer.text()
  assert.match(html, /12 pages for <q>Lantern<\/q>/)
  assert.equal(html.match(/<h2><a href="\/lantern-\d+"><mark>Lantern<\/mark> \d+<\/a><\/h2>/g)?.length, 10)
  assert.match(html, /<meta name="robots" content="noindex">/)
  assert.match(html, /<input id="page-search"[^>]* value="Lantern"/)
  assert.match(html, /href="\/search\?q=Lantern&amp;page=2"/)
})

test('the second page of results goes on where the first one ends', async (t) => {
  const site = await startSite(t, { contentDir: contentDir() })
  const html = await (await site.get('/search?q=lantern&page=2')).text()
  assert.equal(html.match(/<h2><a/g)?.length, 2)
  assert.match(html, /<ol class="search-results" start="11">/)
  assert.match(html, /rel="prev" href="\/search\?q=lantern"/)
  for (const page of ['99', '0', '-1', 'x', '1e9']) {
    assert.equal((await site.get(`/search?q=lantern&page=${page}`)).status, 200, page)
  }
})

test('a search without hits says so and offers ways on', async (t) => {
  const site = await startSite(t, { contentDir: contentDir() })
  const html = await (await site.get('/search?q=xylophonic')).text()
  assert.match(html, /role="status">Nothing here has <q>xylophonic<\/q>/)
  assert.match(html, /<ul class="ways">/)
})

test('no query can become mark-up', async (t) => {
  const site = await startSite(t, { contentDir: contentDir() })
  const query = encodeURIComponent('"><script>alert(1)</script> lantern')
  const html = await (await site.get(`/search?q=${query}`)).text()
  assert.doesNotMatch(html, /<script>alert/)
  assert.match(html, /&lt;script&gt;alert/)
})

test('neither page nor JSON opens a session, and both answer HEAD', async (t) => {
  const site = await startSite(t, { contentDir: contentDir() })
  for (const path of ['/search?q=lantern', '/search.json?q=lantern']) {
    const answer = await site.get(path)
    assert.equal(answer.headers.get('set-cookie'), null)
    const head = await fetch(site.url + path, { method: 'HEAD' })
    assert.deepEqual([head.status, await head.text()], [200, ''], path)
  }
})

test('the JSON has the best hits in pieces, and is for no search engine', async (t) => {
  const site = await startSite(t, { contentDir: contentDir() })
  const answer = await site.get('/search.json?q=lantern')
  const { count, hits } = (await answer.json()) as { count: number; hits: { title: object[] }[] }
  assert.deepEqual([count, hits.length], [12, 6])
  assert.deepEqual(hits[0]?.title[0], { text: 'Lantern', marked: true })
  assert.equal(answer.headers.get('x-robots-tag'), 'noindex')
})

test('search has one address, and takes nothing but questions', async (t) => {
  const site = await startSite(t)
  const moved = await site.get('/search/?q=x')
  assert.deepEqual([moved.status, moved.headers.get('location')], [308, '/search?q=x'])
  const answer = await site.post('/search', {})
  assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET, HEAD'])
})

test('a page that is not there offers to search for the words of its address', async (t) => {
  const site = await startSite(t)
  for (const [path, words] of [
    ['/docs/no-such/rolling-update.html', 'no such rolling update'],
    ['/%C3%A9t%C3%A9', 'été'],
    ['/%3Cscript%3E', 'script'],
  ] as const) {
    const html = await (await site.get(`${path}`)).text()
    assert.ok(html.includes(`value="${words}"`), path)
  }
})

test('visitors hear at once that search is not possible, and when to try again', async (t) => {
  const served = await serve(t, { mostWaiting: 0 })
  const json = await fetch(`${served.url}/search.json?q=lantern`)
  assert.equal(json.status, 503)
  assert.deepEqual(await json.json(), { error: 'unavailable' })
  assert.equal(json.headers.get('retry-after'), '5')
})

test('the page counts each search once, the JSON only one that has settled', async (t) => {
  const { url, counted } = await serve(t)
  for (const path of [
    '/search?q=Lantern',
    '/search?q=lantern&page=2',
    '/search.json?q=lan',
    '/search.json?q=lanter&settled',
    '/search?q=xylophonic',
    '/search?q=',
  ]) {
    assert.equal((await fetch(url + path, { headers: { cookie: 'a=b' } })).status, 200, path)
  }
  await fetch(`${url}/search?q=head`, { method: 'HEAD' })
  const { all, nothing } = await counted()
  assert.deepEqual(all.map(({ query, count }) => `${query} ${count}`).sort(), [
    'lanter 1',
    'lantern 1',
    'xylophonic 1',
  ])
  assert.deepEqual(nothing, [{ query: 'xylophonic', count: 1 }])
})

test('a store that is away keeps nobody from searching', { timeout: 30_000 }, async (t) => {
  const site = await startSite(t, { contentDir: contentDir(), sessionsUrl: 'redis://127.0.0.1:1' })
  for (const _ of [1, 2, 3]) assert.equal((await site.get('/search?q=lantern')).status, 200)
  await site.close()
})

/** Search alone on a port, with its counts at hand. */
async function serve(t: TestContext, thread = {}) {
  const folder = new Folder(t, { ...pages, ...lanterns })
  const config = { ...readConfig({ NODE_ENV: 'test' }), contentDir: folder.dir, cacheDir: folder.cacheDir }
  const log = createLog({ logLevel: 'silent', release: 'r', instance: 'i' })
  const site = await openSite(config, log)
  const search = siteSearch({ content: () => site.content, cacheDir: folder.cacheDir, log, thread })
  const store = memoryCountStore()
  const counts = queryCounts(async () => store)
  const answers = searchAnswers({ site: () => site, search, counts })
  const server = createServer((req, res) => {
    const isJson = req.url?.startsWith('/search.json')
    void answers[isJson ? 'json' : 'page'](req, res)
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  t.after(async () => {
    server.closeAllConnections()
    server.close()
    await Promise.all([search.close(), site.content.close()])
  })
  const month = monthOf(new Date())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async counted() {
      await counts.close()
      return { all: await store.top(month, 'all', 99), nothing: await store.top(month, 'nothing', 99) }
    },
  }
}

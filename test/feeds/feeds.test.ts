import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { plain } from '../images/pictures.ts'
import { contentFolder, pages, startSite } from '../site/site.ts'
import { hostilePost, hostileTitle } from './hostile.ts'
import { childOf, childrenOf, readXml } from './xml-tree.ts'

const publicUrl = 'https://www.example.com'
const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/

const body = `See [docs](/docs), [below](#below), [out](https://example.org/?a=1&b=2).

## Below

\`\`\`js
const a = '<b>' && 1
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

Noted.[^1]

![A dot](../images/dot.png)

[^1]: The note.
`

const site = async (t: TestContext, files: Readonly<Record<string, string>> = {}) =>
  startSite(t, { publicUrl, contentDir: contentFolder({ ...pages, ...files }) })

const jsonOf = async (t: TestContext, files = {}) =>
  JSON.parse(await (await (await site(t, files)).get('/feed.json')).text())

test('an Atom feed has what RFC 4287 asks for, and the newest post first', async (t) => {
  const answer = await (await site(t)).get('/feed.xml')
  assert.equal(answer.headers.get('content-type'), 'application/atom+xml; charset=utf-8')
  const feed = readXml(await answer.text())
  assert.deepEqual([feed.name, feed.attributes.xmlns], ['feed', 'http://www.w3.org/2005/Atom'])
  const entries = childrenOf(feed, 'entry')
  assert.deepEqual(
    entries.map((entry) => childOf(entry, 'title').text),
    ['Second', 'First'],
  )
  const links = childrenOf(feed, 'link').map(({ attributes }) => [attributes.rel, attributes.href])
  assert.deepEqual(links, [
    ['self', `${publicUrl}/feed.xml`],
    ['alternate', `${publicUrl}/blog`],
  ])
  childOf(childOf(feed, 'author'), 'name')
  for (const node of [feed, ...entries]) {
    assert.match(childOf(node, 'updated').text, rfc3339)
    assert.ok(URL.canParse(childOf(node, 'id').text))
  }
  const [second] = entries
  assert.ok(second)
  assert.equal(childOf(second, 'link').attributes.href, `${publicUrl}/blog/second`)
  assert.equal(childOf(second, 'category').attributes.label, 'Redis')
  assert.equal(childOf(second, 'content').attributes.type, 'html')
  assert.equal(childOf(second, 'content').text, '<p>Two.</p>\n')
})

test('a JSON feed follows version 1.1', async (t) => {
  const authors = 'ada: { name: Ada Lovelace, url: /about }\n'
  const post =
    '---\ntitle: Third\nauthors: [ada, Grace]\nupdated: 2026-02-03\ndescription: In short\n---\nThree.\n'
  const feed = await jsonOf(t, { 'data/authors.yml': authors, 'posts/2026-01-03-third.md': post })
  assert.equal(feed.version, 'https://jsonfeed.org/version/1.1')
  assert.equal(feed.feed_url, `${publicUrl}/feed.json`)
  assert.equal(feed.home_page_url, `${publicUrl}/blog`)
  assert.equal(feed.items.length, 3)
  assert.deepEqual(feed.items[0], {
    id: `${publicUrl}/blog/third`,
    url: `${publicUrl}/blog/third`,
    title: 'Third',
    content_html: '<p>Three.</p>\n',
    summary: 'In short',
    date_published: '2026-01-03T00:00:00.000Z',
    date_modified: '2026-02-03T00:00:00.000Z',
    authors: [{ name: 'Ada Lovelace', url: `${publicUrl}/about` }, { name: 'Grace' }],
  })
  assert.deepEqual(feed.items[1].tags, ['Redis'])
})

test('the content is whole and needs nothing of the site', async (t) => {
  const contentDir = contentFolder({
    ...pages,
    'posts/2026-01-03-third.md': `---\ntitle: Third\n---\n${body}`,
  })
  mkdirSync(join(contentDir, 'images'))
  await plain(1300, 650).png().toFile(join(contentDir, 'images/dot.png'))
  const { get } = await startSite(t, { publicUrl, contentDir })
  const html: string = JSON.parse(await (await get('/feed.json')).text()).items[0].content_html
  const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address = '']) => address)
  const sources = [...html.matchAll(/srcset="([^"]*)"/g)].flatMap(([, set = '']) => set.split(', '))
  assert.ok(sources.length >= 3)
  assert.ok(addresses.includes(`${publicUrl}/docs`))
  assert.ok(addresses.includes(`${publicUrl}/blog/third#below`))
  assert.ok(addresses.includes('https://example.org/?a=1&amp;b=2'))
  for (const address of [...addresses, ...sources]) assert.match(address, /^https:\/\/(?:www\.)?example\./)
  assert.doesNotMatch(html, /class=|tabindex|loading=|<span|>#<\/a>|role=|data-/)
  assert.match(html, /<pre><code>const a = .*&lt;b&gt;.* &amp;&amp; 1\n<\/code><\/pre>/)
  assert.match(html, /<h2 id="below">Below<\/h2>/)
  assert.match(html, /<table>.*<td>1<\/td>.*<\/table>/s)
  assert.match(html, /The note\./)
})

test('both feeds have the newest twenty posts', async (t) => {
  const posts = Array.from({ length: 25 }, (_, i) => [
    `posts/2026-03-01-p${i}.md`,
    `---\ntitle: P${i}\n---\nx\n`,
  ])
  const { get } = await site(t, Object.fromEntries(posts))
  assert.equal(childrenOf(readXml(await (await get('/feed.xml')).text()), 'entry').length, 20)
  assert.equal(JSON.parse(await (await get('/feed.json')).text()).items.length, 20)
})

test('a post that has moved keeps the id it had', async (t) => {
  const moved = '---\ntitle: Second\nredirect_from: [/old/second, /older]\n---\nTwo.\n'
  const feed = await jsonOf(t, { 'posts/2026-01-02-second.md': moved })
  assert.equal(feed.items[0].id, `${publicUrl}/old/second`)
  assert.equal(feed.items[0].url, `${publicUrl}/blog/second`)
})

test('drafts and posts of the future are in no feed of the published site', async (t) => {
  const contentDir = contentFolder({
    ...pages,
    'posts/2026-01-04-draft.md': '---\ntitle: Draft\ndraft: true\n---\nx\n',
    'posts/2999-01-01-later.md': '---\ntitle: Later\n---\nx\n',
  })
  const { get } = await startSite(t, { publicUrl, contentDir, drafts: false })
  for (const path of ['/feed.xml', '/feed.json']) {
    assert.doesNotMatch(await (await get(path)).text(), /Draft|Later/)
  }
})

test('a site without posts has valid feeds', async (t) => {
  const contentDir = contentFolder({ 'pages/index.md': '---\ntitle: Home\n---\nx\n' })
  const { get } = await startSite(t, { publicUrl, contentDir })
  assert.match(childOf(readXml(await (await get('/feed.xml')).text()), 'updated').text, rfc3339)
  assert.deepEqual(JSON.parse(await (await get('/feed.json')).text()).items, [])
})

test('nothing in a post can break a feed', async (t) => {
  const { get } = await site(t, {
    'posts/2026-01-04-hostile.md': hostilePost(']]> &amp; \u0001 \ufffe `</content>`'),
  })
  const [entry] = childrenOf(readXml(await (await get('/feed.xml')).text()), 'entry')
  assert.ok(entry)
  assert.equal(childOf(entry, 'title').text, hostileTitle)
  assert.equal(childOf(entry, 'category').attributes.label, hostileTitle)
  assert.equal(childOf(childOf(entry, 'author'), 'name').text, hostileTitle)
  assert.equal(JSON.parse(await (await get('/feed.json')).text()).items[0].title, hostileTitle)
})

test('feeds are cached, compressed, revalidated and asked for their head as pages are', async (t) => {
  const { url, get } = await site(t)
  const first = await fetch(`${url}/feed.xml`, { headers: { 'accept-encoding': 'br' } })
  assert.equal(first.headers.get('content-encoding'), 'br')
  const text = await first.text()
  const again = await get('/feed.xml', { 'accept-encoding': 'br' })
  assert.equal(again.headers.get('x-page-cache'), 'memory')
  assert.equal(again.headers.get('content-type'), 'application/atom+xml; charset=utf-8')
  assert.equal(await again.text(), text)
  const etag = String(again.headers.get('etag'))
  assert.equal((await get('/feed.xml', { 'accept-encoding': 'br', 'if-none-match': etag })).status, 304)
  const head = await fetch(`${url}/feed.json`, { method: 'HEAD' })
  assert.deepEqual([head.status, head.headers.get('content-type')], [200, 'application/feed+json'])
  assert.equal((await fetch(`${url}/feed.json`, { method: 'POST', headers: { origin: url } })).status, 405)
  assert.equal((await get('/feed.xml/')).status, 308)
})

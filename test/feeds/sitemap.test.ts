import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readConfig } from '../../app/config/read.ts'
import { sitemap, sitemapPart } from '../../app/feeds/sitemap.ts'
import { sitemapPage } from '../../app/feeds/sitemap-page.ts'
import { createLog } from '../../app/logging/log.ts'
import { openSite, type Site } from '../../app/pages/site.ts'
import { contentFolder, pages, startSite } from '../site/site.ts'
import { childOf, childrenOf, readXml } from './xml-tree.ts'

const publicUrl = 'https://www.example.com'
const xmlns = 'http://www.sitemaps.org/schemas/sitemap/0.9'

const files = {
  ...pages,
  'pages/about.md': '---\ntitle: About\nupdated: 2026-05-06\n---\nx\n',
  'pages/a & b/é.md': '---\ntitle: Odd\n---\nx\n',
  'pages/secret.md': '---\ntitle: Secret\nnoindex: true\n---\nx\n',
  'pages/draft.md': '---\ntitle: Draft\ndraft: true\n---\nx\n',
  'posts/2026-01-03-third.md': '---\ntitle: Third\nupdated: 2026-02-03\n---\nx\n',
  'posts/2999-01-01-later.md': '---\ntitle: Later\n---\nx\n',
}

const locationsOf = (xml: string, kind = 'url'): string[] =>
  childrenOf(readXml(xml), kind).map((node) => childOf(node, 'loc').text)

async function openedSite(t: TestContext): Promise<Site> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'dogfood-cache-'))
  const config = {
    ...readConfig({ NODE_ENV: 'test' }),
    publicUrl,
    cacheDir,
    contentDir: contentFolder(files),
  }
  const site = await openSite(config, createLog(config))
  t.after(() => site.content.close())
  return site
}

for (const drafts of [false, true]) {
  test(`the sitemap has every page that may be found, and no other, with drafts ${drafts}`, async (t) => {
    const { get } = await startSite(t, { publicUrl, drafts, contentDir: contentFolder(files) })
    const answer = await get('/sitemap.xml')
    assert.equal(answer.headers.get('content-type'), 'application/xml; charset=utf-8')
    const xml = await answer.text()
    assert.equal(readXml(xml).attributes.xmlns, xmlns)
    const paths = locationsOf(xml).map((url) => url.replace(publicUrl, ''))
    const content = ['/', '/a%20%26%20b/%C3%A9', '/about', '/docs', '/docs/next']
    const posts = ['/blog/third', '/blog/second', '/blog/first']
    const lists = ['/blog', '/blog/tags', '/blog/tags/nginx', '/blog/tags/redis']
    assert.deepEqual(paths, [...content, ...posts, ...lists, '/invite'])
    for (const path of paths) assert.equal((await get(path)).status, 200, path)
  })
}

test('the sitemap says when posts were written or changed, their lists too, and when a page says so', async (t) => {
  const dates = childrenOf(readXml(await sitemap(await openedSite(t))), 'url').flatMap((url) =>
    childrenOf(url, 'lastmod').map(({ text }) => [childOf(url, 'loc').text.replace(publicUrl, ''), text]),
  )
  assert.deepEqual(dates, [
    ['/about', '2026-05-06'],
    ['/blog/third', '2026-02-03'],
    ['/blog/second', '2026-01-02'],
    ['/blog/first', '2026-01-01'],
    ['/blog', '2026-01-03'],
    ['/blog/tags', '2026-01-03'],
    ['/blog/tags/nginx', '2026-01-01'],
    ['/blog/tags/redis', '2026-01-02'],
  ])
})

test('addresses that do not fit into one file are listed in parts, each once', async (t) => {
  const site = await openedSite(t)
  const whole = locationsOf(await sitemap(site))
  const index = await sitemap(site, 5)
  assert.equal(readXml(index).name, 'sitemapindex')
  assert.equal(readXml(index).attributes.xmlns, xmlns)
  const parts = locationsOf(index, 'sitemap')
  assert.deepEqual(
    parts,
    [1, 2, 3].map((part) => `${publicUrl}/sitemap.${part}.xml`),
  )
  const inParts = await Promise.all(parts.map(async (_, i) => locationsOf(await sitemapPart(site, i + 1, 5))))
  assert.deepEqual(inParts.flat(), whole)
})

test('only a site with more than 50,000 addresses has parts', () => {
  const siteOf = (postCount: number) =>
    ({ content: { pages: [], postCount, tags: new Map() } }) as unknown as Site
  const hasPart = (postCount: number, number: string) =>
    sitemapPage(siteOf(postCount), { url: '', number }, 60) !== undefined
  assert.equal(hasPart(100, '1'), false)
  assert.deepEqual(
    ['0', '1', '2', '3', 'x', '01', '9999999999'].map((number) => hasPart(80_000, number)),
    [false, true, true, false, false, false, false],
  )
})

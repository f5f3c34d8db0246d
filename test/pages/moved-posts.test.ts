import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { contentFolder, pages, startSite, type TestSite } from '../site/site.ts'
import { until } from '../until.ts'

const oldAddresses = [
  '/blog/third-name',
  '/blog/second-name',
  '/2025/01/02/title.html',
  '/2025/01/02/title',
  '/archive/2024/',
  '/blog/café-über.html',
  '/blog/caf%c3%a9',
  '/日本語/a b',
]
const post = (from: readonly string[]) =>
  `---\ntitle: Moved\nredirect_from: ${JSON.stringify(from)}\n---\nMoved.\n`
const folder = (from: readonly string[] = oldAddresses) =>
  contentFolder({ ...pages, 'posts/2026-01-03-newest-name.md': post(from) })

async function leadsTo(site: TestSite, path: string, to: string) {
  const answer = await site.get(path)
  assert.deepEqual([answer.status, answer.headers.get('location')], [301, to], path)
}

test('a post that moved twice is one step away from each address it had', async (t) => {
  const site = await startSite(t, { contentDir: folder() })
  for (const path of oldAddresses) await leadsTo(site, encodeURI(decodeURI(path)), '/blog/newest-name')
  assert.equal((await site.get('/blog/newest-name')).status, 200)
})

test('an old address may be written in any way, and its query goes along', async (t) => {
  const site = await startSite(t, { contentDir: folder() })
  for (const path of [
    '/blog/second-name/',
    '/blog/second-name.html',
    '/blog/second-name/index.html',
    '//blog//second-name',
    '/blog/%73econd-name',
    '/2025/01/02/title.html/',
    '/2025/01/02/title/',
    '/archive/2024',
    '/archive/2024/index.html',
    '/blog/caf%C3%A9/',
    '/blog/caf%c3%a9.html',
    '/blog/caf%c3%a9-%C3%BCber.html',
    '/%E6%97%A5%E6%9C%AC%E8%AA%9E/a%20b.html',
  ]) {
    await leadsTo(site, path, '/blog/newest-name')
    await leadsTo(site, `${path}?utm=a%20b&c`, '/blog/newest-name?utm=a%20b&c')
  }
})

test('a post under a name of another script is led to as well', async (t) => {
  const contentDir = contentFolder({ ...pages, 'posts/2026-01-03-café.md': post(['/blog/cafe']) })
  await leadsTo(await startSite(t, { contentDir }), '/blog/cafe?a', '/blog/caf%C3%A9?a')
})

test('an old address leads nowhere while its post is a draft, or to come', async (t) => {
  const hidden = { 'posts/2026-01-03-a.md': '---\ntitle: A\ndraft: true\nredirect_from: /a\n---\n' }
  const later = { 'posts/2999-01-03-b.md': '---\ntitle: B\nredirect_from: /b\n---\n' }
  const site = await startSite(t, {
    contentDir: contentFolder({ ...pages, ...hidden, ...later }),
    drafts: false,
  })
  for (const path of ['/a', '/b', '/a.html']) assert.equal((await site.get(path)).status, 404, path)
})

test('readers of a post that moves while the site runs are led on, and on again', async (t) => {
  const contentDir = folder([])
  const site = await startSite(t, { contentDir, liveReload: true })
  const move = async (from: string, to: string, had: readonly string[]) => {
    assert.equal((await site.get(`/blog/${from}`)).status, 200)
    writeFileSync(join(contentDir, `posts/2026-01-03-${to}.md`), post(had))
    rmSync(join(contentDir, `posts/2026-01-03-${from}.md`))
    await until(async () => (await site.get(`/blog/${from}`)).status === 301, 'the redirect')
  }
  await move('newest-name', 'newer', ['/blog/newest-name'])
  await leadsTo(site, '/blog/newest-name', '/blog/newer')
  await move('newer', 'last', ['/blog/newest-name', '/blog/newer'])
  await leadsTo(site, '/blog/newest-name', '/blog/last')
  await leadsTo(site, '/blog/newer', '/blog/last')
})

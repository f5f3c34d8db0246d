import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatFault } from '../../app/content/fault.ts'
import { Folder, page } from './folder.ts'

const from = (paths: string): string => `---\ntitle: A\nredirect_from: ${paths}\n---\n`

test('a page or post at a URL that is never asked for is an error', async (t) => {
  const content = await new Folder(t, {
    'pages/db/index/index.md': page(),
    'pages/foo.html.md': page(),
    'pages/index/start.md': page(),
    'pages/v1.2.md': page(),
    'posts/2026-01-01-index.md': page(),
  }).open()
  const led = (file: string, url: string, to: string) =>
    `${file}:1:1: its URL ${url} is not reachable: visitors who ask for it are led to ${to}, rename the file`
  assert.deepEqual(content.faults.map(formatFault), [
    led('pages/db/index/index.md', '/db/index', '/db'),
    led('pages/foo.html.md', '/foo.html', '/foo'),
    led('posts/2026-01-01-index.md', '/blog/index', '/blog'),
  ])
  assert.deepEqual(
    content.pages.map(({ url }) => url),
    ['/index/start', '/v1.2'],
  )
  assert.equal(content.faultsAt('/foo.html').length, 1)
})

test('a page or redirect at a URL of the application is an error; a post is not', async (t) => {
  const content = await new Folder(t, {
    'pages/index.md': page(),
    'pages/blog/tags/mine.md': page(),
    'pages/session.md': page(),
    'pages/sessions.md': page(),
    'pages/old.md': from('[/healthz, /static/old.css, /health]'),
    'posts/2026-01-01-hello.md': page(),
  }).open({ reservedUrls: ['/session', '/healthz', '/static/*', '/blog/*'] })
  assert.deepEqual(content.faults.map(formatFault), [
    'pages/blog/tags/mine.md:1:1: the application answers /blog/tags/mine itself, choose another path',
    'pages/old.md:3:1: redirect_from /healthz: the application answers /healthz itself, choose another path',
    'pages/old.md:3:1: redirect_from /static/old.css: the application answers /static/old.css itself, choose another path',
    'pages/session.md:1:1: the application answers /session itself, choose another path',
  ])
  assert.deepEqual(
    content.pages.map(({ url }) => url),
    ['/', '/old', '/sessions'],
  )
  assert.equal(content.redirect('/healthz'), undefined)
  assert.equal(content.redirect('/health'), '/old')
  assert.equal(content.find('/blog/hello')?.kind, 'post')
})

test('a redirect keeps the ending its author wrote, and loses the trailing slash', async (t) => {
  const content = await new Folder(t, {
    'pages/new.md': from('[/old.html, /older.htm/, /docs/index, /docs/readme.md, /caf%c3%a9.html, /a b/]'),
  }).open()
  assert.deepEqual(content.faults, [])
  const old = ['/old.html', '/older.htm', '/docs/index', '/docs/readme.md', '/caf%C3%A9.html', '/a%20b']
  assert.deepEqual(content.find('/new')?.redirectFrom, old)
  for (const path of old) assert.equal(content.redirect(path), '/new', path)
  assert.equal(content.redirect('/old'), undefined)
})

test('what is wrong between files is found at the URL of the page that has it', async (t) => {
  const content = await new Folder(t, {
    'pages/a.md': page(),
    'pages/a/index.md': page(),
    'pages/image.md': '---\ntitle: A\nimage: /images/no.png\n---\n',
    'pages/one.md': from('/old'),
    'pages/two.md': from('[/old, /a]'),
    'pages/fine.md': page(),
  }).open()
  const at = (url: string) => content.faultsAt(url).map(({ file, what }) => [file, what])
  assert.deepEqual(at('/a'), [['pages/a.md', 'its URL /a is already that of pages/a/index.md']])
  assert.deepEqual(at('/image'), [['pages/image.md', 'there is no image /images/no.png']])
  assert.deepEqual(at('/two'), [
    ['pages/two.md', 'redirect_from /old is also in pages/one.md'],
    ['pages/two.md', 'redirect_from /a is the URL of a page'],
  ])
  assert.deepEqual([...at('/one'), ...at('/fine')], [])
})

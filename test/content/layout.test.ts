import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync } from 'node:fs'
import { test } from 'node:test'
import { documentAt, Folder, faultsOf, page } from './folder.ts'

test('the path of a page is its URL', async (t) => {
  const content = await new Folder(t, {
    'pages/index.md': page(),
    'pages/docs/index.md': page(),
    'pages/docs/Getting started.md': page(),
    'pages/docs/README.md': page('', 'Not this one'),
    'pages/guides/README.md': page('', 'Guides'),
    'pages/.hidden.md': page(),
    'pages/node_modules/x.md': page(),
    'posts/2026-02-03-first-post.md': page(),
    'notes/x.md': page(),
  }).open()
  const urls = content.pages.map(({ url }) => url)
  assert.deepEqual(urls, ['/', '/docs', '/docs/Getting%20started', '/guides'])
  assert.equal(content.find('/docs')?.title, 'A page')
  assert.equal(content.find('/guides')?.title, 'Guides')
  assert.equal(content.find('/blog/first-post')?.date, '2026-02-03')
  assert.deepEqual(content.faults, [])
})

test('any folder of Markdown with front matter is a site', async (t) => {
  const content = await new Folder(t, {
    'README.md': page('[Guide](guide/start.md)\n\n![A dot](guide/dot.svg)', 'Home'),
    'guide/start.md': page(),
    'guide/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>',
    'posts/2026-02-03-first.md': page(),
    'posts/about.md': page(),
    'node_modules/x/README.md': '# x',
    '.git/x.md': '# x',
  }).open()
  assert.deepEqual(content.faults, [])
  assert.deepEqual(
    content.pages.map(({ url }) => url),
    ['/', '/guide/start', '/posts/about'],
  )
  assert.equal(content.find('/blog/first')?.kind, 'post')
  const { html, faults } = await documentAt(content, '/')
  assert.deepEqual(faults, [])
  assert.match(html, /href="\/guide\/start"/)
  assert.match(html, /src="\/guide\/dot.svg" width="4" height="3"/)
})

test('a byte order mark and CRLF change nothing', async (t) => {
  const text = '---\ntitle: Café\ntags: [a]\n---\n## One\n\nTwo [x](gone.md)\n'
  const folder = new Folder(t, {
    'pages/plain.md': text,
    'pages/windows.md': `\uFEFF${text.replaceAll('\n', '\r\n')}`,
  })
  const content = await folder.open()
  const [plain, windows] = [await documentAt(content, '/plain'), await documentAt(content, '/windows')]
  assert.equal(content.find('/windows')?.title, 'Café')
  assert.equal(windows.html, plain.html)
  assert.deepEqual(
    windows.faults.map(({ line, column }) => [line, column]),
    [[7, 9]],
  )
})

test('symbolic links are followed within the folder, and end', { timeout: 20_000 }, async (t) => {
  const folder = new Folder(t, { 'pages/index.md': page(), 'shared/terms.md': page('', 'Terms') })
  symlinkSync('../shared', folder.path('pages/legal'))
  symlinkSync('../shared/terms.md', folder.path('pages/terms.md'))
  symlinkSync('.', folder.path('pages/again'))
  symlinkSync('self.md', folder.path('pages/self.md'))
  symlinkSync('gone.md', folder.path('pages/nowhere.md'))
  symlinkSync('/etc', folder.path('pages/etc'))
  mkdirSync(folder.path('shared/deep'))
  symlinkSync('../../shared/deep', folder.path('shared/deep/around'))
  mkdirSync(folder.path('pages/b'))
  symlinkSync('../../pages/b', folder.path('shared/deep/b'))
  const content = await folder.open()
  assert.deepEqual(
    content.pages.map(({ url }) => url),
    ['/', '/legal/terms', '/terms'],
  )
  assert.deepEqual(await faultsOf(content), [
    'pages/again:1:1: this symbolic link leads back to a folder around it, remove it: it would never end',
    'pages/etc:1:1: this symbolic link leads out of the content folder, copy what it points at into the folder',
    'pages/legal/deep/around:1:1: this symbolic link leads back to a folder around it, remove it: it would never end',
    'pages/legal/deep/b:1:1: this symbolic link lies in a folder that is itself linked, link to its target directly',
    'pages/nowhere.md:1:1: this symbolic link leads nowhere, remove it, or point it at a file of the content folder',
    'pages/self.md:1:1: this symbolic link leads back to itself, remove it, or point it at a file of the content folder',
  ])
})

test('a folder of another tool is read as a whole, even if it has one named pages', async (t) => {
  const files = {
    'pages/about.md': page(),
    '_docs/start.md': page(),
    '_posts/2020-01-02-first.md': page(),
    '_config.yml': 'title: Theirs',
  }
  const content = await new Folder(t, files).open()
  assert.deepEqual(
    content.pages.map(({ url }) => url),
    ['/_docs/start', '/pages/about'],
  )
  assert.equal(content.find('/blog/first')?.date, '2020-01-02')
  const { '_config.yml': _config, '_posts/2020-01-02-first.md': _post, ...ours } = files
  const site = await new Folder(t, ours).open()
  assert.deepEqual(
    site.pages.map(({ url }) => url),
    ['/about'],
  )
})

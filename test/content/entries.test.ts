import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatFault } from '../../app/content/fault.ts'
import { Folder, page } from './folder.ts'
import { writePosts } from './many-posts.ts'

const post = (title: string, tags = '[]', more = ''): string =>
  `---\ntitle: ${title}\ntags: ${tags}\n${more}---\n`

test('front matter becomes an entry; what is not known is kept as fields', async (t) => {
  const front = [
    'title: All of it',
    'description: A page',
    'template: docs',
    'nav_order: 2',
    'date: 2026-02-28T10:00:00Z',
    'updated: 2026-03-01',
    'nav_title: All',
    'group: Basics',
    'author: Ada',
    'authors: [ada, Grace Hopper]',
    'tags: [One, two]',
    'image: dot.svg',
    'redirect_from: [/old, /older/path/]',
    'cache: private',
    'lead: true',
  ].join('\n')
  const content = await new Folder(t, {
    'pages/docs/all.md': `---\n${front}\n---\n`,
    'pages/docs/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>',
  }).open()
  assert.deepEqual(content.faults, [])
  assert.deepEqual(content.find('/docs/all'), {
    kind: 'page',
    url: '/docs/all',
    file: 'pages/docs/all.md',
    title: 'All of it',
    description: 'A page',
    template: 'docs',
    navOrder: 2,
    navTitle: 'All',
    group: 'Basics',
    draft: false,
    date: '2026-02-28',
    publishedAt: '2026-02-28T10:00:00.000Z',
    updated: '2026-03-01',
    author: 'Ada',
    authors: ['ada', 'Grace Hopper'],
    tags: ['One', 'two'],
    image: '/docs/dot.svg',
    redirectFrom: ['/old', '/older/path'],
    cache: 'private',
    fields: { lead: true },
  })
  assert.equal(content.redirect('/older/path'), '/docs/all')
  assert.equal(content.redirect('/constructor'), undefined)
  assert.deepEqual(
    content.nav.map(({ url }) => url),
    ['/docs/all'],
  )
  assert.match(content.media('/docs/dot.svg') ?? '', /\/pages\/docs\/dot\.svg$/)
  assert.equal(content.media('/docs/all.md'), undefined)
})

test('posts are newest first, with neighbours and tags', async (t) => {
  const content = await new Folder(t, {
    'pages/index.md': page(),
    'posts/2026-01-01-old.md': post('Old', '[Node.js, News]'),
    'posts/2026-03-01-new.md': post('New', '[news]'),
    'posts/2026-02-01-middle.md': post('Middle'),
    'posts/2025-01-01-moved.md': post('Moved', '[node-js]', 'date: 2026-02-15\n'),
  }).open()
  const titles = (entries: readonly { title: string }[]) => entries.map(({ title }) => title)
  assert.equal(content.postCount, 4)
  assert.deepEqual(titles(content.posts(0, 9)), ['New', 'Moved', 'Middle', 'Old'])
  assert.deepEqual(titles(content.posts(1, 3)), ['Moved', 'Middle'])
  assert.deepEqual(
    [...content.tags],
    [
      ['news', 2],
      ['node-js', 2],
    ],
  )
  assert.deepEqual(titles(content.tagged('news', 0, 9)), ['New', 'Old'])
  assert.deepEqual(titles(content.tagged('node-js', 1, 2)), ['Old'])
  assert.deepEqual(content.tagged('gone', 0, 9), [])
  const { newer, older } = content.neighbours('/blog/moved')
  assert.deepEqual([newer?.title, older?.title], ['New', 'Middle'])
  assert.deepEqual(Object.keys(content.neighbours('/blog/new')), ['older'])
  assert.deepEqual(content.neighbours('/'), {})
})

test('drafts exist only where they are wanted', async (t) => {
  const folder = new Folder(t, {
    'pages/index.md': page('[soon](soon.md)'),
    'pages/soon.md': '---\ntitle: Soon\ndraft: true\nnav_order: 1\n---\n',
    'pages/broken.md': '---\ndraft: true\n---\n',
    'posts/2026-01-01-later.md': post('Later', '[x]', 'draft: true\n'),
  })
  const [published, drafts] = [await folder.open(), await folder.open({ drafts: true })]
  assert.deepEqual(
    [published.pages.length, published.postCount, published.nav.length, published.tags.size],
    [1, 0, 0, 0],
  )
  assert.deepEqual([drafts.pages.length, drafts.postCount, drafts.nav.length, drafts.tags.size], [2, 1, 1, 1])
  assert.deepEqual([published.faults.length, drafts.faults.length], [0, 1])
  assert.notEqual(published.version, drafts.version)
})

test('data files are there by name; a broken one is missing, and a fault', async (t) => {
  const folder = new Folder(t, {
    'pages/index.md': page(),
    'data/site.yml': 'name: X',
    'data/empty.yaml': '',
  })
  assert.deepEqual((await folder.open()).data(), { empty: null, site: { name: 'X' } })
  folder.write({ 'data/site.yml': 'name: [' })
  const content = await folder.open()
  assert.equal(content.find('/')?.title, 'A page')
  assert.deepEqual(content.data(), { empty: null })
  assert.match(content.faults.map(formatFault).join(), /^data\/site\.yml:1:/)
})

test('a thousand posts are found, listed and counted alike from files and from the saved index', async (t) => {
  const folder = new Folder(t)
  writePosts(folder.dir, 1000)
  const [built, saved] = [await folder.open(), await folder.open()]
  const posts = built.posts(0, 1000)
  assert.deepEqual([built.postCount, posts.length, built.faults.length], [1000, 1000, 0])
  assert.deepEqual(saved.posts(0, 1000), posts)
  assert.deepEqual([...saved.tags], [...built.tags])
  assert.equal(saved.version, built.version)
  assert.deepEqual(
    posts.map(({ date }) => date),
    posts
      .map(({ date }) => date)
      .sort()
      .reverse(),
  )
  for (const post of posts) assert.deepEqual(saved.find(post.url), post)
})

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import sharp from 'sharp'
import { hostilePost, hostileTitle } from '../feeds/hostile.ts'
import { plain } from '../images/pictures.ts'
import { contentFolder, pages, startSite } from '../site/site.ts'
import { readHead } from './head.ts'

const publicUrl = 'https://www.example.com'

const files = {
  ...pages,
  'data/site.yml': 'name: Dogfood\ntagline: A site\n',
  'data/authors.yml': 'ada: { name: Ada Lovelace, url: /about }\n',
  'pages/about.md': '---\ntitle: About\n---\nx\n',
  'pages/secret.md': '---\ntitle: Secret\nnoindex: true\n---\nx\n',
  'posts/2026-01-03-third.md':
    '---\ntitle: Third\ndescription: In short\ntags: [One, Two]\nauthors: [ada]\nupdated: 2026-02-03\n---\nx\n',
}

async function headsOf(t: TestContext, more: Readonly<Record<string, string>> = {}) {
  const contentDir = contentFolder({ ...files, ...more })
  const { get } = await startSite(t, { publicUrl, contentDir })
  return { get, headOf: async (path: string) => readHead(await (await get(path)).text()) }
}

const kinds = ['/', '/about', '/docs', '/docs/next', '/blog', '/blog/third', '/blog/tags', '/blog/tags/one']

for (const path of kinds) {
  test(`${path} says what it is, and has a card of its own`, { timeout: 30_000 }, async (t) => {
    const { get, headOf } = await headsOf(t)
    const { meta, links, node } = await headOf(path)
    const canonical = `${publicUrl}${path}`
    assert.deepEqual(links.get('canonical'), [canonical])
    assert.deepEqual(meta.get('og:url'), [canonical])
    assert.deepEqual(links.get('alternate'), ['/feed.xml', '/feed.json'])
    for (const name of [
      'description',
      'og:site_name',
      'og:type',
      'og:title',
      'og:description',
      'og:image:alt',
    ])
      assert.ok(meta.get(name)?.[0], name)
    assert.deepEqual(meta.get('twitter:card'), ['summary_large_image'])
    assert.ok(node('Organization'))
    const image = meta.get('og:image')?.[0] ?? ''
    assert.deepEqual([meta.get('og:image:width'), meta.get('og:image:height')], [['1200'], ['630']])
    const answer = await get(image.slice(publicUrl.length))
    assert.equal(answer.headers.get('content-type'), 'image/png')
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    const { width, height } = await sharp(await answer.bytes()).metadata()
    assert.deepEqual([width, height], [1200, 630])
  })
}

test('a post says when, by whom and about what it was written', async (t) => {
  const { headOf } = await headsOf(t)
  const { meta, node } = await headOf('/blog/third')
  assert.deepEqual(meta.get('og:type'), ['article'])
  assert.deepEqual(meta.get('article:published_time'), ['2026-01-03T00:00:00.000Z'])
  assert.deepEqual(meta.get('article:modified_time'), ['2026-02-03T00:00:00.000Z'])
  assert.deepEqual(meta.get('article:tag'), ['One', 'Two'])
  const post = node('BlogPosting')
  assert.equal(post?.headline, 'Third')
  assert.equal(post?.datePublished, '2026-01-03T00:00:00.000Z')
  assert.deepEqual(post?.author, [{ '@type': 'Person', name: 'Ada Lovelace', url: `${publicUrl}/about` }])
  assert.deepEqual(post?.keywords, ['One', 'Two'])
})

test('the home page says how to search the site', async (t) => {
  const { headOf } = await headsOf(t)
  const { node } = await headOf('/')
  const site = node('WebSite')
  assert.equal(site?.name, 'Dogfood')
  assert.deepEqual(site?.potentialAction, {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${publicUrl}/search?q={search_term_string}` },
    'query-input': 'required name=search_term_string',
  })
})

test('a page of the documentation says what is above it', async (t) => {
  const { headOf } = await headsOf(t)
  const { node } = await headOf('/docs/next')
  assert.equal(node('TechArticle')?.headline, 'Next')
  const { itemListElement } = node('BreadcrumbList') as { itemListElement: object[] }
  assert.deepEqual(
    itemListElement,
    [
      ['Home', '/'],
      ['Docs', '/docs'],
      ['Next', '/docs/next'],
    ].map(([name, path], i) => ({ '@type': 'ListItem', position: i + 1, name, item: `${publicUrl}${path}` })),
  )
})

test('pages of a list point to the one before and the one after', async (t) => {
  const posts = Array.from({ length: 25 }, (_, i) => [
    `posts/2026-03-01-p${i}.md`,
    `---\ntitle: P${i}\n---\nx\n`,
  ])
  const { headOf } = await headsOf(t, Object.fromEntries(posts))
  const [first, second, last] = await Promise.all(['/blog', '/blog/page/2', '/blog/page/3'].map(headOf))
  assert.deepEqual([first?.links.get('prev'), first?.links.get('next')], [undefined, ['/blog/page/2']])
  assert.deepEqual([second?.links.get('prev'), second?.links.get('next')], [['/blog'], ['/blog/page/3']])
  assert.deepEqual([last?.links.get('prev'), last?.links.get('next')], [['/blog/page/2'], undefined])
  assert.deepEqual(second?.links.get('canonical'), [`${publicUrl}/blog/page/2`])
  assert.deepEqual(second?.meta.get('og:image'), first?.meta.get('og:image'))
})

test('an image of the front matter stands in for the card', async (t) => {
  const post = '---\ntitle: Seen\nimage: ../images/dot.png\n---\nx\n'
  const contentDir = contentFolder({ ...files, 'posts/2026-01-04-seen.md': post })
  mkdirSync(join(contentDir, 'images'))
  await plain(640, 320).png().toFile(join(contentDir, 'images/dot.png'))
  const { get } = await startSite(t, { publicUrl, contentDir })
  const { meta } = readHead(await (await get('/blog/seen')).text())
  assert.deepEqual(meta.get('og:image'), [`${publicUrl}/images/dot.png`])
  assert.deepEqual([meta.get('og:image:width'), meta.get('og:image:height')], [['640'], ['320']])
})

test('search engines are told to leave out what is not for them', async (t) => {
  const { headOf } = await headsOf(t, { 'pages/draft.md': '---\ntitle: Draft\ndraft: true\n---\nx\n' })
  for (const path of ['/secret', '/draft', '/mine', '/nowhere'])
    assert.deepEqual((await headOf(path)).meta.get('robots'), ['noindex'], path)
  assert.equal((await headOf('/about')).meta.get('robots'), undefined)
  assert.equal((await headOf('/mine')).meta.get('og:image'), undefined)
})

test('nothing in a title can break out of the head', async (t) => {
  const { headOf, get } = await headsOf(t, { 'posts/2026-01-05-hostile.md': hostilePost() })
  const { meta, node } = await headOf('/blog/hostile')
  assert.deepEqual(meta.get('og:title'), [hostileTitle])
  assert.deepEqual(meta.get('description'), [hostileTitle])
  assert.deepEqual(meta.get('article:tag'), [hostileTitle])
  assert.equal(node('BlogPosting')?.headline, hostileTitle)
  const html = await (await get('/blog/hostile')).text()
  const [, script = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? []
  assert.doesNotMatch(script, /<|\u2028|\u2029/)
  assert.doesNotMatch(html, /<!--|alert\("1"\)<\/script>/)
})

test('a card that no page has is not found, and is not drawn', async (t) => {
  const { get } = await headsOf(t)
  for (const path of ['/cards/0123456789abcdef.png', '/cards/', '/cards/../x', '/cards/x.png'])
    assert.equal((await get(path)).status, 404, path)
})

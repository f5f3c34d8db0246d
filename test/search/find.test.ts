import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bracketed, type Find, post, searching, urlsOf } from './searching.ts'

const filler = 'Words that say nothing of it stand here, one after the other. '.repeat(12)

let find: Find
const ends: (() => Promise<void>)[] = []
after(async () => {
  for (const end of ends) await end()
})
before(async () => {
  const files = {
    'pages/in-title.md': post('Honey', 'A jar.'),
    'pages/in-heading.md': post('Second', `${filler}\n\n## Of honey\n\nA jar.`),
    'pages/in-tags.md': post('Fourth', `${filler}\n\nOnce honey.`),
    'pages/docs/deep.md': post(
      'Deep',
      `${filler}\n\n## Rolling updates\n\n${filler} The *swarm* replaces instances & waits <\n\n## End\n\nx`,
    ),
    'pages/names.md': post('Names', 'Zoë Müller met São Paulo.\n\n<script>alert(1)</script> quince'),
    'pages/draft.md': post('Draft quagga', 'quagga', 'draft: true\n'),
    'pages/mine.md': post('Mine quagga', 'quagga', 'cache: private\n'),
    'pages/hidden.md': post('Hidden quagga', 'quagga', 'noindex: true\n'),
    'posts/2999-01-01-later.md': post('Later quagga', 'quagga'),
    'posts/2026-01-02-news.md': post('News', 'The harbour opens.', 'tags: [lighthouse]\n'),
    'pages/japanese.md': post('日本語', 'これは検索のための文章です。'),
  }
  const searched = await searching({ after: (end) => void ends.unshift(end) }, files)
  find = searched.find
})

test('a word counts more in a title than in a heading, and there more than in the text', async () => {
  assert.deepEqual(urlsOf(await find('honey')), ['/in-title', '/in-heading#of-honey', '/in-tags'])
})

test('a page with all words comes alone; where none has all, pages with some are found', async () => {
  assert.deepEqual(urlsOf(await find('swarm instances')), ['/docs/deep#rolling-updates'])
  assert.deepEqual(urlsOf(await find('harbour swarm')).sort(), ['/blog/news', '/docs/deep#rolling-updates'])
})

test('the beginning of a word finds the word', async () => {
  assert.deepEqual(urlsOf(await find('harb')), ['/blog/news'])
})

test('a mistyped word finds what it was meant to be, and says so', async () => {
  for (const typed of ['harbuor', 'harbor', 'hrabour']) {
    const found = await find(typed)
    assert.deepEqual([urlsOf(found), found.didYouMean], [['/blog/news'], 'harbour'], typed)
  }
  assert.equal((await find('harbour')).didYouMean, undefined)
})

test('case, accents and plurals make no difference', async () => {
  for (const typed of ['zoe MULLER', 'Zoë Müller', 'são', 'ZOE']) {
    assert.deepEqual(urlsOf(await find(typed)), ['/names'], typed)
  }
  assert.deepEqual(urlsOf(await find('harbours')), ['/blog/news'])
})

test('text without blanks between words is found by any of its parts', async () => {
  assert.deepEqual(urlsOf(await find('検索')), ['/japanese'])
})

test('a post is found by its tag', async () => {
  const { hits } = await find('lighthouse')
  assert.deepEqual([hits[0]?.url, hits[0]?.label, hits[0]?.date], ['/blog/news', 'Blog', '2026-01-02'])
})

test('a hit leads to its section, and shows the words in their context', async () => {
  const [hit] = (await find('swarm')).hits
  assert.equal(hit?.url, '/docs/deep#rolling-updates')
  assert.deepEqual([hit.heading, hit.label], ['Rolling updates', 'Docs'])
  assert.match(bracketed(hit.snippet), /^… .*The \[swarm\] replaces instances & waits <$/)
  assert.ok(bracketed(hit.snippet).length < 200)
})

test('marks are in the title too', async () => {
  const [hit] = (await find('honey')).hits
  assert.equal(bracketed(hit?.title), '[Honey]')
})

test('no mark-up of a page is in its texts', async () => {
  const [hit] = (await find('quince')).hits
  assert.doesNotMatch(bracketed(hit?.snippet), /script/)
})

test('drafts, private pages, pages to come and pages that ask not to be found are not found', async () => {
  assert.equal((await find('quagga')).count, 0)
})

test('a query that nothing has gives no hits, and names its words', async () => {
  assert.deepEqual(await find('xylophonic wwwww'), { count: 0, hits: [], missing: ['xylophonic', 'wwwww'] })
})

test('words that every text has play no part beside others', async () => {
  assert.deepEqual(urlsOf(await find('the harbour')), ['/blog/news'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentFolder, startSite } from '../site/site.ts'

const post = (tags: string, words = 10, more = ''): string =>
  `---\ntitle: A post of ${words}\ntags: [${tags}]\n${more}---\n${'word '.repeat(words)}\n`

const files = {
  'pages/index.md': '---\ntitle: Home\n---\n[Tags](/blog/tags)\n',
  'data/authors.yml': 'ada: { name: Ada Lovelace, url: https://example.com/ada }\n',
  'posts/2026-01-01-short.md': post('Rare & odd, Node.js'),
  'posts/2026-01-02-long.md': post('rare & odd', 1100, 'authors: [ada, Grace <Hopper>]\n'),
}

test('a post says how long it takes to read, who wrote it and what is like it', async (t) => {
  const site = await startSite(t, { contentDir: contentFolder(files) })
  const html = await (await site.get('/blog/long')).text()
  assert.match(html, /5 min read/)
  assert.match(html, /<a [^>]*href="https:\/\/example\.com\/ada"[^>]*>Ada Lovelace<\/a>/)
  assert.match(html, /Grace &lt;Hopper&gt;/)
  assert.match(html, /href="\/blog\/short"/)
  const short = await (await site.get('/blog/short')).text()
  assert.match(short, /1 min read/)
})

test('all tags are listed with how many posts have each, the most first', async (t) => {
  const site = await startSite(t, { contentDir: contentFolder(files) })
  const answer = await site.get('/blog/tags')
  assert.equal(answer.status, 200)
  const found = [...(await answer.text()).matchAll(/<a href="\/blog\/tags\/([^"]*)">([^<]*)<\/a>\D*(\d+)/g)]
  assert.deepEqual(
    found.map(([, slug, name, count]) => [slug, name, count]),
    [
      ['rare-odd', 'rare &amp; odd', '2'],
      ['node-js', 'Node.js', '1'],
    ],
  )
  assert.equal((await site.get('/blog/tags/')).status, 308)
  assert.equal((await site.get('/')).status, 200)
})

test('without a tag the list of tags says so', async (t) => {
  const { 'pages/index.md': home } = files
  const site = await startSite(t, { contentDir: contentFolder({ 'pages/index.md': home }) })
  assert.match(await (await site.get('/blog/tags')).text(), /class="empty"/)
})

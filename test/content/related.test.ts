import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Folder } from './folder.ts'
import { writePosts } from './many-posts.ts'

const post = (tags: string): string => `---\ntitle: A post\ntags: [${tags}]\n---\n`

const files = {
  'posts/2026-01-01-old-rare.md': post('news, rare'),
  'posts/2026-01-02-old-news.md': post('news'),
  'posts/2026-01-03-news.md': post('news'),
  'posts/2026-01-04-same.md': post('News, Rare'),
  'posts/2026-01-05-other.md': post('other'),
  'posts/2026-01-06-this.md': post('rare, news, alone'),
  'posts/2026-01-07-none.md': post(''),
}

test('posts that share a rare tag come before others, then the newest', async (t) => {
  const content = await new Folder(t, files).open()
  const urls = (url: string, most: number) => content.related(url, most).map((entry) => entry.url)
  assert.deepEqual(urls('/blog/this', 3), ['/blog/same', '/blog/old-rare', '/blog/news'])
  assert.deepEqual(urls('/blog/this', 9), ['/blog/same', '/blog/old-rare', '/blog/news', '/blog/old-news'])
  assert.deepEqual(urls('/blog/news', 2), ['/blog/this', '/blog/same'])
})

test('a post that shares no tag is related to none, and nothing is where there is no post', async (t) => {
  const content = await new Folder(t, files).open()
  for (const url of ['/blog/other', '/blog/none', '/blog/gone']) assert.deepEqual(content.related(url, 3), [])
})

test('of a tag that thousands have, only what is shown is read', { timeout: 60_000 }, async (t) => {
  const folder = new Folder(t)
  writePosts(folder.dir, 3000)
  const content = await folder.open()
  const [newest] = content.posts(0, 1)
  const parse = t.mock.method(JSON, 'parse')
  const related = content.related(newest?.url ?? '', 3)
  assert.equal(related.length, 3)
  assert.ok(parse.mock.callCount() < 20, `${parse.mock.callCount()} records were read`)
})

test('a tag has the name that its newest post gives it', async (t) => {
  const content = await new Folder(t, {
    'posts/2026-01-01-a.md': post('NODE.JS'),
    'posts/2026-01-02-b.md': post('Node.js'),
  }).open()
  assert.equal(content.tagName('node-js'), 'Node.js')
  assert.equal(content.tagName('constructor'), 'constructor')
})

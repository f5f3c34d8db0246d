import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasPostList } from '../../app/content/post-lists.ts'

const lists = {
  postCount: 31,
  tags: new Map([
    ['news', 20],
    ['café', 21],
  ]),
  postsPerPage: 10,
}

const urls: readonly [url: string, isThere: boolean | undefined][] = [
  ['/blog/page/2', true],
  ['/blog/page/4', true],
  ['/blog/page/5', false],
  ['/blog/page/1', false],
  ['/blog/page/02', false],
  ['/blog/page/x', false],
  ['/blog/tags/news', true],
  ['/blog/tags/news/page/2', true],
  ['/blog/tags/news/page/3', false],
  ['/blog/tags/caf%C3%A9/page/3', true],
  ['/blog/tags/gone', false],
  ['/blog/tags/gone/page/2', false],
  ['/blog', undefined],
  ['/blog/page', undefined],
  ['/blog/a-post', undefined],
  ['/blog/tags/news/else', undefined],
]

for (const [url, isThere] of urls) {
  test(`${url} ${isThere === undefined ? 'is not' : isThere ? 'is' : 'would be'} a list of posts`, () => {
    assert.equal(hasPostList(lists, url), isThere)
  })
}

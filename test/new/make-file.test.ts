import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { load } from 'js-yaml'
import { makeFile } from '../../app/new/make-file.ts'
import { readRequest } from '../../app/new/request.ts'
import { contentFolder, pages } from '../site/site.ts'

function make(dir: string, ...words: string[]) {
  const request = readRequest(words)
  assert.ok(request, words.join(' '))
  return makeFile(request, { dir, day: '2026-11-21', reservedUrls: ['/session', '/blog/tags/*'] })
}

test('titles that YAML would take for something else stay titles', () => {
  const titles = [
    '2026',
    '2026-01-01',
    'true',
    '- a: b',
    "'quoted' \\n",
    '{{ x }}',
    '@a & *b',
    'x y '.repeat(99).trim(),
  ]
  for (const title of titles) {
    const dir = contentFolder()
    const text = readFileSync(join(dir, make(dir, 'page', title, 'made').file), 'utf8')
    assert.deepEqual(load(text.split('---\n')[1] ?? ''), { title, description: null, draft: true })
  }
})

test('a post of another day does not get the address of one that is there', () => {
  const dir = contentFolder()
  assert.deepEqual(make(dir, 'post', 'Third'), { file: 'posts/2026-11-21-third.md', url: '/blog/third' })
  assert.throws(() => make(dir, 'post', 'First'), {
    name: 'Refusal',
    message: 'posts/2026-01-01-first.md is at /blog/first already. Open that file, or choose another title.',
  })
})

test('what is there already, or can be nowhere, is refused with what to do', () => {
  const dir = contentFolder({ ...pages, 'pages/file.md': '---\ntitle: X\n---\n' })
  mkdirSync(join(dir, 'pages/taken.md'))
  const tree = () => readdirSync(dir, { recursive: true }).sort()
  const before = tree()
  const refused: readonly [words: readonly string[], why: RegExp][] = [
    [['page', 'Docs'], /^pages\/docs\/index\.md is at \/docs already/],
    [['page', 'Next', 'docs/next.md'], / is at \/docs\/next already\. .* another path\.$/],
    [['page', 'X', '../x'], /^'\.\.\/x' cannot be the path of a page\. Write one like x\.$/],
    [['page', 'X', 'docs/.hidden'], /Write one like docs\/hidden\.$/],
    [['page', 'X', 'docs/My Page?'], /Write one like docs\/my-page\.$/],
    [['page', 'X', '/'], /Write one like docs\/my-page\.$/],
    [['page', 'X', 'blog/tags/x'], /the application answers \/blog\/tags\/x itself\. Choose another path\.$/],
    [['post', 'Index'], /\/blog\/index is not reachable: .* Choose another title\.$/],
    [['post', '🎉'], /'🎉' has no letter or digit to make an address of\. Give it one;/],
    [['post', 'a\nb'], /Write it on one line\.$/],
    [['page', 'Taken'], /taken\.md is there already\. Choose another title\.$/],
  ]
  for (const [words, message] of refused)
    assert.throws(() => make(dir, ...words), { name: 'Refusal', message }, words.join(' '))
  assert.deepEqual(tree(), before)
})

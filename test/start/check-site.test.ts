import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { contentFolder, pages } from '../site/site.ts'

const root = join(import.meta.dirname, '../..')

const newFolder = () => mkdtempSync(join(tmpdir(), 'dogfood-cache-'))

const check = (files: Readonly<Record<string, string>>, cacheDir = newFolder()) => {
  const env = {
    PATH: process.env.PATH,
    CONTENT_DIR: contentFolder(files),
    CACHE_DIR: cacheDir,
  }
  const { status, stdout } = spawnSync(process.execPath, ['app/check.ts'], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  return { status, lines: stdout.trim().split('\n') }
}

test('good content passes with 0', () => {
  assert.deepEqual(check(pages), { status: 0, lines: ['content: nothing wrong'] })
})

test('good content has the cards of all that is published or scheduled drawn, those of before gone', () => {
  const cacheDir = newFolder()
  const drawn = () => readdirSync(join(cacheDir, 'cards')).sort()
  check(pages, cacheDir)
  const before = drawn()
  check({ ...pages, 'pages/draft.md': '---\ntitle: Draft\ndraft: true\n---\nx\n' }, cacheDir)
  assert.deepEqual(drawn(), before)
  check({ ...pages, 'posts/2999-01-01-later.md': '---\ntitle: Later\n---\nx\n' }, cacheDir)
  assert.equal(drawn().length, before.length + 1)
  const { 'posts/2026-01-02-second.md': _, ...fewer } = pages
  check(fewer, cacheDir)
  assert.equal(drawn().length, before.length - 1)
  assert.ok(drawn().every((name) => before.includes(name)))
})

test('bad content is listed at once, with its place and what to do, and ends with 1', () => {
  const { status, lines } = check({
    ...pages,
    'pages/a.md': '---\ndescription: x\n---\nText.\n',
    'pages/b.md': '---\ntitle: B\ntemplate: dosc\n---\nText.\n',
    'pages/c.md': '---\ntitle: C\n---\n\nSee [x](y.md) and [docs](docs/index.md#none).\n',
    'posts/2026-02-31-d.md': '---\ntitle: D\n---\nText.\n',
  })
  assert.equal(status, 1)
  assert.equal(lines.at(-1), 'content: 5 errors, 0 warnings')
  for (const line of lines.slice(0, -1)) assert.match(line, /^p(?:ages|osts)\/\S+\.md:\d+:\d+: .+, .+$/)
})

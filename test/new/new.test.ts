import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { load } from 'js-yaml'
import { contentFolder, startSite } from '../site/site.ts'

const root = join(import.meta.dirname, '../..')

function run(contentDir: string, ...words: string[]) {
  const env = { PATH: process.env.PATH, CONTENT_DIR: contentDir }
  const options = { cwd: root, env, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, ['app/new.ts', ...words], options)
  return { status, stdout, stderr }
}

const frontMatterOf = (text: string) => load(text.split('---\n')[1] ?? '')

test('a new post is a draft of today, which development shows where the command says', async (t) => {
  const contentDir = contentFolder()
  const before = new Date().toISOString().slice(0, 10)
  const { status, stdout } = run(contentDir, 'post', 'Über: "caches" # two')
  assert.equal(status, 0)
  const [, file = '', url = ''] = /^Made (\S+), .*?http:\/\/localhost:8000(\S+)$/ms.exec(stdout) ?? []
  assert.match(file, /posts\/\d{4}-\d\d-\d\d-uber-caches-two\.md$/)
  assert.ok([before, new Date().toISOString().slice(0, 10)].some((day) => file.includes(`/${day}-`)))
  const fields = { title: 'Über: "caches" # two', description: null, draft: true, tags: [] }
  assert.deepEqual(frontMatterOf(readFileSync(join(root, file), 'utf8')), fields)
  const [drafts, published] = [
    await startSite(t, { contentDir, drafts: true, liveReload: true }),
    await startSite(t, { contentDir, drafts: false }),
  ]
  assert.match(await (await drafts.get(url)).text(), /Über: &quot;caches&quot; # two/)
  assert.equal((await published.get(url)).status, 404)
})

test('a new page is where its path says, or its title', () => {
  const contentDir = contentFolder()
  for (const [words, file, url] of [
    [['What it costs'], 'pages/what-it-costs.md', '/what-it-costs'],
    [['Costs', 'docs/costs'], 'pages/docs/costs.md', '/docs/costs'],
    [['More', '/pages/docs/deep/more.md'], 'pages/docs/deep/more.md', '/docs/deep/more'],
    [['Start', 'guide/index'], 'pages/guide/index.md', '/guide'],
  ] as const) {
    const { status, stdout } = run(contentDir, 'page', ...words)
    assert.equal(status, 0)
    assert.ok(stdout.includes(`localhost:8000${url}\n`), stdout)
    const fields = { title: words[0], description: null, draft: true }
    assert.deepEqual(frontMatterOf(readFileSync(join(contentDir, file), 'utf8')), fields)
  }
})

test('a folder of nothing but Markdown gets pages beside its own, an empty one gets a site', () => {
  const markdown = contentFolder({ 'guide/one.md': '# One\n' })
  assert.equal(run(markdown, 'page', 'Two', 'guide/two').status, 0)
  assert.deepEqual(readdirSync(join(markdown, 'guide')), ['one.md', 'two.md'])
  const empty = mkdtempSync(join(tmpdir(), 'dogfood-content-'))
  assert.equal(run(empty, 'page', 'Home', 'index').status, 0)
  assert.deepEqual(readdirSync(join(empty, 'pages')), ['index.md'])
})

test('what cannot be made is told apart from what was not understood', () => {
  const { status, stdout, stderr } = run(contentFolder(), 'page', 'Session')
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(
    stderr,
    /^Nothing made: .* the application answers \/session itself\. Choose another title\.$/m,
  )
  const none = run('/nowhere/at/all', 'post', 'A')
  assert.deepEqual([none.status, none.stdout], [1, ''])
  assert.match(none.stderr, /there is no such content folder/)
})

test('words that cannot be meant get the usage, and 2', () => {
  const contentDir = contentFolder()
  for (const words of [
    [],
    ['post'],
    ['post', ' '],
    ['posts', 'A'],
    ['post', 'My', 'title'],
    ['page', 'A', 'b', 'c'],
    ['page', 'A', ''],
    ['--help'],
    ['post', '--title'],
  ]) {
    const { status, stderr } = run(contentDir, ...words)
    assert.equal(status, 2, words.join(' '))
    assert.match(stderr, /^Usage: npm run new -- post "/)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MarkdownThread, RenderError } from '../../app/content/markdown-thread.ts'
import { documentAt, Folder, faultsOf, page } from './folder.ts'

const simplify = 'look for deep nesting or long runs of brackets, asterisks or underscores'
const deep = 'lists or quotations are nested too deep, keep to a few levels'
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n')

const hostile: readonly [name: string, markdown: string, fault: string][] = [
  ['nested lists', lines(400, (i) => `${'  '.repeat(i)}- x`), `104:1: ${deep}`],
  ['nested lists of 9 MB', lines(3000, (i) => `${'  '.repeat(i)}- x`), '1:1: this file has'],
  ['quotations in one line', `text\n\n${'>'.repeat(10_000)} x`, `6:1: ${deep}`],
  ['lists in one line', `${'- '.repeat(10_000)}x`, `4:1: ${deep}`],
  ['240 kB of emphasis', '_a__'.repeat(60_000), `4:1: it takes over 2000 ms to render, ${simplify}`],
]

for (const [name, markdown, fault] of hostile) {
  test(`${name}: one fault, and the site goes on`, { timeout: 60_000 }, async (t) => {
    const content = await new Folder(t, {
      'pages/bad.md': page(markdown),
      'pages/good.md': page('*x*'),
    }).open()
    const [found, ...others] = await faultsOf(content)
    assert.ok(found?.startsWith(`pages/bad.md:${fault}`), String(found))
    assert.deepEqual(others, [])
    assert.match((await documentAt(content, '/good')).html, /<em>x<\/em>/)
  })
}

const heavy: Readonly<Record<string, string>> = {
  brackets: '['.repeat(50_000),
  'links that never close': '[a]('.repeat(20_000),
  'emphasis that never closes': '*a **b '.repeat(10_000),
  'code that never closes': '`a ``b '.repeat(10_000),
  'HTML that never closes': '<div><b>'.repeat(10_000),
  'entities and angles': '<a&lt;'.repeat(20_000),
  'a wide table': `|${'a|'.repeat(10_000)}\n|${'-|'.repeat(10_000)}\n`,
  footnotes: lines(2000, (i) => `[^${i}]: x[^${i}]\n`),
}

test('heavy Markdown neither ends the process nor fills its memory', { timeout: 120_000 }, async (t) => {
  const pages = Object.entries(heavy).map(([name, text]) => [`pages/${name}.md`, page(text)])
  const content = await new Folder(t, { 'pages/good.md': page('*x*'), ...Object.fromEntries(pages) }).open()
  const before = process.memoryUsage.rss()
  const good = faultsOf(content).then(() => documentAt(content, '/good'))
  assert.match((await good).html, /<em>x<\/em>/)
  assert.ok(process.memoryUsage.rss() - before < 400 * 1024 * 1024)
})

test('a thread that hangs is ended and replaced', { timeout: 60_000 }, async (t) => {
  const thread = new MarkdownThread({ timeout: 500 })
  t.after(() => thread.close())
  const [bad, good] = await Promise.allSettled([
    thread.render({ markdown: '_a__'.repeat(60_000), firstLine: 1 }),
    thread.render({ markdown: '*x*', firstLine: 1 }),
  ])
  assert.ok(bad.status === 'rejected' && bad.reason instanceof RenderError)
  assert.ok(good.status === 'fulfilled')
  assert.deepEqual(good.value.parts, ['<p><em>x</em></p>\n'])
})

test('a thread that runs out of memory is ended and replaced', { timeout: 60_000 }, async (t) => {
  const thread = new MarkdownThread({ timeout: 30_000, memory: 32 })
  t.after(() => thread.close())
  const markdown = lines(3000, (i) => `${'  '.repeat(i)}- x`)
  await assert.rejects(thread.render({ markdown, firstLine: 1 }), {
    name: 'RenderError',
    message: 'it takes too much memory to render',
  })
  assert.equal((await thread.render({ markdown: 'x', firstLine: 1 })).words, 1)
})

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { documentAt, Folder, page } from './folder.ts'

const run = promisify(execFile)
const contentModule = new URL('../../app/content/content.ts', import.meta.url).href
const threadModule = new URL('../../app/content/markdown-thread.ts', import.meta.url).href

test('a start with everything saved loads no YAML, Markdown or image code', {
  timeout: 60_000,
}, async (t) => {
  const folder = new Folder(t, {
    'pages/a.md': page('*x* [b](b.md#c)'),
    'pages/b.md': page('## C'),
    'data/site.yml': 'name: X',
    'images/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>',
  })
  // Files just written are read once more, until their age tells them from their next change.
  await new Promise((resolve) => setTimeout(resolve, 100))
  await documentAt(await folder.open(), '/a')
  const script = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ resolve: (name, context, next) => (loaded.push(name), next(name, context)) })
    const { openContent } = await import(${JSON.stringify(contentModule)})
    const options = ${JSON.stringify({ dir: folder.dir, cacheDir: folder.cacheDir, drafts: false, templates: ['page', 'post', 'docs'] })}
    const content = await openContent(options)
    const { html } = await content.document(content.find('/a'))
    console.log(JSON.stringify({ html, data: content.data(), loaded }))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script])
  const { html, data, loaded } = JSON.parse(stdout) as { html: string; data: unknown; loaded: string[] }
  assert.match(html, /<em>x<\/em> <a href="\/b#c">b<\/a>/)
  assert.deepEqual(data, { site: { name: 'X' } })
  assert.ok(loaded.includes('./opened-content.ts'))
  assert.deepEqual(
    loaded.filter((name) => /yaml|marked|sanitize|highlight|image-size|worker|build/.test(name)),
    [],
  )
})

test('an idle Markdown thread does not keep the process', { timeout: 60_000 }, async () => {
  const script = `
    const { MarkdownThread } = await import(${JSON.stringify(threadModule)})
    const thread = new MarkdownThread({ idle: 3_600_000 })
    console.log((await thread.render({ markdown: 'x', firstLine: 1 })).parts[0])`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script])
  assert.equal(stdout, '<p>x</p>\n\n')
})

test('a Markdown thread without work ends', { timeout: 60_000 }, async (t) => {
  const { MarkdownThread } = await import('../../app/content/markdown-thread.ts')
  const thread = new MarkdownThread({ idle: 10 })
  t.after(() => thread.close())
  const ended = Promise.withResolvers<void>()
  process.once('worker', (worker) => worker.once('exit', () => ended.resolve()))
  await thread.render({ markdown: 'x', firstLine: 1 })
  await ended.promise
  assert.equal((await thread.render({ markdown: 'again', firstLine: 1 })).words, 1)
})

test('a content folder that does not exist says so', async (t) => {
  const folder = new Folder(t)
  await assert.rejects(folder.open({ dir: folder.path('gone') }), {
    name: 'ContentError',
    message: /gone:1:1: there is no such content folder, create it, or point CONTENT_DIR at another one$/,
  })
})

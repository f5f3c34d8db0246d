import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { checkContent, faultReport } from '../../app/content/check-content.ts'
import { ContentError, formatFault } from '../../app/content/fault.ts'
import { Folder, page } from './folder.ts'

const broken = {
  'pages/index.md': page('[a](draft.md)\n\n<script>1</script>\n'),
  'pages/draft.md': '---\ntitle: Draft\ndraft: true\n---\n[b](gone.md)\n',
  'pages/bad.md': '---\ntitle: [\n---\n',
  'data/x.yml': 'a: [',
}

test('everything wrong is listed at once, drafts too, by file and line', async (t) => {
  const { dir, cacheDir } = new Folder(t, broken)
  const faults = await checkContent({ dir, cacheDir, templates: ['page'] })
  assert.deepEqual(faultReport(faults).split('\n'), [
    'data/x.yml:1:5: YAML error: unexpected end of the stream within a flow collection, check quotes, colons and indentation on this line',
    'pages/bad.md:3:1: YAML error: deficient indentation, check quotes, colons and indentation on this line',
    'pages/draft.md:5:5: there is no page for the link gone.md, correct the link or remove it',
    'pages/index.md:4:5: the link draft.md leads to a page that is a draft, publish that page first, or leave the link out until then',
    'pages/index.md:6:1: warning: <script> was removed, write it in Markdown, or leave it out',
    'content: 4 errors, 1 warning',
  ])
})

test('what a template finds wrong is listed with the rest', async (t) => {
  const { dir, cacheDir } = new Folder(t, { 'pages/index.md': page(), 'posts/2026-01-01-x.md': page() })
  const fault = {
    severity: 'error',
    file: 'views/page.njk',
    line: 3,
    column: 1,
    what: 'no',
    fix: 'yes',
  } as const
  const seen: string[] = []
  const faults = await checkContent({
    dir,
    cacheDir,
    templates: ['page'],
    render: ({ url }) => {
      seen.push(url)
      throw new ContentError([fault])
    },
  })
  assert.deepEqual(seen, ['/', '/blog/x'])
  assert.deepEqual(faults, [{ ...fault, what: 'no while rendering pages/index.md and 1 other page' }])
})

test('a fault of a template names the one page that shows it; a fault of a page stays as it is', async (t) => {
  const { dir, cacheDir } = new Folder(t, { 'pages/index.md': page(), 'pages/x.md': page() })
  const faults = await checkContent({
    dir,
    cacheDir,
    templates: ['page'],
    render: ({ url, file }) => {
      if (url === '/') return
      const where = { severity: 'error', line: 7, column: 61, what: 'no date', fix: 'add it' } as const
      throw new ContentError([
        { ...where, file: 'views/post.njk' },
        { ...where, file },
      ])
    },
  })
  assert.deepEqual(faults.map(formatFault), [
    'pages/x.md:7:61: no date, add it',
    'views/post.njk:7:61: no date while rendering pages/x.md, add it',
  ])
})

test('sound content is said to be so, and is ready for the next start', async (t) => {
  const { dir, cacheDir } = new Folder(t, { 'pages/index.md': page('*x*') })
  assert.equal(
    faultReport(await checkContent({ dir, cacheDir, templates: ['page'] })),
    'content: nothing wrong',
  )
  assert.deepEqual(readdirSync(cacheDir).sort(), ['content-index', 'content-index-drafts', 'documents'])
  assert.equal(readdirSync(join(cacheDir, 'documents')).length, 1)
})

test('the command fails on an error and not on a warning', { timeout: 60_000 }, async (t) => {
  const folder = new Folder(t, { 'pages/index.md': page('<script>1</script>') })
  const run = () =>
    promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../app/check.ts')], {
      env: { NODE_ENV: 'development', CONTENT_DIR: folder.dir, CACHE_DIR: folder.cacheDir },
    })
  assert.match((await run()).stdout, /^content: 0 errors, 1 warning$/m)
  folder.write(broken)
  await assert.rejects(run(), { code: 1, stdout: /^content: 4 errors, 1 warning$/m })
})

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { contentFolder, pages } from '../site/site.ts'
import { runSite } from '../start/process.ts'

const root = join(import.meta.dirname, '../..')

test('the check of the content saves the index that a start of the published site opens', async (t) => {
  const draft = { 'pages/draft.md': '---\ntitle: Draft\ndraft: true\n---\nNext.\n' }
  const env = {
    CONTENT_DIR: contentFolder({ ...pages, ...draft }),
    CACHE_DIR: mkdtempSync(join(tmpdir(), 'dogfood-cache-')),
  }
  const { status, stderr } = spawnSync(process.execPath, ['app/check.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  })
  assert.deepEqual([status, stderr], [0, ''])
  const path = join(env.CACHE_DIR, 'search-index')
  const { ino } = statSync(path)
  const site = await runSite(t, { ...env, DRAFTS: 'false' })
  const answer = await fetch(`${site.url}/search.json?q=next`)
  const { hits } = (await answer.json()) as { hits: { url: string }[] }
  assert.deepEqual(
    hits.map(({ url }) => url),
    ['/docs/next'],
  )
  assert.equal(statSync(path).ino, ino, 'it was not saved again')
})

test('no search is loaded before somebody searches', () => {
  const code = `
    const loaded = []
    const { registerHooks } = await import('node:module')
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
    const { createApp } = await import('./app/app.ts')
    const { readConfig } = await import('./app/config/read.ts')
    const { createLog } = await import('./app/logging/log.ts')
    const config = { ...readConfig({ NODE_ENV: 'test' }), logLevel: 'silent', cacheDir: process.env.CACHE_DIR }
    const app = await createApp(config, createLog(config))
    await app.warmUp()
    await app.close()
    console.log(loaded.filter((url) => /app\\/search|minisearch/.test(url)).map((url) => url.split('/').at(-1)).join())
  `
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    env: { PATH: process.env.PATH, CACHE_DIR: mkdtempSync(join(tmpdir(), 'dogfood-cache-')) },
    encoding: 'utf8',
  })
  assert.deepEqual([stdout.trim(), stderr], ['search-side.ts,query-counts.ts', ''])
})

import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { contentFolder, pages, startSite } from '../site/site.ts'
import { until } from '../until.ts'

const broken = {
  ...pages,
  'pages/yaml.md': '---\ntitle: [open\n---\nText.\n',
  'pages/link.md': '---\ntitle: Link\n---\nGo [there](nowhere.md).\n',
}

test('development shows what is wrong with a page, and serves the others', async (t) => {
  const site = await startSite(t, { contentDir: contentFolder(broken), liveReload: true })
  for (const [path, fault] of [
    ['/yaml', /pages\/yaml\.md:\d+:\d+/],
    ['/link', /pages\/link\.md:4:\d+/],
  ] as const) {
    const answer = await site.get(path)
    assert.deepEqual([answer.status, answer.headers.get('cache-control')], [500, 'private, no-store'], path)
    assert.match(await answer.text(), fault)
  }
  assert.equal((await site.get('/docs')).status, 200)
})

test('a broken home page is shown as broken, not as missing', async (t) => {
  const contentDir = contentFolder({ ...pages, 'pages/index.md': '---\ndescription: x\n---\nText.\n' })
  const site = await startSite(t, { contentDir, liveReload: true })
  assert.match(await (await site.get('/')).text(), /pages\/index\.md:/)
})

test('a fault between pages is shown on the page that has it', async (t) => {
  const image = '---\ntitle: Docs\nimage: /images/none.png\n---\nText.\n'
  const contentDir = contentFolder({ ...pages, 'pages/docs/index.md': image })
  const site = await startSite(t, { contentDir, liveReload: true })
  assert.match(await (await site.get('/docs')).text(), /there is no image/)
})

test('a broken data file is shown to its writer on every page, and takes nothing down', async (t) => {
  const contentDir = contentFolder({ ...pages, 'data/site.yml': 'name: [' })
  const [writers, visitors] = [
    await startSite(t, { contentDir, liveReload: true }),
    await startSite(t, { contentDir }),
  ]
  assert.match(await (await writers.get('/docs')).text(), /data\/site\.yml:1:/)
  assert.equal((await visitors.get('/docs')).status, 200)
  assert.match(visitors.lines.join(''), /data\/site\.yml:1:/)
})

test('production shows an error page that tells nothing of the source, and serves the others', async (t) => {
  const site = await startSite(t, { contentDir: contentFolder(broken) })
  const answer = await site.get('/yaml')
  assert.equal(answer.status, 500)
  const text = await answer.text()
  assert.match(text, /This page is broken/)
  assert.doesNotMatch(text, /\.md/)
  assert.equal((await site.get('/link')).status, 200)
  assert.equal((await site.get('/docs')).status, 200)
})

test('a saved correction is shown, and so is the next mistake', async (t) => {
  const contentDir = contentFolder(pages)
  const site = await startSite(t, { contentDir, liveReload: true })
  const text = async () => (await site.get('/docs')).text()
  assert.match(await text(), /Read/)
  for (let i = 0; i < 5; i++) {
    writeFileSync(join(contentDir, 'pages/docs/index.md'), '---\ntitle: [open\n---\nx\n')
    await until(async () => (await text()).includes('pages/docs/index.md:'), 'the fault')
    writeFileSync(join(contentDir, 'pages/docs/index.md'), `---\ntitle: Docs\n---\nMended ${i}.\n`)
    await until(async () => (await text()).includes(`Mended ${i}`), 'the correction')
  }
  rmSync(join(contentDir, 'pages/docs/index.md'))
  await until(async () => (await site.get('/docs')).status === 404, 'the page to go')
})

test('a folder of Markdown without a home page gets a list of its pages', async (t) => {
  const contentDir = contentFolder({ 'guide/one.md': '---\ntitle: One\n---\nText.\n' })
  const site = await startSite(t, { contentDir })
  assert.match(await (await site.get('/')).text(), /href="\/guide\/one"/)
  assert.equal((await site.get('/guide/one')).status, 200)
})

test('images of the content are served, and nothing else of its folder', async (t) => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>'
  const contentDir = contentFolder({ ...pages, 'images/a.svg': svg, 'data/secret.yml': 'a: 1\n' })
  const site = await startSite(t, { contentDir })
  const image = await site.get('/images/a.svg')
  assert.deepEqual([image.status, image.headers.get('content-type')], [200, 'image/svg+xml'])
  for (const path of [
    '/data/secret.yml',
    '/pages/docs/index.md',
    '/images/%2e%2e/data/secret.yml',
    '/images/..%2fdata/secret.yml',
  ])
    assert.ok([404, 308].includes((await site.get(path)).status), path)
})
